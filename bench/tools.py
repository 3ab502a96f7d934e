"""The programs that are measured: this Python's certmend and pip, and their peers."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

BIN = Path(sys.executable).parent
CERTMEND = str(BIN / "certmend")
PIP = (sys.executable, "-m", "pip")


def clean(**variables: str) -> dict[str, str]:
    """An environment with nothing of this machine's trust or indexes."""
    return {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": tempfile.gettempdir(),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        **variables,
    }


def program(variable: str, *names: str) -> str | None:
    """The path of a peer: what the variable names, else the first of the names on PATH."""
    for name in (os.environ.get(variable, ""), *names):
        if name and (found := shutil.which(name)):
            return found
    return None


def runs(
    *command: str, environment: Mapping[str, str], status: int | None = 0
) -> Callable[[], None]:
    """A call that runs a program to its end; a status other than the one expected is an error."""

    def run() -> None:
        done = subprocess.run(
            command, env=dict(environment), capture_output=True, text=True, check=False, timeout=300
        )
        if status is not None and done.returncode != status:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")

    return run
