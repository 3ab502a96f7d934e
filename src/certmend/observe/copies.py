"""Every file of this machine in which certificates lie that somebody trusts."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import certifi
import msgspec

from certmend.errors import UsageError
from certmend.model.plugin import StorePlace
from certmend.observe import bundle, interpreter, pip
from certmend.registry import load

_SECONDS = 10.0
_FILES_LIMIT = 5000


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A file with certificates."""

    path: str
    name: str
    """What people call the place."""
    certificates: tuple[bytes, ...] = ()


def copies(environment: Mapping[str, str], more: Iterable[str] = ()) -> tuple[Copy, ...]:
    """The files of the system's stores, of agents, of variables, of pip, and those named."""
    found: dict[str, Copy] = {}
    places = (*((path, "named") for path in more), *_stores(environment), *_of_pip(environment))
    for path, name in places:
        real = str(Path(path).resolve())
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


def _of_pip(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the pip here verifies with, and what its settings name."""
    yield certifi.where(), "the certifi beside certmend"
    try:
        with interpreter.Conversation(interpreter.find(None, environment), environment) as talk:
            client = pip.read(talk.about(talk.start([], [], _SECONDS)), (), environment)
    except UsageError:
        return
    for path in client.trust.stores[:1]:
        yield from _files(path, "pip's own roots", ())
    for setting in client.settings:
        if setting.key == "cert":
            path = str(Path(setting.value).expanduser())
            yield from _files(path, f"pip's setting {setting.origin}", ())
