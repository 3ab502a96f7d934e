"""A folder of downloaded packages: its manifest, and what each file really is."""

import hashlib
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    parse_sdist_filename,
    parse_wheel_filename,
)

from certmend.errors import UsageError
from certmend.model import manifest as manifests
from certmend.model.manifest import Manifest
from certmend.model.text import visible

_PIECE = 1 << 20
_MANIFEST_LIMIT = 64 << 20


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a folder; `regular` is false for a link, a folder or a device."""

    name: str
    regular: bool
    size: int = 0


def entries(folder: Path) -> tuple[Entry, ...]:
    """All that lies in a folder, sorted; links are not followed. Raises `OSError`."""
    return tuple(sorted(_entries(folder), key=lambda one: one.name))


def _entries(folder: Path) -> Iterator[Entry]:
    for path in folder.iterdir():
        status = path.lstat()
        yield Entry(name=path.name, regular=stat.S_ISREG(status.st_mode), size=status.st_size)


def sha256(path: Path) -> str:
    """The digest of a file's content, in lower case. Raises `OSError`."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def manifest(folder: Path) -> Manifest | None:
    """The manifest in a folder; None without one. Raises `UsageError` for one that is broken."""
    path = folder / manifests.NAME
    shown = visible(str(path), 300)
    try:
        if path.stat().st_size > _MANIFEST_LIMIT:
            raise UsageError(f"{shown} is larger than 64 MiB", "it is no manifest of certmend's")
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot read {shown}: {words}", "give a folder of packages") from None
    return manifests.decode(content, shown)


def named(name: str) -> tuple[str, str]:
    """The normalised project and the version in a file's name; both empty where it tells none."""
    try:
        if name.endswith(".whl"):
            project, version, _, _ = parse_wheel_filename(name)
        else:
            project, version = parse_sdist_filename(name)
    except (InvalidWheelFilename, InvalidSdistFilename):
        return _loosely_named(name)
    return str(project), str(version)


def _loosely_named(name: str) -> tuple[str, str]:
    """A name of old tools, such as `billing-1.0.tar.bz2`."""
    match = re.match(
        r"(?P<project>[A-Za-z0-9._-]+)-(?P<version>\d[^-]*?)\.(?:tar\.\w+|tgz|egg)$", name
    )
    if match is None:
        return "", ""
    return re.sub(r"[-_.]+", "-", match["project"]).lower(), match["version"]
