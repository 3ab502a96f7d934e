"""A program that is started before anything is imported, and read when its output is needed.

`subprocess` and what it imports take as long as git takes to list a small project.
"""

import os
from collections.abc import Callable, Sequence

_PIPE = 1 << 20
"""Bytes; as large as Linux makes a pipe for anyone (`/proc/sys/fs/pipe-max-size`)."""


class Started:
    """A program that runs. On Linux it is not held up while nobody reads, up to a mebibyte."""

    def __init__(self, printed: Callable[[float], bytes | None], end: Callable[[], None]) -> None:
        self.printed = printed
        """What it printed, at its end; None where it failed, or did not end in so many seconds."""
        self.end = end
        """End it, whatever it is doing."""


def start(command: Sequence[str]) -> Started:
    """Start a program without input; what it says on standard error is nobody's.

    Raises `OSError` when it cannot be started, and `ValueError` for a word that none can be given.
    """
    if not hasattr(os, "posix_spawnp"):
        return _of_subprocess(command)
    reading, writing = os.pipe()
    _enlarge(reading)
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writing, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    try:
        identity = os.posix_spawnp(command[0], list(command), os.environ, file_actions=files)
    except BaseException:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    spawned = _Spawned(identity, reading)
    return Started(spawned.printed, spawned.end)


def _enlarge(pipe: int) -> None:
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
        except OSError:  # as it is, then: this user has many
            return


class _Spawned:
    def __init__(self, identity: int, output: int) -> None:
        self._identity = identity
        self._output = output

    def printed(self, seconds: float) -> bytes | None:
        import select
        import time

        pieces: list[bytes] = []
        ends = time.monotonic() + seconds
        while select.select([self._output], [], [], max(0.0, ends - time.monotonic()))[0]:
            if piece := os.read(self._output, _PIPE):
                pieces.append(piece)
                continue
            return b"".join(pieces) if self._waited() == 0 else None
        self.end()
        return None

    def end(self) -> None:
        import signal

        os.kill(self._identity, signal.SIGKILL)
        self._waited()

    def _waited(self) -> int:
        os.close(self._output)
        return os.waitpid(self._identity, 0)[1]


def _of_subprocess(command: Sequence[str]) -> Started:
    """Where there is no `posix_spawn`, on Windows."""
    import subprocess

    void = subprocess.DEVNULL
    begun = subprocess.Popen(command, stdin=void, stdout=subprocess.PIPE, stderr=void)

    def printed(seconds: float) -> bytes | None:
        try:
            found, _ = begun.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            end()
            return None
        return found if begun.returncode == 0 else None

    def end() -> None:
        begun.kill()
        begun.communicate()

    return Started(printed, end)
