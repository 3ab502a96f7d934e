"""A client's own Python, found and started; it may be so before the command line is read.

What is slow to import is imported after that, while the other Python starts.
"""

import atexit
import contextlib
import itertools
import json
import os
import shutil
from collections.abc import Mapping, Sequence

from certmend import process
from certmend.errors import UsageError

_BOOT = (
    # Before anything else is imported: a json.py in the current folder is not the library's.
    "import sys;sys.path[:1]=[p for p in sys.path[:1] if p];"
    "import json;exec(json.loads(sys.stdin.readline()))"
)
PIP = ("inside.py", "inside_pip.py")
"""What is sent to a Python whose pip is asked."""
ASK_PIP = "main(Pip(), about)"
"""What begins the conversation with it."""


def find(wanted: str | None, environment: Mapping[str, str]) -> str:
    """The Python whose pip a person would run; raises `UsageError` when there is none.

    In order: the one asked for, the active virtual environment's, `python3`, `python`.
    """
    if wanted:
        found = shutil.which(wanted, path=environment.get("PATH"))
        if found is None or os.path.isdir(wanted):  # noqa: PTH112  no pathlib yet
            from certmend.model.text import visible

            raise UsageError(
                f"cannot run {visible(wanted)} as a Python",
                "give the path of an interpreter, as in `--python .venv/bin/python`",
            )
        return found
    if active := environment.get("VIRTUAL_ENV"):
        for name in ("bin/python", "Scripts/python.exe"):
            python = os.path.join(active, name)  # noqa: PTH118
            if os.path.exists(python):  # noqa: PTH110
                return python
    for name in ("python3", "python"):
        if found := shutil.which(name, path=environment.get("PATH")):
            return found
    raise UsageError("no Python found on PATH", "name one with `--python PATH`")


_ahead: dict[tuple[str, bytes], process.Process] = {}
_NOTHING_TO_ASK = frozenset({"--facts", "--help", "-h"})


def start_ahead(arguments: Sequence[str]) -> None:
    """Start the Python that a command will ask while its command line is still being read.

    Reading it takes a tenth of the whole; a guess that turns out wrong is ended at the exit.
    """
    clients = {b for a, b in itertools.pairwise(arguments) if a == "--client"}
    clients |= {
        c for a, b in itertools.pairwise(arguments) if a == "--clients" for c in b.split(",")
    }
    if _NOTHING_TO_ASK & set(arguments) or (clients and not clients & {"pip", "all"}):
        return
    wanted = next((b for a, b in itertools.pairwise(arguments) if a == "--python"), None)
    with contextlib.suppress(UsageError, OSError):
        python = find(wanted, os.environ)
        program = _program(PIP, ASK_PIP)
        _ahead[python, program] = _begin(python, program, None)
        atexit.register(_end_unasked)


def start(
    python: str, sources: Sequence[str], first: str, environment: Mapping[str, str]
) -> process.Process:
    """Start a Python that runs `sources`, then `first`; the one started ahead where it is such.

    Raises `OSError` when it cannot be started.
    """
    program = _program(sources, first)
    if environment is os.environ and (python, program) in _ahead:
        return _ahead.pop((python, program))
    return _begin(python, program, environment)


def _end_unasked() -> None:
    for started in _ahead.values():
        process.end(started)


def _program(sources: Sequence[str], start: str) -> bytes:
    """The first line that the interpreter reads: what it is to run."""
    texts = [_source(name) for name in sources]
    return json.dumps(b"\n".join((*texts, start.encode())).decode("ascii")).encode() + b"\n"


def _source(name: str) -> bytes:
    """What `pkgutil.get_data` gives, which imports what takes 5 ms."""
    path = os.path.join(os.path.dirname(__file__), name)  # noqa: PTH118, PTH120
    content: bytes = globals()["__loader__"].get_data(path)
    return content


def _begin(python: str, program: bytes, environment: Mapping[str, str] | None) -> process.Process:
    started = process.converse([python, "-c", _BOOT], environment=environment)
    if started.stdin is not None:
        with contextlib.suppress(OSError):  # it has ended: whoever listens to it finds out
            started.stdin.write(program)
            started.stdin.flush()
    return started
