"""A conversation with a client's own Python: `inside.py`, run there, asked over its input.

Answers arrive in any order and are handed to whoever asked. Nothing secret stands on a command
line: URLs with credentials go through the pipe.
"""

import json
import queue
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Self

from certmend import process
from certmend.errors import UsageError
from certmend.model.text import visible
from certmend.observe import starting

_START_SECONDS = 10.0
_STAGES = 3
_LAST_WORDS = 4000
_CLOSING = 0.5

Answer = dict[str, Any]


class Conversation:
    """A running `inside.py`. Use as a context manager: it is ended at the end."""

    def __init__(
        self,
        python: str,
        environment: Mapping[str, str],
        *,
        sources: tuple[str, ...] = starting.PIP,
        start: str = starting.ASK_PIP,
    ) -> None:
        self.python = python
        try:
            self._process = starting.start(python, sources, start, environment)
        except OSError as error:
            raise UsageError(
                f"cannot run {visible(python)}: {error.strerror or error}",
                "give the path of a Python interpreter with `--python`",
            ) from None
        self._answers: dict[int, queue.Queue[Answer]] = {}
        self._lock = threading.Lock()
        self._next = 0
        self._ended = threading.Event()
        self._said = b""
        self._timeout = _START_SECONDS
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the interpreter, whatever it is doing."""
        process.end(self._process)
        for thread in (self._listening, self._hearing):
            thread.join(_CLOSING)

    def ask(self, **request: Any) -> "Asked":
        """Send a request; its answers are taken from what is returned."""
        with self._lock:
            self._next += 1
            number = self._next
            self._answers[number] = queue.Queue()
        self._send({**request, "id": number})
        return Asked(self, self._answers[number])

    def start(self, arguments: list[str], trusted_hosts: list[str], timeout: float) -> "Asked":
        """Let it describe itself and its pip; `about` takes the answer."""
        self._timeout = max(_START_SECONDS, _STAGES * timeout)
        return self.ask(
            op="about", arguments=arguments, trusted_hosts=trusted_hosts, timeout=timeout
        )

    def run(self, arguments: Sequence[str], variables: Mapping[str, str]) -> "Asked | None":
        """Let it run its pip, which it has imported already, with more variables.

        The answer holds `status` and the end of what was `printed`. Nothing may have been asked
        before. None on a system whose processes cannot be copied.
        """
        if sys.platform != "linux":
            return None
        return self.ask(op="run", module="pip", arguments=[*arguments], variables={**variables})

    def about(self, asked: "Asked") -> Answer:
        """What this Python and its pip are; raises `UsageError` when it is no Python."""
        answer = asked.answer(self._timeout)
        if answer is None or "python" not in answer:
            raise UsageError(
                f"{visible(self.python)} did not answer as a Python would",
                self._last_words() or "give the path of a Python interpreter with `--python`",
            )
        return answer

    @property
    def ended(self) -> bool:
        """Whether the interpreter is gone."""
        return self._ended.is_set()

    def _last_words(self) -> str:
        if not self.ended:
            return ""
        self._hearing.join(_CLOSING)
        lines = [
            line for line in self._said.decode("utf-8", "replace").splitlines() if line.strip()
        ]
        return f"it said: {visible(lines[-1])}" if lines else ""

    def _send(self, content: object) -> None:
        line = json.dumps(content).encode("ascii") + b"\n"
        stream = self._process.stdin
        try:
            if stream is not None:
                with self._lock:
                    stream.write(line)
                    stream.flush()
        except OSError:
            self._ended.set()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            try:
                answer = json.loads(line)
            except (ValueError, RecursionError):
                continue  # a program that is no Python may say anything
            number = answer.pop("id", None) if isinstance(answer, dict) else None
            if isinstance(number, int) and number in self._answers:
                self._answers[number].put(answer)
        self._ended.set()
        for waiting in self._answers.values():
            waiting.put({"ended": True})
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _hear(self) -> None:
        """Take what it says on stderr, so that it is never stopped by a full pipe; keep the end."""
        stream = self._process.stderr
        while stream is not None and (piece := stream.read1(_LAST_WORDS)):  # type: ignore[attr-defined]
            self._said = (self._said + piece)[-_LAST_WORDS:]
        if stream is not None:
            stream.close()


class Asked:
    """A question under way."""

    def __init__(self, conversation: Conversation, answers: "queue.Queue[Answer]") -> None:
        self._conversation = conversation
        self._answers = answers

    def answer(self, timeout: float) -> Answer | None:
        """The next answer; None when it does not come within `timeout` seconds."""
        if self._conversation.ended and self._answers.empty():
            return None
        try:
            answer = self._answers.get(timeout=timeout)
        except queue.Empty:
            return None
        return None if answer.get("ended") else answer
