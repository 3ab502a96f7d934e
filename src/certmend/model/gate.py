"""What a gate says: one line for each thing that must be right, with what is wrong about it."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a line is about."""

    INDEX = "index"
    BUNDLE = "bundle"
    PACKAGE = "package"
    SETTINGS = "settings"


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong; all text is fit to be shown."""

    code: str
    """Of the causes."""
    fails: bool
    """Whether the gate stays shut for it; else it is a warning."""
    text: str
    where: str = ""
    cure: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that must be right."""

    kind: Kind
    subject: str
    """The index, the CA file, the package, or the place of the setting."""
    client: str
    text: str
    """What is so, where nothing is wrong."""
    days: int | None = None
    """Until the first certificate expires; None where there is none."""
    path: str = ""
    """The file that sets it, where that is one of the project's."""
    line: int = 0
    troubles: tuple[Trouble, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the gate opens as far as this is concerned."""
        return not any(one.fails for one in self.troubles)


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """A configured CA file or folder: its certificates as DER, without the public roots."""

    path: str
    origin: str
    client: str
    own: tuple[bytes, ...] = ()
    public: int = 0
    """How many public roots it holds besides."""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What the real client did with a package."""

    package: str
    client: str
    ok: bool
    reason: str = ""
    """The client's own words, where it failed."""


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer."""

    version: str
    """certmend's own."""
    now: datetime
    min_days: int
    lines: tuple[Line, ...]

    @property
    def ok(self) -> bool:
        """Whether all is right."""
        return all(one.ok for one in self.lines)
