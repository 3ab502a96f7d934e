"""The smallest change to a .curlrc. Pure.

Read as curl reads it (src/tool_parsecfg.c): an option with or without its dashes, then a blank,
`=` or `:`, then its value, in quotes where blanks are in it. The last of several values counts.
"""

import re
from collections.abc import Iterator

from certmend.remedy.edits import lines

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_OPTION = re.compile(
    r"\s*(?:--(?P<long>[^\s]+)|(?P<key>[^\s\-#/*=:][^\s=:]*))"
    r"(?:[\s=:]+(?P<value>\"(?:\\.|[^\"\\])*\"?|\S+))?"
)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "v": "\v"}


def value(content: bytes, key: str) -> str | None:
    """What an option is set to; None when it is not."""
    text, _, _ = lines.decoded(content)
    found = [match for _, match in _options(text) if _name(match) == key]
    return _read(found[-1]["value"] or "") if found else None


def set_key(content: bytes, name: str, key: str, new: str) -> bytes:
    """The file with an option set; it is added at the end where it is missing."""
    if value(content, key) == new:
        return content
    text, encoding, bom = lines.decoded(content)
    written = '"' + new.replace("\\", "\\\\").replace('"', '\\"') + '"'
    places = [(at, match) for at, match in _options(text) if _name(match) == key]
    if places:
        at, match = places[-1]
        begin, end = match.span("value")
        if begin < 0:
            begin = end = match.end("long") if match["long"] else match.end("key")
            written = f" = {written}" if match["key"] else f" {written}"
        changed = text[: at + begin] + written + text[at + end :]
    else:
        changed = lines.inserted(text, len(text), f"{key} = {written}")
    result = bom + changed.encode(encoding)
    if value(result, key) != new:
        raise lines.by_hand(name, f"{key} = {new}")
    return result


def _options(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for line in _LINE.finditer(text):
        if match := _OPTION.match(line.group()):
            yield line.start(), match


def _name(match: re.Match[str]) -> str:
    return str(match["long"] or match["key"])


def _read(written: str) -> str:
    if not written.startswith('"'):
        return written
    inside = written[1:-1] if len(written) > 1 and written.endswith('"') else written[1:]
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), inside)
