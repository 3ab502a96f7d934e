"""`python -m conformance FILE`: the agreement by profile, and every disagreement.

Exits 1 when a profile agrees less than it must.
"""

import sys
from collections import defaultdict
from pathlib import Path

from certmend import terminal
from conformance.vectors import LIMITS, Compared, compare


def main(arguments: list[str]) -> int:
    """Compare, print, and say by the status whether every limit holds."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        terminal.talk("conformance: give the file with the vectors: make conformance FILE=…")
        return 2
    found: dict[str, list[Compared]] = defaultdict(list)
    for one in compare(Path(arguments[0])):
        found[one.profile].append(one)
    below = 0
    for profile, compared in found.items():
        below += _report(profile, compared)
    return 1 if below else 0


def _report(profile: str, compared: list[Compared]) -> bool:
    right = sum(one.agrees for one in compared)
    whole = sum(one.all_agree for one in compared)
    limit = LIMITS[profile]
    kept = right >= limit * len(compared)
    terminal.out(
        f"{profile}: {right} of {len(compared)} verdicts agree "
        f"({right / len(compared):.1%}, {limit:.0%} wanted); "
        f"all errors agree in {whole}"
    )
    for one in compared:
        if not one.agrees or not one.all_agree:
            what = "verdict" if not one.agrees else "list of errors"
            terminal.out(f"  {what} of {one.case}: {one.ours}; on record: {one.theirs}")
    return not kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
