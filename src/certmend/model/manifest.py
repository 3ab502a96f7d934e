"""The manifest of a wheelhouse: what was downloaded, from where, and what it was verified with.

Nothing in it is secret: addresses are shown without credentials.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec

from certmend.errors import UsageError

SCHEMA = "certmend/manifest/1"
NAME = "certmend-manifest.json"
_HINT = "give the folder that `certmend prefetch` wrote"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What the files are for; without both it is the Python that downloaded them."""

    python_version: str = ""
    platforms: tuple[str, ...] = ()
    """Platform tags of one machine, such as manylinux2014_x86_64."""

    @property
    def label(self) -> str:
        """As shown to people."""
        words = [f"Python {self.python_version}"] if self.python_version else []
        return " ".join([*words, ",".join(self.platforms)]).strip() or "this Python"

    @property
    def options(self) -> tuple[str, ...]:
        """Pip's options for it; it takes no source distributions for another machine."""
        if self == Target():
            return ()
        version = ("--python-version", self.python_version) if self.python_version else ()
        platforms = [word for one in self.platforms for word in ("--platform", one)]
        return ("--only-binary=:all:", *version, *platforms)


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """The CA in the client's trust store that an index's certificate led to."""

    subject: str
    sha256: str


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """An index that was used, where it was set, and the anchors of its hosts."""

    url: str
    purpose: str
    origin: str
    anchors: tuple[Anchor, ...] = ()


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """What the client verified with."""

    client: str
    mechanism: str
    stores: tuple[str, ...] = ()
    bundle: str = ""
    bundle_origin: str = ""
    bundle_sha256: str = ""
    """Of the configured CA file; empty without one, or for a folder."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the wheelhouse."""

    name: str
    project: str
    """The normalised name (PEP 503); empty for an archive whose name does not tell it."""
    version: str
    size: int
    """In bytes."""
    sha256: str
    index: str = ""
    """The index or page that offers it; empty when none of them says so."""
    checked: tuple[str, ...] = ()
    """What states the same SHA-256: `index`, `requirements`; neither where nothing states one."""
    targets: tuple[str, ...] = ()
    """The labels of the targets that need it; empty for one that only an earlier run needed."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file of settings beside the packages."""

    name: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The whole manifest, `certmend/manifest/1`."""

    schema: Literal["certmend/manifest/1"] = "certmend/manifest/1"
    version: str
    """certmend's own."""
    made: datetime
    complete: bool
    """Whether the download came to its end."""
    trust: Trust
    indexes: tuple[Place, ...] = ()
    targets: tuple[Target, ...] = ()
    files: tuple[File, ...] = ()
    settings: tuple[Written, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file that it names."""
        packages = {one.name: one.sha256 for one in self.files}
        return packages | {one.name: one.sha256 for one in self.settings}


def encode(manifest: Manifest) -> bytes:
    """The manifest as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def decode(content: bytes, name: str) -> Manifest:
    """Read a manifest; raises `UsageError` for what is none of this schema, or is unsafe.

    A file's name must be a name: one with a separator would lead out of the folder.
    """
    try:
        found = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} is no manifest of {SCHEMA}: {error}", _HINT) from None
    for inner in found.digests:
        if not plain_name(inner):
            raise UsageError(f"{name} names a file that is none: {inner!r}", _HINT)
    return found


def plain_name(name: str) -> bool:
    """Whether a file name stays in its folder on every system, and can be shown as it is."""
    return (
        bool(name)
        and not name.startswith(".")
        and len(name.encode("utf-8", "replace")) <= 255
        and not any(character in '/\\:*?"<>|' for character in name)
        and name.isprintable()
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a manifest (draft 2020-12)."""
    made = msgspec.json.schema(Manifest)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
