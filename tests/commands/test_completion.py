"""Shell completion, in the shells themselves: TAB is pressed on a terminal."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from certmend import suggestions
from certmend.judge import engine
from certmend.judge.linting import engine as linter
from certmend.lab.scenario import scenarios
from certmend.model.plugin import Client
from certmend.registry import load

START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(certmend completion bash)"),
    "zsh": (
        ["zsh", "-f", "-i"],
        "autoload -Uz compinit && compinit -u -D && source <(certmend completion zsh)",
    ),
    "fish": (["fish", "--no-config", "-i"], "certmend completion fish | source"),
}
TYPED = [
    ("certmend diagn", "certmend diagnose"),
    ("certmend bundle rot", "certmend bundle rotate"),
    ("certmend lint --form", "certmend lint --format"),
    ("certmend lint --format sar", "--format sarif"),
    ("certmend lint --format=sar", "--format=sarif"),
    ("certmend lint --fail-on=never --format=sar", "--fail-on=never --format=sarif"),
    ("certmend lint --select verify-d", "--select verify-disabled"),
    ("certmend lint --explain verify-d", "--explain verify-disabled"),
    ("certmend explain untrusted-r", "explain untrusted-root"),
    ("certmend explain buil", "explain build.log"),
    ("certmend lab up not-y", "lab up not-yet-valid"),
    ("certmend diagnose --client poe", "--client poetry"),
    ("certmend env --shell bash --client twi", "--client twine"),
    ("certmend bundle show corp-c", "show corp-ca.pem"),
    ("certmend fix --ca corp-c", "--ca corp-ca.pem"),
]
OWN_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execvp(sys.argv[1], sys.argv[1:])"
)
"""fish does not start on a terminal that is not its own."""
HEAVY = ("cryptography", "rich", "OpenSSL", "urllib3", "msgspec", "yaml", "ssl")


class Session:
    """A shell on a terminal of its own."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        self._shell = subprocess.Popen(
            [sys.executable, "-c", OWN_TERMINAL, *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            cwd=folder,
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def wait_for(self, wanted: str, seconds: float = 60) -> str:
        """What is shown until `wanted` is there, or until the time is over."""
        said, end = "", time.monotonic() + seconds
        while wanted not in said and time.monotonic() < end:
            if select.select([self._ours], [], [], 0.2)[0]:
                said += os.read(self._ours, 4096).decode("utf-8", "replace")
        return said

    def close(self) -> None:
        self._shell.kill()
        self._shell.wait(60)
        os.close(self._ours)


@pytest.fixture(params=START)
def shell(request, clean, certmend_command, tmp_path):
    command, ready = START[request.param]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    for name in ("build.log", "corp-ca.pem"):
        (tmp_path / name).write_text("")
    path = f"{Path(certmend_command).parent}{os.pathsep}{clean['PATH']}"
    wide = {**clean, "PATH": path, "TERM": "dumb", "COLUMNS": "200", "PS1": "$ "}
    session = Session(command, wide, tmp_path)
    session.type(f"{ready}; echo rea''dy\n")
    assert "ready" in session.wait_for("ready\r\n")
    yield session
    session.close()


def test_tab_completes_every_kind_of_word(shell):
    for typed, wanted in TYPED:
        shell.type(f"{typed}\t")
        said = shell.wait_for(wanted)
        shell.type("\x15")
        assert wanted in said, (typed, said)


def asked(line: str, *, shell: str = "bash") -> set[str]:
    """The words offered at the end of a line."""
    words = line.split(" ")
    environment = {
        "PATH": os.environ["PATH"],
        suggestions.VARIABLE: f"{shell}_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    certmend = str(Path(sys.executable).parent / "certmend")
    done = subprocess.run([certmend], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    offered = (one.partition(",") for one in done.stdout.splitlines())
    return {value for kind, _, value in offered if kind == "plain"}


def test_every_name_that_exists_is_offered_and_no_other():
    assert asked("certmend explain ") == {one.code for one in engine.causes()}
    assert asked("certmend lint --ignore ") == {one.slug for one in linter.pages()}
    assert asked("certmend lab up ") == {one.name for one in scenarios()}
    clients = {one.name for one in load("certmend.observe.clients", Client)}
    for line in ("certmend check --clients ", "certmend config --client "):
        assert asked(line) == {*clients, "all"}


def test_after_a_comma_the_next_one_is_offered():
    assert asked("certmend lint --select trusted-host,verify-d") == {"trusted-host,verify-disabled"}


def test_commands_are_offered_with_what_they_are_for(run):
    offered = run(
        **{suggestions.VARIABLE: "zsh_complete"}, COMP_WORDS="certmend ", COMP_CWORD="1"
    ).stdout.splitlines()
    told = dict(zip(offered[1::3], offered[2::3], strict=True))
    assert told["diagnose"].startswith("which cause it is")
    assert all(text not in ("", "_") for text in told.values())


def test_nothing_heavy_is_loaded():
    """Measured on the slowest: the scenarios' names come from source, the rules' from files."""
    for line in ("certmend ", "certmend lab up ", "certmend lint --select ", "certmend explain "):
        code = (
            "import sys; from certmend.cli import run\n"
            "try: run([])\n"
            "except SystemExit: pass\n"
            f"loaded = [n for n in {HEAVY} if n in sys.modules]; assert not loaded, loaded"
        )
        environment = {
            "PATH": os.environ["PATH"],
            suggestions.VARIABLE: "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_a_word_that_nothing_begins_with_is_left_alone(run):
    for line in ("certmend nosuch ", "certmend lint --nosuch x", "certmend explain 'unfinished"):
        said = run(
            **{suggestions.VARIABLE: "bash_complete"},
            COMP_WORDS=line,
            COMP_CWORD=str(len(line.split(" ")) - 1),
        )
        assert said.stderr == ""


def test_another_shell_is_wrong_use(run):
    assert run("completion", "tcsh").returncode == 2
