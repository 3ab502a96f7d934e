"""The only place that starts other programs: never a shell, always with an end."""

import contextlib
import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from subprocess import TimeoutExpired

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

__all__ = ["TimeoutExpired", "converse", "run"]

Expired = subprocess.TimeoutExpired
"""A program did not end in time."""
Process = subprocess.Popen[bytes]
"""A program that runs, and is talked to."""
TooSlow = subprocess.TimeoutExpired
"""Raised by `run` when a program does not end in time."""


def run(
    command: Sequence[str],
    *,
    timeout: float,
    environment: Mapping[str, str] | None = None,
    folder: "Path | None" = None,
    given: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and return what it printed; `given` is its standard input.

    `timeout` is in seconds. Raises `OSError` when the program cannot be started and
    `subprocess.TimeoutExpired` when it does not end in time (it is killed then).
    """
    return subprocess.run(
        list(command),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        input=given,
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


def unheard(
    command: Sequence[str], *, environment: Mapping[str, str], timeout: float
) -> int | None:
    """Run a program without input, output or terminal; its status, or None when time ran out.

    It and all that it left running in its group are ended. Raises `OSError` when it cannot be
    started.
    """
    started = subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        start_new_session=True,
    )
    try:
        return started.wait(timeout)
    except subprocess.TimeoutExpired:
        return None
    finally:
        end(started)


def spread(
    work: Callable[[list[bytes]], list[bytes]], lines: Iterable[bytes], processes: int, size: int
) -> Iterator[bytes]:
    """Do the work on `size` lines at a time in so many processes; the results come in order.

    No more is read than keeps the processes busy. `work` must be found by its module's name.
    """
    from concurrent.futures import Future, ProcessPoolExecutor

    left = iter(lines)
    under_way: deque[Future[list[bytes]]] = deque()
    with ProcessPoolExecutor(processes) as pool:
        while True:
            while len(under_way) <= 2 * processes and (some := list(islice(left, size))):
                under_way.append(pool.submit(work, some))
            if not under_way:
                return
            yield from under_way.popleft().result()


def end_on(name: str, status: int) -> None:
    """At this signal, end with `status` through every `with`: what was begun is cleared away.

    A signal that is ignored already, as under nohup, stays so; Windows has no SIGHUP.
    """

    def leave(*_: object) -> None:
        raise SystemExit(status)

    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
        signal.signal(number, leave)


class Crew:
    """Programs that run side by side, from any thread; all are ended when the context ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[Process] = set()
        self._over = False

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def follow(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        hear: Callable[[str], None],
        timeout: float,
    ) -> int:
        """Run a program to its end, hand over each line that it prints, and return its status.

        After `timeout` seconds it is ended. Raises `OSError` when it cannot be started.
        """
        started = self._start(command, environment)
        clock = threading.Timer(timeout, end, (started,))
        clock.daemon = True
        clock.start()
        try:
            for line in started.stdout or ():
                hear(line.decode("utf-8", "replace").rstrip())
            return started.wait()
        finally:
            clock.cancel()
            with self._lock:
                self._running.discard(started)
            end(started)
            if started.stdout is not None:
                started.stdout.close()

    def end(self) -> None:
        """End all that run; nothing can be started afterwards."""
        with self._lock:
            self._over = True
            running = tuple(self._running)
        for started in running:
            end(started)

    def _start(self, command: Sequence[str], environment: Mapping[str, str]) -> Process:
        with self._lock:
            if self._over:
                raise InterruptedError("ended before it began")
            started = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                start_new_session=True,
            )
            self._running.add(started)
            return started
