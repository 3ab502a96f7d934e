"""The lines of a window as one text, squeezed, with the way back to their lines and places.

Squeezed text has no line ends: a URL at the end of a line and the first word of the next would be
one. Here a place ends with its line, unless the line fills a terminal, which then went on below.
"""

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence

from certmend.model import lazy
from certmend.model.failure.squeeze import Squeezed
from certmend.observe.logs import talk
from certmend.observe.logs.lines import Line

_COLUMNS = frozenset({79, 80, 100, 120, 132})
"""Widths at which a terminal cuts in the middle of a word; people and loggers wrap between."""
_LINE = 100
_WIDEST = 250
_JOINED = 6
"""Lines of a cut message that are joined before and behind its reason."""
_ALIKE = 4
"""Letters at the beginning of lines of one kind: a clock, a level, the name of a tool."""
_FULL = 72
"""Letters of a line that a terminal of 80 columns may have cut, behind a margin."""
_LONGEST_URL = 600
_EXCEPTION = lazy.regex(r"[A-Za-z_][\w.]{2,150}(?:Error|Exception|Timeout): ")
_HEADING = lazy.regex(r"#{1,6} [^\W\d]")
"""A heading in Markdown: what stands below it is told apart from what stands above."""
_URL_ENDS = frozenset(" \t\n'\"<>`|),\\\u2018\u2019")
_ENDS_NO_URL = ".:;*"
_PLACEHOLDER = lazy.regex(r"[<{$]|\*+[\w.-]")
"""What stands in a host's name where people leave a part of it out: `mill-<ACCOUNT>.example`."""
_GAP = lazy.regex(r"[\s\u2500-\u257f|]+|\\[nrt]")
_LISTED = "looking in indexes:"
_ANY_HOST = lazy.regex(r"://(?:[^/@\s,]{0,300}@)?([^/\s,]{1,300})")


class Source:
    """What stands in the lines of a window, without those of source code."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [line for line in lines if not line.of_code]
        self._starts: list[int] = []
        at = 0
        for line in self.lines:
            self._starts.append(at)
            at += len(line.text) + 1
        self.squeezed = Squeezed("\n".join(line.text for line in self.lines))

    def raised(self) -> Iterator[int]:
        """Where in the squeezed text a line begins something new.

        That is an exception, a heading, or a record of a logger with a clock and level of its own.
        """
        for line, start in zip(self.lines, self._starts, strict=True):
            if line.record or _EXCEPTION.match(line.text) or _HEADING.match(line.text):
                yield self.squeezed.squeezed(start)

    def row(self, at: int) -> int:
        """The number in `lines` of the line that holds a place of the squeezed text."""
        return self._row(self.squeezed.place(at))

    def sentence(self, at: int, also: Iterable[int] = ()) -> tuple[str, int]:
        """The whole message around a place, joined where it was cut, and where the place is in it.

        `also` are other places of the message: one in the line above belongs to it.
        """
        row = first = last = self.row(at)
        told = {self.row(other) for other in also}
        while first > 0 and row - first < _JOINED:
            narrow = self.lines[first - 1].width <= _LINE
            if not (self._goes_on(first - 1) or (narrow and first - 1 in told)):
                break
            first -= 1
        while last + 1 < len(self.lines) and last - row < _JOINED and self._goes_on(last):
            last += 1
        text, before = "", 0
        for number in range(first, last + 1):
            line = self.lines[number].text
            if number == row:
                lead = len(line) - len(line.lstrip())
                before = len(text) + max(0, self.squeezed.place(at) - self._starts[number] - lead)
            text += line.strip() + (self._joint(number) if number < last else "")
        return text, before

    def _goes_on(self, row: int) -> bool:
        """Whether a terminal cut a line, and went on in the next one."""
        line, following = self.lines[row : row + 2]
        begun = following.text[:1]
        if following.number - line.number != 1 or not _FULL <= line.width <= _WIDEST or not begun:
            return False
        if self._alike(row):
            return False
        if self._ends_in_url(row):
            return True
        return following.width <= line.width and not (begun.isupper() or begun in "`$#")

    def _ends_in_url(self, row: int) -> bool:
        """Whether a URL ends a line: what redacts its credentials has to see it whole."""
        text = self.lines[row].text
        return "://" in text[text.rfind(" ") + 1 :] and not text.endswith(("]", ")", "'", '"', ">"))

    def _alike(self, row: int) -> bool:
        """Whether two lines begin in the same way: they are two messages, not one that was cut."""
        line, following = self.lines[row : row + 2]
        return line.text[:_ALIKE] == following.text[:_ALIKE]

    def _joint(self, row: int) -> str:
        """What stood at the end of a line before it was cut: nothing where it is cut in a word."""
        width, following = self.lines[row].width, self.lines[row + 1]
        if following.width - len(following.text) == 1:
            # One letter was taken off in front of it: a blank.
            return " "
        beside = self.lines[max(0, row - 1) : row] + self.lines[row + 1 : row + 2]
        cut = width in _COLUMNS or any(line.width == width for line in beside)
        inside = cut and width >= _FULL and not self.lines[row].text.endswith(" ")
        if self._alike(row):
            return " "
        return "" if inside or self._ends_in_url(row) else " "

    def listed(self, at: int) -> bool:
        """Whether a place stands in pip's list of indexes on several hosts: it tells none."""
        if not self.lines:
            return False
        _, found, rest = self.lines[self.row(at)].text.lower().partition(_LISTED)
        hosts = _ANY_HOST.findall(rest)
        # A URL that was masked as a secret is one more.
        return bool(found) and (len(set(hosts)) > 1 or rest.count(",") >= len(hosts) > 0)

    def linked(self, at: int) -> bool:
        """Whether a place is the target of a link in Markdown: a page to read, not one fetched."""
        return self.squeezed.text[max(0, at - 2) : at] == "]("

    def supposed(self, at: int) -> bool:
        """Whether the words at a place are only talked of, or stand inside of a name."""
        place = self.squeezed.place(at)
        row = self._row(place)
        text, at = self.lines[row].text, place - self._starts[row]
        before, after = text[:at], text[at:]
        return talk.is_name(before, after[:1]) or talk.supposed(before, after)

    def place(self, match: re.Match[str]) -> str:
        """The URL or host of a match as it stands in the log; empty where it has none."""
        groups = match.groupdict()
        if not groups.get("host"):
            return ""
        if not groups.get("url"):
            begin, end = match.span("host")
            quoted = self.squeezed.text[end : end + 1] in ("'", '"')
            return self.squeezed.original(begin, end) if quoted else self._kept(begin, end)
        source, begin = self.squeezed.source, self.squeezed.place(match.start("url"))
        if _PLACEHOLDER.match(source, self.squeezed.place(match.end("host") - 1) + 1):
            return ""
        stop = begin
        while stop < len(source) and source[stop] not in _URL_ENDS and stop - begin < _LONGEST_URL:
            stop += 1
        found, short = source[begin:stop].rstrip(_ENDS_NO_URL), self._kept(*match.span("url"))
        return found if len(found) >= len(short) else short

    def _cut(self, gap: re.Match[str], first: int, after: str) -> bool:
        """Whether a terminal cut the line at a gap: it was full, and went on in the next one."""
        if "\n" not in gap[0]:
            return False
        row = self._row(first + gap.start())
        line, following = self.lines[row : row + 2]
        full = line.width >= _FULL or self._padded(row)
        full = full and following.number - line.number < 2
        return full and not after.isupper()

    def _padded(self, row: int) -> bool:
        """Whether a line fills a narrow column, whose other lines end with blanks, as rich does."""
        width = self.lines[row].width
        beside = self.lines[max(0, row - 3) : row + 4]
        column = [line.text for line in beside if line.width == width]
        return len(column) > 2 and any(text.endswith("  ") for text in column)

    def _kept(self, begin: int, end: int) -> str:
        """The source from one place to another, up to where a line ends that was not cut."""
        if end <= begin:
            return ""
        first = self.squeezed.place(begin)
        kept = self.squeezed.source[first : self.squeezed.place(end - 1) + 1]
        pieces, at = [], 0
        for gap in _GAP.finditer(kept):
            pieces.append(kept[at : gap.start()])
            at = gap.end()
            if not self._cut(gap, first, kept[at : at + 1]):
                return "".join(pieces).rstrip(_ENDS_NO_URL)
        return "".join([*pieces, kept[at:]])

    def _row(self, place: int) -> int:
        return max(0, bisect.bisect_right(self._starts, place) - 1)
