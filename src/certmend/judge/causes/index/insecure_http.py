"""The index is used over plain HTTP.

## What you see
    The repository located at pypi.corp.example is not a trusted or secure host and is being ignored

## Why
Anyone on the way can replace packages. pip ignores such an index, except on this machine itself.

## Fix
Use https:// in the index URL; have TLS set up on the registry.

## Never
Adding the host to trusted-host: it hides the warning, not the danger.

## Try it
    certmend lab run insecure-http -- pip download billing
"""

import ipaddress
from collections.abc import Iterator

from certmend.judge import audit
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model import failure
from certmend.model.client import ClientFacts
from certmend.model.finding import Evidence, Finding, Owner, Severity
from certmend.model.index import Index, Purpose
from certmend.model.text import visible

_MADE_BY_SERVER = (Purpose.REDIRECT, Purpose.FILE)


@cause(rank=34)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A plain http:// URL to another machine."""
    for case in inquiry.cases:
        if case.attempt.url.scheme == "http" and not _local(case.host):
            yield _finding(case)
    if audit.asked(inquiry):
        for client in inquiry.facts.clients:
            for index in client.indexes:
                if index.url.scheme == "http" and not _local(index.url.host):
                    yield _set(client, index)


def _set(client: ClientFacts, index: Index) -> Finding:
    origin = visible(str(index.origin), 300)
    return audit.about(
        "insecure-http",
        client,
        f"{visible(index.url.endpoint)} is used over plain HTTP",
        where=origin,
        evidence=(Evidence(label="index", text=visible(str(index.url), 300)),),
        why="Nothing is verified over plain HTTP: anyone on the way can replace packages.",
        owner=Owner.REGISTRY,
        cure=(f"Write https:// in the URL ({origin}); have TLS set up if there is none.",),
    )


def _local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _finding(case: Case) -> Finding:
    ignored = case.failure is not None and case.failure.reason == failure.INSECURE_ORIGIN
    origin = case.facts.indexes[case.attempt.index].origin
    cure = f"Write https:// in the URL ({origin}); have TLS set up if there is none."
    if case.attempt.purpose in _MADE_BY_SERVER:
        cure = (
            f"Have the registry's public URL set to https:// on the server: it sends its clients "
            f"to plain HTTP by a {case.attempt.purpose}."
        )
    return case.finding(
        "insecure-http",
        f"{case.endpoint} is used over plain HTTP"
        + (f", and {case.client.name} ignores it" if ignored else ""),
        severity=Severity.ERROR if ignored else Severity.WARNING,
        where=str(origin),
        evidence=case.said(),
        why="Nothing is verified over plain HTTP: anyone on the way can replace packages.",
        owner=Owner.REGISTRY,
        cure=(cure,),
    )
