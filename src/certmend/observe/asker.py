"""Whoever puts a URL to a client: a conversation with its Python, or runs of a program."""

from typing import Any, Protocol


class Replies(Protocol):
    """Answers under way: where the way leads, then what came of it."""

    def answer(self, timeout: float) -> dict[str, Any] | None:
        """The next answer; None when it does not come in time."""


class Asker(Protocol):
    """Whoever puts a URL to a client."""

    def ask(self, **request: Any) -> Replies:
        """Send a request; its answers are taken from what is returned."""

    def close(self) -> None:
        """End it, whatever it is doing."""
