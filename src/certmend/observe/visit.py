"""Visiting indexes: the client tries, certmend looks, each at the same time, all bounded.

What pip would touch next is visited too: a package's page, a redirect's target, the host of the
file links. A host that failed is not asked twice, so a hanging one costs its time-out once.
"""

import re
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import msgspec

from certmend.model import failure
from certmend.model import url as urls
from certmend.model.attempt import Attempt, Probe
from certmend.model.client import ClientFacts
from certmend.model.failure import Failure, Stage
from certmend.model.index import WITHOUT_CERTIFICATE, Purpose, Reply
from certmend.model.text import redact, visible
from certmend.observe import indexes, probe, product, reply
from certmend.observe.asker import Asker
from certmend.observe.deadline import Deadline, in_thread
from certmend.observe.indexes import Wanted
from certmend.observe.interpreter import Answer
from certmend.observe.probe import Target
from certmend.observe.reply import Page
from certmend.observe.versions import at_least

_WORKERS = 40
_HOPS = 5
_PAGE_BYTES = 1 << 20
_GRACE = 1.0
_FALLBACK = "pip"
_PATIENCE = 0.2
_OK = 200
_UNAUTHORIZED = 401


_REFERENCE = re.compile(r"<\w+: [a-z-]+>")
"""What an error of pip 23.1 and later is as text: its class and its reference, no more."""
_GIVEN_UP = re.compile(r"too many (?P<status>[1-5]\d\d) error responses")
_UNEXPLAINED = (
    failure.CLOSED,
    failure.RESET,
    failure.TIMEOUT,
    failure.BAD_ANSWER,
    failure.UNKNOWN,
)


class Visit(msgspec.Struct, kw_only=True):
    """One URL on the way: what was found, and the page it led to."""

    attempt: Attempt
    page: Page | None = None
    onward: tuple[str, Answer] | None = None
    """Another URL that a client went to by itself, and what it met there."""


class Looker:
    """certmend's own look at hosts, each once for all clients."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._probes: dict[Target, Future[Probe]] = {}
        self._asked: dict[Target, Future[bool]] = {}
        self._lock = threading.Lock()

    def asks_for_certificate(self, target: Target) -> bool:
        """Whether a server asks for a client certificate; it takes seconds, so only once."""
        with self._lock:
            if target not in self._asked:
                looks = probe.asks_for_certificate
                self._asked[target] = in_thread(looks, target, self._timeout)
        return self._asked[target].result()

    def look(self, target: Target) -> Future[Probe]:
        """The look at a host, begun if it was not."""
        with self._lock:
            if target not in self._probes:
                self._probes[target] = in_thread(probe.probe, target, self._timeout)
            return self._probes[target]


class Visitor:
    """Carries out the visits of one client."""

    def __init__(
        self,
        asker: Asker,
        client: ClientFacts,
        secrets: Sequence[str],
        timeout: float,
        looker: Looker,
    ) -> None:
        self._asker = asker
        self._client = client
        self._secrets = tuple(secrets)
        self._timeout = timeout
        self._deadline = Deadline(3 * timeout)
        self._looker = looker
        old = client.name == _FALLBACK and not at_least(client.version, "22.2")
        self._accept = reply.HTML if old and client.version else reply.ACCEPT
        self._failed: set[str] = set()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(_WORKERS, "certmend")

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

    def _index(self, number: int, one: Wanted, package: str) -> list[Attempt]:
        purpose = one.index.purpose
        if purpose in (Purpose.REQUIREMENT, Purpose.FIND_LINKS):
            return [visit.attempt for visit in self._follow(one.raw, purpose, number)]
        root, pages = self._pages(one, package, number)
        # pip never asks for the root: what is wrong with it matters where the pages fail too.
        kept = [] if pages and _is_index(pages[-1]) and not _is_index(root[-1]) else root
        found = [*kept, *pages, *(self._file_host(pages[-1], number) if pages else [])]
        return [visit.attempt for visit in found]

    def _pages(self, one: Wanted, package: str, number: int) -> tuple[list[Visit], list[Visit]]:
        """The root of an index and a package's page, each with its redirects.

        A root that takes long is not waited for: some registries list everything there is.
        """

        def page(name: str) -> list[Visit]:
            return self._follow(indexes.package_page(one.raw, name), Purpose.PACKAGE, number)

        asking = in_thread(self._follow, indexes.page(one.raw), one.index.purpose, number)
        if package and not _done(asking, self._timeout * _PATIENCE):
            early = page(package)
            return asking.result(), early if _answered(early[-1]) else []
        root = asking.result()
        if not _answered(root[-1]):
            return root, []
        # An Artifactory-like root answers 404 while its package pages work.
        fallback = "" if _is_index(root[-1]) or _status(root[-1]) == _UNAUTHORIZED else _FALLBACK
        name = package or fallback
        return root, page(name) if name else []

    def _file_host(self, visit: Visit, number: int) -> list[Visit]:
        """The host that the first file link leads to, where it is another than the page's."""
        if visit.page is None or not visit.page.links:
            return []
        here = visit.attempt.url
        for link in visit.page.links:
            try:
                there = urls.parse(link)
            except ValueError:
                continue  # a link that leads nowhere is none that pip would take
            # The same host under another scheme is another place: plain HTTP, most often.
            if there.is_http and (there.scheme, there.endpoint) != (here.scheme, here.endpoint):
                return [] if self._known_broken(there) else self._follow(link, Purpose.FILE, number)
        return []

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
        if (onward := visits[-1].onward) is not None:
            visits.append(self._led_on(visits[-1].attempt, *onward))
        return visits

    def _led_on(self, start: Attempt, text: str, answer: Answer) -> Visit:
        """Where a client that follows redirects by itself ended."""
        address = urls.parse(text)
        attempt = msgspec.structs.replace(start, url=address, purpose=Purpose.REDIRECT)
        seen = _result(self._look(address, ""), self._timeout + _GRACE)
        return self._finish(attempt, text, answer, seen)

    def _one(self, text: str, purpose: Purpose, number: int) -> Visit:
        address = urls.parse(text)
        attempt = Attempt(client=self._client.name, url=address, purpose=purpose, index=number)
        asked = self._asker.ask(
            op="get",
            url=text,
            timeout=self._timeout,
            limit=0 if purpose is Purpose.FILE else _PAGE_BYTES,
            accept=self._accept,
            origin=purpose not in (Purpose.FILE, Purpose.REDIRECT),
        )
        waiting = Deadline(min(self._timeout + _GRACE, self._deadline.remaining))
        first = asked.answer(waiting.remaining)
        route = (first or {}).get("route") or {}
        looking = self._look(address, str(route.get("proxy") or ""))
        attempt = msgspec.structs.replace(
            attempt,
            via=urls.shown_proxy(str(route.get("proxy") or "")),
            bundle=visible(str(route.get("bundle") or ""), 500),
            verifies=bool(route.get("verifies", True)),
        )
        answer = (
            first if first is not None and "route" not in first else asked.answer(waiting.remaining)
        )
        seen = _result(looking, max(_GRACE, waiting.remaining + _GRACE))
        if answer is not None and _elsewhere(address, answer.get("at", "")):
            visit = self._finish(attempt, text, {"reached": True}, seen)
            return msgspec.structs.replace(visit, onward=(answer["at"], answer))
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
            page = reply.read(text, answer, self._secrets, self._accept)
            name = product.recognise(attempt.url, [(k, v) for k, v in answer["headers"]])
            got = msgspec.structs.replace(page.reply, product=name)
        elif status := _status_told(answer):
            got = Reply(status=status)
        elif "error" in answer:
            told = self._failure(answer["error"], via_proxy=bool(attempt.via))
            broken = _past_connecting(_at_proxy(told, seen), seen)
        if broken is not None:
            with self._lock:
                self._failed.add(attempt.url.endpoint)
        if _may_lack_certificate(broken, got):
            seen = self._asked_for_certificate(attempt, seen)
        done = msgspec.structs.replace(attempt, failure=broken, reply=got, probe=seen)
        return Visit(attempt=done, page=page)

    def _asked_for_certificate(self, attempt: Attempt, seen: Probe | None) -> Probe | None:
        """TLS 1.3 was agreed: whether the server asks for a client certificate is not seen yet."""
        if seen is None or seen.sight is None or seen.sight.protocol != "TLSv1.3" or attempt.via:
            return seen
        target = Target(host=attempt.url.host, port=attempt.url.port)
        wants = self._looker.asks_for_certificate(target)
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
        """The failure in a chain of exceptions: the outermost tells it, or the innermost.

        What outer ones say of a time that ran out is vague: pip 26.3 says "connection-timeout"
        of a handshake.
        """
        code = next((e["verify_code"] for e in errors if e.get("verify_code")), None)
        found = failure.read(str(errors[0]["text"]), code=code, via_proxy=via_proxy)
        if found.reason in (failure.UNKNOWN, failure.TIMEOUT):
            found = _innermost(errors, via_proxy=via_proxy) or found
        shown = redact(visible(_telling(errors), 600), self._secrets)
        if self._client.problem is not None and found.reason == failure.UNKNOWN:
            # It never came as far as a connection, and has a finding of its own.
            return Failure(stage=Stage.LOCAL, reason=failure.CLIENT_BROKEN, text=shown)
        return msgspec.structs.replace(found, text=shown)

    def _look(self, address: urls.Url, proxy: str) -> Future[Probe]:
        target = Target(
            host=address.host, port=address.port, proxy=proxy, tls=address.scheme == "https"
        )
        return self._looker.look(target)

    def _known_broken(self, address: urls.Url) -> bool:
        with self._lock:
            return address.endpoint in self._failed


def _elsewhere(asked: urls.Url, text: str) -> bool:
    """Whether a client stopped at another server than the one that it was asked about."""
    try:
        there = urls.parse(text)
    except ValueError:
        return False
    return there.is_http and (there.scheme, there.endpoint) != (asked.scheme, asked.endpoint)


def _may_lack_certificate(broken: Failure | None, got: Reply | None) -> bool:
    """Whether a connection ended, or was answered, as one without a client certificate is."""
    if broken is not None:
        return broken.reason in (failure.CLOSED, failure.RESET, failure.UNKNOWN)
    return got is not None and got.status in WITHOUT_CERTIFICATE


def _status_told(answer: Answer) -> int:
    """The status in an exception: pip raises for one that it would try again, such as 503."""
    for error in answer.get("error") or ():
        if match := _GIVEN_UP.search(str(error["text"])):
            return int(match["status"])
    return 0


def _telling(errors: list[dict[str, Any]]) -> str:
    """The outermost text that says more than the name of an error of pip's own."""
    texts = [str(one["text"]) for one in errors]
    return next((one for one in texts if not _REFERENCE.fullmatch(one)), texts[0])


def _innermost(errors: list[dict[str, Any]], *, via_proxy: bool) -> Failure | None:
    for vague in (False, True):
        for error in reversed(errors):
            text = f"{error['class']}: {error['text']}"
            found = failure.read(text, via_proxy=via_proxy, vague=vague)
            if found.reason != failure.UNKNOWN:
                return found
    return None


def _at_proxy(broken: Failure, seen: Probe | None) -> Failure:
    """A failure without a reason, where certmend too came no further than the proxy.

    Or where it came further by TLS to the proxy, which older clients speak plainly with.
    """
    if seen is None or broken.reason not in _UNEXPLAINED:
        return broken
    if seen.failure is not None and seen.failure.stage == Stage.PROXY:
        return msgspec.structs.replace(broken, stage=Stage.PROXY, reason=seen.failure.reason)
    through = seen.sight is not None and seen.sight.failure is None
    tls = seen.proxy is not None and seen.proxy.sight is not None
    if through and tls and broken.reason != failure.BAD_ANSWER:
        return msgspec.structs.replace(broken, stage=Stage.PROXY, reason=failure.PROXY_UNREACHABLE)
    return broken


def _past_connecting(broken: Failure, seen: Probe | None) -> Failure:
    """A time that ran out while connecting, by the client's words, where certmend got a connection.

    curl says the same of a handshake that does not end, and pip of one behind a proxy's tunnel.
    """
    if seen is None or seen.sight is None or seen.sight.failure is None:
        return broken
    waited = seen.sight.failure.reason == failure.TIMEOUT
    told = broken
    if waited and broken.reason == failure.PROXY_UNREACHABLE:
        told = failure.read(broken.text)
    if told.reason == failure.TIMEOUT and (waited or told.stage is Stage.TCP):
        return msgspec.structs.replace(broken, stage=Stage.TLS, reason=failure.TIMEOUT)
    return broken


def _answered(visit: Visit) -> bool:
    return visit.attempt.reply is not None


def _status(visit: Visit) -> int:
    return visit.attempt.reply.status if visit.attempt.reply is not None else 0


def _is_index(visit: Visit) -> bool:
    got = visit.attempt.reply
    return got is not None and got.status == _OK and got.is_index


def _done(future: Future[list[Visit]], seconds: float) -> bool:
    return bool(wait((future,), timeout=seconds).done)


def _result(looking: Future[Probe], timeout: float) -> Probe | None:
    try:
        return looking.result(timeout)
    except TimeoutError:
        return None
