"""What a diagnosis gives to a format: facts, findings and what went well."""

import msgspec

from certmend.model.facts import Facts
from certmend.model.finding import Finding


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One line of what is fine, or not, about an index."""

    index: int
    label: str
    text: str
    ok: bool


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One client with one index."""

    index: int
    client: str
    works: bool
    verified: bool
    """Whether it works because the client verified the server."""
    asked: bool
    """False: predicted from its settings, since it is not installed here."""
    stage: str = ""
    reason: str = ""
    verify_code: int | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that a format may know."""

    facts: Facts
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
