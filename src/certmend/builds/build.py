"""What the makers of patches share: the wish, the patch, and the type of their plug-ins."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from certmend.model.document import Document


class Way(StrEnum):
    """How a build gets the CA."""

    STORE = "system-store"
    """Copied into the image, and taken up by its system's trust store."""
    SECRET = "build-secret"  # noqa: S105  a name, no password
    """A BuildKit secret, there for the length of a RUN; nothing stays in the image."""


class Ca(msgspec.Struct, frozen=True, kw_only=True):
    """A CA, as a file that the build can reach."""

    source: str
    """Its path relative to the build context or project, with slashes."""
    name: str
    """The name that it gets inside, ending in `.crt`."""
    sha256: str
    """Of the file's content, in lower-case hexadecimal."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the person asked for, and what the patch may know of the files around."""

    cas: tuple[Ca, ...] = ()
    """None where no CA was given: what the file names itself is mended then."""
    way: Way = Way.STORE
    family: str = ""
    """The system of images that tell nothing by themselves."""
    bundle: str = ""
    """For files that cannot run a command first: public roots and the CA, a relative path."""
    holds: Callable[[str], bool | None]
    """Whether a path of the build context holds those CAs; None where that cannot be seen."""


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a file that cannot be mended, and why."""

    place: str
    why: str
    hint: str = ""


class Patch(msgspec.Struct, frozen=True, kw_only=True):
    """A file's new text, with what was done; the old text where nothing is to be done."""

    text: str
    done: tuple[str, ...] = ()
    """Each a line: what a stage, service or job gets."""
    notes: tuple[str, ...] = ()
    """What the person should know, or has to do."""
    refusals: tuple[Refusal, ...] = ()
    wants_ca: bool = False
    """Whether it cannot be made without a CA that was not given."""
    wants_bundle: bool = False
    """Whether the new text names the bundle of `Wish.bundle`."""
    builds: tuple[tuple[str, str], ...] = ()
    """Dockerfiles that this file builds, each with its context, relative to this file."""


class Build(msgspec.Struct, frozen=True, kw_only=True):
    """A plug-in of `certmend.builds.files`."""

    name: str
    """What people call such a file."""
    kinds: tuple[str, ...]
    """The names of the `FileKind`s that it patches."""
    context: bool
    """Whether paths are relative to a build context, and not to the project's top."""
    patch: Callable[[Document, Wish], Patch]
