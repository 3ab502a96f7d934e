"""From the lines of a window to what failed: one `Told` for each message that tells a failure.

A message is what one client says of one failure: the words that open it, a place, and the signs
of the reason. Signs near one another, without a new beginning between, are one message; the most
telling of them is its failure.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from certmend.model import failure
from certmend.model.failure import SIGNS, Failure, Stage, network
from certmend.observe.logs.lines import Line
from certmend.observe.logs.markers import HELP, MARKERS, Marker
from certmend.observe.logs.source import Source

_GAP = 420
"""Squeezed characters between two signs of one message."""
_AFTER = 220
"""How far behind the last sign a place still belongs to the message."""
_MENTIONED = 2500
"""How far above a message a URL that is only mentioned may stand."""
_PROXY_NUMBERS = frozenset(SIGNS.index(one) for one in network.PROXY_SIGNS)
_EXCERPT = 300


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What one message tells."""

    failure: Failure
    loose: bool = False
    place: str = ""
    """A URL or host, as it stands in the log; may hold credentials."""
    port: int = 0
    mentioned: str = ""
    """The URL that stands nearest above it."""
    client: str = ""
    line: int = 0
    retried: bool = False
    """Whether the client says that it tries again."""


class _Message:
    def __init__(self) -> None:
        self.signs: list[tuple[int, int]] = []
        self.end = 0
        self.place = ""
        self.port = 0
        self.client = ""
        self.above = ""
        """The URL that was mentioned last before it."""
        self.retried = False

    def connected(self, place: str, port: int) -> None:
        """A connection to another host than the one asked for was the one that failed."""
        if place and place not in self.place:
            self.place, self.port = place, port

    @property
    def firm(self) -> bool:
        """Whether it tells a failure in words that mean nothing else."""
        return any(not SIGNS[number].loose for number, _ in self.signs)


def told(lines: Sequence[Line]) -> Iterator[Told]:
    """Every failure that the lines of a window tell, in their order."""
    source = Source(lines)
    for message, mentioned in _messages(source):
        for number, begin in _failures(message):
            yield _told(number, message, source, begin, mentioned)


def _messages(source: Source) -> Iterator[tuple[_Message, str]]:
    """The messages of a text, each with a URL that is mentioned near it."""
    current, mention = _Message(), _Mention()
    for begin, end, number, marker in _tokens(source.squeezed.text):
        if marker is None and source.supposed(begin):
            continue
        if current.signs and (begin - current.end > _GAP or _opens(marker, current, begin)):
            yield current, mention.of(current)
            current = _Message()
        if marker is None:
            if not current.signs:
                current.above = mention.above(begin)
            current.signs.append((number, begin))
            current.end = max(end, current.end)
            continue
        one, match = marker
        if one.weak:
            mention.take(source, match, begin)
            continue
        current.retried |= one.retries and not current.signs
        if one.client and not current.client:
            current.client = one.client
        if not current.place and (not current.signs or begin - current.end < _AFTER):
            current.place = source.place(match) if match is not None else ""
            current.port = _port(match)
        elif one.connects and match is not None:
            current.connected(source.place(match), _port(match))
    if current.signs:
        yield current, mention.of(current)


def _opens(
    marker: "tuple[Marker, re.Match[str] | None] | None", current: _Message, begin: int
) -> bool:
    """Whether a new message begins; words that tell little wait for more of theirs to come."""
    if marker is None or not marker[0].opens:
        return False
    return current.firm or begin - current.end > _AFTER


class _Mention:
    """The URL that was mentioned last, outside of the words of any failure."""

    def __init__(self) -> None:
        self._last, self._at = "", -_MENTIONED

    def take(self, source: Source, match: re.Match[str] | None, begin: int) -> None:
        """Note a URL, unless it is one to read on at, or one of many."""
        if match is None or source.listed(begin):
            return
        place, port = source.place(match), _port(match)
        if port and "://" not in place:
            place = f"https://{place}:{port}/"
        if not HELP.search(place):
            self._last, self._at = place, begin

    def above(self, begin: int) -> str:
        """The URL that stands nearest above a place."""
        return self._last if begin - self._at < _MENTIONED else ""

    def of(self, message: _Message) -> str:
        """The URL that a message may be about: one above it, or close below."""
        return message.above or (self._last if 0 <= self._at - message.end < _AFTER else "")


Token = tuple[int, int, int, "tuple[Marker, re.Match[str] | None] | None"]


def _tokens(text: str) -> list[Token]:
    found: list[Token] = [(begin, end, n, None) for begin, end, n in failure.signs_in(text)]
    for one in MARKERS:
        plain = one.wording.plain
        if plain:
            found += [(begin, end, -1, (one, None)) for begin, end in one.wording.finds(text)]
            continue
        for match in one.wording.matches(text):
            found.append((match.start(), match.end(), -1, (one, match)))
    # A marker before the sign that begins where it does: it opens the sign's message.
    found.sort(key=lambda token: (token[0], token[3] is None))
    return found


def _port(match: re.Match[str] | None) -> int:
    port = match.groupdict().get("port") if match is not None else None
    return int(port) if port else 0


_KINDS: tuple[frozenset[str], ...] = (
    failure.FOREIGN,
    frozenset({failure.NO_PACKAGE}),
    frozenset({failure.UNVERIFIED}),
)


def _failures(message: _Message) -> Iterator[tuple[int, int]]:
    """The most telling sign of each kind in a message, and where it begins."""
    kinds: dict[int, tuple[bool, int, int]] = {}
    for number, begin in message.signs:
        kind = next((k for k, r in enumerate(_KINDS) if SIGNS[number].reason in r), -1)
        rank = (_headline(number), number, begin)
        if kind not in kinds or rank < kinds[kind]:
            kinds[kind] = rank
    yield from ((number, begin) for _, number, begin in kinds.values())


def _headline(number: int) -> bool:
    """Whether the words are so general that any others in the message tell more."""
    return SIGNS[number].loose and SIGNS[number].verify_code is None


def _told(number: int, message: _Message, source: Source, begin: int, mentioned: str) -> Told:
    lines, row = source.lines, source.row(begin)
    line = lines[row]
    through = any(n in _PROXY_NUMBERS for n, _ in message.signs)
    words = " ".join(one.text.strip() for one in lines[row : row + 2])
    text = line.text.strip() if len(line.text) > 40 else words
    found = failure.of(SIGNS[number], text[:_EXCERPT], via_proxy=through, through_proxy=through)
    if not found.reason:
        found = msgspec.structs.replace(found, reason=failure.unlisted_reason(text) or "UNKNOWN")
    if found.stage is Stage.PROXY and "407" in words:
        found = msgspec.structs.replace(found, word="407")
    return Told(
        failure=found,
        loose=SIGNS[number].loose,
        place=message.place,
        port=message.port,
        mentioned=mentioned,
        client=message.client,
        line=line.number,
        retried=message.retried,
    )
