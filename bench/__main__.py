"""`make bench`: every measure, its ratio and its limit; exits 1 when a limit is broken.

`python -m bench NAME…` runs only the measures with these names.
"""

import sys

from bench.measure import Measure, Row
from certmend import registry, terminal


def main(wanted: list[str]) -> int:
    """Print a line for each row; 0 when every limit holds."""
    broken = 0
    for measure in registry.load("bench.measures", Measure):
        if wanted and measure.name not in wanted:
            continue
        terminal.out(measure.name)
        for row in measure.rows():
            terminal.out(f"  {row}" if isinstance(row, str) else _line(row))
            broken += isinstance(row, Row) and not row.kept
    return 1 if broken else 0


def _line(row: Row) -> str:
    mark = "ok  " if row.kept else "SLOW"
    return (
        f"  {mark} {row.what}: {row.ours:.3f} s, {row.peer_name} {row.peer:.3f} s: "
        f"{row.ratio:.2f} x (limit {row.limit:g} x)"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
