"""How long a person waits after TAB."""

from collections.abc import Iterator

from bench.measure import Measure, Row, side_by_side
from bench.tools import CERTMEND, PIP, clean, runs

_LINES = ("certmend ", "certmend explain ", "certmend lab up ", "certmend lint --select ")


def rows() -> Iterator[Row | str]:
    """Each kind of name that is collected, beside pip's completion of its own commands."""
    machine = clean()
    asking = {"PIP_AUTO_COMPLETE": "1", "COMP_WORDS": "pip ", "COMP_CWORD": "1"}
    pip = runs(*PIP, environment={**machine, **asking}, status=1)
    for line in _LINES:
        asked = {
            "_CERTMEND_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(line.count(" ")),
        }
        ours, peer = side_by_side(runs(CERTMEND, environment={**machine, **asked}), pip)
        yield Row(f"`{line}` and TAB", ours, peer, "`pip ` and TAB", 1.0)


COMPLETION = Measure("completion", rows)
