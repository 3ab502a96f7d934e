"""The indexes that a file gives to Python's clients, with the role each has."""

import re
from collections.abc import Iterator

import msgspec

from certmend.judge.linting.options import Option
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.model import lazy
from certmend.model.document import Entry, Key, Span, Word

_URL = lazy.regex(r"(?:git\+|hg\+|svn\+)?https?://", re.IGNORECASE)
_VCS = lazy.regex(r"(?:^|@ ?)((?:git|hg|svn|bzr)\+https?://)", re.IGNORECASE)
_ARCHIVE = lazy.regex(
    r"#|@[\w.-]+$|\.(?:tar(?:\.\w+)?|tgz|zip|whl|egg|git|exe)/?$|/(?:tar|zip)ball\b", re.IGNORECASE
)
"""An address of one package, and no page that lists several."""
_OPTIONS = {"index-url": "index", "extra-index-url": "extra", "find-links": "links"}
_PIP_LIKE = frozenset(
    ("pip", "uv", "pipx", "pip-tools", "pipenv", "easy_install", "setuptools", "pdm")
)

INDEX_WORDS = (
    "index-url", "index_url", "--index", "default-index", "find-links", "find_links",
    "-i http", "'-i'", '"-i"',
    "-i '", '-i "', "-i $", "-i {", "-i %", "-ihttp", "-f http", "[[source", "[[index",
    ".source]]", ".index]]",
    "indexserver", "pypi_mirror", "pypi-mirror", "uv_index", "uv_default_index", "pdm_pypi",
    "pypi.url", "pip_index", "[search]", "pypi_index", "source add", ".sources]]",
    "pip_index_urls", "\nindex =", "\nindex=",
    "git+http", "@ http", "index = [", "\nhttp", "dependency_links", "dependency-links",
)  # fmt: skip
"""Texts of which one stands in every file that gives an index to a client."""


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """One index of one client."""

    client: str
    url: Word
    role: str
    """`index`, `extra`, `links`, `source` or `requirement`."""
    span: Span
    entry: Entry
    option: Option | None = None
    name: str = ""
    pinned: bool = False
    """Whether only the packages that name it are taken from it."""
    default: bool = False
    priority: str = ""


def indexes(reading: Reading) -> list[Index]:
    """All of them, in no particular order."""
    found = [index for option in reading.options for index in _of_option(option)]
    found += _tables(reading)
    found += [index for key in reading.keys for index in (*_of_key(key), *_linked(key))]
    found += [index for run in reading.runs for index in (*_added(run), *_requirements(run))]
    return found


def _of_option(option: Option) -> Iterator[Index]:
    role = _OPTIONS.get(option.name)
    if role is None or option.client not in _PIP_LIKE:
        return
    for value in option.values:
        if _URL.match(value.text) or value.text.startswith("$"):
            yield Index(
                client=option.client,
                url=value,
                role=role,
                span=value.place() if value.at and value.is_written_here else option.span,
                entry=option.entry,
                option=option,
            )


_SOURCES = {
    ("pyproject", "tool", "uv", "index"): "uv",
    ("pyproject", "tool", "poetry", "source"): "poetry",
    ("pyproject", "tool", "pdm", "source"): "pdm",
    ("pyproject", "tool", "rye", "sources"): "rye",
    ("uv", "index"): "uv",
    ("pipenv", "source"): "pipenv",
}


def _tables(reading: Reading) -> Iterator[Index]:
    """The tables of sources: `[[tool.uv.index]]`, `[[source]]` and their like."""
    tables: dict[tuple[str, ...], dict[str, Key]] = {}
    for key in reading.keys:
        if len(key.path) >= 3:
            tables.setdefault((key.client, *key.path[:-1]), {})[key.path[-1].lower()] = key
    for path, keys in tables.items():
        client = _SOURCES.get(path[:-1])
        url = keys.get("url")
        if client is None or url is None or not url.values:
            continue
        yield Index(
            client=client,
            url=url.values[0],
            role="source",
            span=url.values[0].span,
            entry=url,
            name=_value(keys, "name"),
            pinned=_value(keys, "explicit") == "true" or _value(keys, "priority") == "explicit"
            or "include_packages" in keys,
            default=_value(keys, "default") == "true",
            priority=_priority(keys),
        )  # fmt: skip


def _priority(keys: dict[str, Key]) -> str:
    """Poetry's priority; `secondary = true` was its name before 1.5."""
    secondary = _value(keys, "secondary") == "true"
    return "supplemental" if secondary else _value(keys, "priority")


def _value(keys: dict[str, Key], name: str) -> str:
    key = keys.get(name)
    return key.values[0].text.lower() if key is not None and key.values else ""


def _requirements(run: Run) -> Iterator[Index]:
    """`pip install git+https://...`: what is installed from an address."""
    if run.client not in ("pip", "uv", "pipx"):
        return
    for word in run.arguments:
        if match := _VCS.search(word.text):
            url = word.part(match.start(1), len(word.text))
            yield Index(
                client=run.client, url=url, role="requirement", span=word.span, entry=run.command
            )


def _added(run: Run) -> Iterator[Index]:
    """`poetry source add NAME URL`, `pdm config pypi.url URL`."""
    words = run.arguments
    texts = [word.text for word in words]
    adds = run.client == "poetry" and texts[:2] == ["source", "add"]
    sets = run.client == "pdm" and "config" in texts[:1] and "pypi.url" in texts
    if adds or sets:
        for word in words:
            if _URL.match(word.text):
                yield Index(
                    client=run.client, url=word, role="source" if adds else "index",
                    span=word.span, entry=run.command, pinned="--priority=explicit" in texts,
                    priority="supplemental" if "--priority=supplemental" in texts else "",
                )  # fmt: skip


def _linked(key: Key) -> Iterator[Index]:
    """The pages where setuptools looks for what a project requires: one a line in setup.cfg."""
    if key.client == "setuptools" and key.path[-1].lower().replace("-", "_") == "dependency_links":
        for value in key.values:
            for match in re.finditer(r"\S+", value.text):
                url = value.part(*match.span())
                if _URL.match(url.text) and not _ARCHIVE.search(url.text):
                    yield Index(
                        client="setuptools", url=url, role="links", span=url.place(), entry=key
                    )


def _of_key(key: Key) -> Iterator[Index]:
    """Requirements with a URL, tox's index servers, PDM's own configuration."""
    name = key.path[-1].lower() if key.path else ""
    if key.client == "pip" and key.path == ("requirements", "url"):
        for value in key.values:
            yield Index(client="pip", url=value, role="requirement", span=value.span, entry=key)
    elif key.client == "tox" and name == "indexserver":
        for value in key.values:
            _, _, url = value.text.partition("=")
            if _URL.match(url.strip()):
                start = len(value.text) - len(url.lstrip())
                part = value.part(start, len(value.text))
                yield Index(client="tox", url=part, role="index", span=part.span, entry=key)
    elif key.client == "pip" and key.path in (("search", "index"), ("global", "index")):
        for value in key.values:  # what `pip search` asks
            yield Index(client="pip", url=value, role="links", span=value.span, entry=key)
    elif key.client == "pdm" and key.path[:1] == ("pypi",) and name == "url" and key.values:
        yield Index(client="pdm", url=key.values[0], role="index", span=key.span, entry=key)
