"""Logs become sightings: what failed, on which host, for which client, how often.

The same failure told again, by a retry, in a traceback or for the next package, is one sighting
with a count. What only follows from another failure is left out: a client that cannot reach its
index says at the end that it found no distribution.
"""

from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from certmend.model import failure, lazy
from certmend.model.failure import Failure
from certmend.model.sighting import Reading, Sighting
from certmend.model.text import redact, visible
from certmend.model.url import Url, parse, secrets_in
from certmend.observe.logs.clues import Clues
from certmend.observe.logs.lines import Line, lines
from certmend.observe.logs.markers import NAMED_VERSION, SUCCESS, VERSIONS
from certmend.observe.logs.messages import Told, told
from certmend.observe.logs.windows import Windows

_KINDS_KEPT = 200
"""Different failures of one log; more are of no use to a reader."""
_LINES_SHOWN = 5
_LIBRARY_NAMES = frozenset({"requests", "urllib", "httpx", "aiohttp", "node"})
_OUTER = frozenset({"pipenv", "pipx"})
"""What runs pip in its own way, with settings of its own."""
_ASKED = 40
"""Windows that are asked for versions: they do not change in a log."""

_NO_PORT = lazy.regex(r"^(https?://[^/]{1,500}):(?![0-9])[^/:@\]]{0,40}(?=/|$)")
"""A port left out or written over, as people do in what they publish."""

Key = tuple[str, int | None, str, str]


class _Kept:
    """One failure of one host, while the log is read."""

    def __init__(self, first: Told, url: Url | None) -> None:
        self.first = first
        self.url = url
        self.exact = "://" in first.place or bool(first.port)
        """Whether the log names the port, or leaves out the one of the scheme."""
        self.count = 0
        self.lines: list[int] = []
        self.last = 0
        self.retried = True
        """Whether every telling says that the client tries again."""
        self.clients: Counter[str] = Counter()


class Log:
    """Reads one log."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._kept: dict[Key, _Kept] = {}
        self._clues = Clues()
        self._versions: dict[str, str] = {}
        self._secrets: set[str] = set()
        self._several = False
        self._success = 0
        """The last line that says that all went well."""
        self._windows = Windows()

    def read(self, stream: BinaryIO) -> Reading:
        """Read it to its end."""
        for number, window in enumerate(self._windows.of(stream)):
            plain = lines(window.content, window.first_line)
            if number < _ASKED:
                self._about_versions("\n".join(line.text for line in plain))
            self._about_success(plain)
            shown = [self._keep(one) for one in told(plain)]
            if number < _ASKED or any(shown):
                self._clues.take(plain)
        return Reading(
            sightings=tuple(self._sighting(kept) for kept in self._settled()),
            files=(visible(self._name, 300),),
            size=self._windows.size,
            skipped=self._windows.skipped,
        )

    def _about_versions(self, text: str) -> None:
        lowered = text.lower()
        for name, pattern in VERSIONS:
            if name not in self._versions and (match := pattern.search(lowered)):
                self._versions[name] = next(group for group in match.groups() if group)
        for match in NAMED_VERSION.finditer(lowered):
            self._versions.setdefault(match[1], match[2])
        for line in lowered.splitlines():
            at = line.find("looking in indexes:")
            if at >= 0 and "," in line[at:]:
                self._several = True

    def _about_success(self, plain: list[Line]) -> None:
        for line in plain:
            if SUCCESS.match(line.text.lower()):
                self._success = line.number

    def _keep(self, one: Told) -> bool:
        """Keep what was told; say whether its line is one to be shown."""
        url = _url(one.place, one.port)
        for place in (one.place, one.mentioned):
            self._secrets.update(secret for secret in _secrets(place) if len(secret) > 2)
        found = one.failure
        key = (found.reason, found.verify_code, found.word, url.endpoint if url else "")
        if key not in self._kept:
            if len(self._kept) >= _KINDS_KEPT:
                return False
            self._kept[key] = _Kept(one, url)
        kept = self._kept[key]
        kept.count += 1
        if kept.first.loose and not one.loose:
            kept.first = one
        kept.last = one.line
        kept.retried &= one.retried
        if one.client:
            kept.clients[one.client] += 1
        if len(kept.lines) < _LINES_SHOWN and one.line not in kept.lines:
            kept.lines.append(one.line)
            return True
        return False

    def _settled(self) -> list[_Kept]:
        """What is left when each failure is told once, and none that follows from another."""
        kept = list(self._kept.values())
        _fill_paths(kept)
        _fill_host(kept)
        kept = _adopted(kept)
        kept = _without_weaker(kept)
        return sorted(kept, key=lambda one: one.lines[:1])

    def _sighting(self, kept: _Kept) -> Sighting:
        client = self._client(kept)
        found = kept.first.failure
        if found.reason == failure.CLIENT_DEFECT:
            # A traceback shows which library of pip's called ssl: it tells the two defects apart.
            library = next((n for n in ("truststore", "urllib3") if n in self._versions), "")
            found = msgspec.structs.replace(found, word=library)
        text = redact(visible(found.text, 300), self._secrets)
        url = kept.url
        if url is None and kept.first.mentioned:
            url = _url(kept.first.mentioned, 0)
        return Sighting(
            failure=msgspec.structs.replace(found, text=text),
            url=url,
            client=client,
            version=self._versions.get(client, ""),
            python=self._versions.get("python", ""),
            openssl=self._versions.get("openssl", ""),
            file=visible(self._name, 300),
            lines=tuple(kept.lines),
            count=kept.count,
            several_indexes=self._several,
            overcome=kept.retried and self._success > kept.last,
        )

    def _client(self, kept: _Kept) -> str:
        named = [name for name, _ in kept.clients.most_common(1)]
        clients = self._clues.clients(kept.lines)
        if named and named[0] not in _LIBRARY_NAMES:
            # pip speaks for itself inside of pipenv and pipx: the outer one is what a person ran.
            outer = [name for name in clients if name in _OUTER]
            return outer[0] if outer and named[0] == "pip" else named[0]
        if named and named[0] == "urllib" and clients[:1] != ["setuptools"]:
            # Code of a package that is built: no setting of pip's or uv's reaches it.
            return "urllib"
        outer = [name for name in clients if name in _OUTER]
        if outer and clients[0] == "pip":
            return outer[0]
        likely = (*clients, *named, *self._clues.libraries(kept.lines), self._clues.spoken)
        return likely[0]


def _url(place: str, port: int) -> Url | None:
    if not place:
        return None
    named = port if 0 < port < 2**16 else 443
    text = _NO_PORT.sub(r"\1", place) if "://" in place else f"https://{place}:{named}/"
    try:
        found = parse(text)
    except ValueError:
        return None
    if not found.is_http or not found.host.strip(".-"):
        return None
    return msgspec.structs.replace(found, path=visible(found.path, 300), host=visible(found.host))


def _secrets(place: str) -> tuple[str, ...]:
    try:
        return secrets_in(place)
    except ValueError:
        return ()


def _same_kind(one: Failure, other: Failure) -> bool:
    if one.reason != other.reason:
        return False
    return one.verify_code == other.verify_code and one.word == other.word


def _merge(into: _Kept, one: _Kept) -> None:
    into.lines = sorted({*into.lines, *one.lines})[:_LINES_SHOWN]
    into.clients.update(one.clients)
    into.count = max(into.count, one.count)
    into.last = max(into.last, one.last)
    into.retried &= one.retried


def _fill_paths(kept: list[_Kept]) -> None:
    """Where one telling names the host alone, and another a URL there: the URL."""
    known = {one.url.endpoint: one.url for one in kept if one.url and one.url.path != "/"}
    for one in kept:
        if one.url is not None and one.url.path == "/":
            one.url = known.get(one.url.endpoint, one.url)


def _fill_host(kept: list[_Kept]) -> None:
    """A retry tells the reason and no host; the sum of it tells a host and no reason."""
    refused = [one for one in kept if one.first.failure.reason == failure.VERIFY]
    reasons = [one for one in refused if not _without_reason(one.first.failure)]
    places = [one for one in refused if one.url is not None]
    if len(reasons) == 1 and len(places) == 1 and reasons[0].url is None:
        reasons[0].url, reasons[0].exact = places[0].url, places[0].exact


def _without_reason(found: Failure) -> bool:
    return found.verify_code is None and not found.word


def _adopted(kept: list[_Kept]) -> list[_Kept]:
    """Without the tellings that name no host, or no reason, where another tells more."""
    left: list[_Kept] = []
    for one in kept:
        better = next(
            (other for other in kept if other is not one and _tells_more(other, one)), None
        )
        if better is None:
            left.append(one)
        else:
            _merge(better, one)
    return left


def _tells_more(other: _Kept, one: _Kept) -> bool:
    """Whether `other` is the same failure as `one`, with a host or a reason that `one` lacks."""
    more, less = other.first.failure, one.first.failure
    if not _same_place(other, one):
        return False
    if _same_kind(more, less):
        return other.url is not None and (one.url is None or (other.exact and not one.exact))
    if more.reason == less.reason == failure.VERIFY:
        return _without_reason(less) and not _without_reason(more)
    return False


def _same_place(other: _Kept, one: _Kept) -> bool:
    """Whether `one` may be about the place of `other`: a host without a port is on any."""
    if one.url is None:
        return True
    if other.url is None or other.url.host != one.url.host:
        return False
    return other.url.port == one.url.port or not (one.exact and other.exact)


_VAGUE = frozenset({failure.CLOSED, failure.RESET, failure.TIMEOUT, failure.UNKNOWN})
_STATUSES = frozenset({failure.AUTH, failure.SERVER_ERROR})
"""What an answer says: the proxy's, where the same log shows that it answered for the host."""


def _without_weaker(kept: list[_Kept]) -> list[_Kept]:
    """Without what is told in common words, or follows, where another failure explains it."""
    firm = [one for one in kept if _is_failure(one) and not one.first.loose]
    failed = firm or [one for one in kept if _is_failure(one)]
    telling = [one for one in firm if one.first.failure.reason not in _VAGUE]
    explained = {one.url.endpoint for one in telling if one.url is not None}
    refused = {
        one.url.endpoint if one.url is not None else ""
        for one in firm
        if one.first.failure.reason == failure.TUNNEL
    }
    left = []
    for one in kept:
        reason = one.first.failure.reason
        follows = (one.first.loose and firm) or (reason == failure.NO_PACKAGE and failed)
        elsewhere = one.url.endpoint in explained if one.url is not None else bool(telling)
        endpoint = one.url.endpoint if one.url is not None else ""
        by_proxy = reason in _STATUSES and endpoint in refused
        if not follows and not by_proxy and not (reason in _VAGUE and elsewhere):
            left.append(one)
    return left


def _is_failure(one: _Kept) -> bool:
    reason = one.first.failure.reason
    return reason not in (failure.NO_PACKAGE, failure.UNVERIFIED) and reason not in failure.FOREIGN


def read(logs: Iterable[tuple[str, BinaryIO]]) -> Reading:
    """What several logs tell, in their order; each is a name to show and a stream of bytes."""
    found = [Log(name).read(stream) for name, stream in logs]
    return Reading(
        sightings=tuple(seen for one in found for seen in one.sightings),
        files=tuple(name for one in found for name in one.files),
        size=sum(one.size for one in found),
        skipped=sum(one.skipped for one in found),
    )
