"""Containers that download when they start: the bundle is mounted over their system's own.

A container of somebody else's image runs no command of ours first, so nothing could take a CA up.
The bundle holds the public roots as well; every client that reads the system's bundle finds it,
and the variables point the others at the same path.
"""

from collections.abc import Iterable

import msgspec

from certmend.builds import images
from certmend.builds.downloads import CLIENTS, Download, downloads
from certmend.builds.families import DEBIAN, Family
from certmend.judge.linting.reading import Reading
from certmend.model.document import Span

INTERACTIVE = tuple(CLIENTS[name] for name in ("pip", "poetry", "uv"))
"""What somebody may type in a container that is worked in."""


class Container(msgspec.Struct, frozen=True, kw_only=True):
    """One container, and what it needs."""

    system: Family | None
    """None where nobody knows, or where no bundle can be mounted."""
    names: tuple[str, ...]
    """The variables that have to be set."""
    clients: str
    """Who downloads, in words; empty when nobody is seen to."""
    why_not: str = ""


def look(reading: Reading, span: Span, image: str, family: Family | None) -> Container:
    """A container whose commands stand within a place of the file."""
    found = [one for one in _downloads(reading, span) if not one.manager]
    base = images.base(image)
    system = base.family or family
    return Container(
        system=system,
        names=tuple(
            dict.fromkeys(
                one.client.variable for one in found if one.client.variable and not one.served
            )
        ),
        clients=", ".join(dict.fromkeys(one.name for one in found)),
        why_not=base.why_not or ("" if system else "its image's name does not tell its system"),
    )


def interactive(seen: Container, set_already: Iterable[str]) -> Container:
    """The same for a container that somebody works in: pip, Poetry and uv as well."""
    there = set(set_already)
    more = [one.variable for one in INTERACTIVE if not there & set(one.reads)]
    names = tuple(dict.fromkeys([*seen.names, *more]))
    system = seen.system or (None if seen.why_not else DEBIAN)
    return msgspec.structs.replace(seen, system=system, names=names)


def _downloads(reading: Reading, span: Span) -> list[Download]:
    return [
        one
        for command in reading.commands
        if span.start <= command.span.start < span.end
        for one in downloads(command)
    ]
