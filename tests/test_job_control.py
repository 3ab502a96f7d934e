"""Ctrl-Z under `certmend run`, below a real shell on a real terminal."""

import os
import re
import select
import shutil
import signal
import sys
import time

import pytest

BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or BASH is None, reason="needs bash and a pseudo-terminal"
)

TICKS = """
import sys, time
for number in range(600):
    print("tick", number, sys.stdin.isatty(), flush=True)
    time.sleep(0.05)
"""


class Shell:
    """An interactive shell on a terminal of 90 columns."""

    def __init__(self, folder):
        import fcntl
        import pty
        import struct
        import termios

        (folder / "ticks.py").write_text(TICKS)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            environment = {"PATH": os.environ["PATH"], "PS1": "ready> ", "TERM": "dumb"}
            os.execve(BASH, [BASH, "--norc", "--noprofile", "-i"], environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 90, 0, 0))
        self.shown = ""
        self.until("ready> ")

    def type(self, text):
        os.write(self.terminal, text.encode())

    def until(self, words, seconds=30):
        """Read until a pattern is shown; what was shown since the last time."""
        end = time.monotonic() + seconds
        while not re.search(words, self.shown, re.DOTALL):
            assert time.monotonic() < end, self.shown
            self._read(0.1)
        shown, self.shown = self.shown, ""
        return shown

    def in_certmends_hands(self, seconds=30):
        """Wait until certmend reads the keys: until then the shell may be the one to get them."""
        import termios

        end = time.monotonic() + seconds
        while termios.tcgetattr(self.terminal)[3] & termios.ECHO:
            assert time.monotonic() < end, self.shown
            self._read(0.05)

    def quiet(self, seconds):
        """What is shown in a time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._read(0.05)
        shown, self.shown = self.shown, ""
        return shown

    def still(self, seconds=30):
        """Wait until nothing is shown for a while."""
        end = time.monotonic() + seconds
        while shown := self.quiet(0.5):
            assert time.monotonic() < end, shown

    def _read(self, seconds):
        if select.select([self.terminal], [], [], seconds)[0]:
            self.shown += os.read(self.terminal, 65536).decode("utf-8", "replace")

    def close(self):
        os.close(self.terminal)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


@pytest.fixture
def shell(tmp_path):
    opened = Shell(tmp_path)
    yield opened
    opened.close()


RUN = f"{sys.executable} -m certmend run -- {sys.executable} ticks.py\n"


def test_ctrl_z_stops_and_fg_goes_on(shell):
    shell.type(RUN)
    shell.until("tick 3 True")
    shell.type("\x1a")
    shell.until(r"Stopped[^\n]*certmend run.*ready> ")
    assert "tick" not in shell.quiet(0.5)
    shell.type("stty -a\n")
    assert " icanon" in shell.until("ready> ")
    shell.type("fg\n")
    went_on = shell.until(r"tick \d+ True.*tick \d+")
    numbers = [int(one) for one in re.findall(r"tick (\d+)", went_on)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    shell.type("\x03")
    shell.until("ready> ")
    shell.type("echo status=$?; stty -a\n")
    ended = shell.until(r"status=\d+.*ready> ")
    assert "status=130" in ended
    assert " icanon" in ended


def test_in_the_background_it_goes_on_without_the_keys(shell):
    shell.type(RUN)
    shell.until("tick 2")
    shell.type("\x1a")
    shell.until(r"Stopped.*ready> ")
    shell.type("bg\n")
    shell.until("tick")
    shell.type("echo typed-$((40+2))\n")
    assert "typed-42" in shell.until("typed-42")
    shell.type("fg\n")
    shell.until(r"certmend run.*tick")
    shell.in_certmends_hands()
    shell.type("\x1a")
    shell.until(r"Stopped.*ready> ")
    shell.type("kill -9 %1; fg\n")
    shell.until("ready> ")


def test_a_signal_from_elsewhere_stops_it_too(shell):
    shell.type(RUN)
    shell.until("tick 2")
    shell.type("\x1a")
    shell.until(r"Stopped.*ready> ")
    shell.type("bg\n")
    shell.until("tick")
    shell.type("kill -TSTP %1\n")
    shell.still()
    shell.type("kill -CONT %1\n")
    shell.until("tick")
    shell.type("kill -9 %1\n")


def test_a_shell_inside_stops_its_own_jobs(shell):
    shell.type(f"{sys.executable} -m certmend run -- {BASH} --norc --noprofile -i\n")
    shell.until(r"bash-\d|ready> ")
    shell.type("PS1='inner> '\n")
    shell.until("inner> $")
    shell.type(f"{sys.executable} ticks.py\n")
    shell.until("tick 2")
    shell.type("\x1a")
    shell.until(r"Stopped[^\n]*ticks.py.*inner> ")
    shell.type("kill -9 %1; exec sh -c 'exit 7'\n")
    shell.until("ready> $")
    shell.type("echo status=$?\n")
    assert "status=7" in shell.until(r"status=\d")


def test_what_is_typed_ahead_reaches_the_command(shell):
    reads = f"{sys.executable} -c 'import time; time.sleep(1); print(input().upper())'"
    shell.type(f"{sys.executable} -m certmend run -- {reads}\ntyped ahead\n")
    shell.until("TYPED AHEAD")
