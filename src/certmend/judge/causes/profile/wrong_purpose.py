"""The certificate may not be used for TLS servers.

## What you see
    certificate verify failed: unsupported certificate purpose
    certificate verify failed: unsuitable certificate purpose
    invalid peer certificate: InvalidPurpose

## Why
The Extended Key Usage extension names what a certificate is for; this one does not name TLS
servers. Often a client's certificate was installed.

## Fix
Have a certificate with the usage serverAuth issued.

## Never
Trusting the host without verification.

## Try it
    certmend lab run wrong-purpose -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import verdicts
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding


@cause(rank=64)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's unsuitable purpose."""
    for case, bad in verdicts.about(inquiry, (26,)):
        uses = ", ".join(bad.extended_key_usage or ()) or "none"
        yield verdicts.said(
            case,
            "wrong-purpose",
            f"the certificate {bad} of {case.endpoint} is not for TLS servers",
            evidence=(Evidence(label="usage", text=uses),),
            why="Its extended key usage does not hold serverAuth.",
            cure=(
                "Have a certificate with the extended key usage serverAuth issued and installed.",
            ),
        )
