"""The lines of a window as one text, squeezed, with the way back to their lines and places.

Squeezed text has no line ends: a URL at the end of a line and the first word of the next would be
one. Here a place ends with its line, unless the line fills a terminal, which then went on below.
"""

import bisect
import re
from collections.abc import Sequence

from certmend.model.failure.squeeze import Squeezed
from certmend.observe.logs import code
from certmend.observe.logs.lines import Line

_FULL = 72
"""Letters of a line that a terminal of 80 columns may have cut, behind a margin."""
_LONGEST_URL = 600
_URL_ENDS = frozenset(" \t\n'\"<>`|),\\\u2018\u2019")
_GAP = re.compile(r"[\s\u2500-\u257f|]+|\\[nrt]")
_LISTED = "looking in indexes:"
_ANY_HOST = re.compile(r"://(?:[^/@\s,]{0,300}@)?([^/\s,]{1,300})")


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

    def row(self, at: int) -> int:
        """The number in `lines` of the line that holds a place of the squeezed text."""
        return self._row(self.squeezed.place(at))

    def listed(self, at: int) -> bool:
        """Whether a place stands in pip's list of indexes on several hosts: it tells none."""
        if not self.lines:
            return False
        text = self.lines[self.row(at)].text.lower()
        begin = text.find(_LISTED)
        return begin >= 0 and len(set(_ANY_HOST.findall(text, begin))) > 1

    def supposed(self, at: int) -> bool:
        """Whether the words at a place are only talked of, as in a manual or a list of changes."""
        place = self.squeezed.place(at)
        return code.supposed(self.squeezed.source[self._starts[self._row(place)] : place])

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
        stop = begin
        while stop < len(source) and source[stop] not in _URL_ENDS and stop - begin < _LONGEST_URL:
            stop += 1
        found, short = source[begin:stop].rstrip(".:;"), self._kept(*match.span("url"))
        return found if len(found) >= len(short) else short

    def _cut(self, gap: re.Match[str], first: int, after: str) -> bool:
        """Whether a terminal cut the line at a gap: it was full, and went on in the next one."""
        if "\n" not in gap[0]:
            return False
        row = self._row(first + gap.start())
        line, following = self.lines[row : row + 2]
        full = line.width >= _FULL and following.number - line.number < 2
        return full and not after.isupper()

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
                return "".join(pieces).rstrip(".:;")
        return "".join([*pieces, kept[at:]])

    def _row(self, place: int) -> int:
        return max(0, bisect.bisect_right(self._starts, place) - 1)
