"""The real pip, run as a person would run it: same Python, options, variables and files."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from certmend.model.text import redact, visible
from certmend.observe import interpreter
from certmend.observe.request import Request
from certmend.process import Crew

_QUIET = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "NO_COLOR": "1",
    "PYTHONUNBUFFERED": "1",
}
_LAST_LINES = 200
_RETRY = re.compile(r"^WARNING: Retrying \(")


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
        self.python = interpreter.find(request.python, environment)
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
        options = ["--timeout", f"{self._timeout:g}", *self._options]
        if retries is not None:
            options += ["--retries", str(retries)]
        command = [self.python, "-m", "pip", "download", *options, "--dest", str(folder), *wanted]
        variables = {**self._environment, **_QUIET, "PIP_PROGRESS_BAR": progress}
        lines: list[str] = []

        def listen(line: str) -> None:
            shown = redact(visible(line, 500), self._secrets)
            if hear is not None:
                hear(shown)
            if shown.strip() and not shown.startswith("Progress ") and not _RETRY.match(shown):
                lines.append(shown)
                del lines[:-_LAST_LINES]

        status = self._crew.follow(command, environment=variables, hear=listen, timeout=limit)
        return Said(status=status, lines=tuple(lines))


def _safe(word: str) -> tuple[str, ...]:
    from certmend.model.url import secrets_in  # not before pip runs

    try:
        return secrets_in(word)
    except ValueError:
        return ()
