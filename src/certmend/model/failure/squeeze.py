"""Text without what terminals, loggers and line ends put into it, so that words can be found.

A message is wrapped at 80 columns in the middle of a word, or between words behind a margin of
`│`; it is quoted, escaped for JSON, or written with underscores by one version and with spaces
by the next. None of that is left here: blanks, underscores, backslashes and frames are dropped,
letters are lower case. Every place in it leads back to the text that it came from.
"""

import bisect
import re

from certmend.model import lazy

_DROPPED = lazy.regex(
    r"\\(?:r\\n|[nrt]|u00(?:1b|0[ad]))"  # a line end or escape, written in JSON
    r"|[\s_\\|\u2500-\u257f\u200b\ufeff\u00ad]+"
)
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d`\u00b4", "''\"\"''")


class Squeezed:
    """A text squeezed: `text` to search in, and the way back."""

    def __init__(self, source: str) -> None:
        self.source = source
        # Lower case letter by letter, as some letters grow (İ), and places must not move.
        plain = source.translate(_QUOTES)
        lowered = plain.lower()
        if len(lowered) != len(plain):
            lowered = "".join(one if len(one.lower()) != 1 else one.lower() for one in plain)
        pieces: list[str] = []
        self._starts: list[int] = []
        """Where each kept piece begins here, and beside it where it begins in the source."""
        self._sources: list[int] = []
        at = length = 0
        for gap in _DROPPED.finditer(lowered):
            if gap.start() > at:
                length = self._keep(pieces, lowered[at : gap.start()], at, length)
            at = gap.end()
        if at < len(lowered):
            self._keep(pieces, lowered[at:], at, length)
        self.text = "".join(pieces)

    def _keep(self, pieces: list[str], piece: str, at: int, length: int) -> int:
        pieces.append(piece)
        self._starts.append(length)
        self._sources.append(at)
        return length + len(piece)

    def place(self, at: int) -> int:
        """Where in the source the character at `at` stands."""
        if not self._starts:
            return 0
        number = max(0, bisect.bisect_right(self._starts, at) - 1)
        return self._sources[number] + (at - self._starts[number])

    def squeezed(self, place: int) -> int:
        """Where a place of the source is here, or what follows it where it was dropped."""
        if not self._starts:
            return 0
        number = max(0, bisect.bisect_right(self._sources, place) - 1)
        ends = [*self._starts[number + 1 : number + 2], len(self.text)]
        return min(self._starts[number] + max(0, place - self._sources[number]), ends[0])

    def original(self, start: int, end: int) -> str:
        """The source from one place here to another, without its line ends and frames."""
        if end <= start:
            return ""
        kept = self.source[self.place(start) : self.place(end - 1) + 1]
        return re.sub(r"[\s\u2500-\u257f|]+", "", kept)
