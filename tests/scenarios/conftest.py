"""The clients that meet the lab's scenarios: old and new pips, and the newest one of all."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from interpreters import Interpreter, interpreters, pips

# pip is pure Python: its folder in another Python's site-packages is that pip, without network.
_PIP = Path(importlib.util.find_spec("pip").origin).parent


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> tuple[Interpreter, ...]:
    """The oldest pip on Python 3.8 or older, the one of 3.13 or newer, and the newest of all."""
    newest = _with_newest_pip(tmp_path_factory.mktemp("newest") / "venv")
    return tuple({one.label: one for one in (*pips(), newest)}.values())


def _with_newest_pip(folder: Path) -> Interpreter:
    base = max(interpreters(), key=lambda one: one.python)
    environment = {"PATH": os.environ["PATH"]}
    command = [base.path, "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(command, env=environment, check=True, timeout=60)
    site = next(folder.glob("lib/python*/site-packages"))
    shutil.copytree(_PIP, site / "pip", ignore=shutil.ignore_patterns("__pycache__"))
    python = folder / "bin" / "python"
    said = subprocess.run(
        [python, "-m", "pip", "--version"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    version = said.stdout.split()[1]
    return Interpreter(str(python), base.python, tuple(map(int, version.split("."))))
