"""From the lines of a window to what failed: one `Told` for each message that tells a failure.

A message is what one client says of one failure: the words that open it, a place, and the signs
of the reason. Signs near one another, without a new beginning between, are one message; the most
telling of them is its failure.
"""

import bisect
import re
from collections.abc import Iterator, Sequence

import msgspec

from certmend.model import failure
from certmend.model.failure import SIGNS, Failure, Stage, network
from certmend.model.failure.squeeze import Squeezed
from certmend.observe.logs.lines import Line
from certmend.observe.logs.markers import MARKERS, Marker

_GAP = 420
"""Squeezed characters between two signs of one message."""
_AFTER = 220
"""How far behind the last sign a place still belongs to the message."""
_MENTIONED = 2500
"""How far above a message a URL that is only mentioned may stand."""
_PROXY_NUMBERS = frozenset(SIGNS.index(one) for one in network.PROXY_SIGNS)
_EXCERPT = 300
_LONGEST_URL = 600
_URL_ENDS = frozenset(" \t\n'\"<>`|),\u2018\u2019")


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
        self.retried = False

    @property
    def firm(self) -> bool:
        """Whether it tells a failure in words that mean nothing else."""
        return any(not SIGNS[number].loose for number, _ in self.signs)


def told(lines: Sequence[Line]) -> Iterator[Told]:
    """Every failure that the lines of a window tell, in their order."""
    lines = [line for line in lines if not line.of_code]
    source = "\n".join(line.text for line in lines)
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    squeezed = Squeezed(source)
    for message, mentioned in _messages(squeezed):
        for number, begin in _failures(message):
            row = bisect.bisect_right(starts, squeezed.place(begin)) - 1
            yield _told(number, message, lines, row, mentioned)


def _messages(squeezed: Squeezed) -> Iterator[tuple[_Message, str]]:
    """The messages of a text, each with the URL that was mentioned last before it."""
    current, mentioned, mentioned_at = _Message(), "", -_MENTIONED
    for begin, end, number, marker in _tokens(squeezed.text):
        opens = marker is not None and marker[0].opens and current.firm
        if current.signs and (begin - current.end > _GAP or opens):
            yield current, mentioned if current.end - mentioned_at < _MENTIONED else ""
            current = _Message()
        if marker is None:
            current.signs.append((number, begin))
            current.end = max(end, current.end)
            continue
        one, match = marker
        if one.weak:
            mentioned, mentioned_at = _place(squeezed, match), begin
            continue
        current.retried |= one.retries and not current.signs
        if one.client and not current.client:
            current.client = one.client
        if not current.place and (not current.signs or begin - current.end < _AFTER):
            current.place = _place(squeezed, match)
            current.port = _port(match)
    if current.signs:
        yield current, mentioned if current.end - mentioned_at < _MENTIONED else ""


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


def _place(squeezed: Squeezed, match: re.Match[str] | None) -> str:
    """The place as it stands in the source: a URL goes on to its end there."""
    groups = match.groupdict() if match is not None else {}
    if match is None or not groups.get("host"):
        return ""
    if not groups.get("url"):
        return squeezed.original(*match.span("host"))
    source, begin = squeezed.source, squeezed.place(match.start("url"))
    stop = begin
    while stop < len(source) and source[stop] not in _URL_ENDS and stop - begin < _LONGEST_URL:
        stop += 1
    found, short = source[begin:stop].rstrip(".:;"), squeezed.original(*match.span("url"))
    return found if len(found) >= len(short) else short


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
    kinds: dict[int, tuple[int, int]] = {}
    for number, begin in message.signs:
        kind = next((k for k, r in enumerate(_KINDS) if SIGNS[number].reason in r), -1)
        if kind not in kinds or number < kinds[kind][0]:
            kinds[kind] = (number, begin)
    yield from kinds.values()


def _told(number: int, message: _Message, lines: Sequence[Line], row: int, mentioned: str) -> Told:
    line = lines[max(0, row)]
    through = any(n in _PROXY_NUMBERS for n, _ in message.signs)
    words = " ".join(one.text.strip() for one in lines[max(0, row) : row + 2])
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
