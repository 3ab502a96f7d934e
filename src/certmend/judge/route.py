"""The certificates that a client's verification of a server went through."""

from certmend.judge.case import Case
from certmend.model import certificate
from certmend.model.certificate import Certificate

_LONGEST = 12


def route(case: Case) -> tuple[Certificate, ...]:
    """From the server's certificate to the trust anchor, as OpenSSL builds it: anchors first.

    Of several anchors with one name and key the one that is valid longest counts
    (crypto/x509/x509_lu.c, X509_STORE_CTX_get1_issuer). A stranger that was sent, too, is no
    part of it. The last one is no anchor where the client's store holds none for this chain.
    """
    if case.leaf is None:
        return ()
    anchors = tuple(certificate.read(der) for der in case.anchors)
    trusted = {one.der for one in anchors}
    found = [case.leaf]
    while len(found) < _LONGEST and found[-1].der not in trusted and not found[-1].self_issued:
        above = _issuer(found[-1], anchors) or _issuer(found[-1], case.chain)
        if above is None or above in found:
            break
        found.append(above)
    return tuple(found)


def anchored(case: Case) -> bool:
    """Whether the route ends in a certificate of the client's own store."""
    found = route(case)
    return bool(found) and found[-1].der in case.anchors


def _issuer(below: Certificate, among: tuple[Certificate, ...]) -> Certificate | None:
    known = [one for one in among if below.names_issuer(one) and below.signed_by(one)]
    return max(known, key=lambda one: one.not_after, default=None)
