"""Pythons that are wrapped, talkative or none: the answer is found, or there is a clear error."""

import sys
import time

import pytest

from certmend.errors import UsageError
from certmend.observe import interpreter

TALKERS = {
    "a beginning without an end of line": "printf 'hello '",
    "lines that look like answers": "echo '[]'; echo '{\"id\": []}'; echo 7",
    "much on stderr": "head -c 300000 /dev/zero >&2",
    "a child that keeps the pipes": "sleep 30 &",
}
MUTE = {"sleeps": "sleep 30", "says the same for ever": "yes", "ends": "exit 3"}


@pytest.fixture
def script(tmp_path):
    def write(body):
        file = tmp_path / "python"
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)
        return str(file)

    return write


def about(python, environment):
    with interpreter.Conversation(python, environment) as conversation:
        return conversation.about(conversation.start([], [], 1.0))


@pytest.mark.parametrize("name", TALKERS)
def test_what_a_wrapper_says_does_not_hide_the_answer(name, script, clean):
    begun = time.monotonic()
    said = about(script(f'{TALKERS[name]}\nexec {sys.executable} "$@"'), clean)
    assert said["python"]["path"]
    assert time.monotonic() - begun < 25


@pytest.mark.parametrize("name", MUTE)
def test_a_program_that_is_no_python_is_ended_in_time(name, script, clean, monkeypatch):
    monkeypatch.setattr(interpreter, "_START_SECONDS", 1.0)
    begun = time.monotonic()
    with pytest.raises(UsageError, match="did not answer as a Python would"):
        about(script(MUTE[name]), clean)
    assert time.monotonic() - begun < 25


def test_modules_in_the_current_folder_are_not_run(clean, tmp_path, monkeypatch):
    for name in ("json", "platform", "pip"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run from the current folder')")
    monkeypatch.chdir(tmp_path)
    assert about(sys.executable, clean)["pip"]["problem"] is None
