"""A conversation with a client's own Python: `inside.py`, run there, asked over its input.

Answers arrive in any order and are handed to whoever asked. Nothing secret stands on a command
line: URLs with credentials go through the pipe.
"""

import atexit
import contextlib
import itertools
import json
import os
import pkgutil
import queue
import shutil
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from certmend import process
from certmend.errors import UsageError
from certmend.model.text import visible

_BOOT = (
    # Before anything else is imported: a json.py in the current folder is not the library's.
    "import sys;sys.path[:1]=[p for p in sys.path[:1] if p];"
    "import json;exec(json.loads(sys.stdin.readline()))"
)
PIP = ("inside.py", "inside_pip.py")
"""What is sent to a Python whose pip is asked."""
_ASK_PIP = "main(Pip(), about)"
_START_SECONDS = 10.0
_STAGES = 3
_LAST_WORDS = 4000
_CLOSING = 0.5

Answer = dict[str, Any]


def find(wanted: str | None, environment: Mapping[str, str]) -> str:
    """The Python whose pip a person would run; raises `UsageError` when there is none.

    In order: the one asked for, the active virtual environment's, `python3`, `python`.
    """
    if wanted:
        found = shutil.which(wanted, path=environment.get("PATH"))
        if found is None or Path(wanted).is_dir():
            raise UsageError(
                f"cannot run {visible(wanted)} as a Python",
                "give the path of an interpreter, as in `--python .venv/bin/python`",
            )
        return found
    if active := environment.get("VIRTUAL_ENV"):
        for name in ("bin/python", "Scripts/python.exe"):
            if (Path(active) / name).exists():
                return str(Path(active) / name)
    for name in ("python3", "python"):
        if found := shutil.which(name, path=environment.get("PATH")):
            return found
    raise UsageError("no Python found on PATH", "name one with `--python PATH`")


_ahead: dict[tuple[str, bytes], process.Process] = {}
_NOTHING_TO_ASK = frozenset({"--facts", "--help", "-h"})


def start_ahead(arguments: Sequence[str]) -> None:
    """Start the Python that a command will ask while its command line is still being read.

    Reading it takes a tenth of the whole; a guess that turns out wrong is ended at the exit.
    """
    clients = {b for a, b in itertools.pairwise(arguments) if a == "--client"}
    clients |= {
        c for a, b in itertools.pairwise(arguments) if a == "--clients" for c in b.split(",")
    }
    if _NOTHING_TO_ASK & set(arguments) or (clients and not clients & {"pip", "all"}):
        return
    wanted = next((b for a, b in itertools.pairwise(arguments) if a == "--python"), None)
    with contextlib.suppress(UsageError, OSError):
        python = find(wanted, os.environ)
        program = _program(PIP, _ASK_PIP)
        _ahead[python, program] = _begin(python, program, None)
        atexit.register(_end_unasked)


def _end_unasked() -> None:
    for started in _ahead.values():
        process.end(started)


def _program(sources: Sequence[str], start: str) -> bytes:
    """The first line that the interpreter reads: what it is to run."""
    texts = [pkgutil.get_data("certmend.observe", name) or b"" for name in sources]
    return json.dumps(b"\n".join((*texts, start.encode())).decode("ascii")).encode() + b"\n"


def _begin(python: str, program: bytes, environment: Mapping[str, str] | None) -> process.Process:
    started = process.converse([python, "-c", _BOOT], environment=environment)
    if started.stdin is not None:
        with contextlib.suppress(OSError):  # it has ended: whoever listens to it finds out
            started.stdin.write(program)
            started.stdin.flush()
    return started


def _started(python: str, program: bytes, environment: Mapping[str, str]) -> process.Process:
    if environment is os.environ and (python, program) in _ahead:
        return _ahead.pop((python, program))
    return _begin(python, program, environment)


class Conversation:
    """A running `inside.py`. Use as a context manager: it is ended at the end."""

    def __init__(
        self,
        python: str,
        environment: Mapping[str, str],
        *,
        sources: tuple[str, ...] = PIP,
        start: str = _ASK_PIP,
    ) -> None:
        self.python = python
        try:
            self._process = _started(python, _program(sources, start), environment)
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
        return self.ask(op="run", arguments=list(arguments), variables=dict(variables))

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
