"""The CA file or folder that is configured does not exist.

## What you see
    Could not find a suitable TLS CA certificate bundle, invalid path
    OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /etc/corp/ca.pem
    [Errno 13] Permission denied: '/etc/corp/ca.pem'

## Why
A variable, an option or a configuration file names a file that is not there, or that this user
may not read. The client stops before it connects to anything.

## Fix
Correct the path where it is set, or put the file there.

## Never
Switching verification off because a path is wrong.

## Try it
    certmend lab run bundle-not-found -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import audit
from certmend.judge.audit import Used
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.failure import BUNDLE_MISSING, UNKNOWN
from certmend.model.finding import Evidence, Finding
from certmend.model.store import StoreProblem
from certmend.model.text import visible

_PROBLEMS = (StoreProblem.ABSENT, StoreProblem.UNREADABLE)


@cause(
    rank=12,
    supersedes=("connection-closed", "untrusted-root", "self-signed-leaf", "bundle-incomplete"),
)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The client's own word that its bundle is not there, said once; or that it may not read it."""
    for case, used in audit.silently_broken(inquiry, _PROBLEMS):
        yield audit.silent(case, used, "bundle-not-found", _summary(used), _cure(used))
    for case in inquiry.failed(BUNDLE_MISSING)[:1]:
        store = case.facts.store(case.attempt.bundle or case.trust.bundle)
        if store is None or store.problem is None or store.problem in _PROBLEMS:
            yield _finding(case)
    for case in inquiry.failed(UNKNOWN):
        store = case.facts.store(case.attempt.bundle or case.trust.bundle)
        if store is not None and store.problem is StoreProblem.UNREADABLE:
            yield _finding(case)
    if audit.asked(inquiry):
        for used in audit.broken_stores(inquiry.facts, _PROBLEMS):
            summary = f"{_summary(used)}: {used.store.detail}"
            yield audit.broken(used, "bundle-not-found", summary, _cure(used))


def _summary(used: Used) -> str:
    path = visible(used.path, 300)
    return f"the CA bundle {path} that {used.client.name} should use cannot be read"


def _cure(used: Used) -> tuple[str, ...]:
    return (f"Correct the path in {visible(used.origin, 300)}, or put the CA bundle there.",)


def _finding(case: Case) -> Finding:
    bundle = case.attempt.bundle or case.trust.bundle
    store = case.facts.store(bundle)
    problem = store.detail if store is not None and store.detail else "it cannot be used"
    origin = visible(case.trust.bundle_origin, 300)
    return case.finding(
        "bundle-not-found",
        f"the CA bundle {visible(bundle, 300)} that {case.client.name} should use cannot be read",
        where=origin,
        evidence=(
            Evidence(label="bundle", text=f"{visible(bundle, 300)}: {problem}"),
            Evidence(label="set by", text=origin),
            *case.said(),
        ),
        why=f"{origin} names a file that {case.client.label} cannot read, so it connects nowhere.",
        cure=(
            f"Correct the path in {origin}, or put the CA bundle there.",
            f"Remove {origin}: {case.client.name} then uses its own roots.",
        ),
    )
