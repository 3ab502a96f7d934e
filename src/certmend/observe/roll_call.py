"""Who is here: the clients that a folder and a machine have traces of, and where they run."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from certmend import registry
from certmend.errors import UsageError
from certmend.model.plugin import Client, Kind
from certmend.model.text import visible
from certmend.observe import scripts, starting
from certmend.observe.files import keyed

ALL = "all"


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A client that is to be asked, and what runs it."""

    client: Client
    program: str = ""
    """Its command; empty for a library, or when only a trace is here."""
    python: str = ""
    """Its interpreter; empty for a program of another kind, or when it is not installed."""
    found_by: str = ""

    @property
    def installed(self) -> bool:
        """Whether it can be asked."""
        return bool(self.program or self.python)


def every() -> tuple[Client, ...]:
    """All clients, pip first, then installers, libraries, neighbours."""
    kinds = tuple(Kind)
    found: tuple[Client, ...] = registry.load("certmend.observe.clients", Client)
    return tuple(sorted(found, key=lambda one: (one.name != "pip", kinds.index(one.kind))))


def names() -> tuple[str, ...]:
    """What can be asked for by name."""
    return tuple(one.name for one in every())


def used(folder: str) -> tuple[str, ...]:
    """pip, and the installers that the files of a folder are for; installed is not used."""
    return tuple(
        one.name
        for one in every()
        if one.name == "pip" or (one.kind is Kind.INSTALLER and _trace(one, folder))
    )


def present(
    wanted: Iterable[str],
    environment: Mapping[str, str],
    folder: str,
    python: str | None,
    program: str = "",
) -> tuple[Seat, ...]:
    """The clients to ask: those named, every one for `all`, or those with a trace here.

    `program` is the command of a client that is named alone, where it is not the one on PATH.
    Libraries and neighbours have a trace on every machine; they are asked for by name.
    Raises `UsageError` for a name that is none.
    """
    asked = tuple(dict.fromkeys(wanted))
    if unknown := [name for name in asked if name not in (*names(), ALL)]:
        hint = f"the clients are {', '.join(names())}, and all"
        raise UsageError(f"there is no client named {visible(unknown[0])!r}", hint)
    own = {asked[0]: program} if program and len(asked) == 1 else {}
    return tuple(_seats(asked, environment, folder, python, own))


def _seats(
    asked: tuple[str, ...],
    environment: Mapping[str, str],
    folder: str,
    python: str | None,
    own: Mapping[str, str],
) -> Iterator[Seat]:
    for client in every():
        program = own.get(client.name) or _program(client, environment)
        trace = _trace(client, folder)
        named = client.name in asked
        if asked and not named and ALL not in asked:
            continue
        default = client.kind is Kind.INSTALLER and (program or trace) and not client.documented
        if not asked and client.name != "pip" and not default and not (client.documented and trace):
            continue
        if ALL in asked and not named and not (program or trace or client.kind is Kind.LIBRARY):
            continue
        yield _seat(client, program, trace, environment, python)


def _seat(
    client: Client,
    program: str,
    trace: str,
    environment: Mapping[str, str],
    python: str | None,
) -> Seat:
    found_by = trace or program or "asked for by name"
    if client.name == "pip" or client.kind is Kind.LIBRARY:
        return Seat(client=client, python=starting.find(python, environment), found_by=found_by)
    if client.documented:
        return Seat(client=client, found_by=found_by)
    return Seat(
        client=client,
        program=program,
        python=scripts.interpreter_of(program, environment) if program and client.inside else "",
        found_by=found_by,
    )


def _program(client: Client, environment: Mapping[str, str]) -> str:
    path = environment.get("PATH")
    return next((found for one in client.programs if (found := shutil.which(one, path=path))), "")


def _trace(client: Client, folder: str) -> str:
    for trace in client.traces:
        name, _, table = trace.partition("#")
        path = str(Path(folder) / name)
        if keyed.exists(path) and (not table or keyed.has_table(path, table)):
            return f"{name} [{table}]" if table else name
    return ""
