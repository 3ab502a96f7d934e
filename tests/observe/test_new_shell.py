"""A new shell hands on what its profile sets; one that goes elsewhere hands on nothing."""

import shutil

import pytest

from certmend.observe import new_shell


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("export A='x y'\n", "x y"),
        ("read answer; export A=1\n", "1"),
        ("sleep 60 & export A=1\n", "1"),
        ("echo noise; echo more >&2; A=1\n", None),
        ("export A=\"$(printf 'two\\nlines')\"\n", "two\nlines"),
    ],
    ids=["plain", "asks", "leaves a program", "not exported", "two lines"],
)
@pytest.mark.timeout(60)
def test_what_the_profile_exports_is_seen(text, seen, home):
    (home / ".profile").write_text(text)
    found = new_shell.environment("/bin/bash", "-l", {"HOME": str(home), "PATH": "/usr/bin:/bin"})
    assert found is not None
    assert found.get("A") == seen
    assert not any(name.startswith("CERTMEND_") for name in found)


def test_what_runs_something_else_hands_on_nothing(home):
    (home / ".profile").write_text("exec /bin/true\n")
    given = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    assert new_shell.environment("/bin/bash", "-l", given) is None
    assert new_shell.environment("/nowhere/bash", "-l", given) is None


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "dash"])
def test_every_shell_takes_the_same_words(shell, home):
    program = shutil.which(shell) or pytest.skip(f"{shell} is not installed")
    given = {"HOME": str(home), "PATH": "/usr/bin:/bin", "B": "it's"}
    found = new_shell.environment(program, "-l", given)
    assert found is not None
    assert found["B"] == "it's"
