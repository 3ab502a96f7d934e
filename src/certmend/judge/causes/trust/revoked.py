"""The certificate is on its CA's revocation list.

## What you see
    certificate verify failed: certificate revoked

## Why
The CA has taken the certificate back. pip, uv and most Python clients do not look; browsers,
Windows clients and proxies may refuse it at any time.

## Fix
Have a new certificate issued and installed.

## Never
Going on with it: its key may be in other hands.

## Try it
    certmend lab run revoked -- certmend diagnose
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.facts import Revocation
from certmend.model.finding import Certainty, Evidence, Finding, Owner, Severity
from certmend.model.text import visible


@cause(rank=58)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A leaf on a revocation list; an error only for a client that refused it for that."""
    for case in inquiry.cases:
        entry = _entry(case)
        if entry is not None or 23 in case.verify_codes():
            yield _finding(case, entry)


def _entry(case: Case) -> Revocation | None:
    for entry in case.facts.revocations:
        if case.leaf and entry.sha256 == case.leaf.sha256 and entry.revoked_at is not None:
            return entry
    return None


def _finding(case: Case, entry: Revocation | None) -> Finding:
    refused = 23 in case.verify_codes()
    evidence = [Evidence(label="leaf", text=f"{case.leaf}")]
    if entry is not None:
        evidence += [
            Evidence(label="revoked", text=f"{entry.revoked_at:%Y-%m-%d}"),
            Evidence(label="list", text=visible(entry.source, 300)),
        ]
    return case.finding(
        "revoked",
        f"the certificate of {case.endpoint} has been revoked by its CA",
        severity=Severity.ERROR if refused else Severity.WARNING,
        certainty=Certainty.PROVEN if refused or (entry and entry.signed) else Certainty.LIKELY,
        evidence=(*evidence, *case.said()),
        why=f"Its CA lists it as revoked; {case.client.label} "
        + ("refuses it." if refused else "does not look, other clients do."),
        owner=Owner.REGISTRY,
        cure=("Have a new certificate with a new key issued, and install it.",),
    )
