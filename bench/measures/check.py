"""The gate on a healthy machine, beside the real client's download of the same package."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Measure, Row, side_by_side
from bench.tools import CERTMEND, PIP, clean, runs
from certmend.lab.lab import Lab, corporate

_LIMIT = 1.5


def rows() -> Iterator[Row | str]:
    """Two indexes behind one internal CA, one client, one package."""
    with Lab() as lab, tempfile.TemporaryDirectory() as folder:
        root, issuing = corporate()
        first, second = (lab.index(issuing.leaf("localhost"), issuing) for _ in range(2))
        machine = clean(
            PIP_INDEX_URL=first,
            PIP_EXTRA_INDEX_URL=second,
            PIP_CERT=str(lab.ca_file(root)),
        )
        ours = runs(
            CERTMEND, "check", "--clients", "pip", "--package", "billing", environment=machine
        )
        options = ("--no-deps", "--no-cache-dir", "--dest")
        peer = runs(*PIP, "download", *options, folder, "billing", environment=machine)

        def download() -> None:
            for one in Path(folder).iterdir():
                one.unlink()
            peer()

        yield Row(
            "check two healthy indexes", *side_by_side(ours, download), "pip download", _LIMIT
        )


CHECK = Measure("check", rows)
