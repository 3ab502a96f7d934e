"""Which indexes the client really uses, in its order, each with where it was set."""

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from certmend.errors import UsageError
from certmend.model import url as urls
from certmend.model.index import Index, Purpose
from certmend.model.setting import Origin, OriginKind
from certmend.model.text import redact, visible
from certmend.model.url import Url, secrets_in
from certmend.observe.files.requirements import Line
from certmend.observe.pip import origin_of
from certmend.observe.pip_settings import Raw

_HINT = "give a URL with its scheme, as in https://pypi.corp.example/simple/"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An index and its real URL, credentials and all: only for the client's own Python."""

    index: Index
    raw: str


def check(text: str) -> Url:
    """Read a URL a person gave; raises `UsageError` when it is none."""
    shown = redact(visible(text))
    try:
        found = urls.parse(text)
    except ValueError as error:
        raise UsageError(f"{shown!r} is not a URL: {error}", _HINT) from None
    if not found.is_http:
        raise UsageError(f"{shown!r} has the scheme {visible(found.scheme)!r}", _HINT)
    return found


def wanted(
    given: Iterable[str], answer: Mapping[str, Any], raws: tuple[Raw, ...], lines: tuple[Line, ...]
) -> tuple[Wanted, ...]:
    """The indexes of a run: the URLs given, else those that pip itself resolved."""
    found: list[Wanted] = []
    if named := tuple(given):
        argument = Origin(kind=OriginKind.FLAG, name="argument")
        for text in named:
            _add(found, text, argument, Purpose.INDEX)
        return tuple(found)
    effective = answer.get("effective") or {}
    if not effective.get("no_index") and not any(line.key == "no-index" for line in lines):
        _add_indexes(found, effective, raws, lines)
    for text in effective.get("find_links") or ():
        _add(found, text, origin_of("find-links", text, raws), Purpose.FIND_LINKS)
    for line in lines:
        if line.key == "find-links":
            _add(found, _beside(line), _origin(line), Purpose.FIND_LINKS)
        elif line.key == "direct-url":
            _add(found, line.value.removeprefix("git+"), _origin(line), Purpose.REQUIREMENT)
    return tuple(found)


def _add_indexes(
    found: list[Wanted],
    effective: Mapping[str, Any],
    raws: tuple[Raw, ...],
    lines: tuple[Line, ...],
) -> None:
    in_files = [line for line in lines if line.key == "index-url"]
    if in_files:
        # A requirements file's index replaces the one of the options (req/req_file.py).
        _add(found, in_files[-1].value, _origin(in_files[-1]), Purpose.INDEX)
    elif text := effective.get("index_url"):
        _add(found, text, origin_of("index-url", text, raws), Purpose.INDEX)
    for text in effective.get("extra_index_urls") or ():
        _add(found, text, origin_of("extra-index-url", text, raws), Purpose.EXTRA_INDEX)
    for line in lines:
        if line.key == "extra-index-url":
            _add(found, line.value, _origin(line), Purpose.EXTRA_INDEX)


def _beside(line: Line) -> str:
    """A folder is looked for beside the requirements file first (`req/req_file.py`)."""
    beside = os.path.join(os.path.dirname(line.path), line.value)  # noqa: PTH118, PTH120
    return beside if os.path.exists(beside) else line.value  # noqa: PTH110  this does not raise


def _origin(line: Line) -> Origin:
    return Origin(kind=OriginKind.FILE, name=line.key, path=visible(line.path, 300), line=line.line)


def _add(found: list[Wanted], text: str, origin: Origin, purpose: Purpose) -> None:
    try:
        address = urls.parse(text)
    except ValueError:
        # A local folder; or something that no client could fetch.
        address = Url(scheme="file", host="", port=0, path=redact(visible(text, 300)))
    index = Index(url=address, origin=origin, purpose=purpose, problem=_problem(text, address))
    if any(one.raw == text and one.index.purpose == purpose for one in found):
        return
    found.append(Wanted(index=index, raw=text))


def _problem(text: str, address: Url) -> str:
    """Why pip ignores a place that is not on the network (`index/collector.py`, parse_links)."""
    if address.is_http:
        return ""
    if address.scheme != "file":
        return f"pip fetches nothing by {visible(address.scheme, 30)}://"
    from urllib.request import url2pathname

    given = url2pathname(urlsplit(text).path) if text.startswith("file:") else text
    if os.path.exists(os.path.expanduser(given)):  # noqa: PTH110, PTH111  these do not raise
        return ""
    if text.startswith(("file:", "/", ".", "~")):
        return "no such file or folder exists"
    return "it has no scheme, and no such folder exists"


def secrets(found: Iterable[Wanted]) -> tuple[str, ...]:
    """Every credential in the URLs of the indexes."""
    return tuple(secret for one in found for secret in secrets_in(one.raw))


def proxy_secrets(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Every credential in the proxies of the environment."""
    return tuple(
        secret
        for name, value in environment.items()
        if name.lower().endswith("_proxy")
        for secret in secrets_in(value)
    )


def first_package(lines: Iterable[Line]) -> str:
    """The first requirement's name; empty without one."""
    return next((line.value for line in lines if line.key == "requirement-name"), "")


def package_page(index: str, package: str) -> str:
    """The URL of a package's page on an index (PEP 503: normalised name, slash at the end)."""
    name = re.sub(r"[-_.]+", "-", package).lower()
    parts = urlsplit(index)
    return parts._replace(path=f"{parts.path.rstrip('/')}/{quote(name)}/").geturl()


def page(index: str) -> str:
    """The URL of an index's root page, with the slash at its end."""
    parts = urlsplit(index)
    return parts._replace(path=parts.path.rstrip("/") + "/").geturl()
