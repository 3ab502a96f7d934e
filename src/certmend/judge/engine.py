"""Run every cause, keep one answer for each failure, and put first what must be fixed first."""

from collections.abc import Iterable
from functools import cache

from certmend import registry
from certmend.judge import unexplained
from certmend.judge.cause import Cause
from certmend.judge.inquiry import Inquiry
from certmend.model.facts import Facts
from certmend.model.finding import Finding, Severity

_SEVERITIES = tuple(Severity)


@cache
def causes() -> tuple[Cause, ...]:
    """All causes, in the order of their ranks."""
    found: tuple[Cause, ...] = registry.load("certmend.judge.causes", Cause)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.rank, one.code)))


@cache
def _of(families: frozenset[str] | None) -> dict[str, Cause]:
    return {one.code: one for one in causes() if families is None or one.family in families}


def judge(facts: Facts, families: frozenset[str] | None = None) -> tuple[Finding, ...]:
    """The findings that follow from the facts: pure, the same for the same facts.

    `families` limits it to the causes of these folders.
    """
    inquiry = Inquiry(facts)
    known = _of(families)
    found = [finding for one in known.values() for finding in one.judge(inquiry)]
    kept = _once(_strongest(found, known)) if found else []
    if families is None:
        kept += _once(unexplained.findings(inquiry, kept))
    if not kept:
        return ()
    places = {str(attempt.url): number for number, attempt in enumerate(facts.attempts)}
    return tuple(
        sorted(
            kept,
            key=lambda one: (
                _SEVERITIES.index(one.severity),
                known[one.code].rank,
                places.get(one.index, -1),
                one.code,
            ),
        )
    )


def _strongest(found: Iterable[Finding], known: dict[str, Cause]) -> list[Finding]:
    """Without the explanations that a stronger one of the same failure replaces."""
    findings = list(found)
    replaced = {
        (code, one.host, one.client) for one in findings for code in known[one.code].supersedes
    }
    return [one for one in findings if (one.code, one.host, one.client) not in replaced]


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each cause, host and client: the first."""
    kept: dict[tuple[str, str, str, str], Finding] = {}
    for one in findings:
        kept.setdefault((one.code, one.host, one.client, one.where), one)
    return list(kept.values())
