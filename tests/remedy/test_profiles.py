"""Which files make a variable hold in new shells, and where in them certmend's block stands."""

import pytest
from builders import facts

from certmend.model.plan import Remedy, Safety, SetVariable
from certmend.remedy import keeper, lasting, profiles
from certmend.remedy.edits import block
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.keeper import Keeper

VALUES = {"SSL_CERT_FILE": "/b.pem"}
LINE = "export SSL_CERT_FILE=/b.pem"


@pytest.fixture
def ground(tmp_path):
    def made(**changes):
        environment = {"HOME": str(tmp_path), **changes.pop("environment", {})}
        given = {"facts": facts(), "needs": (), "environment": environment, "roots": ()}
        given |= {"platform": "linux", "is_root": False, "read_bundle": lambda _: ()}
        return Ground(**{**given, **changes})

    return made


def kept(shell: str) -> Keeper:
    made = keeper.of_shell(f"/usr/bin/{shell}")
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("shell", "there", "environment", "expected"),
    [
        ("bash", {}, {}, [".profile", ".bashrc"]),
        ("bash", {".bash_login": ""}, {}, [".bash_login", ".bashrc"]),
        ("bash", {".bash_login": "", ".bash_profile": ""}, {}, [".bash_profile", ".bashrc"]),
        ("zsh", {}, {}, [".zshenv"]),
        ("zsh", {}, {"ZDOTDIR": "{home}/z"}, ["z/.zshenv"]),
        ("zsh", {".zshenv": "ZDOTDIR=~/z\n"}, {"ZDOTDIR": "{home}/z"}, [".zshenv"]),
        ("zsh", {".zprofile": "export SSL_CERT_FILE=1\n"}, {}, [".zshenv", ".zprofile"]),
        ("zsh", {".zshrc": "# SSL_CERT_FILE=1\nls $SSL_CERT_FILE\n"}, {}, [".zshenv"]),
        ("fish", {}, {"XDG_CONFIG_HOME": "{home}/x"}, ["x/fish/conf.d/certmend.fish"]),
        ("ksh", {}, {}, [".profile"]),
        ("mksh", {}, {}, [".profile"]),
    ],
)
def test_the_files_of_a_shell(shell, there, environment, expected, ground, tmp_path):
    for name, text in there.items():
        (tmp_path / name).write_text(text)
    set_here = {name: value.format(home=tmp_path) for name, value in environment.items()}
    found = profiles.places(kept(shell), VALUES, ground(environment=set_here))
    assert list(found) == [str(tmp_path / one) for one in expected]


@pytest.mark.parametrize("shell", ["tcsh", "nu", "pwsh", "nologin", "false", ""])
def test_a_shell_whose_files_are_not_known_keeps_nothing(shell):
    assert keeper.of_shell(f"/usr/bin/{shell}") is None


def bashrc(ground, tmp_path, text: str) -> str:
    (tmp_path / ".bashrc").write_bytes(text.encode())
    edits = profiles.edits(kept("bash"), VALUES, ground())
    return next(one.after for one in edits if one.path.endswith(".bashrc")).decode()


@pytest.mark.parametrize(
    "stop",
    [
        '[ -z "$PS1" ] && return\n',
        "case $- in\n  *i*) ;;\n  *) return;;\nesac\n",
        "if true; then exec fish; fi\n",
    ],
)
def test_what_may_be_left_early_has_the_block_in_front(stop, ground, tmp_path):
    made = bashrc(ground, tmp_path, stop)
    assert made.startswith(block.BEGIN.decode())
    assert made.endswith(stop)
    assert bashrc(ground, tmp_path, f"#!/bin/bash\n{stop}").startswith("#!/bin/bash\n# >>>")


@pytest.mark.parametrize(
    "text",
    [
        "umask 022\n",
        "# return\necho returned\n",
        'export SSL_CERT_FILE=/old\n[ -z "$PS1" ] && return\n',
        "umask 022",
        "a=1\r\n",
        "",
    ],
)
def test_elsewhere_it_stands_at_the_end_in_lines_of_a_shell(text, ground, tmp_path):
    made = bashrc(ground, tmp_path, text)
    assert made.startswith(text)
    assert made.endswith(f"{LINE}\n{block.END.decode()}\n")
    assert "\r" not in made.removeprefix(text)


def test_a_block_that_is_there_is_joined_and_nothing_is_said_twice(ground, tmp_path):
    text = f"a=1\n{block.BEGIN.decode()}\n# git\nexport GIT_SSL_CAINFO=/x\nexport SSL_CERT_FILE=/old\n{block.END.decode()}\nb=2\n"
    made = bashrc(ground, tmp_path, text)
    assert made == text.replace("SSL_CERT_FILE=/old", "SSL_CERT_FILE=/b.pem")
    assert bashrc(ground, tmp_path, made) == made


def test_what_else_sets_the_variable_is_named(ground, tmp_path):
    (tmp_path / ".profile").write_text("umask 022\nexport A=1 SSL_CERT_FILE=/old\n")
    first, second = profiles.edits(kept("bash"), VALUES, ground())
    assert first.what.endswith(f"after {tmp_path}/.profile:2")
    assert "after" not in second.what


def test_a_value_of_two_lines_and_a_folder_that_is_not_ours_are_left(ground, monkeypatch):
    assert profiles.edits(kept("bash"), {"A": "a\nb"}, ground()) == ()
    monkeypatch.setattr("os.access", lambda *_: False)
    assert profiles.edits(kept("bash"), VALUES, ground()) == ()


def test_githubs_file_gets_a_line_once(ground, tmp_path):
    file = tmp_path / "env"
    file.write_text("A=1\nSSL_CERT_FILE=/b.pem\nSSL_CERT_FILE=/c.pem")
    github = Keeper(kind="github", file=str(file))
    (step,) = profiles.edits(github, VALUES, ground())
    assert step.after == file.read_bytes() + b"\nSSL_CERT_FILE=/b.pem\n"
    file.write_bytes(step.after)
    (step,) = profiles.edits(github, VALUES, ground())
    assert step.after == step.before


def test_the_command_for_this_shell_is_one_of_its_words():
    home = "/home/me"
    assert profiles.again(kept("bash"), (f"{home}/.profile", f"{home}/.bashrc"), home) == (
        ". ~/.bashrc"
    )
    assert profiles.again(kept("zsh"), ("/x y/.zshenv", "/x y/.zshrc"), home) == (
        ". '/x y/.zshenv'"
    )
    assert profiles.again(kept("fish"), ("/it's/c.fish",), home) == "source '/it\\'s/c.fish'"


def remedy(*steps) -> Remedy:
    return Remedy(title="x trusts y", codes=("c",), client="x", safety=Safety.REVIEW, steps=steps)


def test_what_switches_verification_off_goes_into_no_profile(ground):
    unsafe = SetVariable(name="UV_INSECURE_HOST", value="h", what="", lasts=False)
    made = lasting.kept((remedy(unsafe),), ground(keeper=kept("bash")))
    assert [one.title for one in made] == ["x trusts y"]
    assert made[0].safety is Safety.REVIEW


@pytest.mark.parametrize(
    ("scope", "number"), [(None, 2), (Scope.USER, 2), (Scope.VENV, 1), (Scope.SYSTEM, 1)]
)
def test_a_profile_is_of_the_persons_own_scope(scope, number, ground):
    step = SetVariable(name="SSL_CERT_FILE", value="/b.pem", what="")
    made = lasting.kept((remedy(step),), ground(keeper=kept("bash"), scope=scope))
    assert len(made) == number


@pytest.mark.parametrize(
    ("platform", "shell", "command"),
    [
        ("win32", "", 'setx SSL_CERT_FILE "/b.pem"'),
        ("linux", "/usr/bin/pwsh", "$env:SSL_CERT_FILE = '/b.pem'"),
        ("linux", "/usr/bin/fish", "set -gx SSL_CERT_FILE '/b.pem'"),
        ("linux", "/usr/bin/nu", LINE),
    ],
)
def test_what_is_told_is_in_the_words_of_the_shell(platform, shell, command, ground):
    step = SetVariable(name="SSL_CERT_FILE", value="/b.pem", what="")
    made = lasting.kept((remedy(step),), ground(platform=platform, environment={"SHELL": shell}))
    (told,) = made[0].steps
    assert told.command == command
