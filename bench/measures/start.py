"""What it costs to start."""

from collections.abc import Iterator

from bench.measure import Measure, Row, side_by_side
from bench.tools import CERTMEND, PIP, clean, runs


def rows() -> Iterator[Row | str]:
    """`certmend --version` beside `pip --version`, on the same interpreter."""
    machine = clean()
    ours, peer = side_by_side(
        runs(CERTMEND, "--version", environment=machine),
        runs(*PIP, "--version", environment=machine),
    )
    yield Row("certmend --version", ours, peer, "pip --version", 0.5)


START = Measure("start", rows)
