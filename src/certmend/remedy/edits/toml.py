"""The smallest change to a TOML file: pyproject.toml, uv.toml, pdm.toml, Pipfile … Pure.

The file is edited as text, so that every byte beside the change stays. What comes out is read by
`tomllib` and compared with what was meant: an edit that would say anything else is never made.
"""

import re
import tomllib
from copy import deepcopy
from typing import Any

from certmend.errors import UsageError
from certmend.model.text import visible
from certmend.remedy.edits import toml_statements
from certmend.remedy.edits.toml_statements import Keys, Statement

_BOM = b"\xef\xbb\xbf"


def read(content: bytes, name: str) -> dict[str, Any]:
    """What the file says. Raises `UsageError` for a file that is no TOML."""
    return _parsed(_text(content, name)[0], name)


def get(content: bytes, name: str, keys: Keys) -> Any:
    """A value; None where there is none. Raises `UsageError` for a file that is no TOML."""
    found: Any = read(content, name)
    for key in keys:
        try:
            found = found[key]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def set_value(content: bytes, name: str, keys: Keys, new: str | bool | list[str]) -> bytes:
    """The file with a value set; its key and table are added where they are missing.

    Raises `UsageError` for a file that is no TOML, or that is written in a way out of reach.
    """
    if get(content, name, keys) == new:
        return content
    text, bom = _text(content, name)
    parsed = _parsed(text, name)
    if not _reachable(parsed, keys):
        raise _by_hand(name, keys)
    statements = tuple(toml_statements.statements(text))
    changed = _set(text, statements, keys, _rendered(new))
    return _checked(changed, bom, name, keys, _expected(parsed, keys, new))


def add_word(content: bytes, name: str, keys: Keys, word: str) -> bytes:
    """The file with a word in a list of words, which is made where there is none."""
    old = get(content, name, keys)
    if old is None:
        return set_value(content, name, keys, [word])
    if not isinstance(old, list):
        raise _by_hand(name, keys)
    if word in old:
        return content
    text, bom = _text(content, name)
    found = next((one for one in toml_statements.statements(text) if one.path == keys), None)
    if found is None:
        raise _by_hand(name, keys)
    changed = _appended(text, found, _rendered(word))
    expected = _expected(_parsed(text, name), keys, [*old, word])
    return _checked(changed, bom, name, keys, expected)


def _text(content: bytes, name: str) -> tuple[str, bytes]:
    bom = _BOM if content.startswith(_BOM) else b""
    try:
        return content[len(bom) :].decode("utf-8"), bom
    except UnicodeDecodeError:
        raise _invalid(name, "it is not UTF-8") from None


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(name, visible(str(error))) from None


def _invalid(name: str, words: str) -> UsageError:
    return UsageError(
        f"{visible(name, 300)} is no valid TOML file: {words}", "correct it, and run it again"
    )


def _by_hand(name: str, keys: Keys) -> UsageError:
    return UsageError(
        f"{visible(name, 300)} is written in a way that certmend cannot edit",
        f"set {visible('.'.join(map(str, keys)))} by hand",
    )


def _checked(text: str, bom: bytes, name: str, keys: Keys, expected: dict[str, Any]) -> bytes:
    try:
        agrees = tomllib.loads(text) == expected
    except tomllib.TOMLDecodeError:
        agrees = False
    if not agrees:
        raise _by_hand(name, keys)
    return bom + text.encode("utf-8")


def _reachable(parsed: Any, keys: Keys) -> bool:
    """Whether tables stand, or can be made, on the way to a value; members of lists cannot."""
    found = parsed
    for key in keys[:-1]:
        if isinstance(key, int):
            if not isinstance(found, list) or key >= len(found):
                return False
            found = found[key]
        elif isinstance(found, dict):
            found = found.get(key, {})
        else:
            return False
    return isinstance(found, dict)


def _expected(parsed: dict[str, Any], keys: Keys, new: Any) -> dict[str, Any]:
    found: Any = (changed := deepcopy(parsed))
    for key in keys[:-1]:
        found = found[key] if isinstance(key, int) else found.setdefault(key, {})
    found[keys[-1]] = new
    return changed


def _rendered(value: str | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_rendered(one) for one in value)}]"
    return toml_statements.text(value)


def _set(text: str, statements: tuple[Statement, ...], keys: Keys, value: str) -> str:
    same = next((one for one in statements if not one.is_header and one.path == keys), None)
    if same is not None:
        begin, end = same.value
        return text[:begin] + value + text[end:]
    inline = next((o for o in statements if not o.is_header and o.path == keys[:-1]), None)
    if inline is not None:
        return _in_inline_table(text, inline, f"{toml_statements.key(keys[-1])} = {value}")
    beside = [
        one for one in statements if (one.path if one.is_header else one.path[:-1]) == keys[:-1]
    ]
    if beside:
        return _behind(
            text, beside[-1], f"{beside[-1].prefix}{toml_statements.key(keys[-1])} = {value}"
        )
    line = f"{toml_statements.key(keys[-1])} = {value}"
    return _on_top(text, statements, line) if len(keys) == 1 else _at_end(text, keys[:-1], line)


def _end_of_line(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _behind(text: str, one: Statement, line: str) -> str:
    """A line of its own after a statement, indented as that is where it is an assignment."""
    start = text.rfind("\n", 0, one.begin) + 1
    indent = "" if one.is_header else text[start : one.begin]
    return text[: one.end] + _end_of_line(text) + indent + line + text[one.end :]


def _on_top(text: str, statements: tuple[Statement, ...], line: str) -> str:
    """Before the first table, and before the comment that is attached to it."""
    end = _end_of_line(text)
    if not statements:
        gap = end if text and not text.endswith("\n") else ""
        return f"{text}{gap}{line}{end}"
    at = text.rfind("\n", 0, statements[0].begin) + 1
    while at > 0:
        above = text.rfind("\n", 0, at - 1) + 1
        if not text[above:at].lstrip().startswith("#"):
            break
        at = above
    return text[:at] + line + end + end + text[at:]


def _at_end(text: str, table: Keys, line: str) -> str:
    end = _end_of_line(text)
    gap = (end if text and not text.endswith("\n") else "") + (end if text.strip() else "")
    header = ".".join(toml_statements.key(one) for one in table)
    return f"{text}{gap}[{header}]{end}{line}{end}"


def _in_inline_table(text: str, one: Statement, pair: str) -> str:
    begin, end = one.value
    inside = text[begin + 1 : end - 1]
    if not inside.strip():
        return f"{text[:begin]}{{ {pair} }}{text[end:]}"
    kept = text[: begin + 1] + inside.rstrip()
    return f"{kept}, {pair}{inside[len(inside.rstrip()) :]}}}{text[end:]}"


def _appended(text: str, one: Statement, word: str) -> str:
    """A list with one more member; in a list of several lines it gets a line of its own."""
    begin, end = one.value
    marks = [
        token
        for token in toml_statements.tokens(text, begin, end)
        if token[2].strip() and token[2][0] != "#"
    ]
    last = marks[-2]  # the one before the closing bracket
    if last[2] == "[":
        return text[: last[1]] + word + text[last[1] :]
    comma = "" if last[2] == "," else ","
    if "\n" not in text[begin:end]:
        gap = " " if not comma else ", "
        return text[: last[1]] + gap + word + text[last[1] :]
    start = text.rfind("\n", 0, last[0]) + 1
    indent = re.match(r"[ \t]*", text[start:])
    line_end = text.find("\n", last[1], end)
    line_end = end - 1 if line_end < 0 else line_end - (text[line_end - 1] == "\r")
    own = f"{_end_of_line(text)}{indent[0] if indent else ''}{word}{',' if not comma else ''}"
    return text[: last[1]] + comma + text[last[1] : line_end] + own + text[line_end:]
