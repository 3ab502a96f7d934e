"""Words to be found in squeezed text: most are plain, some are regular expressions.

Plain words are found by `str.find`. An expression is compiled, and tried, only when a text
holds the letters that every match of it holds: most texts hold none of most.
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
    """Each with letters that every match holds, which may be none."""

    def finds(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each of the words begins and ends in a text."""
        for words in self.plain:
            at = text.find(words)
            while at >= 0:
                yield at, at + len(words)
                at = text.find(words, at + len(words))
        for needed, expression in self.expressions:
            if needed in text:
                yield from (match.span() for match in compiled(expression).finditer(text))

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of the expressions, for their groups; plain words have none."""
        for needed, expression in self.expressions:
            if needed in text:
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
            expressions.append((_needed(literal), words))
    return Wording(tuple(plain), tuple(expressions))


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """A regular expression, compiled once."""
    return re.compile(expression)


def _unescaped(literal: str) -> str:
    return re.sub("\x00(\\d{3})", lambda match: chr(int(match[1])), literal)


def _needed(literal: str) -> str:
    """The longest run of letters that every match holds: outside of groups, and not optional."""
    runs, run, depth, at = [""], "", 0, 0
    while at < len(literal):
        letter = literal[at]
        if letter == "\x00":
            run += literal[at : at + 4] if not depth else ""
            at += 4
            continue
        if letter not in _SPECIAL:
            run += letter if not depth else ""
        else:
            if letter in _OPTIONAL and not depth:
                run = run[:-4] if run[-4:-3] == "\x00" else run[:-1]
            if letter == "|" and not depth:
                return ""
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(letter, 0)
            runs.append(run)
            run = ""
            # An escaped letter is a class, as in \\d.
            at += letter == "\\"
        at += 1
    return max((_unescaped(one) for one in (*runs, run)), key=len)
