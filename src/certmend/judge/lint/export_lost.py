"""A variable is exported in a RUN of its own, and lost when that RUN ends.

## What
`RUN export PIP_CERT=...` (or another variable of pip, uv, requests, git, npm) with nothing after
it in the same RUN that could use it.

## Why
Every RUN is a shell of its own. The variable is gone in the next one, and nothing says so.

## Bad
```dockerfile
FROM python:3.13
RUN export REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
RUN poetry install
```

## Good
```dockerfile
FROM python:3.13
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
RUN poetry install
```

## When to ignore
Never: the line does nothing.
"""

import re
from collections.abc import Iterable, Iterator

from certmend.judge.linting.ca_settings import VARIABLES
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model import lazy
from certmend.model.document import Command, Span
from certmend.model.lint import Edit, Fix

_OURS = lazy.regex(r"(?:PIP|UV|POETRY|PIPENV|PDM|CONDA|NPM_CONFIG|GIT_SSL|NODE_\w*CA|TWINE)_\w+")
_REMARK = lazy.regex(r"^[ \t]*#[^\n]*$", re.MULTILINE)
_ALONE = lazy.regex(
    r"[ \t]*RUN[ \t]+export[ \t]+(?P<pairs>[A-Za-z_]\w*=[^\n;&|`$]*)(?:\r?\n|\Z)", re.IGNORECASE
)


@rule(code="setting-ignored", literals=("export ",), kinds=("dockerfile",))
def check(reading: Reading) -> Iterator[Hit]:
    """Every export with which a RUN ends."""
    text = reading.document.text
    for command in reading.commands:
        words = [word.text for word in command.words]
        if words[:1] != ["export"] or len(words) < 2:
            continue
        names = [word.partition("=")[0] for word in words[1:] if "=" in word]
        ours = [name for name in names if name in VARIABLES or _OURS.fullmatch(name)]
        if ours and _is_last(command, reading.commands, text):
            yield Hit(
                span=command.span,
                message=f"{ours[0]} is lost when this RUN ends",
                why="Every RUN is a shell of its own: the next one does not have the variable.",
                advice="Use ENV.",
                fix=_fix(command, text),
            )


def _is_last(command: Command, commands: Iterable[Command], text: str) -> bool:
    """Whether nothing comes after it in its RUN: on its line, or in its here-document."""
    end = command.span.end
    if text[end:].partition("\n")[0].strip(" \t\r;"):
        return False
    after = min((one.span.start for one in commands if one.span.start >= end), default=len(text))
    return bool(_REMARK.sub("", text[end:after]).strip(" \t\r\n;")) or after == len(text)


def _fix(command: Command, text: str) -> Fix | None:
    """ENV in its place, where the export is all that the RUN does."""
    start = text.rfind("\n", 0, command.span.start) + 1
    match = _ALONE.match(text, start)
    if match is None or match.end() < command.span.end:
        return None
    start += len(text[start:]) - len(text[start:].lstrip())
    end = text.index("export", start) + len("export")
    return Fix(summary="use ENV", edits=(Edit(Span(start, end), "ENV"),))
