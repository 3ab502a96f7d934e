"""A setting of a client: its value, where it came from, and whether it decides anything."""

from enum import StrEnum

import msgspec


class OriginKind(StrEnum):
    """The kinds of places that a setting can come from."""

    FLAG = "flag"
    VARIABLE = "variable"
    FILE = "file"
    DEFAULT = "default"


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a value was set: a command-line flag, a variable, a line of a file, or nowhere."""

    kind: OriginKind
    name: str = ""
    """The flag, the variable, or the key in the file."""
    path: str = ""
    line: int = 0
    """Counted from 1; 0 when it is not known."""

    def __str__(self) -> str:
        match self.kind:
            case OriginKind.FILE:
                place = f"{self.path}:{self.line}" if self.line else self.path
                return f"{place} ({self.name})" if self.name else place
            case OriginKind.DEFAULT:
                return "default"
            case _:
                return self.name


class Meaning(StrEnum):
    """What a setting decides."""

    BUNDLE = "trust"
    FOLDER = "trust-folder"
    SYSTEM = "system-store"
    EXTRA = "extra-trust"
    """Certificates beside the store that is used otherwise."""
    INSECURE = "insecure"
    CLIENT_CERT = "client-cert"
    PROXY = "proxy"
    INDEX = "index"
    EXTRA_INDEX = "extra-index"
    FILE = "settings-file"
    """Names a file with more settings."""
    OTHER = "other"

    @property
    def is_trust(self) -> bool:
        """Whether it decides which certificates are trusted."""
        return self in (Meaning.BUNDLE, Meaning.FOLDER, Meaning.SYSTEM, Meaning.EXTRA)


class Active(msgspec.Struct, frozen=True, kw_only=True):
    """A setting in force, with its value as it is: never leaves the observers."""

    meaning: Meaning
    value: str
    origin: Origin
    scope: str = ""
    """The source, repository or URL that it is for; empty: every one."""
    on: bool = True
    """Whether a switch is on; a list of hosts is none."""
    hosts: tuple[str, ...] = ()
    """The hosts of a setting that names hosts."""
    bare: bool = False
    """Whether it is written without a value: an option that is a switch."""


class Role(StrEnum):
    """What became of a setting."""

    USED = "used"
    OVERRIDDEN = "overridden"
    IGNORED = "ignored"


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting that exists; `value` is redacted when the setting is read."""

    key: str
    """What it decides: cert, client-cert, index-url, proxy, trusted-host, use-feature …"""
    value: str
    origin: Origin
    role: Role = Role.USED
    why: str = ""
    """Why it is overridden or ignored, as half a sentence."""
    harmful: bool = False
    """Whether being ignored matters: it was meant to make this client trust something."""
    meaning: Meaning = Meaning.OTHER
    scope: str = ""
    """The source, repository or URL that it is for; empty: every one."""
    overrides: tuple[str, ...] = ()
    """The places whose values it beats."""
    stops: bool = False
    """Whether the client stops at it, instead of passing it over."""
    instead: str = ""
    """The name that is likely meant, for one that is misspelt."""
    for_others: str = ""
    """Clients that do read it, for one that this client does not."""
