"""The places of a log that are worth reading, found at the speed of a literal search.

A log may hold gigabytes, and failures stand at few places of it. An automaton finds the literals
that every message known to certmend contains; around each hit a window is cut, and only windows
are read closely. Memory is that of a few chunks, also for a log without line ends.
"""

import itertools
from collections import Counter, deque
from collections.abc import Generator, Iterator
from typing import BinaryIO

import msgspec

from certmend.observe.logs.anchors import ANCHORS
from certmend.observe.logs.decoding import Plain

_AROUND = 1280
"""Bytes before and after a hit: the command above it, the sum below."""
_KEPT = 2 * _AROUND
"""What two blocks share."""
_LARGEST = 1 << 16
_GROUP = 48
_SHORT = 3
_CHUNK = 1 << 20
_THREADS = 2
"""Blocks searched ahead: with one, the search waits for the interpreter's lock to begin."""
_ENOUGH = 200
"""Windows read for one literal: a log that goes on in the same way is only counted."""


Block = bytes | bytearray


class Window(msgspec.Struct, frozen=True):
    """A piece of a log, and the number of its first line."""

    content: bytes
    first_line: int


class Windows:
    """The windows of one log; `size` and `skipped` are known at the end."""

    def __init__(self) -> None:
        from ahocorasick_rs import BytesAhoCorasick, MatchKind

        # The aho-corasick crate has a vector search (Teddy) for leftmost matches of up to 64
        # literals. Several passes with it are faster than one automaton for all, and passes with
        # fewer that begin alike faster still: it compares by the first three or four bytes.
        anchors = sorted(ANCHORS, key=lambda one: (len(one) > _SHORT, one))
        self._searches = [
            (first, BytesAhoCorasick(anchors[first : first + _GROUP], MatchKind.LeftmostFirst))
            for first in range(0, len(anchors), _GROUP)
        ]
        self._read: Counter[int] = Counter()
        self.size = 0
        self.skipped = 0

    def of(self, stream: BinaryIO) -> Iterator[Window]:
        """Each window of the stream, in order; none overlap."""
        line, done, seen = 1, 0, 0  # of the block's first line; where its unread part begins
        for block, hits, last in self._searched(stream):
            ready = len(block) if last else max(len(block) - _AROUND, 0)
            fresh = [one for one in hits if seen <= one[0] < ready]
            done = yield from self._cut(block, line, done, fresh)
            keep = _kept_from(block)
            line += block.count(b"\n", 0, keep)
            done, seen = max(0, done - keep), max(0, ready - keep)

    def _searched(self, stream: BinaryIO) -> Iterator[tuple[Block, list[tuple[int, int]], bool]]:
        """Each block with its hits, and whether it is the last.

        The next blocks are searched in threads, without the interpreter's lock, while the one
        before them is read and its lines are counted.
        """
        blocks = self._blocks(stream)
        first = next(blocks)
        if first[1]:
            yield first[0], self._hits(first[0]), True
            return
        from concurrent.futures import Future, ThreadPoolExecutor

        ahead: deque[tuple[Block, Future[list[tuple[int, int]]], bool]] = deque()
        with ThreadPoolExecutor(_THREADS) as pool:
            for block, last in itertools.chain([first], blocks):
                ahead.append((block, pool.submit(self._hits, block), last))
                if len(ahead) > _THREADS:
                    earlier, found, _ = ahead.popleft()
                    yield earlier, found.result(), False
            for earlier, found, last in ahead:
                yield earlier, found.result(), last

    def _blocks(self, stream: BinaryIO) -> Iterator[tuple[Block, bool]]:
        """The stream in blocks that overlap; true for the last one.

        A few buffers are filled again and again: new memory for each block would cost a third of
        the whole. By then nobody reads the block that was in one before.
        """
        plain = Plain(stream)
        buffers = itertools.cycle([bytearray(_CHUNK + _KEPT) for _ in range(_THREADS + 3)])
        held = next(buffers)
        filled = self.size = plain.fill(memoryview(held))
        while filled == len(held):
            following = next(buffers)
            following[:_KEPT] = held[-_KEPT:]
            read = plain.fill(memoryview(following)[_KEPT:])
            if not read:
                break
            yield held, False
            self.size += read
            held, filled = following, _KEPT + read
        yield held[:filled], True

    def _cut(
        self, block: Block, line: int, done: int, hits: list[tuple[int, int]]
    ) -> Generator[Window, None, int]:
        """The windows around hits from `done` on; returns up to where it has read."""
        counted = 0
        for start, end in self._spans(block, done, hits):
            line += block.count(b"\n", counted, start)
            counted = start
            at = start
            while at < end:
                stop = _line_end(block, at, min(end, at + _LARGEST)) if end - at > _LARGEST else end
                yield Window(bytes(block[at:stop]), line + block.count(b"\n", start, at))
                at = stop + 1 if block[stop : stop + 1] == b"\n" else stop
            done = end
        return done

    def _spans(
        self, block: Block, done: int, hits: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        start = end = -1
        for begin, number in hits:
            if begin < done or begin < end - _AROUND // 2:
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

    def _hits(self, block: Block) -> list[tuple[int, int]]:
        """Where anchors stand, in order, and their numbers."""
        found: list[tuple[int, int]] = []
        for first, search in self._searches:
            found += [
                (begin, first + number)
                for number, begin, _ in search.find_matches_as_indexes(block)
            ]
        found.sort()
        return found


def _kept_from(block: Block) -> int:
    """Where the next block begins: what stands around a hit is in one block."""
    return max(0, len(block) - _KEPT)


def _line_start(block: Block, low: int, hit: int) -> int:
    """The start of the first whole line from `low` on, or `low` where there is none."""
    found = block.find(b"\n", low, hit)
    return found + 1 if found >= 0 and low > 0 else low


def _line_end(block: Block, hit: int, high: int) -> int:
    """The end of the last whole line before `high`, or `high` where there is none."""
    found = block.rfind(b"\n", hit, high)
    return found if found >= 0 and high < len(block) else high
