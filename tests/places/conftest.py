"""What the tests of the places have in common."""

from pathlib import Path

import pytest
from repositories import INSECURE, PROJECT, commit, git


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
