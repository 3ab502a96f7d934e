"""What the tests of the places have in common: certmend is installed as there, without a network."""

import subprocess
import sysconfig
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
INSECURE = "FROM python:3.13-slim\nRUN pip install --trusted-host pypi.corp.example billing\n"


OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as --no-build-isolation's own value
    "PYTHONPATH": sysconfig.get_path("purelib"),
}
"""pip builds and installs what it is given; what that needs is found where the tests run."""


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is now, as the one commit of a repository."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = git(PROJECT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((PROJECT / name).read_bytes())
    commit(folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a Dockerfile that switches verification off."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "Dockerfile").write_text(INSECURE)
    return folder


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
