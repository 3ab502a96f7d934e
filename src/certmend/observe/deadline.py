"""A time by which something must be done, on the monotonic clock."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class Deadline:
    """Counts down from `seconds`; a socket's timeout is what remains of it."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def remaining(self) -> float:
        """Seconds left; never negative."""
        return max(0.0, self._end - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether the time is over."""
        return self.remaining == 0.0


def in_thread(function: Callable[..., T], *arguments: object) -> "Future[T]":
    """Run a function beside this thread. Its end is not waited for at the end of the process.

    For what cannot be interrupted, such as `getaddrinfo`: an executor's threads are waited for.
    """
    future: Future[T] = Future()

    def work() -> None:
        try:
            future.set_result(function(*arguments))
        except BaseException as error:  # noqa: BLE001  it is raised where the result is taken
            future.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return future
