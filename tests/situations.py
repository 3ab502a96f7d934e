"""A scenario as a person's machine has it: settings in variables, or in files of their own."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from interpreters import Interpreter

from certmend.lab.setup import Setup, environment_for

_DOWNLOAD = ("-m", "pip", "download", "-v", "--no-deps", "--no-cache-dir", "--retries", "0")
_BOUND = ("--timeout", "5")
_IN_FILES = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CERT", "PIP_TRUSTED_HOST")
# A machine's own /etc/pip.conf cannot be kept out; an empty value takes its settings back.
_EMPTIED = ("cert", "client-cert", "proxy", "extra-index-url", "find-links", "constraint")


class Situation(NamedTuple):
    """What one client is started with, and what certmend is: the same."""

    python: str
    environment: dict[str, str]
    folder: Path
    wanted: tuple[str, ...]
    """pip's arguments that name the package."""
    diagnosed: tuple[str, ...]
    """certmend's arguments for the same."""

    def download(self) -> subprocess.CompletedProcess[str]:
        """Let the real pip try."""
        command = [self.python, *_DOWNLOAD, *_BOUND, "-d", str(self.folder / "files")]
        return subprocess.run(
            [*command, *self.wanted],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


Form = Callable[[Setup, Interpreter, Path], Situation]


def in_variables(setup: Setup, client: Interpreter, folder: Path) -> Situation:
    """Everything in variables; certmend is told the Python and the package."""
    folder.mkdir()
    python = str(setup.python or client.path)
    return Situation(
        python=python,
        environment=_environment(setup, client, folder),
        folder=folder,
        wanted=(*setup.arguments, setup.package),
        diagnosed=("--python", python, "--package", setup.package, *setup.arguments),
    )


def in_files(setup: Setup, client: Interpreter, folder: Path) -> Situation:
    """Indexes and trust in the user's pip.conf, the package in requirements.txt, no arguments."""
    folder.mkdir()
    (folder / "requirements.txt").write_text(f"{setup.package}\n", encoding="utf-8")
    environment = _environment(setup, client, folder)
    given = {name: environment.pop(name, "") for name in _IN_FILES}
    more = Path(environment.pop("PIP_CONFIG_FILE"))
    own = more.read_text(encoding="utf-8") if more.name != "pip.conf" else ""  # a scenario's
    lines = ["[global]", *(f"{key} =" for key in _EMPTIED if not given.get(_variable(key)))]
    lines += [
        f"{name[4:].lower().replace('_', '-')} = {value}" for name, value in given.items() if value
    ]
    config = Path(environment["HOME"], ".config", "pip", "pip.conf")
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("\n".join([*lines, "", own]), encoding="utf-8")
    python = str(setup.python or client.path)
    return Situation(
        python=python,
        environment={
            **environment,
            "XDG_CONFIG_DIRS": str(folder / "nothing"),
            "PATH": f"{Path(python).parent}{os.pathsep}{environment['PATH']}",
        },
        folder=folder,
        wanted=("-r", "requirements.txt"),
        diagnosed=(),
    )


def _variable(key: str) -> str:
    return f"PIP_{key.upper().replace('-', '_')}"


def _environment(setup: Setup, client: Interpreter, folder: Path) -> dict[str, str]:
    home = folder / "home"
    home.mkdir()
    machine = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    return environment_for(setup, {**machine, "CERTMEND_LAB_PYTHON": client.path})
