"""Every file of this machine in which certificates lie that somebody trusts."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import certifi
import msgspec

from certmend.errors import UsageError
from certmend.model.plugin import StorePlace
from certmend.observe import bundle, gather, trust
from certmend.observe.request import Request
from certmend.registry import load

_FILES_LIMIT = 5000


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A file with certificates."""

    path: str
    name: str
    """What people call the place."""
    certificates: tuple[bytes, ...] = ()


def copies(environment: Mapping[str, str], ours: Iterable[str] = ()) -> tuple[Copy, ...]:
    """The files of the system's stores, of agents, of variables, of every client, and `ours`."""
    found: dict[str, Copy] = {}
    kept = ((path, "written by certmend") for path in ours)
    places = (*_stores(environment), *_of_clients(environment), *kept)
    for path, name in places:
        real = os.path.realpath(path)
        if real not in found:
            held = bundle.read(path, name)
            ders = held.certificates or _loose(path)
            if ders:
                found[real] = Copy(path=path, name=name, certificates=ders)
    return tuple(found.values())


def _loose(path: str) -> tuple[bytes, ...]:
    """The certificate of a DER file."""
    try:
        return bundle.loose(Path(path).read_bytes())
    except OSError:
        return ()


def _stores(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    home = environment.get("HOME", "")
    for place in load("certmend.observe.stores", StorePlace):
        if not trust.is_true_here(place):
            continue
        for variable in place.variables:
            for path in environment.get(variable, "").split(os.pathsep):
                yield from _files(path, f"{place.name} ({variable})", place.patterns)
        for path in place.paths:
            named = home + path[1:] if home and path.startswith("~/") else path
            yield from _files(named, place.name, place.patterns)


def _files(path: str, name: str, patterns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    place = Path(path)
    if not path or not place.exists():
        return
    if place.is_dir():
        wanted = patterns or ("*.pem", "*.crt", "*.cer", "*.0", "*.1")
        files = [file for pattern in wanted for file in sorted(place.glob(pattern))]
        yield from ((str(file), name) for file in files[:_FILES_LIMIT] if file.is_file())
    else:
        yield path, name


def _of_clients(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What each client here verifies with, and what its settings name, in force or not."""
    yield certifi.where(), "the certifi beside certmend"
    try:
        facts = gather.settings(Request(clients=("all",)), environment)
    except UsageError:  # a setting that cannot be read at all; the other places count as well
        return
    for store in facts.stores:
        yield from _files(store.path, store.name, ())
    for client in facts.clients:
        for setting in client.settings:
            if setting.meaning.is_trust and setting.value:
                path = str(Path(setting.value).expanduser())
                yield from _files(path, f"{client.name}'s setting {setting.origin}", ())
