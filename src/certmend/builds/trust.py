"""The CA that a Dockerfile puts into a stage by itself, and whether it is taken up in time."""

from collections.abc import Callable, Iterator

import msgspec

from certmend.builds.build import Ca
from certmend.builds.stages import Stage
from certmend.judge.linting import ca_folders
from certmend.judge.linting.ca_folders import Placed
from certmend.judge.linting.reading import Reading
from certmend.model.document import Command, Copied


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """A CA that a stage has of its own."""

    placed: Placed
    taken_up: int
    """Where the system's store is refreshed after it; -1 where it is not."""
    ours: bool
    """Whether it may be the CA that is wished for: one that cannot be looked at may be."""
    seen: bool
    """Whether it was looked at, and is."""


def own(reading: Reading, stage: Stage, holds: Callable[[str], bool | None]) -> list[Own]:
    """Every CA that the stage, or one that it continues, puts into the system's folder."""
    line = {one.scope for one in stage.line}
    found: list[Own] = []
    for one in ca_folders.placed(reading):
        if one.entry.scope in line:
            at = _taken_up(one, stage)
            seen = _seen(one, holds)
            found.append(Own(placed=one, taken_up=at, ours=seen is not False, seen=bool(seen)))
    return found


def _seen(one: Placed, holds: Callable[[str], bool | None]) -> bool | None:
    """Whether what is put there is the CA that is wished for; None where nobody can look."""
    if not isinstance(one.entry, Copied) or one.entry.remote or not one.source:
        return None
    return holds(one.source)


def _taken_up(one: Placed, stage: Stage) -> int:
    later = [
        command.span.start
        for kin in stage.line
        for command in kin.commands
        if command.span.start > one.span.start and ca_folders.refreshes(command)
    ]
    return min(later, default=-1)


def known(reading: Reading) -> Iterator[Ca]:
    """CAs of the build context that the file copies into such a folder somewhere."""
    for one in ca_folders.placed(reading):
        entry = one.entry
        plain = one.source and not any(mark in one.source for mark in "$*?[")
        if isinstance(entry, Copied) and not entry.remote and plain and one.name:
            yield Ca(source=one.source, name=ca_folders.name_that_counts(one), sha256="")


def ready_before(stage: Stage, offset: int) -> bool:
    """Whether a command before a place installs or runs the refresh command."""
    commands: list[Command] = [command for kin in stage.line for command in kin.commands]
    return any(one.span.start < offset and ca_folders.refreshes(one) for one in commands)
