"""Words to be found in squeezed text: most are plain, some are regular expressions.

Plain words are found by `str.find`. An expression is compiled only when a text holds the letters
that it begins with: most texts hold none of most.
"""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

_ESCAPED = re.compile(r"\\([^a-zA-Z0-9])")
_SPECIAL = frozenset("\\[](){}?*+|.^$")
_OPTIONAL = frozenset("?*{")


class Wording(msgspec.Struct, frozen=True):
    """Alternatives in words; blanks and underscores in them do not count."""

    plain: tuple[str, ...]
    expressions: tuple[tuple[str, str], ...]
    """Each with the letters that it must begin with, which may be none."""

    def finds(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each of the words begins and ends in a text."""
        for words in self.plain:
            at = text.find(words)
            while at >= 0:
                yield at, at + len(words)
                at = text.find(words, at + len(words))
        for start, expression in self.expressions:
            if start in text:
                yield from (match.span() for match in compiled(expression).finditer(text))

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of the expressions, for their groups; plain words have none."""
        for start, expression in self.expressions:
            if start in text:
                yield from compiled(expression).finditer(text)

    def found_in(self, text: str) -> bool:
        """Whether a text holds any of the words."""
        return next(self.finds(text), None) is not None


def wording(*alternatives: str) -> Wording:
    """Words from what is printed, in lower case; each is a regular expression."""
    plain: list[str] = []
    expressions: list[tuple[str, str]] = []
    for one in alternatives:
        words = re.sub(r"[\s_]+", "", one)
        literal = _ESCAPED.sub(lambda match: f"\x00{ord(match[1]):03d}", words)
        if not _SPECIAL & set(literal):
            plain.append(_unescaped(literal))
        else:
            expressions.append((_start(literal), words))
    return Wording(tuple(plain), tuple(expressions))


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """A regular expression, compiled once."""
    return re.compile(expression)


def _unescaped(literal: str) -> str:
    return re.sub("\x00(\\d{3})", lambda match: chr(int(match[1])), literal)


def _start(literal: str) -> str:
    """The letters that every match begins with."""
    length = next((n for n, letter in enumerate(literal) if letter in _SPECIAL), len(literal))
    start = literal[:length]
    if "|" in _outside_groups(literal):
        return ""
    if length < len(literal) and literal[length] in _OPTIONAL:
        start = start[:-4] if start[-4:-3] == "\x00" else start[:-1]
    return _unescaped(start)


def _outside_groups(expression: str) -> str:
    depth, kept = 0, []
    for letter in expression:
        depth += letter == "("
        if not depth:
            kept.append(letter)
        depth -= letter == ")"
    return "".join(kept)
