"""Running a person's command on this terminal, to its own end."""

import contextlib
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from certmend.errors import CertmendError

_GLANCE = 0.5
"""Seconds until a wait looks up. A signal that comes just before a system call that waits without
end does not interrupt it (signal(7)): the handler, which Python runs later, would never run."""
_PATIENCE = 3.0
"""Seconds between asking a program to end and ending it: shells ignore the asking."""


class MissingCommandError(CertmendError):
    """The command does not exist; the status is the shell's for that."""

    exit_status = 127


class BrokenCommandError(CertmendError):
    """The command exists and cannot be run; the status is the shell's for that."""

    exit_status = 126


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a program with this terminal; its exit status, or 128 + the signal that ended it.

    Ctrl-C reaches it too, and it decides. Raises `MissingCommandError` and `BrokenCommandError`.
    """
    started = None
    try:
        with signals_held():
            started = start(command, environment)
        status = _wait(started)
    finally:
        if started is not None and started.poll() is None:
            end(started)
    return status if status >= 0 else 128 - status


def start(
    command: Sequence[str], environment: Mapping[str, str], **options: Any
) -> "subprocess.Popen[bytes]":
    """Start a person's command; `options` are those of `subprocess.Popen`.

    Raises `MissingCommandError` and `BrokenCommandError`.
    """
    try:
        return subprocess.Popen(list(command), env=dict(environment), **options)
    except FileNotFoundError:
        raise MissingCommandError(
            f"there is no command {command[0]!r}", "check its name, and the PATH"
        ) from None
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise BrokenCommandError(f"cannot run {command[0]!r}: {words}", "name a program") from None


@contextlib.contextmanager
def signals_held() -> Iterator[None]:
    """Let the signals that have a handler wait: in the middle of a start they lose the program."""
    came: list[int] = []
    before = {}
    for number in signal.valid_signals():
        handler = signal.getsignal(number)
        if callable(handler):
            before[number] = handler
            signal.signal(number, lambda received, _: came.append(received))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for received in came:
        signal.raise_signal(received)


def _wait(started: "subprocess.Popen[bytes]") -> int:
    while True:
        with contextlib.suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
            return started.wait(_GLANCE)


def end(started: "subprocess.Popen[bytes]") -> None:
    """Ask a program to end, and end it when it does not."""
    started.terminate()
    try:
        started.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()
