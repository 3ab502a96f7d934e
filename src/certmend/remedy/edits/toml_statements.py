"""The statements of a TOML file and where they stand: headers and assignments. Pure.

Only for text that `tomllib` reads: what is wrong with any other, that says.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

Keys = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and numbers in lists of tables."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|\r?\n|[\[\]{},=]|[ \t]+|[^\s\"'#\[\]{},=]+|.",
    re.DOTALL,
)
_OPEN, _CLOSE = frozenset("[{"), frozenset("]}")


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A header or an assignment, and where it stands."""

    path: Keys
    """The table of a header; the table and key of an assignment."""
    is_header: bool
    begin: int
    """Where its first character stands, behind the indentation."""
    end: int
    """Behind its last character, a comment included, before the line's end."""
    prefix: str = ""
    """What stands before the last part of a dotted key, with its dot."""
    value: tuple[int, int] = (0, 0)


def key(name: str | int) -> str:
    """A name as it is written in a key."""
    return str(name) if _BARE.fullmatch(str(name)) else text(str(name))


def text(value: str) -> str:
    """Text as it is written for a value."""
    # JSON's escapes are TOML's; DEL is the one character that only TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def tokens(content: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where each token between two places begins and ends, and its text."""
    at = begin
    while at < end and (match := _TOKEN.match(content, at)):
        yield match.start(), match.end(), match.group()
        at = match.end()


def statements(content: str) -> Iterator[Statement]:
    """Headers and assignments in their order, each with its whole path."""
    table: Keys = ()
    numbers: dict[Keys, int] = {}
    for found in _lines(content):
        begin, end = found[0][0], found[-1][1]
        if found[0][2] == "[":
            is_list = found[1][2] == "["
            inner = content[begin : _last_bracket(found)].strip("[] \t")
            table = _resolved(_parts(inner), numbers, is_list=is_list)
            yield Statement(path=table, is_header=True, begin=begin, end=end)
            continue
        equals = next(number for number, token in enumerate(found) if token[2] == "=")
        value = [one for one in found[equals + 1 :] if one[2].strip() and one[2][0] != "#"]
        written = content[begin : found[equals][0]].rstrip()
        parts = _parts(written)
        yield Statement(
            path=(*table, *parts),
            is_header=False,
            begin=begin,
            end=end,
            prefix="".join(f"{key(one)}." for one in parts[:-1]),
            value=(value[0][0], value[-1][1]),
        )


def _lines(content: str) -> Iterator[list[tuple[int, int, str]]]:
    """The tokens of each statement: a value in brackets or quotes may take several lines."""
    found: list[tuple[int, int, str]] = []
    depth = 0
    for token in (*tokens(content, 0, len(content)), (len(content), len(content), "\n")):
        words = token[2]
        depth += (words in _OPEN) - (words in _CLOSE)
        if words in ("\n", "\r\n") and depth == 0:
            if found and found[0][2][0] != "#":
                yield found
            found = []
        elif found or words.strip():
            found.append(token)


def _last_bracket(found: Iterable[tuple[int, int, str]]) -> int:
    return max(end for _, end, words in found if words == "]")


def _parts(written: str) -> tuple[str, ...]:
    """The parts of a dotted key, quotes taken off: as `tomllib` reads them."""
    found: Any = tomllib.loads(f"{written} = 0")
    parts = []
    while isinstance(found, dict):
        ((name, found),) = found.items()
        parts.append(name)
    return tuple(parts)


def _resolved(parts: tuple[str, ...], numbers: dict[Keys, int], *, is_list: bool) -> Keys:
    """A header's path, with the number of the member that each list of tables is at."""
    path: Keys = ()
    for count, part in enumerate(parts, 1):
        path = (*path, part)
        if is_list and count == len(parts):
            numbers[path] = numbers.get(path, -1) + 1
        if path in numbers:
            path = (*path, numbers[path])
    return path
