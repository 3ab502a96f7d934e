"""The places of a log that are worth reading, found at the speed of a literal search.

A log may hold gigabytes, and failures stand at few places of it. An automaton finds the literals
that every message known to certmend contains; around each hit a window is cut, and only windows
are read closely. Memory is that of two chunks, also for a log without line ends.
"""

from collections import Counter
from collections.abc import Generator, Iterator
from typing import BinaryIO

import msgspec

from certmend.observe.logs.anchors import ANCHORS
from certmend.observe.logs.decoding import chunks

_AROUND = 1280
"""Bytes before and after a hit: the command above it, the sum below."""
_LARGEST = 1 << 16
_GROUP = 62
_ENOUGH = 200
"""Windows read for one literal: a log that goes on in the same way is only counted."""


class Window(msgspec.Struct, frozen=True):
    """A piece of a log, and the number of its first line."""

    content: bytes
    first_line: int


class Windows:
    """The windows of one log; `size` and `skipped` are known at the end."""

    def __init__(self) -> None:
        from ahocorasick_rs import BytesAhoCorasick, MatchKind

        # The aho-corasick crate has a vector search (Teddy) for leftmost matches of up to 64
        # literals. Several passes with it are faster than one automaton for all.
        self._searches = [
            (first, BytesAhoCorasick(ANCHORS[first : first + _GROUP], MatchKind.LeftmostFirst))
            for first in range(0, len(ANCHORS), _GROUP)
        ]
        self._read: Counter[int] = Counter()
        self.size = 0
        self.skipped = 0

    def of(self, stream: BinaryIO) -> Iterator[Window]:
        """Each window of the stream, in order; none overlap."""
        held, line, done = b"", 1, 0  # what is kept, the number of its first line, read so far
        for chunk in chunks(stream):
            self.size += len(chunk)
            block = held + chunk
            ready = len(block) - _AROUND
            done = yield from self._cut(block, line, done, max(ready, 0))
            keep = max(0, ready - _AROUND, done - _AROUND)
            line += block.count(b"\n", 0, keep)
            held, done = block[keep:], max(0, done - keep)
        yield from self._cut(held, line, done, len(held))

    def _cut(self, block: bytes, line: int, done: int, ready: int) -> Generator[Window, None, int]:
        """The windows around hits between `done` and `ready`; returns up to where it has read."""
        counted = 0
        for start, end in self._spans(block, done, ready):
            line += block.count(b"\n", counted, start)
            counted = start
            at = start
            while at < end:
                stop = _line_end(block, at, min(end, at + _LARGEST)) if end - at > _LARGEST else end
                yield Window(block[at:stop], line + block.count(b"\n", start, at))
                at = stop + 1 if block[stop : stop + 1] == b"\n" else stop
            done = end
        return done

    def _spans(self, block: bytes, done: int, ready: int) -> Iterator[tuple[int, int]]:
        start = end = -1
        for begin, number in self._hits(block):
            if begin < done or begin >= ready or begin < end - _AROUND // 2:
                continue
            if self._read[number] >= _ENOUGH:
                self.skipped += 1
                continue
            self._read[number] += 1
            first = _line_start(block, max(done, begin - _AROUND), begin)
            last = _line_end(block, begin, min(len(block), begin + _AROUND))
            if start >= 0 and first <= end:
                end = max(end, last)
                continue
            if start >= 0:
                yield start, end
            start, end = first, last
        if start >= 0:
            yield start, end

    def _hits(self, block: bytes) -> list[tuple[int, int]]:
        """Where anchors stand, in order, and their numbers."""
        found: list[tuple[int, int]] = []
        for first, search in self._searches:
            found += [
                (begin, first + number)
                for number, begin, _ in search.find_matches_as_indexes(block)
            ]
        found.sort()
        return found


def _line_start(block: bytes, low: int, hit: int) -> int:
    """The start of the first whole line from `low` on, or `low` where there is none."""
    found = block.find(b"\n", low, hit)
    return found + 1 if found >= 0 and low > 0 else low


def _line_end(block: bytes, hit: int, high: int) -> int:
    """The end of the last whole line before `high`, or `high` where there is none."""
    found = block.rfind(b"\n", hit, high)
    return found if found >= 0 and high < len(block) else high
