"""pre-commit itself installs the hooks from a clone of this project and runs them."""

import subprocess
import sys
from pathlib import Path

import pytest
from repositories import OFFLINE, PROJECT, commit, git

MENDABLE = PROJECT / "tests" / "lint" / "ca-not-refreshed" / "bad.1.Dockerfile"
PRE_COMMIT = str(Path(sys.executable).parent / "pre-commit")


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """Where pre-commit keeps what it installed, so that it does so once."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def hooks(clean, checkout, project, store):
    """Run one of the hooks in a project, over all of its files."""
    pin = git(checkout, "rev-parse", "HEAD").strip()
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {checkout.as_uri()}\n    rev: {pin}\n"
        "    hooks: [{id: certmend-lint}, {id: certmend-lint-fix}]\n"
    )
    commit(project)

    def run(hook: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PRE_COMMIT, "run", hook, "--all-files", "--verbose"],
            cwd=project,
            env={**clean, **OFFLINE, "PRE_COMMIT_HOME": str(store)},
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    return run


def test_the_manifest_is_one():
    words = ["validate-manifest", str(PROJECT / ".pre-commit-hooks.yaml")]
    assert subprocess.run([PRE_COMMIT, *words], check=False).returncode == 0


def test_the_lint_hook_fails_on_a_finding_and_names_its_place(hooks, project):
    said = hooks("certmend-lint")
    assert said.returncode == 1, said.stdout + said.stderr
    assert "error[trusted-host]" in said.stdout
    assert "Dockerfile:2:17" in said.stdout
    (project / "Dockerfile").unlink()
    git(project, "add", "--all")
    assert hooks("certmend-lint").returncode == 0


def test_the_fixing_hook_mends_and_passes_the_second_time(hooks, project):
    (project / "Dockerfile").write_text(MENDABLE.read_text())
    (project / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0 --trusted-host pypi.corp.example")
    git(project, "add", "--all")
    first = hooks("certmend-lint-fix")
    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert "\nRUN update-ca-certificates\n" in (project / "Dockerfile").read_text()
    git(project, "add", "--all")
    second = hooks("certmend-lint-fix")
    assert second.returncode == 0, second.stdout
