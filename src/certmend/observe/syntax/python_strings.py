"""The text of Python's string literals, each character with its place in the source.

A constant may be several literals that stand side by side; an f-string keeps its fields as they
are written. Lexical analysis, section 2.5 of the language reference.
"""

import re

from certmend.model import lazy

_LITERAL = lazy.regex(r"([rRbBuUfFtT]{0,3})('''|\"\"\"|'|\")")
_BETWEEN = lazy.regex(r"(?:[\s()\\]|#[^\n]*\n)*")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "\n": "", "0": "\0"}

Characters = tuple[str, list[int]]
"""A text, and the offset of each of its characters."""


def single(source: str, start: int, text: str) -> int:
    """Where a text begins inside the literal at an offset, if it stands there as it is; else -1."""
    match = _LITERAL.match(source, start)
    inside = match.end() if match else -1
    return inside if match and source.startswith(text + match[2], inside) else -1


def characters(source: str, start: int, end: int) -> Characters | None:
    """The joined text of the literals between two offsets; None where one is not understood."""
    text: list[str] = []
    at: list[int] = []
    place = start
    while place < end:
        match = _LITERAL.match(source, place)
        if match is None:
            return None
        place = _inside(source, match, end, text, at)
        if place < 0:
            return None
        between = _BETWEEN.match(source, place)
        place = between.end() if between else place
    return "".join(text), at


def _inside(source: str, match: re.Match[str], end: int, text: list[str], at: list[int]) -> int:
    """Takes one literal in; the offset after it, or -1 where it has no end or an unknown escape."""
    quote, raw = match[2], "r" in match[1].lower()
    place = match.end()
    while place < end:
        if source.startswith(quote, place):
            return place + len(quote)
        character, length = source[place], 1
        if character == "\\" and not raw:
            following = source[place + 1 : place + 2]
            if following not in _ESCAPES:
                return -1
            character, length = _ESCAPES[following], 2
        if character:
            text.append(character)
            at.append(place)
        place += length
    return -1
