"""The certificate holds a critical extension that the verifier does not know.

## What you see
    certificate verify failed: unhandled critical extension
    invalid peer certificate: UnsupportedCriticalExtension

## Why
An extension marked critical must be understood, or the certificate refused (RFC 5280, section 4.2).

## Fix
Have the certificate issued without it, or with the extension not critical.

## Never
Trusting the host without verification.

## Try it
    certmend lab run unsupported-extension -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import verdicts
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding

_CODES = (34, 40, 44)
"""Unhandled critical extension; a proxy certificate; a part of an extension that is not done."""


@cause(rank=64)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's unhandled critical extension."""
    for case, bad in verdicts.about(inquiry, _CODES):
        yield verdicts.said(
            case,
            "unsupported-extension",
            f"the certificate {bad} of {case.endpoint} has a critical extension nobody knows",
            evidence=(
                Evidence(label="extension", text=", ".join(bad.unknown_critical) or "unknown"),
            ),
            why="A verifier must refuse a critical extension that it does not know.",
            cure=("Have the certificate issued without that extension, or with it not critical.",),
            is_leaf=bad is case.leaf,
        )
