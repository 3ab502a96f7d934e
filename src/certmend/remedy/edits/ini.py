"""The smallest change to an INI file as `configparser` reads it (pip.conf, .pypirc). Pure.

Comments, order, blank lines, line ends, encoding and a byte order mark stay as they are. What
comes out is read again: an edit that configparser would not understand is never made.
"""

import configparser
import re
from collections.abc import Sequence

from certmend.errors import UsageError
from certmend.model.text import visible
from certmend.remedy.edits.lines import decoded

_SECTION = re.compile(r"^\[(?P<name>.+)\]")
_OPTION = re.compile(r"^(?P<key>[^:=\s][^:=]*?)\s*(?P<sign>[:=])\s*(?P<value>.*)$")


def value(content: bytes, name: str, section: str, key: str) -> str | None:
    """What a key is set to; None when it is not. Raises `UsageError` for a file that is no INI."""
    parsed = _parse(decoded(content)[0], name)
    found = _spelling(parsed, section, key)
    return None if found is None else parsed.get(section, found)


def set_key(content: bytes, name: str, section: str, key: str, new: str) -> bytes:
    """The file with `key` set in `section`; both are added where they are missing.

    Raises `UsageError` for a file that is no INI.
    """
    text, encoding, bom = decoded(content)
    parsed = _parse(text, name)
    old = _spelling(parsed, section, key)
    if old is not None and parsed.get(section, old) == new:
        return content
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    written = new.replace("\n", f"{end}    ")
    begin, stop = _range(lines, section)
    place = None if begin is None or old is None else _option(lines, begin, stop, old)
    if begin is None:
        changed = [*_closed(lines, end), *([end] if text.strip() else [])]
        changed += [f"[{section}]{end}", f"{key} = {written}{end}"]
    elif place is None:
        at = _after_last(lines, begin, stop)
        changed = [*_closed(lines[:at], end), f"{key} = {written}{end}", *lines[at:]]
    else:
        first, last = place
        head = lines[first][: _OPTION.match(lines[first].rstrip("\r\n")).start("value")]  # type: ignore[union-attr]
        head = head.rstrip() + " " if not head.endswith((" ", "\t")) else head
        changed = [*lines[:first], f"{head}{written}{end}", *lines[last:]]
    result = bom + "".join(changed).encode(encoding)
    if value(result, name, section, key) != new:
        raise UsageError(
            f"{visible(name, 300)} is written in a way that certmend cannot edit",
            f"set `{key} = {visible(new)}` in its section [{section}] by hand",
        )
    return result


def add_word(content: bytes, name: str, section: str, key: str, word: str) -> bytes:
    """The file with a word in a list of words (`trusted-host`, `use-feature`), one on each line."""
    old = value(content, name, section, key)
    words = (old or "").split()
    if word in words:
        return content
    return set_key(content, name, section, key, word if not words else f"{old}\n{word}")


def without_words(
    content: bytes, name: str, section: str, key: str, words: frozenset[str]
) -> bytes:
    """The file without some words of a list; without the key, where none is left.

    Raises `UsageError` for a file that is no INI, and for a key that another section sets.
    """
    old = (value(content, name, section, key) or "").split()
    left = [one for one in old if one not in words]
    if left == old:
        return content
    if left:
        return set_key(content, name, section, key, "\n".join(left))
    text, encoding, bom = decoded(content)
    lines = text.splitlines(keepends=True)
    begin, stop = _range(lines, section)
    spelt = _spelling(_parse(text, name), section, key)
    place = _option(lines, begin, stop, spelt) if begin is not None and spelt else None
    if place is None:
        raise UsageError(
            f"{visible(name, 300)} sets `{key}` in a way that certmend cannot edit",
            f"take {', '.join(sorted(map(visible, words)))} out of it by hand",
        )
    return bom + "".join((*lines[: place[0]], *lines[place[1] :])).encode(encoding)


def _parse(text: str, name: str) -> configparser.RawConfigParser:
    parsed = configparser.RawConfigParser()
    try:
        parsed.read_string(text)
    except configparser.Error as error:
        words = visible(" ".join(str(error).split()), 200)
        raise UsageError(
            f"{visible(name, 300)} is no valid INI file: {words}", "correct it, and run it again"
        ) from None
    return parsed


def _spelling(parsed: configparser.RawConfigParser, section: str, key: str) -> str | None:
    """The key as the file spells it: pip takes `_` for `-` (configuration.py, _normalize_name)."""
    if not parsed.has_section(section):
        return None
    wanted = _plain(key)
    return next((one for one in parsed.options(section) if _plain(one) == wanted), None)


def _plain(key: str) -> str:
    return key.lower().replace("_", "-").removeprefix("--")


def _range(lines: Sequence[str], section: str) -> tuple[int | None, int]:
    """The lines of a section, without its header: from, and up to."""
    begin: int | None = None
    for number, line in enumerate(lines):
        match = _SECTION.match(line)
        if match and begin is not None:
            return begin, number
        if match and match["name"] == section:
            begin = number + 1
    return begin, len(lines)


def _after_last(lines: Sequence[str], begin: int, stop: int) -> int:
    """Where a new key goes: behind the last line of the section that is not blank."""
    at = stop
    while at > begin and not lines[at - 1].strip():
        at -= 1
    return at


def _option(lines: Sequence[str], begin: int, stop: int, key: str) -> tuple[int, int] | None:
    """The lines of a key and its continuation: from, and up to; None where [DEFAULT] sets it."""
    for number in range(begin, stop):
        match = _OPTION.match(lines[number].rstrip("\r\n"))
        if match and match["key"].strip().lower() == key:
            last = number + 1
            while last < stop and lines[last][:1] in " \t" and lines[last].strip():
                last += 1
            return number, last
    return None


def _closed(lines: Sequence[str], end: str) -> list[str]:
    """The lines, the last of which has a line end."""
    if lines and not lines[-1].endswith(("\n", "\r")):
        return [*lines[:-1], lines[-1] + end]
    return list(lines)
