"""The main job beside pip failing on the same index, and beside the scanners of its field."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from bench.measure import Measure, Row, side_by_side
from bench.tools import CERTMEND, PIP, clean, program, runs
from certmend.lab import raw
from certmend.lab.lab import Lab, corporate, index_url

_MANY = 20
_HANGING = 5
_TIMEOUT = "3"


def rows() -> Iterator[Row | str]:
    """One broken index, then many of them."""
    with Lab() as lab:
        root, issuing = corporate()
        ports = [lab.serve(issuing.leaf("localhost"), issuing, root) for _ in range(_MANY)]
        yield from _one(ports[0])
        yield from _many(ports)


def _one(port: int) -> Iterator[Row | str]:
    machine, url = clean(), index_url(port)
    ours = _diagnose([url])
    download = ("download", "--no-deps", "--no-cache-dir", "--retries", "0", "--index-url", url)
    fails = runs(*PIP, *download, "billing", environment=machine, status=1)
    yield Row("diagnose one broken index", *side_by_side(ours, fails), "pip download", 1.0)
    place = f"localhost:{port}"
    if sslyze := program("CERTMEND_SSLYZE", "sslyze"):
        scan = runs(sslyze, "--certinfo", place, environment=machine, status=None)
        yield Row("diagnose one broken index", *side_by_side(ours, scan), "sslyze --certinfo", 0.8)
    else:
        yield "sslyze is not installed: not compared (`pip install sslyze`)"
    if testssl := program("CERTMEND_TESTSSL", "testssl", "testssl.sh"):
        scan = runs(testssl, "--quiet", "-S", place, environment=machine, status=None)
        spent = side_by_side(ours, scan, rounds=2)
        yield Row("diagnose one broken index", *spent, "testssl.sh -S", 0.1)
    else:
        yield "testssl.sh is not installed: not compared (Debian: apt-get install testssl.sh)"


def _many(ports: Sequence[int]) -> Iterator[Row]:
    one, many = _diagnose([index_url(ports[0])]), _diagnose([index_url(port) for port in ports])
    yield Row(f"diagnose {_MANY} indexes", *side_by_side(many, one), "one index", 2.0)
    with ExitStack() as stack:
        hanging = [stack.enter_context(raw.RawServer(raw.hangs())) for _ in range(_HANGING)]
        stuck = [index_url(server.port) for server in hanging]
        rest = [index_url(port) for port in ports[_HANGING:]]
        spent = side_by_side(_diagnose(stuck + rest), _diagnose(stuck[:1]), rounds=2)
        yield Row(f"diagnose {_MANY}, {_HANGING} of them hanging", *spent, "one that hangs", 1.5)


def _diagnose(urls: Sequence[str]) -> Callable[[], None]:
    timeout = ("--timeout", _TIMEOUT)
    return runs(CERTMEND, "diagnose", *urls, *timeout, environment=clean(), status=1)


DIAGNOSE = Measure("diagnose", rows)
