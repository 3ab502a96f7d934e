"""The only place that starts other programs: never a shell, always with an end."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import TimeoutExpired

__all__ = ["TimeoutExpired", "converse", "run"]

Process = subprocess.Popen[bytes]
"""A program that runs, and is talked to."""


def run(
    command: Sequence[str],
    *,
    timeout: float,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and return what it printed.

    `timeout` is in seconds. Raises `OSError` when the program cannot be started and
    `subprocess.TimeoutExpired` when it does not end in time (it is killed then).
    """
    return subprocess.run(
        list(command),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=timeout,
        env=None if environment is None else dict(environment),
        cwd=folder,
        check=False,
    )


def converse(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Process:
    """Start a program to talk to over its standard input and output; its stderr is kept.

    It leads a group of its own, which `end` ends whole. Raises `OSError` when it cannot be started.
    """
    return subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=None if environment is None else dict(environment),
        start_new_session=True,
    )


def end(started: Process) -> None:
    """End a program of `converse` and all that it started, whatever it is doing.

    Its output is not read to the end: a grandchild may hold it open.
    """
    with contextlib.suppress(OSError):
        os.killpg(started.pid, signal.SIGKILL)
    started.kill()
    started.wait()
    if started.stdin is not None:
        with contextlib.suppress(OSError):
            started.stdin.close()
