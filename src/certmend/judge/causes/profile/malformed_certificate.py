"""A certificate that the client cannot read.

## What you see
    [ASN1: NOT_ENOUGH_DATA]
    [ASN1] nested asn1 error
    invalid peer certificate: BadEncoding
    invalid peer certificate: UnsupportedCertVersion

## Why
What the server sends as its certificate is damaged, or of a kind that the client's library does not
take. The handshake ends before anything can be verified.

## Fix
Install the certificate again, from the file that the CA issued.

## Never
Trusting the host without verification: it would not help, the certificate cannot be read.

## Try it
    certmend lab run malformed-certificate -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding, Owner


@cause(rank=32, supersedes=("connection-closed", "handshake-failure", "not-tls"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A handshake that failed while a certificate that does not parse was sent."""
    for case in inquiry.cases:
        if case.connected or case.failure is None or not case.chain:
            continue
        bad = next((one for one in case.chain if not one.readable), None)
        if bad is None:
            continue
        yield case.finding(
            "malformed-certificate",
            f"{case.endpoint} sends a certificate that cannot be read",
            evidence=(
                Evidence(label="bytes", text=f"{len(bad.der)}, sha256 {bad.sha256}"),
                *(Evidence(label="problem", text=problem) for problem in bad.problems[:3]),
                *case.said(),
            ),
            why="Its encoding is damaged, so no client gets as far as verifying it.",
            owner=Owner.REGISTRY,
            cure=("Install the certificate again, from the file that the CA issued.",),
        )
