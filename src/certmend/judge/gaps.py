"""Certificates that a server leaves out, and what fills the gap."""

from certmend.judge import path
from certmend.judge.case import TRUST_CODES, Case
from certmend.model import certificate, kinship
from certmend.model.certificate import Certificate
from certmend.model.client import OPENSSL

_LONGEST = 5


def fillers(case: Case) -> tuple[Certificate, ...]:
    """The known intermediates that lead on from the highest certificate that was sent."""
    found: list[Certificate] = []
    at = case.top
    while at is not None and not at.self_issued and len(found) < _LONGEST:
        above = _issuer(case, at, found)
        if above is None or above.self_issued:
            break
        found.append(above)
        at = above
    return tuple(found)


def _issuer(case: Case, at: Certificate, found: list[Certificate]) -> Certificate | None:
    """A known issuer of a certificate; one that is a trust anchor is no gap."""
    known = [
        one
        for one in case.known_elsewhere
        if one not in found and one.der not in case.anchors and at.names_issuer(one)
    ]
    signers = [one for one in known if at.signed_by(one)]
    return min(signers, key=lambda one: not one.self_issued, default=None)


def probable(case: Case) -> Certificate | None:
    """An anchor of the client's that looks like the root above an issuer that was left out.

    Nothing proves it: the certificate between the two was seen nowhere.
    """
    top = case.top
    if top is None or fillers(case):
        return None
    for der in case.anchors:
        anchor = certificate.read(der)
        if kinship.may_be_above(anchor, top, public=der in case.facts.public_roots):
            return anchor
    return None


def unreadable(case: Case) -> bool:
    """Whether something was sent, between the leaf and its root, that cannot be read."""
    between = case.top is not None and not case.top.self_issued
    return between and not all(one.readable for one in case.chain[1:])


def broken_link(case: Case) -> Certificate | None:
    """A certificate that keeps OpenSSL from an issuer that is there, and that signed it.

    An extension that cannot be decoded makes OpenSSL pass a certificate over (EXFLAG_INVALID,
    crypto/x509/v3_purp.c), and so do key identifiers that do not fit; webpki reads none of those.
    """
    if case.leaf is not None and case.leaf.self_issued and case.leaf.extensions_unread:
        return case.leaf
    at, seen = case.leaf, {case.leaf}
    while at is not None and not at.self_issued:
        known = (*case.chain, *(certificate.read(der) for der in case.anchors))
        made = (one for one in known if one.subject.raw == at.issuer.raw and at.signed_by(one))
        issuer = next((one for one in made if one not in seen), None)
        if issuer is None:
            return None
        for one in (at, issuer):
            if one.extensions_unread:
                return one
        if case.trust.verifier == OPENSSL and not at.names_issuer(issuer):
            return at
        seen.add(issuer)
        at = issuer
    return None


def completed(case: Case) -> bool:
    """Whether the client would trust the chain, were the missing certificates sent."""
    missing = fillers(case)
    if not missing or case.sight is None:
        return False
    chain = (*case.sight.chain, *(one.der for one in missing))
    return not any(fault.code in TRUST_CODES for fault in path.faults(case.question(chain=chain)))
