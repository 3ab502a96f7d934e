import os
import sys

import pytest

from certmend import attended


@pytest.mark.parametrize("status", [0, 1, 42])
def test_the_programs_status_is_returned(status):
    code = f"raise SystemExit({status})"
    assert attended.run([sys.executable, "-c", code], os.environ) == status


def test_a_signal_is_told_as_shells_do():
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert attended.run([sys.executable, "-c", code], os.environ) == 128 + 9


def test_the_environment_is_the_given_one_alone(capfd):
    attended.run([sys.executable, "-c", "import os; print(os.environ.get('X'))"], {"X": "1"})
    assert capfd.readouterr().out == "1\n"


def test_a_program_that_cannot_be_run(tmp_path):
    with pytest.raises(attended.MissingCommandError) as caught:
        attended.run(["no-such-program"], {"PATH": "/usr/bin"})
    assert caught.value.exit_status == 127
    with pytest.raises(attended.BrokenCommandError) as broken:
        attended.run([str(tmp_path)], {"PATH": "/usr/bin"})
    assert broken.value.exit_status == 126
