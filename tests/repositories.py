"""Repositories to run certmend in, and how it is installed for that without a network."""

import subprocess
import sysconfig
from pathlib import Path

PROJECT = Path(__file__).parents[1]
INSECURE = "FROM python:3.13-slim\nRUN pip install --trusted-host pypi.corp.example billing\n"


OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as --no-build-isolation's own value
    "PYTHONPATH": sysconfig.get_path("purelib"),
}
"""pip builds and installs what it is given; what that needs is found where the tests run."""


def commit(folder: Path) -> str:
    """Make a folder a repository with everything in one commit, and name it."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "all")
    return git(folder, "rev-parse", "HEAD").strip()


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout
