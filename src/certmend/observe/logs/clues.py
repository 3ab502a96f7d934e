"""Who a log speaks of, and where: clients by their words, libraries by their files, lone names.

A short log is of one client, whose words may stand anywhere in it. A long one, as of a CI job, is
of many: there the words near a failure count, and else the last ones above it.
"""

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence

from certmend.model.failure.wording import Expression
from certmend.observe.logs.lines import Line
from certmend.observe.logs.markers import CLIENTS, LIBRARIES, NAMES

_LONG = 400
"""Lines of a log that may be of several clients."""
_NEAR = 12
_KEPT = 20_000

Table = Iterable[tuple[str, Expression]]


class Clues:
    """What the windows of one log tell of clients."""

    def __init__(self) -> None:
        self._clients: list[tuple[int, str]] = []
        self._libraries: list[tuple[int, str]] = []
        self._names: set[str] = set()
        self._last = 0

    def take(self, plain: Sequence[Line]) -> None:
        """Look for clues in the lines of a window."""
        if not plain or len(self._clients) > _KEPT:
            return
        lowered = [line.text.lower() for line in plain]
        starts = [0]
        for text in lowered:
            starts.append(starts[-1] + len(text) + 1)
        text = "\n".join(lowered)
        for table, found in ((CLIENTS, self._clients), (LIBRARIES, self._libraries)):
            for name, at in _matches(table, text):
                found.append((plain[bisect.bisect_right(starts, at) - 1].number, name))
        self._names.update(NAMES.findall(text))
        self._last = plain[-1].number

    def clients(self, lines: Sequence[int]) -> list[str]:
        """The clients that a failure in these lines may be of, the likeliest first."""
        found = self._near(self._clients, lines)
        if found or self._near(self._libraries, lines):
            return found
        above = max((one for one in self._clients if one[0] <= lines[0]), default=None)
        return [above[1]] if above else _ranked(self._clients)

    def libraries(self, lines: Sequence[int]) -> list[str]:
        """The same of libraries."""
        return self._near(self._libraries, lines)

    @property
    def spoken(self) -> str:
        """The one client that is called by its name, where it is one."""
        name = next(iter(self._names)) if len(self._names) == 1 else ""
        return "setuptools" if name == "easy_install" else name

    def _near(self, clues: list[tuple[int, str]], lines: Sequence[int]) -> list[str]:
        if self._last < _LONG:
            return _ranked(clues)
        first, last = lines[0] - _NEAR, lines[-1] + _NEAR
        near = [one for one in clues if first <= one[0] <= last]
        beside = [one for one in near if one[0] in lines]
        return _ranked(beside or near)


def _ranked(clues: list[tuple[int, str]]) -> list[str]:
    return [name for name, _ in Counter(name for _, name in clues).most_common()]


def _matches(table: Table, text: str) -> Iterable[tuple[str, int]]:
    for name, pattern in table:
        for match in pattern.finditer(text):
            yield name, match.start()
