"""The smallest change to a git configuration file. Pure.

Read as git reads it (git-config(1), "Syntax"; config.c, `git_parse_source` and `parse_value`): a
key on the line of its header, values in quotes or over several lines, comments behind them. The
last of several values counts. Files named by `include` are not followed.
"""

import re
from collections.abc import Iterator

import msgspec

from certmend.errors import UsageError
from certmend.model.text import visible
from certmend.remedy.edits import lines

_HEADER = re.compile(r'\[(?P<name>[A-Za-z0-9.-]+)(?:[ \t]+"(?P<part>(?:[^"\\\n]|\\[^\n])*)")?\]')
_KEY = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9-]*)[ \t]*(?P<sign>=?)[ \t]*")
_COMMENT = re.compile(r"[#;][^\n]*")
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "\\": "\\", '"': '"'}
_QUOTED = re.compile(r'[#;"\\\x00-\x1f]|^\s|\s$')


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A header, or a key with its value, and where it stands."""

    section: str
    """In lower case."""
    part: str
    """What stands in quotes behind the section's name, as it is."""
    end: int
    """Behind its last character, a comment and blanks apart."""
    stop: int
    """Where nothing of it follows: a value may go on behind its last character."""
    key: str = ""
    """In lower case; empty for a header."""
    value: str = ""
    written: int = 0
    """Where the name of the key ends."""


def value(content: bytes, name: str, section: str, part: str, key: str) -> str | None:
    """What a key is set to; None when it is not. Raises `UsageError` for a file git refuses."""
    found = _find(_items(lines.decoded(content)[0], name), section, part, key)
    return found.value if found else None


def parts(content: bytes, name: str, section: str) -> tuple[str, ...]:
    """What stands in quotes behind a section's name, each once."""
    items = _items(lines.decoded(content)[0], name)
    return tuple(dict.fromkeys(one.part for one in items if one.section == section.lower()))


def set_key(content: bytes, name: str, section: str, part: str, key: str, new: str) -> bytes:
    """The file with `key` of `[section "part"]` set; both are added where they are missing.

    Raises `UsageError` for a file that git refuses.
    """
    text, encoding, bom = lines.decoded(content)
    items = list(_items(text, name))
    old = _find(items, section, part, key)
    if old is not None and old.value == new:
        return content
    setting = f"{key} = {_written(new)}"
    mine = [one for one in items if (one.section, one.part) == (section.lower(), part)]
    if old is not None:
        changed = f"{text[: old.written]} = {_written(new)}{text[old.end :]}"
    elif mine:
        at = text.find("\n", mine[-1].stop)
        changed = lines.inserted(text, len(text) if at < 0 else at + 1, f"\t{setting}")
    else:
        quoted = part.replace("\\", "\\\\").replace('"', '\\"')
        header = f'[{section} "{quoted}"]' if part else f"[{section}]"
        changed = lines.inserted(text, len(text), header + lines.line_end(text) + f"\t{setting}")
    result = bom + changed.encode(encoding)
    if value(result, name, section, part, key) != new:
        raise lines.by_hand(name, f"{section}.{part + '.' if part else ''}{key}={new}")
    return result


def _find(items: "Iterator[Item] | list[Item]", section: str, part: str, key: str) -> Item | None:
    wanted = (section.lower(), part, key.lower())
    fits = [one for one in items if (one.section, one.part, one.key) == wanted]
    return fits[-1] if fits else None


def _written(new: str) -> str:
    if not _QUOTED.search(new):
        return new
    escaped = new.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + escaped.replace("\t", "\\t").replace("\b", "\\b") + '"'


def _items(text: str, name: str) -> Iterator[Item]:
    at, section, part = 0, "", ""
    while at < len(text):
        if text[at] in " \t\r\n":
            at += 1
        elif match := _COMMENT.match(text, at):
            at = match.end()
        elif match := _HEADER.match(text, at):
            section = match["name"].lower()
            part = re.sub(r"\\(.)", r"\1", match["part"] or "")
            yield Item(section=section, part=part, end=match.end(), stop=match.end())
            at = match.end()
        elif match := _KEY.match(text, at):
            written = at + len(match["key"])
            found, end, stop = (
                _value(text, match.end(), name) if match["sign"] else ("true", written, written)
            )
            key = match["key"].lower()
            yield Item(
                section=section,
                part=part,
                end=end,
                stop=stop,
                key=key,
                value=found,
                written=written,
            )
            at = stop
        else:
            raise _invalid(text, at, name)


def _value(text: str, at: int, name: str) -> tuple[str, int, int]:
    """A value, where it ends without blanks, and where nothing of it is left."""
    found: list[str] = []
    end, kept, quoted = at, 0, False
    while at < len(text):
        character = text[at]
        if character == "\n":
            if quoted:
                raise _invalid(text, at, name)
            break
        if character in "#;" and not quoted:
            break
        if character == "\\":
            follows = text[at + 1 : at + 3]
            step = 3 if follows == "\r\n" else 2
            if follows[:1] in ("\n", "") or follows == "\r\n":
                at += step
                continue
            if follows[:1] not in _ESCAPES:
                raise _invalid(text, at, name)
            found.append(_ESCAPES[follows[:1]])
            at += 2
        elif character == '"':
            quoted = not quoted
            at += 1
        else:
            found.append(character)
            at += 1
            if character in " \t\r" and not quoted:
                continue
        end, kept = at, len(found)
    return "".join(found[:kept]), end, min(at, len(text))


def _invalid(text: str, at: int, name: str) -> UsageError:
    line = text.count("\n", 0, at) + 1
    return UsageError(
        f"{visible(name, 300)} is no valid git configuration: line {line}",
        "correct it (`git config --list` names the line too), and run it again",
    )
