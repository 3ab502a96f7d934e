"""A package can be taken from more than one index.

## What you see
    No matching distribution found

## Why
pip asks all its indexes and takes the highest version from any of them. A private name that
somebody registers on the public index is then installed from there (dependency confusion).

## Fix
Use one index that proxies the other, or give the private packages names that are reserved.

## Never
Trusting the order of the indexes: pip has none.

## Try it
    certmend lab run mixed-indexes -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import audit
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.public_hosts import PUBLIC_HOSTS
from certmend.model.client import ClientFacts
from certmend.model.finding import Evidence, Finding, Owner, Severity
from certmend.model.index import Purpose
from certmend.model.text import visible


@cause(rank=75)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The package that was looked for stands on two hosts, one of which is not public."""
    holders = [
        case
        for case in inquiry.cases
        if case.attempt.purpose is Purpose.PACKAGE
        and case.attempt.reply is not None
        and case.attempt.reply.files
        and inquiry.facts.package
    ]
    hosts = dict.fromkeys(case.endpoint for case in holders)
    if len(hosts) > 1 and not all(case.host in PUBLIC_HOSTS for case in holders):
        yield _finding(holders)
    if audit.asked(inquiry):
        yield from (_set(one) for one in inquiry.facts.clients if _mixed(one))


def _mixed(client: ClientFacts) -> bool:
    """Whether a private name could be taken from a public index, by any of its indexes."""
    hosts = {one.url.host for one in client.indexes if one.url.is_http}
    return client.mixes_indexes and bool(hosts & PUBLIC_HOSTS) and bool(hosts - PUBLIC_HOSTS)


def _set(client: ClientFacts) -> Finding:
    extra = next((one for one in client.indexes if one.purpose is Purpose.EXTRA_INDEX), None)
    return audit.about(
        "mixed-indexes",
        client,
        f"{client.name} takes packages from a private index and from a public one alike",
        where=visible(str((extra or client.indexes[0]).origin), 300),
        evidence=[
            Evidence(label="index", text=f"{visible(str(one.url), 200)} ({one.origin})")
            for one in client.indexes
        ],
        why=f"{client.name} does not prefer one index to another: a private name that somebody "
        "registers on the public one is installed from there.",
        cure=("Use one index that proxies the other.",),
    )


def _finding(holders: list[Case]) -> Finding:
    first = holders[0]
    name = first.facts.package
    lines = []
    for case in holders:
        files = case.attempt.reply.files if case.attempt.reply else ()
        lines.append(Evidence(label=case.endpoint, text=", ".join(files[-3:])))
    return first.finding(
        "mixed-indexes",
        f"{name} can be taken from {len(holders)} indexes, and pip takes the highest version",
        severity=Severity.WARNING,
        evidence=lines,
        why="pip does not prefer one index to another: whoever publishes a higher version wins.",
        owner=Owner.YOU,
        cure=("Use one index that proxies the other, and leave `extra-index-url` out.",),
    )
