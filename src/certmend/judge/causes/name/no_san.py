"""The name stands only in the certificate's common name.

## What you see
    no appropriate subjectAltName fields were found
    certificate verify failed: Hostname mismatch
    invalid peer certificate: NotValidForName

## Why
Names belong into the Subject Alternative Name extension (RFC 9525). pip, urllib, curl and git still
read the common name where it is missing; urllib3 2 (requests, Poetry, twine) and uv do not.

## Fix
Have the certificate issued again with the name as a subject alternative name.

## Never
Going on with it: the next client or version refuses it.

## Try it
    certmend lab run no-san -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding, Owner, Severity


@cause(rank=63, supersedes=("hostname-mismatch",))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A leaf without a DNS name beside its common name, which is the host."""
    for case in inquiry.cases:
        leaf = case.leaf
        if leaf is None or not leaf.readable or leaf.names_unread or leaf.dns_names:
            continue
        if _names(leaf.subject.common_name, case.host) and (case.connected or case.refused):
            yield _finding(case)


def _names(common_name: str, host: str) -> bool:
    """Whether a common name is the host, or a wildcard for it (RFC 9525, section 6.3)."""
    name, asked = common_name.lower(), host.lower()
    if name.startswith("*."):
        return "." in asked and name[1:] == asked[asked.index(".") :]
    return name == asked


def _finding(case: Case) -> Finding:
    refused = bool(case.verify_codes() & {62, 64})
    return case.finding(
        "no-san",
        f"the certificate of {case.endpoint} has its name only in the common name",
        severity=Severity.ERROR if refused else Severity.NOTE,
        evidence=(Evidence(label="leaf", text=f"{case.leaf}: no DNS name beside its subject"),),
        why=f"{case.client.label} "
        + ("no longer reads" if refused else "still reads")
        + " the common name; uv, requests, Poetry and twine do not.",
        owner=Owner.REGISTRY,
        cure=("Have the certificate issued again with the name as a subject alternative name.",),
    )
