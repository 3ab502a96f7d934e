"""Work that is shared out to copies of this process."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_WORD = 4
_KILL = 9
"""SIGKILL on Linux, the only system on which there are copies."""


def side_by_side(work: Callable[[Iterable[int]], T], pieces: int, copies: int) -> list[T]:
    """What `work` makes of the pieces 0 to `pieces - 1`, each of which one copy of it takes.

    The copies are of this process, by `fork`, so that each has all that is loaded; one takes some
    milliseconds. A piece is taken from a pipe, when the one before it is done. There is one copy,
    this process, where there is no Linux, where threads run, and where another copy failed: its
    error is then raised here. At most 16,384 pieces: all stand in the pipe at once.
    """
    if copies == 1 or sys.platform != "linux" or _threads_run():
        return [work(range(pieces))]
    import pickle

    gc.freeze()  # what is loaded is not looked through again, in no copy: its pages stay shared
    offered, offering = os.pipe()
    os.write(offering, b"".join(piece.to_bytes(_WORD) for piece in range(pieces)))
    os.close(offering)
    begun = [_copy(work, offered) for _ in range(1, copies)]
    try:
        results = [work(_taken(offered))]
    except BaseException:
        for identity, _ in begun:
            os.kill(identity, _KILL)
        raise
    os.close(offered)
    failed = False
    for identity, told in begun:
        with os.fdopen(told, "rb") as stream:
            content = stream.read()
        _, status = os.waitpid(identity, 0)
        failed |= status != 0
        results += [] if status else [pickle.loads(content)]  # noqa: S301  our own
    return [work(range(pieces))] if failed else results


def _taken(offered: int) -> Iterator[int]:
    """The pieces that this copy takes, one by one."""
    while word := os.read(offered, _WORD):
        yield int.from_bytes(word)


def _copy(work: Callable[[Iterable[int]], object], offered: int) -> tuple[int, int]:
    """Begin a copy of this process; its number, and the pipe that it pickles its result into."""
    import pickle

    reading, writing = os.pipe()
    identity = os.fork()
    if identity:
        os.close(writing)
        return identity, reading
    try:
        with os.fdopen(writing, "wb") as stream:
            stream.write(pickle.dumps(work(_taken(offered)), pickle.HIGHEST_PROTOCOL))
        os._exit(0)
    except BaseException:  # noqa: BLE001  nothing of what runs above may go on in a copy
        os._exit(1)


def _threads_run() -> bool:
    known = sys.modules.get("threading")
    return known is not None and known.active_count() > 1


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
