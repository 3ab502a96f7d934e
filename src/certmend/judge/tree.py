"""The chain as a tree: what was sent, what is missing or superfluous, and where it ends."""

from collections.abc import Iterable

from certmend.judge import gaps
from certmend.judge.case import Case
from certmend.model import certificate
from certmend.model.certificate import Certificate
from certmend.model.inspection import Link
from certmend.model.store import TrustStore

_LONGEST = 12


def links(case: Case, stores: Iterable[TrustStore], path: tuple[bytes, ...]) -> tuple[Link, ...]:
    """From the server's own certificate up, then what was sent for nothing.

    `path` is what a verifier took, where it trusts the chain; else names and signatures decide.
    """
    sent = case.chain
    if not sent:
        return ()
    places = tuple(stores)
    line = _line(case, path)
    found = [_link(one, line[at + 1 : at + 2], case, places, line) for at, one in enumerate(line)]
    used = {one.sha256 for one in line}
    seen: set[str] = set()
    for position, one in enumerate(sent, 1):
        again = one.sha256 in seen
        seen.add(one.sha256)
        if again or one.sha256 not in used:
            found.append(
                Link(
                    der=one.der,
                    position=position,
                    role=_role(one, leaf=False),
                    state="repeated" if again else "superfluous",
                    stores=_holders(one, places),
                )
            )
    return tuple(found)


def ordered(found: Iterable[Link]) -> bool:
    """Whether what counts was sent leaf first, each right after the one that it signed."""
    positions = [one.position for one in found if one.state == "sent"]
    return positions == sorted(positions)


def _line(case: Case, path: tuple[bytes, ...]) -> tuple[Certificate, ...]:
    if path:
        return tuple(certificate.read(der) for der in path)
    line = [case.chain[0]]
    while len(line) < _LONGEST and not line[-1].self_issued:
        above = _above(line[-1], [one for one in case.chain if one not in line])
        if above is None:
            break
        line.append(above)
    line += gaps.fillers(case)
    if not line[-1].self_issued:
        root = _above(line[-1], [one for one in case.known_elsewhere if one not in line])
        line += [root] if root is not None and line[-1].signed_by(root) else []
    return tuple(line)


def _above(at: Certificate, known: list[Certificate]) -> Certificate | None:
    named = [one for one in known if at.issuer.raw == one.subject.raw]
    return min(named, key=lambda one: not at.signed_by(one), default=None)


def _link(
    one: Certificate,
    above: tuple[Certificate, ...],
    case: Case,
    stores: tuple[TrustStore, ...],
    line: tuple[Certificate, ...],
) -> Link:
    position = next((n for n, sent in enumerate(case.chain, 1) if sent.sha256 == one.sha256), 0)
    last = one is line[-1]
    state = "sent" if position else "anchor" if last and _holders(one, stores) else "missing"
    return Link(
        der=one.der,
        position=position,
        role=_role(one, leaf=one is line[0]),
        state=state,
        signed=not above or one.signed_by(above[0]),
        stores=_holders(one, stores),
    )


def _role(one: Certificate, *, leaf: bool) -> str:
    if leaf:
        return "leaf"
    return "root" if one.self_issued else "intermediate"


def _holders(one: Certificate, stores: tuple[TrustStore, ...]) -> tuple[str, ...]:
    held = (store for store in stores if one.der in store.anchors)
    return tuple(dict.fromkeys(store.path for store in held))
