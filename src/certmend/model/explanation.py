"""What a log tells: findings that say where they stand and what the log cannot tell."""

import msgspec

from certmend.model.finding import Finding

SCHEMA = "certmend/explanation/1"


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A finding from a log."""

    finding: Finding
    file: str
    lines: tuple[int, ...]
    """The first lines that tell it, counted from 1."""
    count: int
    """How often the log tells it."""
    possible: tuple[str, ...] = ()
    """Codes that the same lines would fit as well, the likelier first."""
    unknown: str = ""
    """What the log cannot tell, as a sentence."""
    command: str = ""
    """The one command that tells more, where the failure happened."""
    url: str = ""
    """What that command looks at; empty for every index of the client."""
    package: str = ""
    """The package that is not there, where the log names it."""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something else that stopped an installation, and is no cause of certmend's."""

    text: str
    file: str
    lines: tuple[int, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """All that logs told."""

    version: str
    """certmend's own."""
    files: tuple[str, ...]
    findings: tuple[Explained, ...] = ()
    remarks: tuple[Remark, ...] = ()
    skipped: int = 0
    """Places that look like more of the same, and were not read."""
