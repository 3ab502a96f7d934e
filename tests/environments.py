"""Real clients in throw-away environments: client × version × Python, from the package registry.

    environment("pip", "23.3.2", "3.8") -> Installed | None

Each has a virtual environment of its own under `.tools/clients`, made once with the machine's
ordinary pip and kept. What cannot be installed is None, and `absent()` says why; nothing is tried
twice until `make clean`. curl, git and npm are the system's: `system("curl")`.
"""

import fcntl
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from interpreters import interpreters

ROOT = Path(__file__).resolve().parent.parent / ".tools" / "clients"
_LIMIT = 80
"""Environments at most: a loop that has gone wrong must not fill a disk."""
_SECONDS = 600

# `pdm[locked]`: a bare pdm takes the day's newest dependencies, which do not always fit it.
_REQUIREMENTS = {"pdm": "pdm[locked]=={}", "urllib": ""}
# The last virtualenv that makes environments for Python 2.7.
_OLD_VIRTUALENV = "virtualenv==20.15.1"

PIPS = (
    ("9.0.3", "2.7"),
    ("9.0.3", "3.6"),
    ("10.0.1", "2.7"),
    ("18.1", "3.6"),
    ("19.3.1", "2.7"),
    ("20.3.4", "3.7"),
    ("21.3.1", "3.6"),
    ("22.1.2", "3.8"),
    ("22.3.1", "3.10"),
    ("23.3.2", "3.8"),
    ("24.0", "3.12"),
    ("24.1.2", "3.11"),
    ("24.2", "3.9"),
    ("24.2", "3.10"),
    ("25.1.1", "3.12"),
    ("25.3", "3.13"),
    ("26.0.1", "3.9"),
    ("26.3", "3.13"),
)
OTHERS = (
    ("uv", "0.4.30", "3.12"),
    ("uv", "0.9.30", "3.12"),
    ("uv", "0.11.0", "3.12"),
    ("uv", "0.13.9", "3.12"),
    ("poetry", "1.8.5", "3.12"),
    ("poetry", "2.5.1", "3.13"),
    ("pdm", "2.20.1", "3.12"),
    ("pdm", "2.29.3", "3.13"),
    ("pipenv", "2024.4.1", "3.12"),
    ("pipenv", "2026.10.3", "3.12"),
    ("pipx", "1.7.1", "3.12"),
    ("hatch", "1.9.7", "3.12"),
    ("hatch", "1.18.2", "3.12"),
    ("twine", "5.1.1", "3.12"),
    ("twine", "7.0.0", "3.13"),
    ("requests", "2.25.1", "3.10"),
    ("requests", "2.34.2", "3.12"),
    ("requests", "2.34.2", "3.13"),
    ("httpx", "0.27.2", "3.12"),
    ("httpx", "0.28.1", "3.13"),
    ("urllib", "", "2.7"),
    ("urllib", "", "3.8"),
    ("urllib", "", "3.13"),
)
SYSTEM = ("curl", "git", "npm")
EVERY = (*(("pip", pip, python) for pip, python in PIPS), *OTHERS)
"""All that `make clients` runs; the version of urllib is that of its Python."""


class Installed(NamedTuple):
    """A client that can be run."""

    name: str
    version: str
    python: str
    """The interpreter that runs it; empty for curl, git and npm."""
    program: str
    """The command itself; the interpreter for a library."""
    python_version: str = ""
    """As in "3.8"; empty for curl, git and npm."""

    @property
    def label(self) -> str:
        """As in test names: `pip23.3.2-py3.8`."""
        return f"{self.name}{self.version}" + (
            f"-py{self.python_version}" if self.python_version else ""
        )


@cache
def environment(name: str, version: str, python: str) -> Installed | None:
    """The client of that version on that Python; None when it cannot be installed."""
    base = _base(python)
    if base is None:
        return None
    folder = ROOT / f"{name}-{version or 'stdlib'}-py{python}"
    ROOT.mkdir(parents=True, exist_ok=True)
    with _locked(folder.name):
        if not (folder / ".ready").exists() and not (folder / ".failed").exists():
            _make(folder, base, name, version, python)
    if not (folder / ".ready").exists():
        return None
    own = str(folder / "bin" / "python")
    program = folder / "bin" / name
    library = not program.exists()
    return Installed(name, version or python, own, own if library else str(program), python)


@cache
def system(name: str) -> Installed | None:
    """curl, git or npm as this machine has it on PATH; None when it has not."""
    program = shutil.which(name)
    if program is None:
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60)
    found = re.search(r"\d+(?:\.\d+)+", said.stdout)
    return Installed(name, found.group() if found else "", "", program)


def absent() -> Iterator[str]:
    """What was wanted and cannot be had, each as one line."""
    for name, version, python in EVERY:
        label = f"{name} {version} on Python {python}"
        if _base(python) is None:
            yield f"{label}: this machine has no Python {python}"
        failed = ROOT / f"{name}-{version or 'stdlib'}-py{python}" / ".failed"
        if failed.exists():
            yield f"{label}: {failed.read_text('utf-8').strip()}"
    yield from (f"{name}: not on PATH" for name in SYSTEM if shutil.which(name) is None)


@cache
def _base(python: str) -> str | None:
    """An interpreter of a minor version that can make environments."""
    wanted = tuple(int(part) for part in python.split("."))
    found = [one.path for one in interpreters() if one.python[:2] == wanted]
    # A system's own Python may lack ensurepip: those built by hand come first.
    return min(found, key=lambda path: path.startswith("/usr/bin"), default=None)


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """Only one process of a parallel test run makes an environment."""
    with (ROOT / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(folder: Path, base: str, name: str, version: str, python: str) -> None:
    if len(list(ROOT.glob("*-py*/"))) >= _LIMIT:
        return
    shutil.rmtree(folder, ignore_errors=True)
    problem = _virtual(folder, base, python) or _install(folder, name, version)
    folder.mkdir(exist_ok=True)
    (folder / (".failed" if problem else ".ready")).write_text(problem or str(time.time()), "utf-8")


def _virtual(folder: Path, base: str, python: str) -> str:
    """Make a virtual environment; what went wrong, or nothing."""
    if python != "2.7":
        return _run(base, "-m", "venv", str(folder))
    maker = ROOT / f"virtualenv-py{python}"
    if not maker.exists() and (
        problem := _run(base, "-m", "pip", "install", "-q", "--target", str(maker), _OLD_VIRTUALENV)
    ):
        return problem
    return _run(base, "-m", "virtualenv", "-q", str(folder), PYTHONPATH=str(maker))


def _install(folder: Path, name: str, version: str) -> str:
    requirement = _REQUIREMENTS.get(name, name + "=={}").format(version)
    if not requirement:
        return ""
    own = str(folder / "bin" / "python")
    problem = _run(own, "-m", "pip", "install", "-q", requirement)
    # A pip that its Python cannot run installs well, and then does not start.
    return problem or (_run(own, "-m", "pip", "--version") if name == "pip" else "")


def _run(*command: str, **variables: str) -> str:
    """Run a command in the machine's own environment: its last words when it fails."""
    kept = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    try:
        done = subprocess.run(
            command, env={**kept, **variables}, capture_output=True, text=True, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)[:300]
    words = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return "" if done.returncode == 0 else (words[-1] if words else "no words")[:300]
