"""What an index answered: status, type, product marks, and whether the page is an index.

pip takes `application/vnd.pypi.simple.v1+json`, `…+html` and `text/html` (`index/collector.py`),
before 22.2 the last alone; any other type is skipped.
"""

import base64
import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from certmend.model.index import Reply
from certmend.model.text import redact, visible

HTML = "text/html"
"""What pip before 22.2 asks for."""
ACCEPT = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.2, "
    f"{HTML}; q=0.01"
)
_ARCHIVE = re.compile(r"\.(?:whl|tar\.(?:gz|bz2|xz)|tgz|zip|egg)$", re.IGNORECASE)
_SIMPLE_JSON = re.compile(
    r'\s*\{\s*"(?:meta|name|files|versions|projects|alternate-locations|project-status)"\s*:'
)
"""The beginning of a page of PEP 691, PEP 700, PEP 708 or PEP 792."""
_FIELD = re.compile(r'"(?P<key>url|filename)"\s*:\s*(?P<value>"(?:[^"\\]|\\.)*")')
_POST_HANDSHAKE = "Cannot perform Post-Handshake Authentication"
_PLAIN_TAGS = frozenset(
    {
        "html",
        "base",
        "head",
        "meta",
        "title",
        "body",
        "a",
        "br",
        "h1",
        "h2",
        "p",
        "hr",
        "pre",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "link",
        "style",
        "footer",
        "header",
        "main",
        "address",
        "img",
    }
)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A reply and the links on its page, which are followed but not kept."""

    reply: Reply
    links: tuple[str, ...] = ()
    """Absolute URLs, credentials and all."""
    location: str = ""
    """Where a redirect leads, absolute."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.title = ""
        self.version = False
        self.login = False
        self.base = ""
        self.foreign = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")
        elif tag == "base" and values.get("href") and not self.base:
            self.base = values["href"] or ""
        elif tag == "meta" and values.get("name") == "pypi:repository-version":
            self.version = True
        elif tag == "form" or (tag == "input" and values.get("type") == "password"):
            self.login = True
        self._in_title = tag == "title"
        self.foreign += tag not in _PLAIN_TAGS

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title = (self.title + data)[:200]


def read(url: str, answer: Mapping[str, Any], secrets: Sequence[str], accept: str = ACCEPT) -> Page:
    """Read an answer of `inside.py` to a request for `url`, which said what it would `accept`."""
    headers = [(str(key).lower(), str(value)) for key, value in answer.get("headers") or ()]
    first = dict(reversed(headers))
    body = base64.b64decode(answer.get("body") or "").decode("utf-8", "replace")
    kind = first.get("content-type", "").partition(";")[0].strip().lower()
    location = _joined(url, first.get("location", ""))
    found = _json(url, body) if kind.endswith("json") else _html(url, body)
    accepted = kind in _kinds(accept)
    links = found.links if accepted else ()
    return Page(
        links=links,
        location=location,
        reply=msgspec.structs.replace(
            found.reply,
            status=int(answer["status"]),
            content_type=visible(kind, 100),
            date=visible(first.get("date", ""), 60),
            received=float(answer.get("received") or 0.0),
            location=redact(visible(location, 500), secrets),
            realm=visible(first.get("www-authenticate", ""), 160),
            is_index=found.reply.is_index and accepted,
            too_new=found.reply.is_index and not accepted and kind in _kinds(ACCEPT),
            sent_credentials=bool(answer.get("credentials")),
        ),
    )


def _kinds(accept: str) -> tuple[str, ...]:
    """The content types in an Accept header."""
    return tuple(one.partition(";")[0].strip() for one in accept.split(","))


def _joined(url: str, link: str) -> str:
    """A link of a page as an absolute URL; empty for one that is none (`http://[x`)."""
    if not link:
        return ""
    try:
        found = urljoin(url, link)
        urlsplit(found).port  # noqa: B018  it raises for a port that is no number
    except ValueError:
        return ""
    return found


def _json(url: str, body: str) -> Page:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return _cut_json(url, body)
    if not isinstance(content, dict) or "meta" not in content:
        return Page(reply=Reply(status=0))
    files = [one for one in _list(content.get("files")) if isinstance(one, dict)]
    links = (_joined(url, str(one.get("url", ""))) for one in files)
    return Page(
        links=tuple(link for link in links if link),
        reply=Reply(
            status=0,
            is_index=True,
            project_count=len(_list(content.get("projects")) or files),
            files=tuple(visible(str(one.get("filename", ""))) for one in files[:500]),
        ),
    )


def _cut_json(url: str, body: str) -> Page:
    """A page longer than what is read of it: its beginning tells what it is."""
    if not _SIMPLE_JSON.match(body):
        return Page(reply=Reply(status=0))
    found: dict[str, list[str]] = {"url": [], "filename": []}
    for match in _FIELD.finditer(body):
        with contextlib.suppress(ValueError):
            found[match["key"]].append(json.loads(match["value"]))
    names = tuple(visible(name) for name in found["filename"][:500])
    links = (_joined(url, link) for link in found["url"])
    return Page(
        links=tuple(link for link in links if link),
        reply=Reply(status=0, is_index=True, project_count=len(found["filename"]), files=names),
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _reason(body: str) -> str:
    """What Apache says on its page of why a client without a certificate is not let in."""
    return _POST_HANDSHAKE if _POST_HANDSHAKE in body else ""


def _html(url: str, body: str) -> Page:
    reader = _Reader()
    # html.parser gives up at a declaration that it does not know: what came before it counts.
    with contextlib.suppress(AssertionError):
        reader.feed(body)
    base = _joined(url, reader.base) or url
    links = tuple(link for one in reader.links if (link := _joined(base, one)))
    paths = [urlsplit(link).path for link in links]
    files = tuple(visible(path.rpartition("/")[2]) for path in paths if _ARCHIVE.search(path))
    plain = not reader.login and reader.foreign == 0
    return Page(
        links=tuple(link for link, path in zip(links, paths, strict=True) if _ARCHIVE.search(path)),
        reply=Reply(
            status=0,
            is_index=reader.version or bool(files) or (plain and bool(body.strip())),
            title=visible(_reason(body) or reader.title.strip(), 120),
            project_count=len(links),
            files=files[:500],
        ),
    )
