"""pip asks the public index for its own newest version, in every build.

## What
A pipeline or image that runs pip without PIP_DISABLE_PIP_VERSION_CHECK=1 (or
`--disable-pip-version-check`, or the key in a pip.conf).

## Why
Behind a firewall the request waits for its timeout; with a private index it is one more host that
has to verify. It changes nothing in a build.

## Bad
```dockerfile
FROM python:3.13
RUN pip install billing
```

## Good
```dockerfile
FROM python:3.13
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip install billing
```

## When to ignore
Where the public index is near and always reachable. `ignore = ["version-check"]` in certmend.toml
leaves the rule out.
"""

from collections.abc import Iterator

from certmend.judge.linting.options import Option
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model.document import Role, Span
from certmend.model.finding import Severity
from certmend.model.lint import Edit, Fix

_ASKING = frozenset(("install", "download", "wheel", "list"))
_OFF = ("", "0", "false", "no", "off")


@rule(
    code="",
    severity=Severity.NOTE,
    literals=(
        "pip install", "pip3", "pip download", "pip wheel", "pip --", "pip2", 'pip", "install',
        "pip -", "pip','install", "pip', 'install", 'pip","install',
    ),
    roles=(Role.CI, Role.IMAGE),
)  # fmt: skip
def check(reading: Reading) -> Iterator[Hit]:
    """The first pip of a file that runs without it."""
    if any(
        option.name == "disable-pip-version-check" and option.run is None
        for option in _set(reading)
    ):
        return
    for run in reading.runs:
        if run.client == "pip" and run.verb in _ASKING and not _has_flag(run, reading):
            yield Hit(
                span=run.command.span,
                message="pip looks for its own newest version here",
                why="One more request to the public index in every build, or one more timeout.",
                advice="Set PIP_DISABLE_PIP_VERSION_CHECK=1.",
                fix=_fix(run, reading),
            )
            return


def _set(reading: Reading) -> Iterator[Option]:
    for option in reading.named("disable-pip-version-check"):
        values = [value.text.lower() for value in option.values]
        if option.run is not None or not values or values[0] not in _OFF:
            yield option


def _has_flag(run: Run, reading: Reading) -> bool:
    return any(option.run is run for option in reading.named("disable-pip-version-check"))


def _fix(run: Run, reading: Reading) -> Fix | None:
    """An ENV after the FROM of the stage that pip runs in."""
    for stage in reading.stages:
        if stage.scope == run.command.scope and reading.document.kind == "dockerfile":
            at = stage.span.end
            line = reading.document.below(at, "ENV PIP_DISABLE_PIP_VERSION_CHECK=1")
            edit = Edit(Span(at, at), line)
            return Fix(summary="set it for the stage", edits=(edit,))
    return None
