"""A CA in the chain is not allowed to issue for this name.

## What you see
    certificate verify failed: permitted subtree violation
    certificate verify failed: excluded subtree violation

## Why
The CA certificate limits the names it may issue for (Name Constraints), and this host is outside.

## Fix
Use a name inside the limits, or have another CA issue the certificate.

## Never
Taking the constraints away by trusting the server's certificate itself.

## Try it
    certmend lab run name-constraint -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import verdicts
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding


@cause(rank=64)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's permitted or excluded subtree violation."""
    for case, _ in verdicts.about(inquiry, (47, 48)):
        ca = next((c for c in case.chain[1:] if c.permitted_names or c.excluded_names), None)
        limits = ""
        if ca is not None:
            limits = "only " + ", ".join(ca.permitted_names) if ca.permitted_names else ""
            limits += " not " + ", ".join(ca.excluded_names) if ca.excluded_names else ""
        yield verdicts.said(
            case,
            "name-constraint",
            f"{ca or 'a CA in the chain'} is not allowed to issue for {case.endpoint}",
            evidence=(
                Evidence(label="allowed", text=limits.strip() or "see the CA's certificate"),
            ),
            why="The CA's certificate limits the names it may issue for, and this one is outside.",
            cure=("Have a certificate by a CA that is allowed this name, or use another name.",),
            is_leaf=False,
        )
