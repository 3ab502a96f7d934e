"""The texts that rules look for in a file, all found in one pass over its bytes.

Each rule names texts of which every file with a finding of it holds some. One automaton takes as
long for two hundred texts as for one; a search for each of them takes twenty times as long.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import msgspec

_BROUGHT = frozenset(
    ("http://", "https:", "://", "ca-certificates", "ca-trust", "trust-source", "/etc/ssl/certs")
)
"""Texts that the value of a variable brings into a file: the beginning of a URL, a folder."""


class Needs(msgspec.Struct, frozen=True):
    """What a file has to hold to be looked into: one of the texts, or one of each of a few groups.

    All texts are in lower case.
    """

    single: frozenset[str] = frozenset()
    together: frozenset[tuple[frozenset[str], ...]] = frozenset()

    @property
    def texts(self) -> frozenset[str]:
        """All texts that are told of."""
        return self.single.union(*(group for groups in self.together for group in groups))

    def met(self, held: AbstractSet[str]) -> bool:
        """Whether a file that holds these texts, and none of the others, has to be looked into."""
        if not self.single.isdisjoint(held):
            return True
        for groups in self.together:
            for group in groups:
                if group.isdisjoint(held):
                    break
            else:
                return True
        return False

    def begun(self, held: AbstractSet[str]) -> bool:
        """Whether URLs and paths from elsewhere may be all that is missing of a few groups."""
        named = held - _BROUGHT
        for groups in self.together:
            rest = [group for group in groups if group.isdisjoint(_BROUGHT)]
            if rest and not any(group.isdisjoint(named) for group in rest):
                return True
        return False


def of_any(needs: Iterable[Needs]) -> Needs:
    """What a file has to hold for one of several to be met."""
    every = tuple(needs)
    return Needs(
        frozenset().union(*(one.single for one in every)),
        frozenset().union(*(one.together for one in every)),
    )


class Sieve:
    """Finds texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

        self._texts = tuple(texts)
        self._automaton = BytesAhoCorasick(
            [text.encode() for text in self._texts], MatchKind.Standard, Implementation.DFA
        )

    def texts_in(self, lower: bytes) -> set[str]:
        """Those of the texts that a file holds; `lower` is its content in lower case."""
        matches = self._automaton.find_matches_as_indexes(lower, overlapping=True)
        return {self._texts[number] for number, _, _ in matches}
