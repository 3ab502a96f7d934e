"""The server presents a certificate that is itself marked as a CA.

## What you see
    invalid peer certificate: CaUsedAsEndEntity

## Why
Typical of a certificate made with one `openssl req -x509` command. OpenSSL accepts it; rustls (uv)
does not, and cannot be told to.

## Fix
Have a server certificate with `CA:FALSE` issued.

## Never
Using a CA's key on a server: who takes it can sign for every name.

## Try it
    certmend lab run ca-as-leaf -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.question import CA_AS_LEAF
from certmend.model.finding import Evidence, Finding, Owner, Severity


@cause(rank=90)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A leaf that is a CA: an error for rustls, a note for the others."""
    for case in inquiry.cases:
        leaf = case.leaf
        if leaf is None or leaf.is_ca is not True or not (case.connected or case.refused):
            continue
        refused = CA_AS_LEAF in case.verify_codes()
        yield case.finding(
            "ca-as-leaf",
            f"{case.endpoint} shows a certificate that is marked as a CA",
            severity=Severity.ERROR if refused else Severity.NOTE,
            evidence=(Evidence(label="leaf", text=f"{leaf}: CA:TRUE"),),
            why=f"{case.client.label} refuses it (CaUsedAsEndEntity); OpenSSL accepts it."
            if refused
            else f"{case.client.label} accepts it; uv refuses it (CaUsedAsEndEntity).",
            owner=Owner.REGISTRY,
            cure=("Have a server certificate with `CA:FALSE` issued and installed.",),
        )
