"""Running a person's command as if certmend were not there, and keeping what it prints.

Where its output is a terminal, the command gets a terminal of its own, of the same kind and size:
colours and progress bars stay. What it prints is passed on byte for byte; a stream that is a file
or a pipe stays one of its own. Signals go on to the command, and its end is certmend's; Ctrl-Z
stops both (`jobs`).
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FrameType
from typing import Any, BinaryIO

from certmend import attended, jobs

_GLANCE = 0.1
"""Seconds until a wait looks whether the command has ended: its children may hold its streams."""
_PIECE = 1 << 16
_PASSED_ON = ("SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGCONT")
_OF_A_TERMINAL = ("SIGINT", "SIGQUIT")


def run(command: Sequence[str], environment: Mapping[str, str], keep: BinaryIO) -> int:
    """Run a program; its exit status, or 128 + the signal that ended it.

    `keep` gets all that it prints. Raises `MissingCommandError` and `BrokenCommandError`.
    """
    started = None
    with contextlib.ExitStack() as stack:
        streams = _Streams(stack)
        try:
            with attended.signals_held():
                started = attended.start(command, environment, **streams.options())
            streams.begun(started)
            with _passed_on(started, streams):
                _copy(started, streams, keep)
            status = started.wait()
        finally:
            if started is not None and started.poll() is None:
                attended.end(started)
    return status if status >= 0 else 128 - status


class _Streams:
    """Where the command's output comes from, and where it goes."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._stack = stack
        self.routes: dict[int, int] = {}
        """From a descriptor that is read to the one that is written."""
        self.terminal: int | None = None
        """The other end of the command's terminal."""
        self.job: jobs.Job | None = None
        """The command and the real terminal, where it has one of its own."""
        self._inner: int | None = None
        on_terminal = [number for number in (1, 2) if os.isatty(number)]
        if on_terminal and sys.platform != "win32":
            self._open_terminal(on_terminal[0])
        self._piped = [n for n in (1, 2) if n not in on_terminal or self.terminal is None]

    def _open_terminal(self, like: int) -> None:
        import pty
        import termios

        self.terminal, self._inner = pty.openpty()
        self._stack.callback(os.close, self.terminal)
        termios.tcsetattr(self._inner, termios.TCSANOW, termios.tcgetattr(like))
        self.routes[self.terminal] = like
        self.copy_size()

    @property
    def reads_keys(self) -> bool:
        """Whether what is typed now goes to the command's own terminal."""
        return self.job is not None and os.isatty(0) and self.job.in_front()

    def options(self) -> dict[str, Any]:
        """What `subprocess.Popen` needs to start the command with these streams."""
        chosen: dict[str, Any] = {
            "stdout" if number == 1 else "stderr": subprocess.PIPE for number in self._piped
        }
        inner = self._inner
        if inner is None:
            return chosen
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            if name not in chosen and os.isatty(number):
                chosen[name] = inner
        return chosen | {"start_new_session": True, "preexec_fn": lambda: _own_terminal(inner)}

    def begun(self, started: "subprocess.Popen[bytes]") -> None:
        """The command runs: its ends of the streams are its own, and keys go to it as typed."""
        for number, pipe in ((1, started.stdout), (2, started.stderr)):
            if pipe is not None:
                self._stack.callback(pipe.close)
                self.routes[pipe.fileno()] = number
        if self._inner is not None and self.terminal is not None:
            os.close(self._inner)
            device = 0 if os.isatty(0) else self.routes[self.terminal]
            self.job = jobs.Job(started, self.terminal, device)
            self._stack.callback(self.job.give_back)

    def settle(self) -> None:
        """Take the real terminal, at the beginning and whenever a shell hands it back."""
        if self.job is not None and self.job.take():
            self.copy_size()

    def type(self, keys: bytes) -> None:
        """Pass on what was typed, and stop where that was asked for."""
        at = self.job.asked_to_stop(keys) if self.job is not None else -1
        if at >= 0 and self.job is not None:
            _write(self.terminal or 0, keys[:at])
            self.job.suspend()
        _write(self.terminal or 0, keys[at + 1 :])

    def copy_size(self) -> None:
        """Give the command's terminal the size of the real one."""
        if self.terminal is None:
            return
        import fcntl
        import termios

        size = fcntl.ioctl(self.routes[self.terminal], termios.TIOCGWINSZ, b"\0" * 8)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)


def _own_terminal(inner: int) -> None:
    """In the started process: make the terminal the controlling one of its session."""
    import fcntl
    import termios

    fcntl.ioctl(inner, termios.TIOCSCTTY, 0)


@contextlib.contextmanager
def _passed_on(started: "subprocess.Popen[bytes]", streams: _Streams) -> Iterator[None]:
    """Send the signals that reach certmend to the command.

    Ctrl-C of a terminal that the command shares reaches it without help.
    """
    before = {}
    names = [*_PASSED_ON, *_OF_A_TERMINAL]
    shared = streams.terminal is None and sys.stdin.isatty()
    for name in names:
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        goes_on = not (shared and name in _OF_A_TERMINAL)
        before[number] = signal.signal(number, _sender(started) if goes_on else _nothing)
    if streams.job is not None:
        job = streams.job
        before[signal.SIGWINCH] = signal.signal(signal.SIGWINCH, lambda *_: streams.copy_size())
        before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, lambda *_: job.suspend())
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sender(started: "subprocess.Popen[bytes]") -> Callable[[int, FrameType | None], None]:
    def send(number: int, _: FrameType | None) -> None:
        started.send_signal(number)

    return send


def _nothing(*_: object) -> None:
    """Ctrl-C: the command has heard it too, and decides."""


def _copy(started: "subprocess.Popen[bytes]", streams: _Streams, keep: BinaryIO) -> None:
    """Pass on what is printed, and what is typed, until the command has ended."""
    with selectors.DefaultSelector() as waiting:
        for source in streams.routes:
            waiting.register(source, selectors.EVENT_READ)
        typing = True
        while any(source in waiting.get_map() for source in streams.routes):
            streams.settle()
            _listen(waiting, 0, typing and streams.reads_keys)
            ready = waiting.select(_GLANCE)
            if not ready and started.poll() is not None:
                return
            for key, _ in ready:
                source = int(key.fd)
                piece = _read(source)
                alive = bool(piece)
                if source == 0:
                    typing = alive
                    streams.type(piece)
                elif alive:
                    keep.write(piece)
                    alive = _write(streams.routes[source], piece)
                if not alive:
                    waiting.unregister(source)


def _listen(waiting: selectors.BaseSelector, source: int, wanted: bool) -> None:
    """Wait for what is typed only while it is typed for us: in the background reading stops us."""
    if wanted and source not in waiting.get_map():
        waiting.register(source, selectors.EVENT_READ)
    elif not wanted and source in waiting.get_map():
        waiting.unregister(source)


def _read(source: int) -> bytes:
    try:
        return os.read(source, _PIECE)
    except OSError:  # EIO: the last process let go of the terminal (Linux)
        return b""


def _write(target: int, piece: bytes) -> bool:
    """Write all of it; False when nobody reads any more."""
    while piece:
        try:
            piece = piece[os.write(target, piece) :]
        except BlockingIOError:
            continue
        except OSError:
            return False
    return True
