"""The real pip, run as a person would run it: same Python, options, variables and files."""

import re
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from certmend.model.text import redact, visible
from certmend.observe import starting
from certmend.observe.interpreter import Conversation
from certmend.observe.request import Request
from certmend.process import Crew

_QUIET = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "NO_COLOR": "1",
    "PYTHONUNBUFFERED": "1",
}
_LAST_LINES = 200
_TALK = re.compile(r"WARNING: Retrying \(|Progress ")
_KILLED = -9


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """How a run of pip ended; its text is without secrets and fit to be shown."""

    status: int
    lines: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether pip did what it was asked to."""
        return self.status == 0

    @property
    def reason(self) -> str:
        """Pip's own words on why it failed: its first error, else its last line."""
        errors = [line for line in self.lines if line.startswith("ERROR: ")]
        for line in (*errors, *reversed(self.lines)):
            return line.removeprefix("ERROR: ")
        return f"pip ended with status {self.status} and said nothing"


class Pip:
    """pip of one Python, with the options of a request."""

    def __init__(self, request: Request, environment: Mapping[str, str], crew: Crew) -> None:
        self.python = starting.find(request.python, environment)
        self._environment = environment
        self._crew = crew
        flags = [(raw.key, raw.value) for raw in request.flags()]
        self._options = tuple(word for key, value in flags for word in (f"--{key}", value))
        self._timeout = request.timeout
        self._texts = (*environment.values(), *(value for _, value in flags))

    @cached_property
    def _secrets(self) -> tuple[str, ...]:
        words = (word for text in self._texts if "@" in text for word in text.split())
        return tuple(one for word in words for one in _safe(word))

    def download(
        self,
        wanted: Sequence[str],
        folder: Path,
        *,
        limit: float,
        hear: Callable[[str], None] | None = None,
        retries: int | None = None,
        progress: str = "off",
    ) -> Said:
        """`pip download` of what is wanted (options and requirements) into a folder.

        `limit` is in seconds; `progress` is pip's own kind of progress bar.
        """
        command = [self.python, "-m", "pip", *self._words(wanted, folder, retries)]
        variables = {**self._environment, **_QUIET, "PIP_PROGRESS_BAR": progress}
        told = _Told()

        def listen(line: str) -> None:
            shown = self._shown(line)
            if hear is not None:
                hear(shown)
            told.take(shown)

        status = self._crew.follow(command, environment=variables, hear=listen, timeout=limit)
        return told.ended(status)

    def begin(
        self,
        conversation: Conversation,
        wanted: Sequence[str],
        folder: Path,
        *,
        limit: float,
        retries: int,
    ) -> Callable[[], Said | None] | None:
        """`download` by an interpreter that has pip imported, begun now: call it for the end.

        None, at once or in the end, where it cannot be copied: threads of a sitecustomize run.
        Nothing may have been asked of the interpreter before.
        """
        variables = {**_QUIET, "PIP_PROGRESS_BAR": "off"}
        asked = conversation.run(self._words(wanted, folder, retries), variables)
        if asked is None:
            return None
        ends = time.monotonic() + limit

        def ended() -> Said | None:
            answer = asked.answer(max(0.0, ends - time.monotonic())) or {}
            if "refused" in answer:
                return None
            told = _Told()
            for line in answer.get("printed", "").splitlines():
                told.take(self._shown(line))
            return told.ended(answer.get("status", _KILLED))

        return ended

    def _words(self, wanted: Sequence[str], folder: Path, retries: int | None) -> list[str]:
        options = ["--timeout", f"{self._timeout:g}", *self._options]
        if retries is not None:
            options += ["--retries", str(retries)]
        return ["download", *options, "--dest", str(folder), *wanted]

    def _shown(self, line: str) -> str:
        return redact(visible(line, 500), self._secrets)


class _Told:
    """The last lines of pip's that say something of how it ended."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=_LAST_LINES)

    def take(self, line: str) -> None:
        if line.strip() and not _TALK.match(line):
            self._lines.append(line)

    def ended(self, status: int) -> Said:
        return Said(status=status, lines=tuple(self._lines))


def _safe(word: str) -> tuple[str, ...]:
    from certmend.model.url import secrets_in  # not before pip runs

    try:
        return secrets_in(word)
    except ValueError:
        return ()
