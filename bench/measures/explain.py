"""`certmend explain`: a gigabyte against ripgrep, a small log against `pip --version`."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Measure, Row, side_by_side
from certmend.observe.logs.anchors import ANCHORS

_SIZE = 1 << 30
_EVERY = 5 << 20
_ROUNDS = 3
_QUIET = (
    b"2024-05-22T12:43:46.9626460Z   Downloading numpy-1.26.4-cp311-cp311-manylinux.whl (18.2 MB)\n"
    b"2024-05-22T12:43:46.9626470Z building 'pkg.module' extension: gcc -O2 -c src/module.c\n"
)
_FAILURE = (
    b"WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) "
    b"after connection broken by 'SSLError(SSLCertVerificationError(1, "
    b"'[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
    b"unable to get local issuer certificate (_ssl.c:1007)'))': /simple/x/\n"
    b"ERROR: No matching distribution found for x\n"
)


def _rows() -> Iterator[Row | str]:
    with tempfile.TemporaryDirectory(prefix="certmend-bench-") as folder:
        small = Path(folder) / "small.log"
        small.write_bytes(_QUIET * 20 + _FAILURE)
        ours, peer = side_by_side(lambda: _explain(small), _pip_version)
        yield Row("explain a small log", ours, peer, "pip --version", 1.0)
        ripgrep = shutil.which("rg")
        if ripgrep is None:
            yield "explain 1 GB: no ripgrep on PATH to compare with (Debian: apt install ripgrep)"
            return
        if shutil.disk_usage(folder).free < 2 * _SIZE:
            yield "explain 1 GB: not enough room for the log"
            return
        large, literals = Path(folder) / "large.log", Path(folder) / "literals"
        _write(large)
        literals.write_bytes(b"\n".join(ANCHORS) + b"\n")
        count = [ripgrep, "-c", "-F", "-f", str(literals), str(large)]
        ours, peer = side_by_side(lambda: _explain(large), lambda: _run(count), _ROUNDS)
        yield Row("explain 1 GB, a failure per 5 MB", ours, peer, f"rg -c -F ({len(ANCHORS)})", 1.0)
        yield f"explain 1 GB: {_memory(large)} MB of memory at most (limit 200 MB)"


def _write(path: Path) -> None:
    block = _QUIET * ((_EVERY - len(_FAILURE)) // len(_QUIET)) + _FAILURE
    with path.open("wb") as file:
        for _ in range(_SIZE // len(block)):
            file.write(block)


def _explain(path: Path) -> None:
    _run([sys.executable, "-m", "certmend", "explain", str(path)])


def _pip_version() -> None:
    _run([sys.executable, "-m", "pip", "--version"])


def _memory(path: Path) -> int:
    code = (
        "import resource,sys; from certmend import cli; cli.run(['explain', sys.argv[1]]);"
        "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    return int(done.stderr)


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=False)


EXPLAIN = Measure("explain", _rows)
