"""Suspending a command that has a terminal of its own, as a shell suspends a job.

The command leads a session in which no shell watches it, and the kernel drops SIGTSTP for such a
process group (POSIX.1-2017, 3.264 and 11.1.4: orphaned process groups). So certmend looks for the
suspend character itself: it stops the command, gives the real terminal back and stops, and puts
all of it in order again when the shell lets it go on.
"""

import contextlib
import os
import signal
import subprocess
import time
from typing import Any

_MOMENT = 0.05
"""Seconds that a command has to tidy up when it is asked to stop, before it is stopped."""


class Job:
    """A command on its own terminal, and the real one that certmend was started on."""

    def __init__(self, started: "subprocess.Popen[bytes]", terminal: int, device: int) -> None:
        import termios

        self._started = started
        self._terminal = terminal
        """The other end of the command's terminal."""
        self._device = device
        self._before: list[Any] = termios.tcgetattr(device)
        self._raw = False

    def in_front(self) -> bool:
        """Whether the real terminal is certmend's to read from, and not another job's."""
        try:
            return os.tcgetpgrp(self._device) == os.getpgrp()
        except OSError:
            # It is not the controlling terminal: no shell hands it to one job or another.
            return True

    def take(self) -> bool:
        """Pass on what is typed as it is, unless another job is in front; whether it could begin.

        The command's own terminal interprets the keys.
        """
        import termios
        import tty

        if self._raw or not self.in_front():
            return False
        # Draining alone: what was typed ahead is the command's, as it would be without certmend.
        tty.setraw(self._device, termios.TCSADRAIN)
        self._raw = True
        return True

    def give_back(self) -> None:
        """Leave the real terminal as it was found."""
        import termios

        if self._raw:
            termios.tcsetattr(self._device, termios.TCSADRAIN, self._before)
            self._raw = False

    def asked_to_stop(self, keys: bytes) -> int:
        """Where in what was typed the suspend character stands, or -1.

        -1 too where the command reads keys raw, or has jobs of its own: a shell stops those.
        """
        import termios

        try:
            *_, local, _, _, characters = termios.tcgetattr(self._terminal)
            alone = os.tcgetpgrp(self._terminal) == self._started.pid
        except (OSError, termios.error):
            return -1
        if not (alone and local & termios.ISIG):
            return -1
        return keys.find(characters[termios.VSUSP])

    def suspend(self) -> None:
        """Stop the command and then certmend; return when both go on."""
        self._tell(signal.SIGTSTP)
        time.sleep(_MOMENT)
        self._tell(signal.SIGSTOP)
        self.give_back()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        # All of certmend's own group, as the terminal would: what it is piped into stops too.
        os.kill(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        self._tell(signal.SIGCONT)

    def _tell(self, number: int) -> None:
        with contextlib.suppress(OSError):
            os.killpg(self._started.pid, number)
