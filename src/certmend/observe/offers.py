"""What the indexes offer of some projects: file names, and the SHA-256 that each states.

The pages are fetched with the client's own session, so its trust, proxy and credentials apply.
A page states a digest in the fragment of a link (PEP 503) or beside the file (PEP 691).
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import msgspec
from packaging.utils import canonicalize_name

from certmend.model.index import Purpose
from certmend.model.text import redact, visible
from certmend.observe import indexes, interpreter, reply, starting
from certmend.observe.files import requirements
from certmend.observe.files.requirements import Line
from certmend.observe.indexes import Wanted
from certmend.observe.request import Request

_PAGE_BYTES = 64 << 20
_AT_ONCE = 16
_HOPS = 5
_DIGEST = re.compile(r"(?:^|&)sha256=(?P<digest>[0-9a-fA-F]{64})(?:$|&)")


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A file on a page."""

    name: str
    """Decoded as clients do it: it may hold anything."""
    index: str
    """The index or page, without credentials."""
    sha256: str = ""
    """As stated, in lower case; empty when the page states none."""


class Pages:
    """Asks the pages of the indexes that a request comes to. Use as a context manager."""

    def __init__(self, request: Request, environment: Mapping[str, str]) -> None:
        self._timeout = request.timeout
        self.lines = tuple(
            line
            for path in request.requirement_files
            for line in requirements.read(path, environment)
        )
        """All that the requirements files say."""
        flags = request.flags()
        python = starting.find(request.python, environment)
        self._conversation = interpreter.Conversation(python, environment)
        trusted = [line.value for line in self.lines if line.key == "trusted-host"]
        words = [word for raw in flags for word in (f"--{raw.key}", raw.value)]
        answer = self._conversation.about(self._conversation.start(words, trusted, request.timeout))
        self._wanted = indexes.wanted((), answer, (), self.lines)
        self._seen: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._conversation.close()

    def first(self) -> tuple[Offer, ...]:
        """What is offered of the projects that the requirements name, and by pages of links."""
        named = [line.value for line in self.lines if line.key == "requirement-name"]
        return (*self._links(), *self.of(named))

    def of(self, projects: Iterable[str]) -> tuple[Offer, ...]:
        """What the indexes offer of these projects; each is asked for once.

        A page that cannot be had offers nothing: then the file's origin stays unknown.
        """
        known = dict.fromkeys(canonicalize_name(one) for one in projects)
        fresh = [one for one in known if one not in self._seen]
        self._seen.update(fresh)
        places = [
            (one, indexes.package_page(one.raw, project))
            for project in fresh
            for one in self._wanted
            if one.index.purpose in (Purpose.INDEX, Purpose.EXTRA_INDEX) and one.index.url.is_http
        ]
        return self._read(places)

    def _links(self) -> tuple[Offer, ...]:
        found: list[Offer] = []
        pages: list[tuple[Wanted, str]] = []
        for one in self._wanted:
            if one.index.purpose is Purpose.REQUIREMENT:
                found.append(_offer(one, one.raw))
            elif one.index.purpose is Purpose.FIND_LINKS and one.index.url.is_http:
                pages.append((one, one.raw))
            elif one.index.purpose is Purpose.FIND_LINKS:
                found += [Offer(name=name, index=_shown(one)) for name in _names_in(one.raw)]
        return (*found, *self._read(pages))

    def _read(self, places: list[tuple[Wanted, str]]) -> tuple[Offer, ...]:
        found: list[Offer] = []
        for at in range(0, len(places), _AT_ONCE):
            asked = [(one, url, self._ask(url)) for one, url in places[at : at + _AT_ONCE]]
            for one, url, waiting in asked:
                found += self._page(one, url, self._settled(waiting))
        return tuple(found)

    def _ask(self, url: str) -> interpreter.Asked:
        return self._conversation.ask(
            op="get", url=url, timeout=self._timeout, limit=_PAGE_BYTES, accept=reply.ACCEPT
        )

    def _settled(self, asked: interpreter.Asked) -> interpreter.Answer:
        """The reply to a question, which comes after the route; empty when none does."""
        answer = asked.answer(self._timeout * 2) or {}
        return (asked.answer(self._timeout * 2) or {}) if "route" in answer else answer

    def _page(self, one: Wanted, url: str, answer: interpreter.Answer) -> Iterator[Offer]:
        for _ in range(_HOPS):
            if "status" not in answer:
                return
            page = reply.read(url, answer, ())
            if not (300 <= page.reply.status < 400 and page.location):
                break
            url = page.location
            answer = self._settled(self._ask(url))
        else:
            return
        if page.reply.status == 200:
            yield from _from_json(one, answer) or (_offer(one, link) for link in page.links)


def _from_json(one: Wanted, answer: Mapping[str, Any]) -> list[Offer]:
    try:
        content = json.loads(base64.b64decode(answer.get("body") or ""))
        files = content["files"]
        return [
            Offer(
                name=str(file["filename"]),
                index=_shown(one),
                sha256=str((file.get("hashes") or {}).get("sha256") or "").lower(),
            )
            for file in files
        ]
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return []  # HTML, or JSON that is no page of PEP 691


def _offer(one: Wanted, link: str) -> Offer:
    parts = urlsplit(link)
    digest = _DIGEST.search(parts.fragment)
    return Offer(
        name=unquote(parts.path.rstrip("/").rpartition("/")[2]),
        index=_shown(one),
        sha256=digest["digest"].lower() if digest else "",
    )


def _shown(one: Wanted) -> str:
    return redact(visible(str(one.index.url), 500))


def _names_in(place: str) -> list[str]:
    """The files of a local folder of find-links; a path or a file: URL."""
    try:
        path = Path(unquote(urlsplit(place).path) if place.startswith("file:") else place)
        return [entry.name for entry in path.iterdir() if entry.is_file()] if path.is_dir() else []
    except OSError:
        return []


def stated_hashes(lines: Iterable[Line]) -> dict[str, frozenset[str]]:
    """The SHA-256 digests that `--hash` lines state, by normalised project name."""
    found: dict[str, set[str]] = {}
    for line in lines:
        if line.key == "requirement-hash":
            project, _, digest = line.value.partition(" ")
            found.setdefault(project, set()).add(digest)
    return {project: frozenset(digests) for project, digests in found.items()}
