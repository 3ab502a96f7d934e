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

from certmend.judge.cause import cause
from certmend.judge.inquiry import Case, Inquiry
from certmend.judge.public_hosts import PUBLIC_HOSTS
from certmend.model.finding import Evidence, Finding, Owner, Severity
from certmend.model.index import Purpose


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
