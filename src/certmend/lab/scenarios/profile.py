"""What certificates may do, and how they are made."""

from certmend.lab import raw
from certmend.lab.lab import Lab, corporate
from certmend.lab.pki import Authority
from certmend.lab.scenario import between, only_where, scenario
from certmend.lab.setup import Setup


@scenario(
    expects={"strict-profile"},
    wrong={"untrusted-root", "not-a-ca"},
    truth=only_where(
        between("26.1", "999", python="3.13"), {"strict-profile"}, notes={"strict-profile"}
    ),
    suits=lambda pip, _: pip.release >= (24, 2),
)
def strict_profile(lab: Lab) -> Setup:
    """The root was made with a plain `openssl req -x509`: it states no key usage.

    Python 3.13's default context refuses it (RFC 5280, strictly read). pip does so only from 26.1
    on with PIP_USE_DEPRECATED=legacy-certs, which is set here; earlier pips accept it.
    """
    root = Authority.root(without=("key_usage",))
    issuing = root.intermediate()
    url = lab.index(issuing.leaf("localhost"), issuing)
    return lab.client(url, trusts=root, PIP_USE_DEPRECATED="legacy-certs")


@scenario(expects={"not-a-ca"}, wrong={"untrusted-root", "wrong-purpose"})
def not_a_ca(lab: Lab) -> Setup:
    """A server's certificate was used to sign another one's: its issuer is no CA.

    The certificate has to come from a CA.
    """
    root, issuing = corporate(ca=False)
    return lab.client(lab.index(issuing.leaf("localhost"), issuing), trusts=root)


@scenario(expects={"not-a-ca"}, wrong={"untrusted-root"})
def path_too_long(lab: Lab) -> Setup:
    """The department made a CA below one that may have none below it (path length 0).

    The CA team has to issue the certificate, or allow the department's CA.
    """
    root, issuing = corporate(path_length=0)
    department = issuing.intermediate("Department CA")
    return lab.client(lab.index(department.leaf("localhost"), department, issuing), trusts=root)


@scenario(expects={"wrong-purpose"}, wrong={"untrusted-root"})
def wrong_purpose(lab: Lab) -> Setup:
    """The registry shows a certificate that was issued for clients (extended key usage).

    Have one issued for TLS servers.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", extended_key_usage=("client_auth",))
    return lab.client(lab.index(leaf, issuing), trusts=root)


@scenario(expects={"name-constraint"}, wrong={"hostname-mismatch"})
def name_constraint(lab: Lab) -> Setup:
    """The CA may issue for corp.example alone, and issued for localhost.

    A name below corp.example, or another CA.
    """
    root, issuing = corporate(permitted=("corp.example",))
    return lab.client(lab.index(issuing.leaf("localhost"), issuing), trusts=root)


@scenario(expects={"ca-as-leaf"}, notes={"ca-as-leaf"}, pip_fails=False)
def ca_as_leaf(lab: Lab) -> Setup:
    """The registry's own certificate is marked as a CA, as self-made ones often are.

    pip accepts it; uv (rustls) refuses it. A note.
    """
    root, issuing = corporate()
    return lab.client(lab.index(issuing.leaf("localhost", ca=True), issuing), trusts=root)


@scenario(expects={"unsupported-extension"})
def unsupported_extension(lab: Lab) -> Setup:
    """The CA's software adds an extension of its own and marks it critical.

    A verifier must refuse a critical extension that it does not know.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", unknown_critical=True)
    return lab.client(lab.index(leaf, issuing), trusts=root)


@scenario(expects={"malformed-certificate"}, wrong={"connection-closed", "not-tls"})
def malformed_certificate(lab: Lab) -> Setup:
    """The certificate file on the server was cut short: what it shows is no certificate.

    The file has to be installed again.
    """
    root, issuing = corporate()
    cut = issuing.leaf("localhost").der[:200]
    return lab.client(lab.raw(raw.shows([cut, issuing.der])), trusts=root)


@scenario(expects={"weak-crypto"}, wrong={"handshake-failure"})
def weak_crypto(lab: Lab) -> Setup:
    """The registry's key has 1024 bits, and dates from when that was enough.

    Clients with OpenSSL's security level 2 refuse it (Debian, Python 3.10 and later).
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", key="rsa1024")
    return lab.client(lab.index(leaf, issuing), trusts=root)


@scenario(expects={"weak-crypto"}, wrong={"bad-signature"})
def weak_digest(lab: Lab) -> Setup:
    """The CA still signs with SHA-1.

    The certificate has to be issued again with SHA-256.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", digest="sha1")
    return lab.client(lab.index(leaf, issuing), trusts=root)
