"""Clients that are no Python: run on one URL at a time, bounded, with their own settings.

A client that does not verify a host is not run against it, so that it sends it nothing.
"""

import base64
import queue
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from certmend import process
from certmend.model.plugin import Asking
from certmend.model.url import parse, without_credentials
from certmend.observe.deadline import Deadline

_MARGIN = 2.0
_ERROR = re.compile(r"error|fatal|npm error|curl:", re.IGNORECASE)
_WORKERS = 8
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND = 401, 403, 404
_ANSWERED = (0, 18, 28, 63)
"""curl's statuses that leave an answer: whole, cut short, out of time, or longer than asked for."""
_HEAD = re.compile(r"HTTP/[0-9.]+ (?P<status>[0-9]{3})[^\n]*\n(?P<lines>(?:[^\n]+\n)*)(?:\n|\Z)")

Answer = dict[str, Any]
Command = Callable[[str, str, str, int], tuple[str, ...]]


class Answers:
    """The answers to one question: where the way leads, then what came of it."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Answer] = queue.Queue()

    def put(self, answer: Answer) -> None:
        """Add an answer."""
        self._queue.put(answer)

    def answer(self, timeout: float) -> Answer | None:
        """The next answer; None when it does not come within `timeout` seconds."""
        try:
            return self._queue.get(timeout=timeout)
        except queue.Empty:
            return None


class Programs:
    """Asks a program; it answers as a conversation with an interpreter does."""

    def __init__(
        self,
        asking: Asking,
        program: str,
        version: str,
        environment: Mapping[str, str],
        verifies: Callable[[str], bool],
        python: str,
        *,
        options: tuple[str, ...] = (),
        proxy: str = "",
    ) -> None:
        """`options` stand at the end of its command line; `proxy` is one of its own settings."""
        self._asking = asking
        self._program = program
        self._version = version
        self._environment = {**environment, **asking.variables}
        self._verifies = verifies
        self._python = python
        self._options = options
        self._proxy = proxy
        self._pool = ThreadPoolExecutor(_WORKERS, "certmend-ask")
        self.refused = ""
        """The program's word on settings of its own that it stops at; empty: it reads them."""

    def ask(self, **request: Any) -> Answers:
        """Let the program try a URL."""
        answers = Answers()
        self._pool.submit(self._try, answers, request)
        return answers

    def close(self) -> None:
        """Start nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _try(self, answers: Answers, request: Mapping[str, Any]) -> None:
        url = str(request["url"])
        verifies = self._verifies(url)
        proxy = proxy_for(url, self._environment, self._proxy)
        route = {"proxy": proxy, "bundle": "", "verifies": verifies, "client_cert": ""}
        answers.put({"route": route})
        if not verifies and url.startswith("https:"):
            answers.put({"left_alone": True})
            return
        answers.put(self._run(url, float(request["timeout"]), int(request.get("limit") or 0)))

    def _run(self, url: str, timeout: float, limit: int) -> Answer:
        # A command line is seen by everyone on the machine: it holds no credentials.
        bare = without_credentials(url)
        withheld = bare != url or any(map(self._asking.credentials.fullmatch, self._environment))
        ends = Deadline(timeout)
        answer = self._once(self._asking.command, bare, timeout, limit)
        unsure = answer.get("status") == _FORBIDDEN or not _same(answer.get("at", bare), bare)
        if unsure and self._asking.again is not None:
            again = self._once(self._asking.again, bare, ends.remaining, limit)
            answer = {"reached": True} if again.get("late") else again
        if answer.get("status") in (_UNAUTHORIZED, _FORBIDDEN) and withheld:
            return {"reached": True}
        return answer

    def _once(self, asks: Command, url: str, timeout: float, limit: int) -> Answer:
        words = asks(self._program, url, self._version, max(1, round(timeout)))
        words = (*words, *self._options)
        command = [word.replace("{python}", self._python) for word in words]
        try:
            done = process.run(command, timeout=timeout + _MARGIN, environment=self._environment)
        except process.TooSlow:
            late = {"class": self._program, "text": "operation timed out"}
            return {"error": [late], "late": True}
        except OSError as error:
            return {"error": [{"class": self._program, "text": error.strerror or str(error)}]}
        if done.returncode in _ANSWERED and (answer := _http(done.stdout, limit)):
            return answer
        said = done.stderr.strip() or done.stdout.strip()
        return self._read(said, failed=done.returncode != 0)

    def _read(self, said: str, *, failed: bool) -> Answer:
        """What came of it, by the program's words alone."""
        line = _on_one_line(said)
        if failed and self._asking.refuses.search(said):
            self.refused = line
            return {"error": [{"class": "", "text": line}]}
        place = self._asking.place.search(line)
        at = {"at": place["url"]} if failed and place else {}
        status = self._asking.status.search(line)
        if failed and status and int(status["status"]) != _NOT_FOUND:
            return {**_answer(int(status["status"])), **at}
        if not failed or self._asking.reached.search(said):
            return {"reached": True}
        return {"error": [{"class": "", "text": line}], **at}


def _same(one: str, other: str) -> bool:
    """Whether two URLs are of the same server."""
    try:
        return parse(one).endpoint == parse(other).endpoint
    except ValueError:
        return True


def _on_one_line(said: str) -> str:
    """What a program said from its first line about an error on."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    first = next((n for n, line in enumerate(lines) if _ERROR.match(line)), 0)
    return " ".join(lines[first:])[:2000]


def _http(text: str, limit: int) -> Answer | None:
    """The answer of a server as it was sent, None where there is none.

    1xx answers, and what a proxy says to CONNECT, stand before it (RFC 9110, 15.2 and 9.3.6).
    """
    rest = text.replace("\r\n", "\n")
    while match := _HEAD.match(rest):
        rest = rest[match.end() :]
        status = int(match["status"])
        if status < 200 or (status < 300 and _HEAD.match(rest)):
            continue
        lines = match["lines"].split("\n")
        headers = [line.split(": ", 1) for line in lines if ": " in line]
        return _answer(status, headers, rest.encode()[:limit])
    return None


def _answer(status: int, headers: Sequence[Sequence[str]] = (), body: bytes = b"") -> Answer:
    return {
        "status": status,
        "headers": [list(one) for one in headers],
        "body": base64.b64encode(body).decode(),
        "received": time.time(),
        "credentials": False,
    }


def proxy_for(url: str, environment: Mapping[str, str], own: str = "") -> str:
    """The proxy that a setting of the client, or the environment, names for a URL."""
    address = parse(url)
    names = (f"{address.scheme}_proxy", "all_proxy")
    lowered = {name.lower(): value for name, value in environment.items() if value}
    if _is_excepted(address.host, lowered.get("no_proxy", "")):
        return ""
    return own or next((lowered[name] for name in names if lowered.get(name)), "")


def _is_excepted(host: str, no_proxy: str) -> bool:
    """Whether NO_PROXY names a host or a domain above it (curl(1), "NO_PROXY")."""
    names = [one.strip().lstrip(".").lower() for one in no_proxy.split(",") if one.strip()]
    return any(one in ("*", host) or host.endswith("." + one) for one in names)
