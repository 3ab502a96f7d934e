"""Two faults at once: each is reported, and neither hides the other."""

from certmend.lab import pages
from certmend.lab.lab import Lab, corporate, index_url
from certmend.lab.pki import Authority
from certmend.lab.scenario import Truth, between, in_days, scenario
from certmend.lab.setup import Setup
from certmend.lab.wheels import BILLING, LEDGER

_ADDS = between("24.2", "999", python="3.10")


@scenario(expects={"expired", "hostname-mismatch"})
def expired_and_hostname_mismatch(lab: Lab) -> Setup:
    """The certificate is old, and for the name that the registry had before it moved.

    pip names one of the two; renewing it for the same name would not help.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("old.corp.example", not_after=in_days(-30))
    return lab.client(lab.index(leaf, issuing), trusts=root)


@scenario(expects={"untrusted-root", "expired"})
def untrusted_root_and_expired(lab: Lab) -> Setup:
    """Nobody trusts the CA here, and the certificate has expired as well.

    Adding the CA alone changes the message, not the result.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", not_after=in_days(-30))
    return lab.client(lab.index(leaf, issuing, root), needs=root)


@scenario(expects={"missing-intermediate", "hostname-mismatch"}, wrong={"untrusted-root"})
def missing_intermediate_and_hostname_mismatch(lab: Lab) -> Setup:
    """The intermediate is not sent, and the certificate is for another name.

    The server's admin has two things to mend.
    """
    root, issuing = corporate()
    lab.publish("issuing.cer", issuing.der)
    leaf = issuing.leaf("pypi.corp.example", aia=lab.url_of("issuing.cer"))
    return lab.client(lab.index(leaf), trusts=root)


@scenario(expects={"weak-crypto", "untrusted-root"})
def weak_crypto_and_untrusted_root(lab: Lab) -> Setup:
    """An old appliance: a key of 1024 bits, from a CA that pip was not told about.

    Trusting the CA leaves the key as weak as it is.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", key="rsa1024")
    return lab.client(lab.index(leaf, issuing, root), needs=root)


@scenario(expects={"wrong-purpose", "expired"})
def wrong_purpose_and_expired(lab: Lab) -> Setup:
    """The registry shows a client's certificate, and one that has expired.

    Have one issued for TLS servers; renewing this one is not enough.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", extended_key_usage=("client_auth",), not_after=in_days(-9))
    return lab.client(lab.index(leaf, issuing), trusts=root)


@scenario(expects={"issuer-expired", "hostname-mismatch"}, wrong={"expired"})
def issuer_expired_and_hostname_mismatch(lab: Lab) -> Setup:
    """The intermediate has expired, and the leaf is for another name.

    The CA team and the registry's admin have one thing each to mend.
    """
    root, issuing = corporate(not_after=in_days(-2))
    return lab.client(lab.index(issuing.leaf("pypi.corp.example"), issuing), trusts=root)


@scenario(expects={"dns", "untrusted-root"})
def dns_and_untrusted_root(lab: Lab) -> Setup:
    """The first index does not resolve, and the extra index is not trusted.

    Two indexes, a fault on each.
    """
    root, issuing = corporate()
    second = lab.index(issuing.leaf("localhost"), issuing, root)
    return lab.client("https://pypi.invalid/simple/", second, needs=root)


@scenario(expects={"expired", "not-tls"})
def expired_and_not_tls(lab: Lab) -> Setup:
    """The index's certificate has expired, and the extra index speaks plain HTTP.

    Two indexes, a fault on each.
    """
    root, issuing = corporate()
    first = lab.index(issuing.leaf("localhost", not_after=in_days(-1)), issuing)
    return lab.client(first, index_url(lab.registry(secure=False)), trusts=root)


@scenario(expects={"untrusted-root"}, wrong={"package-not-found"})
def file_host_untrusted(lab: Lab) -> Setup:
    """The index is fine; its file links lead to another host, which is not trusted.

    pip reads the package's page and fails on the file. The fault is on the file host.
    """
    root, issuing = corporate()
    stranger = Authority.root("Storage Root CA")
    wheels = [BILLING]
    files = lab.index(stranger.leaf("localhost"), stranger, app=pages.links_to("", wheels))
    base = files.replace("/simple/", "/files/")
    url = lab.index(issuing.leaf("localhost"), issuing, app=pages.links_to(base, wheels))
    needed = lab.ca_file(root, stranger, name="both.pem")
    return lab.client(url, trusts=root, needs=needed)


@scenario(expects={"hostname-mismatch"}, wrong={"not-an-index"})
def redirect_to_wrong_name(lab: Lab) -> Setup:
    """The index redirects to a host whose certificate is for another name.

    The first host is fine. The fault is on the second.
    """
    root, issuing = corporate()
    target = lab.index(issuing.leaf("storage.corp.example"), issuing).removesuffix("/simple/")
    url = lab.index(issuing.leaf("localhost"), issuing, app=pages.redirecting(target))
    return lab.client(url, trusts=root)


@scenario(expects={"setting-ignored", "self-signed-leaf"}, wrong={"untrusted-root"})
def setting_ignored_and_self_signed_leaf(lab: Lab) -> Setup:
    """The self-signed certificate was put in a variable that pip has never read.

    `cert` is the option, so PIP_CERT is the variable; PIP_CA_BUNDLE is none.
    """
    leaf = Authority.self_signed_leaf("localhost")
    bundle = lab.ca_file(leaf)
    return lab.client(lab.index(leaf), needs=bundle, PIP_CA_BUNDLE=str(bundle))


@scenario(
    expects={"bundle-incomplete", "setting-ignored"},
    truth=lambda pip, python: (
        Truth(pip_fails=False)
        if _ADDS(pip, python)
        else Truth(codes=frozenset({"bundle-incomplete", "setting-ignored"}), pip_fails=True)
    ),
)
def bundle_incomplete_and_setting_ignored(lab: Lab) -> Setup:
    """PIP_CERT serves one index, and the other's CA is in SSL_CERT_FILE, which pip may not read.

    pip from 24.2 on, on Python 3.10 and later, reads both, and works. Others read PIP_CERT alone.
    """
    root, issuing = corporate()
    other = Authority.root("Other Root CA")
    system = lab.ca_file(other, name="system.pem")
    first = lab.index(issuing.leaf("localhost"), issuing, app=lab.packages(BILLING))
    second = lab.index(other.leaf("localhost"), other, app=lab.packages(LEDGER))
    needed = lab.ca_file(root, other, name="both.pem")
    variables = {"SSL_CERT_FILE": str(system)}
    return lab.client(first, second, trusts=root, needs=needed, package="ledger", **variables)


@scenario(expects={"auth-required", "expiring-soon"})
def auth_required_and_expiring_soon(lab: Lab) -> Setup:
    """The registry wants credentials, and its certificate has three days left.

    One is the reader's to mend, the other the admin's.
    """
    root, issuing = corporate()
    app = lab.packages(user="reader", password="let me in")  # noqa: S106  a lab's
    leaf = issuing.leaf("localhost", not_after=in_days(3))
    return lab.client(lab.index(leaf, issuing, app=app), trusts=root)


@scenario(expects={"verification-disabled", "untrusted-root"})
def verification_disabled_and_untrusted_root(lab: Lab) -> Setup:
    """One index is used without verification, and the extra index is not trusted.

    The package is on the second one alone, so pip fails.
    """
    root, issuing = corporate()
    first = lab.index(issuing.leaf("localhost"), issuing, root, app=lab.packages(LEDGER))
    second = lab.index(issuing.leaf("localhost"), issuing, root, app=lab.packages(BILLING))
    host = first.removeprefix("https://").removesuffix("/simple/")
    return lab.client(first, second, needs=root, PIP_TRUSTED_HOST=host)


@scenario(expects={"bundle-not-found", "proxy"})
def bundle_not_found_and_proxy(lab: Lab) -> Setup:
    """The CA file is not there, and the proxy asks for a password.

    pip stops at the file and never meets the proxy; with the file it would.
    """
    root, issuing = corporate()
    port = lab.serve(issuing.leaf("pypi.corp.example"), issuing)
    way = lab.proxy({"pypi.corp.example": port}, credentials="reader:let me in")
    gone = str(lab.folder / "corp-ca.pem")
    url = "https://pypi.corp.example/simple/"
    return lab.client(url, needs=root, HTTPS_PROXY=way.url, PIP_CERT=gone)
