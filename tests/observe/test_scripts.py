"""Which Python runs a command: by its first line, and behind the shims of version managers."""

from pathlib import Path

import pytest

from certmend.observe import scripts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def program(folder: Path, name: str, text: str = "#!/bin/sh\nexit 0\n") -> Path:
    found = folder / name
    found.write_text(text)
    found.chmod(0o755)
    return found


@pytest.mark.parametrize(
    ("first", "python"),
    [
        ("#!/opt/x/bin/python3.12", "/opt/x/bin/python3.12"),
        ("#! /opt/x/bin/python -sE", "/opt/x/bin/python"),
        ("#!/bin/bash\nexec docker run python", ""),
        ("#!/bin/sh\n'''exec' \"/a b/python\" \"$0\" \"$@\"\n' '''", "/a b/python"),
        ("#!/bin/sh\n'''exec' /long/python \"$0\" \"$@\"\n' '''", "/long/python"),
        ("#!/bin/sh\nexit 1", ""),
        ("\x7fELF", ""),
    ],
)
def test_the_python_of_a_script(path, first, python):
    assert scripts.interpreter_of(str(program(path, "tool", first)), {}) == python


def test_the_python_of_a_script_through_env(path):
    own = program(path, "python9")
    script = str(program(path, "tool", "#!/usr/bin/env python9"))
    assert scripts.interpreter_of(script, {"PATH": str(path)}) == str(own)
    split = str(program(path, "other", "#!/usr/bin/env -S python9 -sE"))
    assert scripts.interpreter_of(split, {"PATH": str(path)}) == str(own)
    assert scripts.interpreter_of("/nowhere", {}) == ""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The command that a manager starts."""
    folder = tmp_path / "versions"
    folder.mkdir()
    return program(folder, "poetry", "#!/opt/x/bin/python3.12\n")


WHICH = '#!/bin/sh\n[ "$1 $2" = "which poetry" ] && echo {}\n'


@pytest.mark.parametrize("manager", ["pyenv", "asdf"])
def test_a_shim_is_followed_to_what_it_starts(path, installed, manager):
    which = program(path, manager, WHICH.format(installed))
    shim = program(path, "poetry", f'#!/usr/bin/env bash\nexec "{which}" exec "poetry" "$@"\n')
    assert scripts.interpreter_of(str(shim), {"PATH": "/usr/bin:/bin"}) == "/opt/x/bin/python3.12"


def test_a_link_to_a_manager_is_followed_too(path, installed):
    (path / "poetry").symlink_to(program(path, "mise", WHICH.format(installed)))
    found = scripts.interpreter_of(str(path / "poetry"), {"PATH": "/usr/bin:/bin"})
    assert found == "/opt/x/bin/python3.12"


@pytest.mark.parametrize("does", ["exit 127", "echo /nowhere/poetry", "echo"])
def test_a_shim_of_nothing_installed_has_no_python(path, does):
    which = program(path, "pyenv", f"#!/bin/sh\n{does}\n")
    shim = program(path, "poetry", f'#!/bin/sh\nexec "{which}" exec "poetry" "$@"\n')
    assert scripts.interpreter_of(str(shim), {"PATH": "/usr/bin:/bin"}) == ""
