"""What a measurement is: two things timed side by side in one run, and the ratio allowed."""

import statistics
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

ROUNDS = 5


class Row(NamedTuple):
    """One comparison; `ours` and `peer` are medians in seconds of wall time."""

    what: str
    ours: float
    peer: float
    peer_name: str
    limit: float
    """`ours` may take at most so many times `peer`."""

    @property
    def ratio(self) -> float:
        """How many times the peer's time ours is."""
        return self.ours / self.peer

    @property
    def kept(self) -> bool:
        """Whether the limit holds."""
        return self.ratio <= self.limit


class Measure(NamedTuple):
    """A module of `bench.measures` holds one: its rows, or why this machine cannot give them."""

    name: str
    rows: Callable[[], Iterable[Row | str]]


def side_by_side(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int = ROUNDS
) -> tuple[float, float]:
    """The median wall times of two calls, run in turn after one round to warm up."""
    ours()
    peer()
    spent = [(_timed(ours), _timed(peer)) for _ in range(rounds)]
    return statistics.median(a for a, _ in spent), statistics.median(b for _, b in spent)


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
