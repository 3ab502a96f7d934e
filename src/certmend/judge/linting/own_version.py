"""Which runs of pip look for pip's own newest version.

A flag counts for its run. A variable counts as whoever starts pip hands it on: a stage hands ENV to
what stands below it and to the stages that continue it, a pipeline hands a step the step's own, its
job's and its own variables; each RUN and each step has a shell of its own. A pip.conf counts for
what runs after it in its stage or job. Without an index pip does not look either. Where a file
takes parts over from elsewhere, what is set anywhere in it counts.
Source: pip's `IndexGroupCommand.handle_pip_version_check` and `Configuration`: a variable outweighs
a file, and an empty one is none.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting.main_index import SHARED, are_apart, is_ordered
from certmend.judge.linting.options import Option
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Word

VARIABLE = "PIP_DISABLE_PIP_VERSION_CHECK"
_VARIABLES = {"disable-pip-version-check": VARIABLE, "no-index": "PIP_NO_INDEX"}
_ASKING = frozenset(("install", "download", "wheel", "list"))
_OFF = frozenset(("0", "false", "no", "off", "n", "f"))
_TAKEN_OVER = lazy.regex(r"<<:|!reference\b|\b(?:extends|executor|stepTemplate):")
"""How a file says that a part of it has what another part says."""
_MAY_SHARE = frozenset(("ci", "shell", "singularity"))
"""Kinds of many services, or of none: whether a shell ends with its script is not known."""
_LASTING = lazy.regex(r"\bsetx\b|SetEnvironmentVariable", re.IGNORECASE)
"""What sets a variable for programs that are started later, on Windows."""
_LATER = lazy.regex(r"\s*(?:CMD|ENTRYPOINT|HEALTHCHECK|ONBUILD)\b", re.IGNORECASE)
"""Instructions whose commands run when all of the stage is there."""


def looking(reading: Reading) -> Iterator[Run]:
    """The runs of pip that nothing keeps from it."""
    settings = reading.named(*_VARIABLES)
    flagged = {id(one.run) for one in settings if one.run is not None}
    around = [one for one in settings if one.run is None and _is_on(one)]
    for run in reading.runs:
        asks = run.client == "pip" and run.verb in _ASKING and id(run) not in flagged
        if asks and not _is_kept(reading, run, around):
            yield run


def given(run: Run) -> Word | None:
    """What a run has in PIP_DISABLE_PIP_VERSION_CHECK."""
    return run.command.environment.get(VARIABLE)


def _is_on(option: Option) -> bool:
    """Whether a setting is on; an argument without a value has one from whoever builds."""
    if option.values:
        return option.values[0].text.lower() not in _OFF
    return isinstance(option.entry, Assignment) and option.entry.how is How.ARG


def _is_kept(reading: Reading, run: Run, around: list[Option]) -> bool:
    """Whether a variable or a file keeps a run from looking."""
    for name, variable in _VARIABLES.items():
        word = run.command.environment.get(variable)
        value = word.text.strip().lower() if word is not None else ""
        if value and value not in _OFF:
            return True
        others = [one for one in around if one.name == name and not value]
        for one in others:
            overridden = word is not None and isinstance(one.entry, Assignment)
            if not overridden and _counts(reading, one.entry, run):
                return True
    return False


def _counts(reading: Reading, entry: Entry, run: Run) -> bool:
    """Whether what an entry sets counts for a run that is not handed it as a variable."""
    if reading.document.kind == "dockerfile" and not reading.stages:
        return True  # a part of one: what is around it is not known
    if isinstance(entry, Assignment):
        return _is_handed_on(reading, entry, run)
    apart = are_apart(reading, entry.scope, run.command.scope)
    return not apart and _is_before(reading, entry, run)


def _is_before(reading: Reading, entry: Entry, run: Run) -> bool:
    start = run.command.span.start
    if entry.span.start < start or not is_ordered(reading, run):
        return True
    later = reading.document.kind == "dockerfile" and _LATER.match(reading.document.line(start))
    return bool(later)


def _is_handed_on(reading: Reading, entry: Assignment, run: Run) -> bool:
    command, kind = run.command, reading.document.kind
    if entry.span.within(command.span):  # `docker run -e NAME=1 IMAGE pip install`
        return True
    if entry.how is How.PREFIX:
        return False
    if _is_part(reading, run) or _TAKEN_OVER.search(reading.document.text):
        return True
    seen = reading.sees(command.scope, entry.scope) and _is_before(reading, entry, run)
    if entry.how is How.ARG:
        return kind == "dockerfile" and seen and entry.scope == command.scope
    if entry.how is How.EXPORT and kind not in _MAY_SHARE:
        lasting = _LASTING.search(reading.document.line(entry.span.start))
        return entry.scope.startswith(SHARED) or bool(seen and lasting)
    return seen if entry.inside is None else _is_declared(reading, entry, run)


def _is_declared(reading: Reading, entry: Assignment, run: Run) -> bool:
    """Whether a variable may reach a run otherwise than by standing above it in the tree."""
    kind, scope = reading.document.kind, run.command.scope
    if kind == "jenkinsfile":  # a container's; those of blocks are known
        own = any(entry is one for one in reading.document.entries)
        return not (own and all(part.isdigit() for part in entry.inside or ()))
    if kind == "gitlab-ci":  # rules and matrices of its own job
        return entry.scope.startswith((*SHARED, "workflow")) or entry.scope == scope != ""
    if kind == "ci":
        return ":" not in entry.scope or ":" not in scope or entry.scope == scope
    return kind == "devcontainer"


def _is_part(reading: Reading, run: Run) -> bool:
    """Whether a run stands in what jobs take over: a template, or the value of a variable."""
    scope, span = run.command.scope, run.command.span
    if scope.startswith(SHARED) or (reading.document.kind == "gitlab-ci" and not scope):
        return True
    held = (one for one in reading.document.entries if isinstance(one, Assignment))
    return any(one.how is How.ENV and span.within(one.span) for one in held)
