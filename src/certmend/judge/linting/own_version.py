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
from functools import cached_property

from certmend.judge.linting.main_index import SHARED, are_apart, is_ordered
from certmend.judge.linting.options import Option
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.model import lazy
from certmend.model.document import Assignment, Copied, Entry, How, Span, Word

VARIABLE = "PIP_DISABLE_PIP_VERSION_CHECK"
_VARIABLES = {"disable-pip-version-check": VARIABLE, "no-index": "PIP_NO_INDEX"}
_ASKING = frozenset(("install", "download", "wheel", "list"))
_OFF = frozenset(("0", "false", "no", "off", "n", "f"))
_TAKEN_OVER = lazy.regex(r"<<:|!reference\b|\b(?:extends|executor|stepTemplate):")
"""How a file says that a part of it has what another part says."""
_MAY_SHARE = frozenset(("ci", "feature-script", "singularity"))
"""Kinds of many services, or of none: whether a shell ends with its script is not known."""
_BEFORE_ALL = ("gitlab-ci", "")
"""Where a script is the beginning of the script of every job."""
_LASTING = lazy.regex(r"\bsetx\b|SetEnvironmentVariable", re.IGNORECASE)
"""What sets a variable for programs that are started later, on Windows."""
_FUNCTION = lazy.regex(r"\(\)\s*\{|\bfunction\s+\w")
_NEAR = 2000
"""Characters between what belongs to one script."""
_SETTINGS = lazy.regex(r"^/(?:etc/?|root/?)?$|(?:^|[/\\.])pip(?:/|\.conf|\.ini)?$", re.IGNORECASE)
"""Where a pip.conf lies, or what it lies in."""
_LATER = lazy.regex(r"\s*(?:CMD|ENTRYPOINT|HEALTHCHECK|ONBUILD)\b", re.IGNORECASE)
"""Instructions whose commands run when all of the stage is there."""


def looking(reading: Reading) -> Iterator[Run]:
    """The runs of pip that nothing keeps from it."""
    settings = reading.named(*_VARIABLES)
    flagged = {id(one.run) for one in settings if one.run is not None}
    around = _Around(reading, [one for one in settings if one.run is None and _is_on(one)])
    for run in reading.runs:
        asks = run.client == "pip" and run.verb in _ASKING and id(run) not in flagged
        if asks and not around.keeps(run):
            yield run


def given(run: Run) -> Word | None:
    """What a run has in PIP_DISABLE_PIP_VERSION_CHECK."""
    return run.command.environment.get(VARIABLE)


def _is_on(option: Option) -> bool:
    """Whether a setting is on; an argument without a value has one from whoever builds."""
    if option.values:
        return option.values[0].text.lower() not in _OFF
    return isinstance(option.entry, Assignment) and option.entry.how is How.ARG


class _Around:
    """The settings of a file that stand by themselves, and are on."""

    def __init__(self, reading: Reading, settings: list[Option]) -> None:
        self._reading = reading
        self._kind = reading.document.kind
        self._settings = settings

    def keeps(self, run: Run) -> bool:
        """Whether a variable or a file keeps a run from looking."""
        for name, variable in _VARIABLES.items():
            word = run.command.environment.get(variable)
            value = word.text.strip().lower() if word is not None else ""
            if value and value not in _OFF:
                return True
            for one in self._settings if not value else ():
                overridden = word is not None and isinstance(one.entry, Assignment)
                if one.name == name and not overridden and self._counts(one.entry, run):
                    return True
        return False

    def _counts(self, entry: Entry, run: Run) -> bool:
        """Whether what an entry sets counts for a run that is not handed it as a variable."""
        if self._kind == "dockerfile" and not self._reading.stages:
            return True  # a part of one: what is around it is not known
        if isinstance(entry, Assignment):
            return self._is_handed_on(entry, run)
        if are_apart(self._reading, entry.scope, run.command.scope):
            return any(self._brings(one, run) for one in self._reading.copied)
        return self._is_before(entry, run)

    def _brings(self, copied: Copied, run: Run) -> bool:
        """Whether a stage takes over the settings of another: `COPY --from=base /etc /etc`."""
        held = copied.remote and _SETTINGS.search(copied.target.text) is not None
        sees = self._reading.sees(run.command.scope, copied.scope)
        return held and sees and self._is_before(copied, run)

    def _is_before(self, entry: Entry, run: Run) -> bool:
        start = run.command.span.start
        if entry.span.start < start or not is_ordered(self._reading, run):
            return True
        line = self._reading.document.line(start) if self._kind == "dockerfile" else ""
        return _LATER.match(line) is not None

    def _is_handed_on(self, entry: Assignment, run: Run) -> bool:
        command = run.command
        if entry.span.within(command.span):  # `docker run -e NAME=1 IMAGE pip install`
            return True
        if entry.how is How.PREFIX:
            return False
        if self._takes_over or self._is_part(run):
            return True
        sees = self._reading.sees(command.scope, entry.scope) and self._is_before(entry, run)
        if entry.how is How.ARG:
            return self._kind == "dockerfile" and sees and entry.scope == command.scope
        if entry.how is How.EXPORT and self._kind not in _MAY_SHARE:
            lasting = _LASTING.search(self._reading.document.line(entry.span.start))
            for_all = entry.scope.startswith(SHARED) or (self._kind, entry.scope) == _BEFORE_ALL
            return for_all or (sees and lasting is not None) or self._may_come_first(entry, run)
        return sees if entry.inside is None else self._is_declared(entry, run)

    def _may_come_first(self, entry: Assignment, run: Run) -> bool:
        """Whether a run in a function stands above what is exported before the call."""
        start = run.command.span.start
        below = entry.scope == run.command.scope and start < entry.span.start < start + _NEAR
        above = self._reading.document.text[max(start - _NEAR, 0) : start]
        return below and _FUNCTION.search(above) is not None

    def _is_declared(self, entry: Assignment, run: Run) -> bool:
        """Whether a variable may reach a run otherwise than by standing above it in the tree."""
        scope = run.command.scope
        if self._kind == "jenkinsfile":  # a container's; those of blocks are known
            own = id(entry) in self._written
            return not (own and all(part.isdigit() for part in entry.inside or ()))
        if self._kind == "gitlab-ci":  # rules and matrices of its own job
            return entry.scope.startswith((*SHARED, "workflow")) or entry.scope == scope != ""
        if self._kind == "ci":
            return ":" not in entry.scope or ":" not in scope or entry.scope == scope
        return self._kind == "devcontainer"

    def _is_part(self, run: Run) -> bool:
        """Whether a run stands in what jobs take over: a template, or the value of a variable."""
        scope, span = run.command.scope, run.command.span
        if scope.startswith(SHARED) or (self._kind, scope) == _BEFORE_ALL:
            return True
        return any(span.within(one) for one in self._scripts)

    @cached_property
    def _takes_over(self) -> bool:
        return _TAKEN_OVER.search(self._reading.document.text) is not None

    @cached_property
    def _assignments(self) -> list[Assignment]:
        return [one for one in self._reading.document.entries if isinstance(one, Assignment)]

    @cached_property
    def _written(self) -> frozenset[int]:
        """Which assignments the file makes itself, and no container's options in it."""
        return frozenset(id(one) for one in self._assignments)

    @cached_property
    def _scripts(self) -> list[Span]:
        """Where variables stand that hold a command line of pip's."""
        held = (one for one in self._assignments if one.how is How.ENV)
        return [one.span for one in held if "pip" in one.value.text.lower()]
