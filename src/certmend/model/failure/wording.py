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
_DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_TOKENS = re.compile(r"\x00\d{3}|\\.|[^\x00\\\[\](){}?*+|.^$]+|.", re.DOTALL)
"""A sign that stands for itself, a class such as `\\d`, letters, or a sign with a meaning."""


class Wording(msgspec.Struct, frozen=True):
    """Alternatives in words; blanks and underscores in them do not count."""

    plain: tuple[str, ...]
    expressions: tuple[tuple[str, str], ...]
    """Each with letters that every match holds, which may be none."""

    @property
    def letters(self) -> tuple[str, ...]:
        """Texts of which every text that it is found in holds one."""
        return (*self.plain, *(needed for needed, _ in self.expressions))

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


class Expression(msgspec.Struct, frozen=True):
    """A regular expression, compiled and tried only on a text that holds what a match holds."""

    words: str
    needed: tuple[str, ...]
    """Letters of which every match holds one."""

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Its matches in a text, in order."""
        if any(letters in text for letters in self.needed):
            yield from compiled(self.words).finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """Its first match in a text."""
        return next(self.finditer(text), None)


def wording(*alternatives: str) -> Wording:
    """Words from what is printed, in lower case; each is a regular expression."""
    plain: list[str] = []
    expressions: list[tuple[str, str]] = []
    for one in alternatives:
        words = "".join(one.split()).replace("_", "")
        literal = _marked(words)
        if _SPECIAL.isdisjoint(literal):
            plain.append(_unescaped(literal))
        else:
            runs = _needed(literal)
            expressions.append((runs[0] if len(runs) == 1 else "", words))
    return Wording(tuple(plain), tuple(expressions))


def expression(words: str) -> Expression:
    """An expression of text as it is printed, in lower case; `^` stands for a line's start."""
    return Expression(f"(?m:{words})", _needed(_marked(words)))


@cache
def compiled(words: str) -> re.Pattern[str]:
    """A regular expression, compiled once."""
    return re.compile(words)


def _marked(words: str) -> str:
    """The words with each escaped sign as one that stands for itself."""
    if "\\" not in words:
        return words
    return _ESCAPED.sub(lambda match: f"\x00{ord(match[1]):03d}", words)


def _unescaped(literal: str) -> str:
    if "\x00" not in literal:
        return literal
    return re.sub("\x00(\\d{3})", lambda match: chr(int(match[1])), literal)


def _needed(literal: str) -> tuple[str, ...]:
    """For each alternative the longest run of letters that every match of it holds.

    Those are outside of groups, and not optional.
    """
    found: list[str] = []
    runs, run, depth = [""], "", 0
    for sign in _TOKENS.findall(literal):
        if sign[0] not in _SPECIAL:
            run += sign if not depth else ""
            continue
        if sign in _OPTIONAL and not depth:
            run = run[:-4] if run[-4:-3] == "\x00" else run[:-1]
        runs.append(run)
        run = ""
        if sign == "|" and not depth:
            found.append(_longest(runs))
            runs = [""]
        depth += _DEPTH.get(sign, 0)
    return (*found, _longest([*runs, run]))


def _longest(runs: list[str]) -> str:
    return max((_unescaped(one) for one in runs), key=len)
