"""What else is wrong with a chain that webpki refused: it stops at one error, a person should not.

Each certificate of the chain is looked at by webpki's own rules, whatever became of the others.
"""

from collections.abc import Iterator, Sequence

from certmend.judge.webpki import constraints, rules, signatures
from certmend.judge.webpki.budget import Budget
from certmend.judge.webpki.parsed import Anchor, Parsed, anchor, leniently, parse
from certmend.judge.webpki.rejection import (
    ALGORITHMS_DIFFER,
    BAD_SIGNATURE,
    SELF_SIGNED,
    SELF_SIGNED_ROOT,
    UNKNOWN_ISSUER,
    Rejection,
)

_LONGEST = 20
"""Certificates that are looked at; webpki takes eight in one path."""


def by_name(leaf: Parsed, sent: Sequence[bytes]) -> tuple[Parsed, ...]:
    """The chain as the names, and the signatures where they fit, link it; the leaf is first."""
    known = [one for der in sent if (one := leniently(der)) is not None]
    path = [leaf]
    while len(path) < _LONGEST and path[-1].subject != path[-1].issuer:
        above = [one for one in known if one.subject == path[-1].issuer and one not in path]
        if not above:
            break
        path.append(min(above, key=lambda one: not _made(path[-1], one.key)))
    return tuple(path)


def of_path(path: tuple[Parsed, ...], anchors: Sequence[bytes], at: int) -> Iterator[Rejection]:
    """Every fault of the certificates in a path, of their signatures and names, and of its end."""
    roots = [root for der in anchors if (root := anchor(der)) is not None]
    top = path[-1]
    # A root that was sent is not looked at: only its name and key would count, as an anchor.
    judged = path[:-1] if len(path) > 1 and top.subject == top.issuer else path
    for position, one in enumerate(judged):
        found = parse(one.der)
        if isinstance(found, Rejection):
            yield found
            yield from (Rejection(kind, one.der) for kind in one.refused)
        yield from rules.every(one, at, position - 1 if position else None)
        if position + 1 < len(path) and not _algorithms_differ(found):
            yield from _signature(one, path[position + 1].key)
    yield from _end(judged, top, roots)
    try:
        constraints.check(judged, _anchor(judged, roots), Budget())
    except Rejection as refused:
        yield Rejection(refused.kind, refused.der or path[0].der)


def unreadable(sent: Sequence[bytes]) -> Iterator[Rejection]:
    """What was sent and is not to be read at all, by name."""
    for der in sent:
        found = parse(der)
        if isinstance(found, Rejection) and leniently(der) is None:
            yield found


def _algorithms_differ(found: Parsed | Rejection) -> bool:
    return isinstance(found, Rejection) and found.kind is ALGORITHMS_DIFFER


def _anchor(path: tuple[Parsed, ...], roots: list[Anchor]) -> Anchor:
    """The anchor that the path leads to; one without constraints where it leads to none."""
    ends = (root for one in path for root in roots if root.subject == one.issuer)
    return next((root for root in ends if _may_be(path[-1], root.key)), _END)


_END = Anchor(der=b"", subject=b"", key=b"")


def _end(path: tuple[Parsed, ...], top: Parsed, roots: list[Anchor]) -> Iterator[Rejection]:
    """Why the path leads to no anchor, if it does not."""
    named = [(one, root) for one in path for root in roots if root.subject == one.issuer]
    if any(_made(one, root.key) for one, root in named):
        return
    if named:
        for one, root in named[:1]:
            yield from _signature(one, root.key)
    elif top.subject != top.issuer:
        yield Rejection(UNKNOWN_ISSUER, top.der)
    else:
        yield Rejection(
            SELF_SIGNED if len(path) == 1 and path[0] is top else SELF_SIGNED_ROOT, top.der
        )


def _signature(one: Parsed, key: bytes) -> Iterator[Rejection]:
    try:
        signatures.verify(one.algorithm, key, one.signed, one.signature)
    except Rejection as refused:
        yield Rejection(refused.kind, one.der)


def _may_be(one: Parsed, key: bytes) -> bool:
    """Whether the key made the signature, or it cannot be told: a key of a kind not taken."""
    return all(found.kind is not BAD_SIGNATURE for found in _signature(one, key))


def _made(one: Parsed, key: bytes) -> bool:
    return not any(True for _ in _signature(one, key))
