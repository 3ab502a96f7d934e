"""Configuration files as flat entries: a dotted key, its value as text, and its line.

What cannot be read gives no entries: the client that reads the file says so itself. Values are
as they are, credentials and all, and stay with the observers.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from certmend.model import lazy

_SIZE_LIMIT = 4 << 20
_TOML_HEADER = lazy.regex(r"^\s*(?P<open>\[\[?)\s*(?P<name>[^\]]+?)\s*\]")
_TOML_KEY = lazy.regex(r"""^\s*(?P<key>[A-Za-z0-9_."' -]+?)\s*=""")
_GIT_SECTION = lazy.regex(r'^\[(?P<name>[\w.-]+)(?:\s+"(?P<part>(?:[^"\\]|\\.)*)")?\]')
_CURL_LINE = lazy.regex(r"^\s*(?:--?)?(?P<key>[A-Za-z][\w-]*)\s*(?:[=:]|\s)?\s*(?P<value>.*)$")
_CURL_VALUE = lazy.regex(r'"(?P<quoted>[^"]*)|(?P<plain>\S*)')
_COMMENTED = lazy.regex(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^"';#\\])*""")
_CURL_SHORT = {"k": "insecure", "x": "proxy", "E": "cert"}
_VARIABLE = lazy.regex(r"\$\{(?P<name>[A-Za-z_]\w*)\}")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One assignment in a file."""

    key: str
    """Dotted: the tables or sections, then the name; members of a list have their number."""
    value: str
    line: int = 0


def read(path: str, form: str, environment: Mapping[str, str]) -> tuple[Entry, ...]:
    """The entries of a file in the order of the file; none where it cannot be read."""
    place = Path(path)
    try:
        if not place.is_file() or place.stat().st_size > _SIZE_LIMIT:
            return ()
        text = place.read_text("utf-8-sig")
    except (OSError, ValueError):
        return ()
    return tuple(_READERS[form](text, environment))


def exists(path: str) -> bool:
    """Whether a file is there; a path that cannot be one is not."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def has_table(path: str, table: str) -> bool:
    """Whether a TOML file has a table of that dotted name."""
    return any(entry.key.startswith(f"{table}.") for entry in read(path, "toml", {}))


def _toml(text: str, _: Mapping[str, str]) -> Iterator[Entry]:
    import tomllib

    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    lines = _toml_lines(text)
    for key, value in _flat(found, ""):
        yield Entry(key=key, value=value, line=lines.get(key, 0))


def _flat(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{key}.{number}")
    elif isinstance(value, list):
        yield key, " ".join(str(one) for one in value)
    else:
        yield key, str(value).lower() if isinstance(value, bool) else str(value)


def _toml_lines(text: str) -> dict[str, int]:
    """The line of each dotted key, as far as keys stand at the start of a line."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TOML_HEADER.match(line):
            table = _unquoted(header["name"])
            if header["open"] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}.{counts[table]}"
        elif key := _TOML_KEY.match(line):
            name = _unquoted(key["key"])
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _unquoted(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))


def _ini(text: str, _: Mapping[str, str]) -> Iterator[Entry]:
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words[0] in "#;":
            continue
        if words.startswith("["):
            section = words[1:].partition("]")[0].strip()
        elif line[:1] not in " \t" and (match := re.match(r"([^=:]+?)\s*[=:]\s*(.*)$", words)):
            key = match[1].lower()
            yield Entry(
                key=f"{section}.{key}" if section else key, value=match[2].strip(), line=number
            )


def _git(text: str, _: Mapping[str, str]) -> Iterator[Entry]:
    """Git's own kind: indented, sections with a quoted part, a bare key means true.

    A file that it includes is one of its own (git-config(1), "Includes").
    """
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if match := _GIT_SECTION.match(words):
            part = (match["part"] or "").replace('\\"', '"')
            section = f"{match['name'].lower()}.{part}" if part else match["name"].lower()
        elif words and words[0] not in "#;" and section:
            key, value = (*words.split("=", 1), "true")[:2]
            shown = _without_comment(value).replace('"', "").replace("\\\\", "\\")
            yield Entry(key=f"{section}.{key.strip().lower()}", value=shown, line=number)


def _without_comment(written: str) -> str:
    """A value up to a comment behind it; what stands in quotes or behind a backslash is none."""
    match = _COMMENTED.match(written)
    return (match.group() if match else written).strip()


def _npmrc(text: str, environment: Mapping[str, str]) -> Iterator[Entry]:
    """Npm's own kind of INI: no sections, `${NAME}` is replaced, `key[]` adds to a list."""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words[0] in "#;":
            continue
        key, value = (*words.split("=", 1), "true")[:2]
        value = _without_comment(value).strip("\"'")
        value = _VARIABLE.sub(lambda found: environment.get(found["name"], found[0]), value)
        yield Entry(key=key.strip().removesuffix("[]"), value=value, line=number)


def _curlrc(text: str, _: Mapping[str, str]) -> Iterator[Entry]:
    """Curl's own kind: an option without its dashes, then `=`, `:` or a blank, then its value."""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words[0] == "#" or not (match := _CURL_LINE.match(words)):
            continue
        written = _CURL_VALUE.match(match["value"].strip())
        value = (written["quoted"] or written["plain"] or "" if written else "") or "true"
        key = _CURL_SHORT.get(match["key"], match["key"])
        yield Entry(key=key.lower(), value=value, line=number)


def _yaml(text: str, _: Mapping[str, str]) -> Iterator[Entry]:
    """The plain top of a YAML file: `key: value`, and lists of plain values below a key."""
    key = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"([A-Za-z_][\w-]*):\s*(.*?)\s*(?:#.*)?$", line):
            key = match[1]
            if match[2]:
                yield Entry(key=key, value=match[2].strip("\"'"), line=number)
        elif key and (item := re.match(r"\s*-\s+(.+?)\s*$", line)):
            yield Entry(key=key, value=item[1].strip("\"'"), line=number)


_READERS: Mapping[str, Callable[[str, Mapping[str, str]], Iterator[Entry]]] = {
    "toml": _toml,
    "ini": _ini,
    "npmrc": _npmrc,
    "curlrc": _curlrc,
    "yaml": _yaml,
    "git": _git,
}
