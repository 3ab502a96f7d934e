"""How the certificates of a chain hang together, by the names of their issuers."""

from collections.abc import Sequence

from certmend.model.certificate import Certificate


def top(chain: Sequence[Certificate]) -> Certificate | None:
    """The highest certificate that can be reached from the first; None for an empty chain."""
    if not chain:
        return None
    at, seen = chain[0], {chain[0].sha256}
    while not at.self_issued:
        above = next((c for c in chain if c.sha256 not in seen and at.names_issuer(c)), None)
        if above is None:
            break
        at = above
        seen.add(at.sha256)
    return at
