"""The CA at the end of a chain: which it is, and where this machine has it."""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cures import holders
from certmend.model import certificate
from certmend.model.certificate import Certificate
from certmend.model.finding import Evidence
from certmend.model.text import visible


def highest(case: Case) -> Certificate | None:
    """The last certificate on the way up: of what was sent, then of what the client trusts.

    An intermediate that is trusted alone leads on to a root that is not.
    """
    at = case.top
    anchors = [certificate.read(der) for der in case.anchors]
    seen = {at}
    while at is not None and not at.self_issued:
        made = (one for one in anchors if at.names_issuer(one) and at.signed_by(one))
        above = next((one for one in made if one not in seen), None)
        if above is None:
            break
        at = above
        seen.add(at)
    return at


def root_of(case: Case) -> Certificate | None:
    """The CA at the end of the chain: sent, or known from elsewhere; None when it is not known."""
    top = highest(case)
    if top is None or top.self_issued:
        return top
    known = [one for one in case.known_elsewhere if top.names_issuer(one) and top.signed_by(one)]
    for one in sorted(known, key=lambda found: not found.self_issued):
        return one
    return None


def anchor_lines(case: Case) -> Iterator[Evidence]:
    """Which CA is missing, and where this machine has it."""
    root, top = root_of(case), highest(case)
    name = f"{root}" if root is not None else f'"{top.issuer}"' if top is not None else "the CA"
    stores = ", ".join(visible(store.path, 200) for store in case.stores) or "its own roots"
    yield Evidence(label="anchor", text=f"{name}: absent from {stores}")
    for store in holders(case, root)[:3]:
        yield Evidence(label="found", text=f"{visible(store.path, 200)} ({store.name})")
    if root is not None:
        yield Evidence(label="sha256", text=root.sha256)
