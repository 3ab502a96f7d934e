"""Requirements files: the index options, the requirements and the direct URLs, each with its line.

Read as pip reads them (`req/req_file.py`): lines joined at a backslash, comments after a blank
and `#`, `${NAME}` expanded, `-r` and `-c` followed relative to the file they stand in.
"""

import codecs
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from certmend.errors import UsageError
from certmend.model import lazy
from certmend.model.text import visible

_COMMENT = lazy.regex(r"(?:^|\s+)#.*$")
_VARIABLE = lazy.regex(r"\$\{(?P<name>[A-Z0-9_]+)\}")
_NAME = lazy.regex(
    r"^(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[|[<>=!~;@(,]|$|\s)"
)
_URL = lazy.regex(r"(?:^|@\s*|\s)(?P<url>(?:https?|git\+https|hg\+https|svn\+https)://\S+)")
_HASH = lazy.regex(r"--hash[= ]sha256:(?P<digest>[0-9a-fA-F]{64})\b")
_SIZE_LIMIT = 10 << 20
_DEPTH_LIMIT = 50
_VALUED = {
    "-i": "index-url",
    "--index-url": "index-url",
    "--pypi-url": "index-url",
    "--extra-index-url": "extra-index-url",
    "-f": "find-links",
    "--find-links": "find-links",
    "--trusted-host": "trusted-host",
    "-r": "requirement",
    "--requirement": "requirement",
    "-c": "constraint",
    "--constraint": "constraint",
    "--cert": "cert",
    "--client-cert": "client-cert",
    "--proxy": "proxy",
    "-e": "editable",
    "--editable": "editable",
}
_BARE = {"--no-index": "no-index"}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a requirements file says: an option, a requirement or a direct URL."""

    key: str
    value: str
    path: str
    line: int


def read(path: str, environment: Mapping[str, str]) -> tuple[Line, ...]:
    """All that a file and those it names say; raises `UsageError` if one cannot be read."""
    return tuple(_read(Path(path), environment, (), given=True))


def _read(
    path: Path,
    environment: Mapping[str, str],
    above: tuple[Path, ...],
    *,
    given: bool,
    constrains: bool = False,
) -> Iterator[Line]:
    real = path.resolve()
    if real in above or len(above) > _DEPTH_LIMIT:
        return
    for number, text in _logical_lines(_content(path, given=given)):
        expanded = _VARIABLE.sub(lambda m: environment.get(m["name"]) or m[0], text)
        for key, value in _said(expanded):
            if key in ("requirement", "constraint"):
                if urlsplit(value).scheme in ("http", "https"):
                    yield Line(key="direct-url", value=value, path=str(path), line=number)
                    continue
                yield from _read(
                    path.parent / value,
                    environment,
                    (*above, real),
                    given=False,
                    constrains=constrains or key == "constraint",
                )
            elif constrains and key == "requirement-name":
                continue  # a constraint asks for nothing
            elif key == "editable":
                if match := _URL.search(value):
                    yield Line(key="direct-url", value=match["url"], path=str(path), line=number)
            else:
                yield Line(key=key, value=value, path=str(path), line=number)


def _content(path: Path, *, given: bool) -> str:
    hint = "give the path of a requirements file" if given else "correct the `-r` or `-c` line"
    try:
        if path.stat().st_size > _SIZE_LIMIT:
            raise UsageError(f"{visible(str(path))} is larger than 10 MiB", hint)
        raw = path.read_bytes()
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot read {visible(str(path))}: {words}", hint) from None
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    return raw.decode("utf-8", "replace")


def _logical_lines(content: str) -> Iterator[tuple[int, str]]:
    """Lines joined at a backslash, without comments, with the number of their first line."""
    begun = 0
    parts: list[str] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not parts:
            begun = number
        comment = line.lstrip().startswith("#")
        if line.endswith("\\") and not comment:
            parts.append(line[:-1])
            continue
        parts.append(" " + line if comment else line)
        if text := _COMMENT.sub("", "".join(parts)).strip():
            yield begun, text
        parts = []
    if parts and (text := _COMMENT.sub("", "".join(parts)).strip()):
        yield begun, text


def _said(text: str) -> Iterator[tuple[str, str]]:
    if not text.startswith("-"):
        yield from _required(text)
        return
    try:
        words = shlex.split(text)
    except ValueError:
        words = text.split()
    at = 0
    while at < len(words):
        flag, equals, value = words[at].partition("=")
        at += 1
        if flag in _BARE:
            yield _BARE[flag], "true"
        elif key := _key(flag):
            if not equals and not _attached(words[at - 1]):
                value = words[at] if at < len(words) else ""
                at += 1
            elif not equals:
                value = words[at - 1][2:]
            yield key, os.fspath(value)


def _required(text: str) -> Iterator[tuple[str, str]]:
    if match := _NAME.match(text):
        yield "requirement-name", match["name"]
        project = re.sub(r"[-_.]+", "-", match["name"]).lower()
        for digest in _HASH.findall(text):
            yield "requirement-hash", f"{project} {digest.lower()}"
    if match := _URL.search(text):
        yield "direct-url", match["url"].strip("'\"")


def _key(flag: str) -> str:
    """The option a word names; `-rother.txt` is `-r other.txt`."""
    if flag in _VALUED:
        return _VALUED[flag]
    return _VALUED.get(flag[:2], "") if not flag.startswith("--") else ""


def _attached(word: str) -> bool:
    return len(word) > 2 and not word.startswith("--")
