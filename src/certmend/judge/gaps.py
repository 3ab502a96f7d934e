"""Certificates that a server leaves out, and what fills the gap."""

from certmend.judge import path
from certmend.judge.inquiry import TRUST_CODES, Case
from certmend.model.certificate import Certificate

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
    known = [one for one in case.known_elsewhere if one not in found and at.names_issuer(one)]
    signers = [one for one in known if at.signed_by(one)]
    return min(signers, key=lambda one: not one.self_issued, default=None)


def completed(case: Case) -> bool:
    """Whether the client would trust the chain, were the missing certificates sent."""
    missing = fillers(case)
    if not missing or case.sight is None:
        return False
    chain = (*case.sight.chain, *(one.der for one in missing))
    return not any(fault.code in TRUST_CODES for fault in path.faults(case.question(chain=chain)))
