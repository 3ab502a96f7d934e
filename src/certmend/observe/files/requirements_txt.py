"""Requirements and constraints files, as pip reads them (`req/req_file.py`)."""

import re
from collections.abc import Iterable, Iterator

from certmend.model import lazy
from certmend.model.document import Entry, Key, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import templates, yaml_tree
from certmend.observe.syntax.config import in_order

_LINE = lazy.regex(r"(?:[^\n]*\\\r?\n)*[^\n]*\n?")
_COMMENT = lazy.regex(r"(?:^|\s)#.*$", re.MULTILINE)
_OPTION = lazy.regex(
    r"(?<!\S)(?P<flag>--[a-z][a-z-]*|-[ifrce])"
    r"(?:[ \t]*=(?:[ \t]|\\\r?\n)*|(?:[ \t]|\\\r?\n)+|(?<=-[ifrce])(?=\S)|(?=\s|$))"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'-][^\s\"']*)?"
)
_URL = lazy.regex(r"(?:git\+|hg\+|svn\+|bzr\+)?https?://[^\s;'\"]+")
_SHORT = {"-i": "index-url", "-f": "find-links", "-r": "requirement", "-c": "constraint"}
_NAMES = {"pypi-url": "index-url", "e": "editable", "editable": "editable"}


def read(source: Source) -> Iterable[Entry]:
    """Each option as a key of pip's, each direct URL as `url`."""
    text = templates.plain(source.text)
    found: list[Entry] = []
    for match in _LINE.finditer(text.text):
        if match.group().strip():
            line = _COMMENT.sub(lambda m: " " * len(m.group()), match.group())
            found += _line(text, line, match.start(), source.scope)
    return in_order(found, yaml_tree.comments(text))


def _line(text: Word, line: str, start: int, scope: str) -> Iterator[Entry]:
    options = list(_OPTION.finditer(line)) if line.lstrip().startswith("-") else []
    for option in options:
        flag = option["flag"]
        name = _SHORT.get(flag) or _NAMES.get(flag.lstrip("-")) or flag.lstrip("-")
        yield _key(text, name, option, start, line if len(options) == 1 else "", scope)
    if not options:
        for url in _URL.finditer(line):
            value = text.part(start + url.start(), start + url.end())
            yield Key(
                client="pip", path=("requirements", "url"), values=(value,), span=value.span,
                scope=scope,
            )  # fmt: skip


def _key(text: Word, name: str, option: re.Match[str], start: int, line: str, scope: str) -> Key:
    value = text.part(start, start)
    if option["value"]:
        quotes = option["value"][0] in "\"'"
        value = text.part(
            start + option.start("value") + quotes, start + option.end("value") - quotes
        )
    span = text.place(start + option.start(), start + option.end())
    return Key(
        client="pip",
        path=("requirements", name),
        values=(value,) if option["value"] else (),
        span=span,
        removal=text.place(start, start + len(line)) if line and "#" not in line else None,
        scope=scope,
    )


REQUIREMENTS = FileKind(
    name="requirements",
    role=Role.CONFIG,
    read=read,
    names=(
        "requirements*.txt", "requirements*.in", "*requirements*.txt", "*requirements*.in",
        "constraints*.txt", "*constraints*.txt", "requirements*.pip", "requirement*.txt",
        "reqs*.txt", "*-reqs.txt", "*_reqs.txt", "requirements*.lock", "*requirements.lock",
    ),
    paths=(
        "requirements/*.txt", "requirements/*.in", "reqs/*.txt", "constraints/*.txt",
        "requirements/*/*.txt", "requirements/*/*.in", "requirements/*/*/*.txt",
    ),
)  # fmt: skip
