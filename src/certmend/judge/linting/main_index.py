"""Beside which main index an extra index of pip's stands, in each run of a client.

A variable counts for what runs in its own stage, job, step or container, and where lines run one
after the other only from its line on; one in front of a command counts for that command alone.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting.indexes import Index
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.model import lazy
from certmend.model.document import Assignment, Command, How

LIKE_PIP = frozenset(("pip", "pip-tools", "pipx", "setuptools", "easy_install"))
_FETCHING = ("install", "download", "wheel")
_IN_ORDER = frozenset(("shell", "feature-script", "dockerfile", "powershell", "batch"))
"""The kinds of files whose lines take effect one after the other."""
_FUNCTION = lazy.regex(r"\(\)\s*\{|^\s*function\b|^:\w", re.MULTILINE | re.IGNORECASE)
SHARED = ("default", "commands", "anchors", "x-", ".")
"""How the parts of a pipeline begin that hold nothing by themselves: jobs take them over."""


def primaries(reading: Reading, extra: Index, found: list[Index]) -> Iterator[Index | None]:
    """The index that an extra one stands beside, in each run; None for the client's default."""
    candidates = [
        index for index in found
        if index.role == "index"
        and not (isinstance(index.entry, Assignment) and index.entry.how is How.SHELL)
        and not _is_for_a_build(index, extra, reading)
    ]  # fmt: skip
    same = [index for index in candidates if index.entry is extra.entry]
    if same:
        yield same[0]
        return
    under = list(_under(reading, extra))
    for run in under:
        yield _of_run(reading, run, candidates)
    if not under:
        yield _written(reading, extra, candidates)


def _is_for_a_build(index: Index, extra: Index, reading: Reading) -> bool:
    """Whether an index is an argument of a build alone, elsewhere than in its Dockerfile."""
    entry, other = index.entry, extra.entry
    handed = isinstance(entry, Assignment) and entry.how is How.ARG
    both = isinstance(other, Assignment) and other.how is How.ARG
    return handed and not both and reading.document.kind != "dockerfile"


def _under(reading: Reading, extra: Index) -> Iterator[Run]:
    """The runs that an extra index counts for; none for what is only configured."""
    entry, option = extra.entry, extra.option
    if option is not None and option.run is not None:
        yield option.run
    elif isinstance(entry, Assignment):
        for run in reading.runs:
            fetches = run.client in LIKE_PIP and run.verb in _FETCHING
            if fetches and reading.holds(entry, run.command):
                yield run


def _of_run(reading: Reading, run: Run, candidates: list[Index]) -> Index | None:
    """The index of one run: its own flag, else what is set around it."""
    own = [index for index in candidates if index.entry is run.command]
    around = (index for index in candidates if _counts(reading, index, run))
    return next(iter(own), None) or next(around, None)


def _counts(reading: Reading, index: Index, run: Run) -> bool:
    entry, command = index.entry, run.command
    if isinstance(entry, Assignment):
        if reading.holds(entry, command):
            return True
        if entry.how is How.PREFIX or (entry.inside is not None and not _is_shared(entry)):
            return False
    elif isinstance(entry, Command) and not _configures(index):
        return False
    if are_apart(reading, entry.scope, command.scope):
        return False
    return entry.span.start < command.span.start or not is_ordered(reading, run)


def is_ordered(reading: Reading, run: Run) -> bool:
    """Whether only what stands above a run is in force: it is in no function, nor in a variable."""
    alone = not run.before.text or run.command.words[0].text.startswith("-")
    if reading.document.kind not in _IN_ORDER or alone:
        return False
    start = run.command.span.start
    indented = reading.document.line(start)[:1] in (" ", "\t")
    has_functions = reading.document.kind != "dockerfile" and _FUNCTION.search
    return not (indented and has_functions and _FUNCTION.search(reading.document.text, 0, start))


def _is_shared(entry: Assignment) -> bool:
    """Whether a variable is declared in a template, which jobs elsewhere may extend."""
    return bool(entry.inside) and any(part.startswith(SHARED) for part in entry.inside or ())


def are_apart(reading: Reading, one: str, other: str) -> bool:
    """Whether two scopes are different jobs, stages or services."""
    if reading.sees(one, other) or reading.sees(other, one):
        return False
    return not one.startswith(SHARED) and not other.startswith(SHARED)


def together(reading: Reading, one: Index, other: Index) -> bool:
    """Whether two settings meet in one run of a client."""
    first, second = one.entry, other.entry
    if one.client != other.client or first is second:
        return first is second
    if isinstance(first, Command) and isinstance(second, Command):
        return False
    for setting, beside in ((first, second), (second, first)):
        if isinstance(setting, Assignment):
            if isinstance(beside, Command):
                return reading.holds(setting, beside)
            if setting.how is How.PREFIX or (
                isinstance(beside, Assignment) and not setting.meets(beside)
            ):
                return _meet(reading, one, other)
    return not are_apart(reading, first.scope, second.scope)


def _meet(reading: Reading, one: Index, other: Index) -> bool:
    """Whether a command runs for which both are set."""
    return any(
        reading.holds(one.entry, run.command) and reading.holds(other.entry, run.command)
        for run in reading.runs
    )


def _written(reading: Reading, extra: Index, candidates: list[Index]) -> Index | None:
    """The index that is set in the same place as an extra one that no run is known for."""
    written = [i for i in candidates if not isinstance(i.entry, Command) or _configures(i)]
    flags = [] if _any_plain(reading, extra, candidates) else candidates
    for index in written or flags:
        if isinstance(index.entry, Command):
            if not are_apart(reading, index.entry.scope, extra.entry.scope):
                return index
        elif together(reading, extra, index):
            return index
    return None


def _any_plain(reading: Reading, extra: Index, candidates: list[Index]) -> bool:
    """Whether a client runs under a setting without an index of its own: it asks the public one."""
    own = [index.entry for index in candidates]
    return any(
        run.client in LIKE_PIP
        and run.verb in _FETCHING
        and reading.sees(run.command.scope, extra.entry.scope)
        and run.command not in own
        for run in reading.runs
    )


def _configures(index: Index) -> bool:
    """`pip config set` counts for the commands after it."""
    option = index.option
    return option is not None and option.run is None and isinstance(index.entry, Command)
