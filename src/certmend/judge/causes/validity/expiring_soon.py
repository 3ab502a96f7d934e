"""The certificate is valid today, and not for long.

## What you see
    (nothing yet)

## Why
Renewals are forgotten. When the last day passes, every client fails at once.

## Fix
Renew it now, while nothing is broken.

## Never
Waiting for the last day.

## Try it
    certmend lab run expiring-soon -- pip download billing
"""

from collections.abc import Iterator
from datetime import timedelta

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding, Owner, Severity

_DAYS = 14
_SHARE = 10


@cause(rank=61)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A verified leaf with less than 14 days, or a tenth of a short lifetime, left."""
    for case in inquiry.cases:
        if case.connected and case.attempt.verifies and case.leaf is not None:
            yield from _soon(case)


def _soon(case: Case) -> Iterator[Finding]:
    leaf, now = case.leaf, case.facts.now
    if leaf is None:
        return
    left = leaf.not_after - now
    limit = min(timedelta(days=_DAYS), (leaf.not_after - leaf.not_before) / _SHARE)
    if timedelta(0) < left < limit:
        yield case.finding(
            "expiring-soon",
            f"the certificate of {case.endpoint} expires on {leaf.not_after:%Y-%m-%d}",
            severity=Severity.WARNING,
            evidence=(
                Evidence(label="leaf", text=f'{leaf}, issued by "{leaf.issuer}"'),
                Evidence(label="left", text=f"{left.days} days"),
            ),
            why="It is valid today; after that day every client refuses it.",
            owner=Owner.REGISTRY,
            cure=("Renew the certificate and install it with its chain.",),
        )
