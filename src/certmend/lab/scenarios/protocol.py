"""How the handshake goes, before any certificate is judged."""

from certmend.lab import raw
from certmend.lab.lab import Lab, corporate, index_url
from certmend.lab.scenario import scenario
from certmend.lab.setup import Setup

# The versions as they stand on the wire (RFC 8446, section 4.2.1), which is OpenSSL's way too.
_TLS_1_1 = 0x0302
_TLS_1_2 = 0x0303


@scenario(expects={"not-tls"}, wrong={"tls-version", "connection-closed"})
def not_tls(lab: Lab) -> Setup:
    """The URL says https://, and the registry speaks plain HTTP on that port.

    Correct the port, or put a TLS front before the registry.
    """
    return lab.client(index_url(lab.registry(secure=False)))


@scenario(expects={"tls-version"}, wrong={"handshake-failure"})
def tls_version(lab: Lab) -> Setup:
    """The load balancer in front of the registry knows TLS 1.1 at most.

    Its owner has to allow TLS 1.2 or 1.3.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost")
    return lab.client(lab.index(leaf, issuing, maximum_version=_TLS_1_1), trusts=root)


@scenario(expects={"handshake-failure"}, wrong={"tls-version", "weak-crypto"})
def handshake_failure(lab: Lab) -> Setup:
    """The server was hardened until no cipher was left that a client has.

    Its owner has to allow a cipher of this decade.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost")
    only = "ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0"
    url = lab.index(leaf, issuing, maximum_version=_TLS_1_2, ciphers=only)
    return lab.client(url, trusts=root)


@scenario(expects={"legacy-renegotiation"}, wrong={"handshake-failure"})
def legacy_renegotiation(lab: Lab) -> Setup:
    """An old appliance terminates TLS, from before RFC 5746 (secure renegotiation, 2010).

    OpenSSL 3 refuses such servers. The lab's one shows its certificate and goes no further.
    """
    root, issuing = corporate()
    chain = [issuing.leaf("localhost").der, issuing.der]
    return lab.client(lab.raw(raw.shows(chain, renegotiation_info=False)), trusts=root)


@scenario(expects={"client-cert-required"}, wrong={"connection-closed", "handshake-failure"})
def client_cert_required(lab: Lab) -> Setup:
    """The registry lets in only clients with a certificate, and pip was given none.

    Get one from the registry's owner, and name it in PIP_CLIENT_CERT (key in the same file).
    """
    root, issuing = corporate()
    return lab.client(lab.index(issuing.leaf("localhost"), issuing, client_ca=root), trusts=root)


@scenario(expects={"connection-closed"}, wrong={"not-tls", "unreachable"})
def connection_closed(lab: Lab) -> Setup:
    """A firewall reads the first packet of the handshake, and cuts the connection.

    The network team has to let the host through.
    """
    return lab.client(lab.raw(raw.closes()))
