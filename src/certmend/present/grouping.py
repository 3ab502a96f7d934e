"""Findings that several clients or hosts share, each shown once."""

from collections.abc import Iterable

from certmend.model.finding import Finding

_OF_ITS_HOST = ("sent", "leaf")
"""Evidence that every host has its own of, though the cause is one."""


def grouped(findings: Iterable[Finding]) -> tuple[tuple[Finding, tuple[Finding, ...]], ...]:
    """The first finding of each cause, with those of other clients and hosts for the same.

    Of other hosts only where the same clients met it, by the same evidence, with the same cure.
    """
    places: dict[tuple[str, str, str, str], list[Finding]] = {}
    for one in findings:
        place = one.host or one.where
        places.setdefault((one.code, one.severity, place, one.index), []).append(one)
    groups: dict[object, list[Finding]] = {}
    for found in places.values():
        groups.setdefault(_shared(found), []).extend(found)
    return tuple((first, tuple(others)) for first, *others in groups.values())


def also(first: Finding, others: Iterable[Finding]) -> tuple[str, ...]:
    """What each of the others adds to the first, once: a client, a host or a setting."""
    names = (_new(first, other) for other in others)
    return tuple(dict.fromkeys(name for name in names if name))


def _new(first: Finding, other: Finding) -> str:
    if other.client != first.client:
        return short(other.client)
    return other.host if other.host != first.host else other.where


def short(client: str) -> str:
    """A client without the interpreter that runs it."""
    return client.partition(" (")[0]


def _shared(found: list[Finding]) -> object:
    first = found[0]
    evidence = tuple(one for one in first.evidence if one.label not in _OF_ITS_HOST)
    clients = tuple(one.client for one in found)
    if not first.host or not evidence:
        return first
    return first.code, first.severity, first.owner, clients, evidence, first.cure
