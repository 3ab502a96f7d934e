"""From the lines of a window to what failed: one `Told` for each message that tells a failure.

A message is what one client says of one failure: the words that open it, a place, and the signs
of the reason. Signs near one another, without a new beginning between, are one message; the most
telling of them is its failure.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from certmend.model import failure, lazy
from certmend.model.failure import SIGNS, Failure, Stage, network
from certmend.model.failure.wording import wording
from certmend.model.text import redact
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
_AROUND = 120
"""Letters that are shown from where the reason begins, where a message is longer."""
_NAME_ALONE = lazy.regex(r"\s*\w{3,60}(?:Error|Exception|Timeout)\s*")
"""A line that holds the name of an exception, as Poetry prints it above its words."""
_SHORT = 40
"""Letters of a line that says too little alone: it is shown with the next one."""


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

    def marked(self, one: Marker, place: str, port: int, begin: int) -> None:
        """Take what a client's words tell of it: who says it, and of which place."""
        self.retried |= one.retries and not self.signs
        self.client = self.client or one.client
        if one.opens and not self.signs and not one.connects and place:
            # What was begun before told no failure.
            self.place, self.port = place, port
        elif not self.place and (not self.signs or begin - self.end < _AFTER):
            self.place, self.port = place, port
        elif one.connects and place and place not in self.place:
            # After a redirect another host than the one asked for is the one that failed.
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
    for begin, end, number, marker in _tokens(source):
        if marker is None and source.supposed(begin):
            continue
        if current.signs and (begin - current.end > _GAP or _opens(marker, current, begin)):
            yield current, mention.of(current)
            current = _Message()
        if marker is None:
            current.above = current.above if current.signs else mention.above(begin)
            current.signs.append((number, begin))
            current.end = max(end, current.end)
            continue
        one, match = marker
        if one.weak:
            mention.take(source, one, match, begin)
        else:
            current.marked(one, source.place(match) if match else "", _port(match), begin)
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

    def take(self, source: Source, one: Marker, match: re.Match[str] | None, begin: int) -> None:
        """Note a URL, unless it is one of many, or one to read on at that no client was given."""
        if match is None or source.listed(begin) or source.linked(begin):
            return
        if one.connects and self._last and begin - self._at < _AFTER:
            # The address of a host that is named beside it.
            return
        place, port = source.place(match), _port(match)
        if port and "://" not in place:
            place = f"https://{place}:{port}/"
        if one.client or not HELP.search(place):
            self._last, self._at = place, begin

    def above(self, begin: int) -> str:
        """The URL that stands nearest above a place."""
        return self._last if begin - self._at < _MENTIONED else ""

    def of(self, message: _Message) -> str:
        """The URL that a message may be about: one above it, or close below."""
        near = message.signs[0][1] <= self._at < message.end + _AFTER
        return message.above or (self._last if near else "")


Token = tuple[int, int, int, "tuple[Marker, re.Match[str] | None] | None"]


_RAISED = Marker(wording=wording(), opens=True)
"""The beginning of a line that tells an exception by its name, or of a heading."""


def _tokens(source: Source) -> list[Token]:
    text = source.squeezed.text
    found: list[Token] = [(begin, end, n, None) for begin, end, n in failure.signs_in(text)]
    for one in MARKERS:
        plain = one.wording.plain
        if plain:
            found += [(begin, end, -1, (one, None)) for begin, end in one.wording.finds(text)]
            continue
        for match in one.wording.matches(text):
            found.append((match.start(), match.end(), -1, (one, match)))
    found += [(begin, begin, -1, (_RAISED, None)) for begin in source.raised()]
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


def _excerpt(text: str, at: int) -> str:
    """As much of a message as is shown, with the place in it, and no credentials cut in half."""
    text, at = redact(text), len(redact(text[:at]))
    begin = max(0, min(at + _AROUND, len(text)) - _EXCERPT)
    if begin == 0:
        return text[:_EXCERPT]
    space = text.find(" ", begin, at)
    return "\u2026 " + text[space + 1 if space >= 0 else begin :][: _EXCERPT - 2]


def _told(number: int, message: _Message, source: Source, begin: int, mentioned: str) -> Told:
    lines, row = source.lines, source.row(begin)
    alone = row + 1 < len(lines) and _NAME_ALONE.fullmatch(lines[row].text)
    line = lines[row + 1 if alone else row]
    through = any(n in _PROXY_NUMBERS for n, _ in message.signs)
    words = " ".join(one.text.strip() for one in lines[row : row + 2])
    text, at = source.sentence(begin, [place for _, place in message.signs])
    if len(text) <= _SHORT:
        text, at = words, 0
    shown = _excerpt(text, at)
    found = failure.of(SIGNS[number], shown, via_proxy=through, through_proxy=through)
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
