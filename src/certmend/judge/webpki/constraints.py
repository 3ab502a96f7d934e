"""Name constraints: each CA's, for every certificate below it (`subject_name/mod.rs`)."""

from collections.abc import Iterable

from certmend.judge.webpki import der, names
from certmend.judge.webpki.budget import Budget
from certmend.judge.webpki.der import Reader
from certmend.judge.webpki.names import Role
from certmend.judge.webpki.parsed import Anchor, Parsed
from certmend.judge.webpki.rejection import BAD_DER, NAME_CONSTRAINT, Rejection

_PERMITTED = 0xA0
_EXCLUDED = 0xA1
_UNREAD = frozenset({names.DIRECTORY, names.URI})
"""Kinds that webpki knows and does not compare: nothing is permitted, all is excluded."""


def check(path: tuple[Parsed, ...], anchor: Anchor, budget: Budget) -> None:
    """Raise `Rejection` for a name that a CA above it may not issue for; the leaf is first."""
    limits = anchor.name_constraints
    for position in range(len(path) - 1, -1, -1):
        if limits is not None:
            _check_below(limits, path[: position + 1], budget)
        limits = path[position].name_constraints


def _check_below(limits: bytes, below: tuple[Parsed, ...], budget: Budget) -> None:
    reader = Reader(limits)
    permitted = reader.expect(_PERMITTED) if reader.peek(_PERMITTED) else None
    excluded = reader.expect(_EXCLUDED) if reader.peek(_EXCLUDED) else None
    for certificate in reversed(below):
        try:
            _check_names(certificate, permitted, excluded, budget)
        except Rejection as refused:
            raise Rejection(refused.kind, certificate.der) from None
    reader.end(BAD_DER)


def _check_names(
    certificate: Parsed, permitted: bytes | None, excluded: bytes | None, budget: Budget
) -> None:
    for kind, value in _names_in(certificate):
        if permitted is not None:
            fits = list(_compared(kind, value, permitted, Role.PERMITTED, budget))
            if fits and not any(fits):
                raise Rejection(NAME_CONSTRAINT)
        if excluded is not None:
            for inside in _compared(kind, value, excluded, Role.EXCLUDED, budget):
                if inside:
                    raise Rejection(NAME_CONSTRAINT)


def _names_in(certificate: Parsed) -> Iterable[tuple[int, bytes]]:
    yield from names.general_names(certificate.alternative_names)
    # The subject counts as a directory name, and all of these are treated alike.
    yield names.DIRECTORY, b""


def _compared(
    kind: int, value: bytes, subtrees: bytes, role: Role, budget: Budget
) -> Iterable[bool]:
    """For each subtree of the same kind: whether the name lies in it."""
    reader = Reader(subtrees)
    while not reader.at_end:
        budget.comparison()
        subtree = Reader(reader.expect(der.SEQUENCE))
        base_kind, base = names.general_name(subtree)
        # Minimum and maximum may not be written (RFC 5280, section 4.2.1.10).
        subtree.end()
        if base_kind != kind:
            continue
        if kind == names.DNS:
            yield names.matches(value, base, role)
        elif kind == names.ADDRESS:
            yield names.in_network(value, base)
        elif kind in _UNREAD:
            yield role is Role.EXCLUDED
        else:
            raise Rejection(NAME_CONSTRAINT)
