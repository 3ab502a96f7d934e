"""A finding as data: the fields that a diagnosis, an explanation and an inspection share."""

from typing import Any, TypeVar

import msgspec

from certmend.model.finding import Certainty, Evidence, Finding, Owner, Severity

T = TypeVar("T", bound=msgspec.Struct)


class FindingResult(msgspec.Struct, frozen=True, kw_only=True):
    """One finding; `code` never changes its meaning."""

    code: str
    severity: Severity
    certainty: Certainty
    index: str
    host: str
    client: str
    where: str
    summary: str
    evidence: tuple[Evidence, ...]
    why: str
    owner: Owner
    cure: str
    alternatives: tuple[str, ...]


def of(kind: type[T], finding: Finding, **more: Any) -> T:
    """A finding as a struct of some kind: those of its fields that `kind` has, and `more`.

    The first cure is the cure, the others are alternatives.
    """
    told = {
        **{name: getattr(finding, name) for name in finding.__struct_fields__},
        "cure": finding.cure[0] if finding.cure else "",
        "alternatives": finding.cure[1:],
        **more,
    }
    return kind(**{name: told[name] for name in kind.__struct_fields__})
