"""Visiting indexes: the client tries, certmend looks, each at the same time, all bounded.

What pip would touch next is visited too: a package's page, a redirect's target, the host of the
file links. A host that failed is not asked twice, so a hanging one costs its time-out once.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import msgspec

from certmend.model import failure
from certmend.model import url as urls
from certmend.model.attempt import Attempt, Probe
from certmend.model.client import ClientFacts
from certmend.model.failure import Failure, Stage
from certmend.model.index import Purpose, Reply
from certmend.model.text import redact, visible
from certmend.observe import indexes, probe, product, reply
from certmend.observe.deadline import Deadline
from certmend.observe.indexes import Wanted
from certmend.observe.interpreter import Answer, Conversation
from certmend.observe.probe import Target
from certmend.observe.reply import Page

_WORKERS = 40
_HOPS = 5
_PAGE_BYTES = 1 << 20
_GRACE = 1.0
_FALLBACK_PACKAGE = "pip"


class Visit(msgspec.Struct, kw_only=True):
    """One URL on the way: what was found, and the page it led to."""

    attempt: Attempt
    page: Page | None = None


class Visitor:
    """Carries out the visits of one client."""

    def __init__(
        self,
        conversation: Conversation,
        client: ClientFacts,
        secrets: Sequence[str],
        timeout: float,
    ) -> None:
        self._conversation = conversation
        self._client = client
        self._secrets = tuple(secrets)
        self._timeout = timeout
        self._deadline = Deadline(3 * timeout)
        self._probes: dict[Target, Future[Probe]] = {}
        self._failed: set[str] = set()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(_WORKERS, "certmend")
        self._lookers = ThreadPoolExecutor(_WORKERS, "certmend-look")

    def visit(self, wanted: Sequence[Wanted], package: str) -> list[Attempt]:
        """Visit every index and what follows from it; the attempts in the order of the indexes."""
        tasks = [
            self._pool.submit(self._index, number, one, package)
            for number, one in enumerate(wanted)
            if one.index.url.is_http
        ]
        try:
            return [attempt for task in tasks for attempt in task.result()]
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._lookers.shutdown(wait=False, cancel_futures=True)

    def _index(self, number: int, one: Wanted, package: str) -> list[Attempt]:
        purpose = one.index.purpose
        direct = purpose in (Purpose.REQUIREMENT, Purpose.FIND_LINKS)
        start = one.raw if direct else indexes.page(one.raw)
        found = self._follow(start, purpose, number)
        last = found[-1]
        if direct or not _answered(last):
            return [visit.attempt for visit in found]
        # An Artifactory-like root answers 404 while its package pages work.
        name = package or ("" if _is_index(last) else _FALLBACK_PACKAGE)
        if name:
            found += self._follow(indexes.package_page(one.raw, name), Purpose.PACKAGE, number)
            found += self._file_host(found[-1], number)
        return [visit.attempt for visit in found]

    def _file_host(self, visit: Visit, number: int) -> list[Visit]:
        """The host that the first file link leads to, where it is another than the page's."""
        if visit.page is None or not visit.page.links:
            return []
        here = urlsplit(str(visit.attempt.url)).netloc
        other = next(
            (
                link
                for link in visit.page.links
                if urlsplit(link).hostname
                and urlsplit(link).netloc.rpartition("@")[2] != here.rpartition("@")[2]
            ),
            None,
        )
        if other is None or self._known_broken(other):
            return []
        return self._follow(other, Purpose.FILE, number)

    def _follow(self, start: str, purpose: Purpose, number: int) -> list[Visit]:
        """A URL and the redirects from it; the last visit is where it ends."""
        visits = [self._one(start, purpose, number)]
        for _ in range(_HOPS):
            page = visits[-1].page
            if page is None or not page.location or not 300 <= page.reply.status < 400:
                break
            try:
                if not urls.parse(page.location).is_http:
                    break
            except ValueError:
                break
            visits.append(self._one(page.location, Purpose.REDIRECT, number))
        return visits

    def _one(self, text: str, purpose: Purpose, number: int) -> Visit:
        address = urls.parse(text)
        attempt = Attempt(client=self._client.name, url=address, purpose=purpose, index=number)
        limit = 0 if purpose is Purpose.FILE else _PAGE_BYTES
        asked = self._conversation.ask(
            op="get", url=text, timeout=self._timeout, limit=limit, accept=reply.ACCEPT
        )
        waiting = Deadline(min(self._timeout + _GRACE, self._deadline.remaining))
        first = asked.answer(waiting.remaining)
        route = (first or {}).get("route") or {}
        looking = self._look(address, str(route.get("proxy") or ""))
        attempt = msgspec.structs.replace(
            attempt,
            via=_shown_proxy(str(route.get("proxy") or "")),
            bundle=visible(str(route.get("bundle") or ""), 500),
            verifies=bool(route.get("verifies", True)),
        )
        answer = (
            first if first is not None and "route" not in first else asked.answer(waiting.remaining)
        )
        seen = _result(looking, max(_GRACE, waiting.remaining + _GRACE))
        return self._finish(attempt, text, answer, seen)

    def _finish(
        self, attempt: Attempt, text: str, answer: Answer | None, seen: Probe | None
    ) -> Visit:
        page = None
        broken = None
        got: Reply | None = None
        if answer is None:
            broken = self._no_answer(seen)
        elif "status" in answer:
            page = reply.read(text, answer, self._secrets)
            name = product.recognise(attempt.url, [(k, v) for k, v in answer["headers"]])
            got = msgspec.structs.replace(page.reply, product=name)
        elif "error" in answer:
            broken = self._failure(answer["error"], via_proxy=bool(attempt.via))
        if broken is not None:
            with self._lock:
                self._failed.add(attempt.url.endpoint)
            seen = self._after_handshake(attempt, broken, seen)
        done = msgspec.structs.replace(attempt, failure=broken, reply=got, probe=seen)
        return Visit(attempt=done, page=page)

    def _after_handshake(
        self, attempt: Attempt, broken: Failure, seen: Probe | None
    ) -> Probe | None:
        """A connection that broke after TLS 1.3 was agreed may have lacked a client certificate."""
        if seen is None or seen.sight is None or seen.sight.protocol != "TLSv1.3" or attempt.via:
            return seen
        if broken.reason not in (failure.CLOSED, failure.RESET, failure.UNKNOWN):
            return seen
        target = Target(host=attempt.url.host, port=attempt.url.port)
        wants = probe.asks_for_certificate(target, self._timeout)
        sight = msgspec.structs.replace(seen.sight, wants_client_certificate=wants)
        return msgspec.structs.replace(seen, sight=sight)

    def _no_answer(self, seen: Probe | None) -> Failure:
        stage = Stage.HTTP
        if seen is None or seen.failure is not None:
            stage = seen.failure.stage if seen and seen.failure else Stage.TLS
        elif seen.sight is not None and seen.sight.failure is not None:
            stage = Stage.TLS
        text = f"no answer within {self._timeout:g} s"
        return Failure(stage=stage, reason=failure.TIMEOUT, text=text)

    def _failure(self, errors: list[dict[str, Any]], *, via_proxy: bool) -> Failure:
        """The failure in a chain of exceptions: the innermost that is understood."""
        code = next((e["verify_code"] for e in errors if e.get("verify_code")), None)
        text = str(errors[0]["text"])
        found = failure.read(text, code=code, via_proxy=via_proxy)
        for error in reversed(errors):
            if found.reason != failure.UNKNOWN:
                break
            found = failure.read(f"{error['class']}: {error['text']}", via_proxy=via_proxy)
        shown = redact(visible(text, 600), self._secrets)
        return msgspec.structs.replace(found, text=shown)

    def _look(self, address: urls.Url, proxy: str) -> Future[Probe]:
        target = Target(
            host=address.host, port=address.port, proxy=proxy, tls=address.scheme == "https"
        )
        with self._lock:
            if target not in self._probes:
                self._probes[target] = self._lookers.submit(probe.probe, target, self._timeout)
            return self._probes[target]

    def _known_broken(self, text: str) -> bool:
        with self._lock:
            return urls.parse(text).endpoint in self._failed


def _answered(visit: Visit) -> bool:
    return visit.attempt.reply is not None


def _is_index(visit: Visit) -> bool:
    got = visit.attempt.reply
    return got is not None and (got.status in (401, 403) or (got.status == 200 and got.is_index))


def _shown_proxy(proxy: str) -> str:
    if not proxy:
        return ""
    try:
        return str(urls.parse(proxy if "//" in proxy else "http://" + proxy))
    except ValueError:
        return redact(visible(proxy))


def _result(looking: Future[Probe], timeout: float) -> Probe | None:
    try:
        return looking.result(timeout)
    except TimeoutError:
        return None
