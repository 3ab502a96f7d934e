"""What certmend found: one cause, on one index, for one client, with its evidence and cure."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How bad it is, in SARIF's words."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Certainty(StrEnum):
    """Whether the evidence proves the cause, or only speaks for it."""

    PROVEN = "proven"
    LIKELY = "likely"


class Owner(StrEnum):
    """Whose job the cure is."""

    YOU = "you"
    NETWORK = "your network team"
    REGISTRY = "the registry's admin"
    CA = "the CA team"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One line of evidence: a short label and what was seen."""

    label: str
    text: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A cause seen here. All text is fit to be shown: made visible, and free of secrets."""

    code: str
    severity: Severity
    certainty: Certainty
    summary: str
    index: str = ""
    """The URL it was met on, redacted; empty when it is about the machine or the client."""
    host: str = ""
    client: str = ""
    where: str = ""
    """The file and line, variable or interpreter that it is about."""
    evidence: tuple[Evidence, ...] = ()
    why: str = ""
    owner: Owner = Owner.YOU
    cure: tuple[str, ...] = ()
    """Sentences, the first is the cure itself; commands stand in backticks."""
