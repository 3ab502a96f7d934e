"""The Pythons of this machine, each with its own pip: real old and new clients."""

import glob
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from typing import NamedTuple

_ASK = "import json,sys,pip;print(json.dumps([list(sys.version_info[:3]),pip.__version__,sys.executable]))"
_NAMES = ["python2.7", *(f"python3.{minor}" for minor in range(6, 16)), "python3"]


class Interpreter(NamedTuple):
    """A Python and the version of its pip."""

    path: str
    python: tuple[int, ...]
    pip: tuple[int, ...]

    @property
    def label(self) -> str:
        """As in test names."""
        return f"pip{'.'.join(map(str, self.pip))}-py{'.'.join(map(str, self.python[:2]))}"

    @property
    def reads_system_store(self) -> bool:
        """pip from 24.2 on Python from 3.10 (measured)."""
        return self.pip >= (24, 2) and self.python >= (3, 10)


@cache
def interpreters() -> tuple[Interpreter, ...]:
    """Every Python on PATH or under pyenv that has a pip, by pip's version."""
    paths = [shutil.which(name) for name in _NAMES]
    if pyenv := shutil.which("pyenv"):
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False)
        paths += glob.glob(os.path.join(root.stdout.strip(), "versions", "*", "bin", "python"))
    found = {}
    for path in [*paths, sys.executable]:
        if path and (one := _ask(path)):
            found[one.python[:2], one.pip] = one
    return tuple(sorted(found.values(), key=lambda one: (one.pip, one.python)))


def _ask(path: str) -> Interpreter | None:
    try:
        done = subprocess.run(
            [path, "-c", _ASK], capture_output=True, text=True, timeout=20, check=False
        )
        python, pip, executable = json.loads(done.stdout.splitlines()[-1])
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired):
        return None
    numbers = tuple(int(part) for part in pip.split(".") if part.isdigit())
    return Interpreter(executable, tuple(python), numbers)


@cache
def pips() -> tuple[Interpreter, ...]:
    """The oldest pip on Python 3.8 or older, and the newest on 3.13 or newer; else what there is."""
    found = interpreters()
    old = [one for one in found if one.python < (3, 9)]
    new = [one for one in found if one.python >= (3, 13)]
    chosen = [*(old[:1] or found[:1]), *(new[-1:] or found[-1:])]
    return tuple(dict.fromkeys(chosen))
