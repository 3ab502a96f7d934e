"""Findings that several clients share, each shown once."""

from collections.abc import Iterable

from certmend.model.finding import Finding


def grouped(findings: Iterable[Finding]) -> tuple[tuple[Finding, tuple[Finding, ...]], ...]:
    """The first finding of each cause and host, with those of other clients for the same."""
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for one in findings:
        place = one.host or one.where
        key = (one.code, one.severity, place, one.index)
        groups.setdefault(key, []).append(one)
    return tuple((first, tuple(others)) for first, *others in groups.values())
