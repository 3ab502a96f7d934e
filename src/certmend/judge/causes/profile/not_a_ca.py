"""A certificate that signs others is not marked as a CA, or its path is too long.

## What you see
    certificate verify failed: invalid CA certificate
    certificate verify failed: path length constraint exceeded

## Why
A CA certificate says so in its Basic Constraints, and may limit how many CAs stand below it. One in
this chain does not, or the chain is longer than allowed.

## Fix
Have the CA team issue a CA certificate with the right Basic Constraints.

## Never
Trusting each certificate below it one by one.

## Try it
    certmend lab run not-a-ca -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import verdicts
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding

_CODES = frozenset({22, 24, 25, 32, 79})
_LONG = frozenset({22, 25})


@cause(rank=64, supersedes=("wrong-purpose",))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's invalid CA, too long a path, or key usage without certificate signing."""
    for case, bad in verdicts.about(inquiry, _CODES):
        long = bool(_LONG & case.verify_codes())
        words = "more CAs stand below it than it allows" if long else "it is not marked as a CA"
        yield verdicts.said(
            case,
            "not-a-ca",
            f"{bad} in the chain of {case.endpoint} may not sign certificates: {words}",
            evidence=(
                Evidence(
                    label="signs", text=f"{bad}: CA {bad.is_ca}, path length {bad.path_length}"
                ),
            ),
            why=f"{case.client.label} accepts only certificates of CAs above the server's own.",
            cure=("Have the CA team issue it with `CA:TRUE` and a sufficient path length.",),
            is_leaf=False,
        )
