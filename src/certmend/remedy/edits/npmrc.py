"""The smallest change to an .npmrc. Pure.

Read as npm reads it (the package `ini`, and `env-replace` of @npmcli/config): lines of `key =
value` before the first section, the last of several values counts, `;` and `#` begin a comment in
a value without quotes, and `${NAME}` stands for a variable.
"""

import json
import re
from collections.abc import Iterator

from certmend.remedy.edits import lines

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_SECTION = re.compile(r"\s*\[[^\]]*\]\s*$")
_PAIR = re.compile(r"(?P<head>\s*(?P<key>[^=\s][^=]*?)\s*)(?:=(?P<gap>[ \t]*)(?P<value>.*))?$")
_PLAIN = re.compile(r"(?![\s\"'\[;#])[^;#=\\\"'$\r\n]*(?<!\s)")


def value(content: bytes, key: str) -> str | None:
    """What a key is set to; None when it is not. Variables in it stay as they are written."""
    text, _, _ = lines.decoded(content)
    found = [
        line for begin, end, name in _pairs(text) if name == key for line in (text[begin:end],)
    ]
    if not found:
        return None
    match = _PAIR.match(found[-1].rstrip("\r\n"))
    return _unsafe(match["value"].strip()) if match and match["value"] is not None else "true"


def set_key(content: bytes, name: str, key: str, new: str) -> bytes:
    """The file with a key set; it is added at the end of the lines before the first section."""
    if value(content, key) == _safe(new):
        return content
    text, encoding, bom = lines.decoded(content)
    places = [(begin, end) for begin, end, found in _pairs(text) if found == key]
    if places:
        begin, end = places[-1]
        line = text[begin:end]
        ending = line[len(line.rstrip("\r\n")) :]
        match = _PAIR.match(line.rstrip("\r\n"))
        gap = match["gap"] or "" if match else ""
        head = match["head"] if match else key
        comment = _comment(match["value"] or "") if match else ""
        changed = f"{text[:begin]}{head}={gap}{_written(new)}{comment}{ending}{text[end:]}"
    else:
        changed = lines.inserted(text, _place(text), f"{key}={_written(new)}")
    result = bom + changed.encode(encoding)
    if value(result, key) != _safe(new):
        raise lines.by_hand(name, f"{key}={new}")
    return result


def _written(new: str) -> str:
    """A value in quotes where it needs them; JSON's are npm's."""
    return (
        _safe(new) if _PLAIN.fullmatch(_safe(new)) else json.dumps(_safe(new), ensure_ascii=False)
    )


def _safe(new: str) -> str:
    """A backslash keeps a `${` from being a variable."""
    return new.replace("${", "\\${")


def _unsafe(written: str) -> str:
    if len(written) > 1 and written[0] == written[-1] == '"':
        try:
            found = json.loads(written)
        except ValueError:
            return written
        return found if isinstance(found, str) else written
    if len(written) > 1 and written[0] == written[-1] == "'":
        return written[1:-1]
    plain = re.split(r"(?<!\\)[;#]", written, maxsplit=1)[0].strip()
    return re.sub(r"\\([\\;#])", r"\1", plain)


def _comment(written: str) -> str:
    """The comment behind a value, with the blanks before it; a value in quotes has none."""
    match = re.search(r"\s*(?<!\\)[;#].*$", written)
    return match.group() if match and written.strip()[:1] not in ("'", '"') else ""


def _pairs(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each line before the first section begins and ends, with its key."""
    for begin, end in _lines(text):
        line = text[begin:end].rstrip("\r\n")
        if _SECTION.match(line):
            return
        if line.strip() and line.strip()[0] not in ";#" and (match := _PAIR.match(line)):
            yield begin, end, _unsafe(match["key"])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        if match.group():
            yield match.span()


def _place(text: str) -> int:
    """Behind the last line before the first section that is not blank."""
    at = 0
    for begin, end in _lines(text):
        if _SECTION.match(text[begin:end].rstrip("\r\n")):
            break
        if text[begin:end].strip():
            at = end
    return at
