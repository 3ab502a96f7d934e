"""Certificates that a server leaves out, and what fills the gap."""

import re

from certmend.judge import path
from certmend.judge.inquiry import TRUST_CODES, Case
from certmend.model import certificate
from certmend.model.certificate import Certificate, Name

_LONGEST = 5
_COMMON = frozenset(
    [
        "a",
        "and",
        "authority",
        "ca",
        "cert",
        "certificate",
        "certification",
        "class",
        "global",
        "intermediate",
        "internal",
        "issuer",
        "issuing",
        "of",
        "private",
        "public",
        "root",
        "rsa",
        "ecc",
        "ecdsa",
        "server",
        "service",
        "services",
        "signing",
        "sub",
        "subordinate",
        "test",
        "the",
        "tls",
        "ssl",
        "trust",
        "trusted",
    ]
)


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
    known = [one for one in case.known_elsewhere if one not in found and at.names_issuer(one)]
    signers = [one for one in known if at.signed_by(one)]
    return min(signers, key=lambda one: not one.self_issued, default=None)


def probable(case: Case) -> Certificate | None:
    """An anchor whose name tells of the same owner as the issuer that was left out.

    Nothing proves it: the certificate between the two was seen nowhere.
    """
    top = case.top
    if top is None or top.self_issued or "root" in top.issuer.common_name.lower():
        return None
    if fillers(case):
        return None
    anchors = (certificate.read(der) for der in case.anchors)
    return next((one for one in anchors if _same_owner(top.issuer, one.subject)), None)


def _same_owner(issuer: Name, anchor: Name) -> bool:
    if issuer.raw == anchor.raw:
        return False  # a rotation, or a signature that does not fit
    if issuer.organization and issuer.organization == anchor.organization:
        return True
    return bool(_own_words(issuer) & _own_words(anchor))


def _own_words(name: Name) -> set[str]:
    """The words of a common name that are not found in every CA's."""
    return set(re.findall(r"[^\W\d_]{3,}", name.common_name.lower())) - _COMMON


def completed(case: Case) -> bool:
    """Whether the client would trust the chain, were the missing certificates sent."""
    missing = fillers(case)
    if not missing or case.sight is None:
        return False
    chain = (*case.sight.chain, *(one.der for one in missing))
    return not any(fault.code in TRUST_CODES for fault in path.faults(case.question(chain=chain)))
