"""Path building with backtracking (`PathBuilder::build_chain_inner`)."""

from collections.abc import Sequence

from certmend.judge.webpki import constraints, rules, signatures
from certmend.judge.webpki.budget import Budget
from certmend.judge.webpki.parsed import Anchor, Parsed, anchor, parse
from certmend.judge.webpki.rejection import (
    TOO_DEEP,
    UNKNOWN_ISSUER,
    Rejection,
    most_specific,
)

_DEEPEST = 6
"""Intermediates in one path."""


class Builder:
    """The search for a path from one leaf to one of the anchors."""

    def __init__(
        self, leaf: Parsed, sent: Sequence[bytes], anchors: Sequence[bytes], at: int
    ) -> None:
        self._leaf = leaf
        self._at = at
        self._budget = Budget()
        self._anchors: dict[bytes, list[Anchor]] = {}
        for der in anchors:
            if (one := anchor(der)) is not None:
                self._anchors.setdefault(one.subject, []).append(one)
        self._issuers: dict[bytes, list[Parsed]] = {}
        self._unreadable: list[Rejection] = []
        for der in sent:
            known = parse(der)
            if isinstance(known, Rejection):
                self._unreadable.append(known)
            else:
                self._issuers.setdefault(known.subject, []).append(known)
        self._proper: dict[tuple[bytes, int | None], Rejection | None] = {}

    def path(self) -> tuple[tuple[Parsed, ...], Anchor]:
        """The first path that holds, leaf first; raises the most specific `Rejection`."""
        return self._extend((self._leaf,), 0)

    def _extend(self, path: tuple[Parsed, ...], above: int) -> tuple[tuple[Parsed, ...], Anchor]:
        """`above` counts the CAs in the path without the one at its end."""
        head = path[-1]
        refused = self._improper(head, None if len(path) == 1 else above)
        if refused is not None:
            raise refused
        worst = Rejection(UNKNOWN_ISSUER, head.der)
        for broken in self._unreadable:
            worst = most_specific(worst, broken)
        for one in self._anchors.get(head.issuer, ()):
            try:
                self._verify(path, one)
            except Rejection as found:
                worst = _kept(worst, found)
            else:
                return path, one
        for issuer in self._issuers.get(head.issuer, ()):
            if any(issuer.key == one.key and issuer.subject == one.subject for one in path):
                continue
            try:
                return self._through(path, issuer, above)
            except Rejection as found:
                worst = _kept(worst, found)
        raise worst

    def _through(
        self, path: tuple[Parsed, ...], issuer: Parsed, above: int
    ) -> tuple[tuple[Parsed, ...], Anchor]:
        self._budget.path()
        if len(path) > _DEEPEST:
            raise Rejection(TOO_DEEP, issuer.der)
        return self._extend((*path, issuer), above + (len(path) > 1))

    def _improper(self, certificate: Parsed, below: int | None) -> Rejection | None:
        key = (certificate.der, below)
        if key not in self._proper:
            self._proper[key] = next(rules.every(certificate, self._at, below), None)
        return self._proper[key]

    def _verify(self, path: tuple[Parsed, ...], anchor: Anchor) -> None:
        """Signatures from the anchor down, then the name constraints."""
        key = anchor.key
        for one in reversed(path):
            self._budget.signature()
            try:
                signatures.verify(one.algorithm, key, one.signed, one.signature)
            except Rejection as refused:
                raise Rejection(refused.kind, one.der) from None
            key = one.key
        constraints.check(path, anchor, self._budget)


def _kept(worst: Rejection, found: Rejection) -> Rejection:
    """The more specific of two; one that ends the search is raised."""
    if found.kind.fatal:
        raise found
    return most_specific(worst, found)
