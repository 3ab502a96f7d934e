"""A time by which something must be done, on the monotonic clock."""

import time


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
