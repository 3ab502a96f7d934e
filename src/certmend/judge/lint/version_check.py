"""pip asks the public index for its own newest version, in every build.

## What
A pipeline or image that runs pip without PIP_DISABLE_PIP_VERSION_CHECK=1 (or
`--disable-pip-version-check`, or the key in a pip.conf) in the stage, job or step that pip runs in.
It is told once for a file, at the first such pip; `--fix` sets it for every stage that needs it.
`pip --no-index` does not look.

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

from certmend.judge.linting import own_version
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model.document import Assignment, Document, How, Role, Span, Stage
from certmend.model.finding import Severity
from certmend.model.lint import Edit, Fix

_SET = f"{own_version.VARIABLE}=1"


@rule(
    code="",
    severity=Severity.NOTE,
    literals=(
        "pip install", "pip3", "pip download", "pip wheel", "pip --", "pip2", 'pip", "install',
        "pip -", "pip','install", "pip', 'install", 'pip","install', "pip.exe", "pip \\",
    ),
    roles=(Role.CI, Role.IMAGE),
)  # fmt: skip
def check(reading: Reading) -> Iterator[Hit]:
    """The first pip of a file that looks; what mends it mends the others as well."""
    runs = list(own_version.looking(reading))
    if runs:
        yield Hit(
            span=runs[0].command.span,
            message="pip looks for its own newest version here",
            why="One more request to the public index in every build, or one more timeout.",
            advice="Set PIP_DISABLE_PIP_VERSION_CHECK=1.",
            fix=_fix(runs, reading),
        )


def _fix(runs: list[Run], reading: Reading) -> Fix | None:
    """An ENV for each stage that pip runs in, and 1 where an ENV says something else."""
    if reading.document.kind != "dockerfile":
        return None
    entries = reading.document.entries
    held = {id(one.value): one for one in entries if isinstance(one, Assignment)}
    stages = {stage.scope: stage for stage in reading.stages}
    found = (_edit(run, held, stages, reading.document) for run in runs)
    edits = {edit.span.start: edit for edit in found if edit is not None}
    if not edits:
        return None
    return Fix(summary="set it for the stage", edits=tuple(edits[at] for at in sorted(edits)))


def _edit(
    run: Run, held: dict[int, Assignment], stages: dict[str, Stage], document: Document
) -> Edit | None:
    """What mends one run: what it is given is changed, unless an ENV counts before that."""
    value = own_version.given(run)
    entry = held.get(id(value))
    if entry is not None and entry.how is not How.ARG:
        return _changed(entry)
    stage = stages.get(run.command.scope)
    if stage is None or (value is not None and entry is None):
        return None
    at = stages[stage.parents[0]].span.end if stage.parents else stage.span.end
    return Edit(Span(at, at), document.below(at, f"ENV {_SET}"))


def _changed(entry: Assignment) -> Edit | None:
    """An assignment of 1 instead."""
    place = entry.value.place()
    if entry.value.text and place.within(entry.span):
        return Edit(place, "1")
    return Edit(entry.span, _SET) if entry.how in (How.ENV, How.PREFIX) else None
