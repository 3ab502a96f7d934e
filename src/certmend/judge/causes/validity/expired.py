"""The server's certificate has expired.

## What you see
    certificate verify failed: certificate has expired
    invalid peer certificate: Expired

## Why
A certificate is valid between two dates, and the second one has passed. Nobody renewed it, or the
server was not restarted after the renewal.

## Fix
Renew the certificate and restart what serves it.

## Never
Moving the clock back, or trusting the host without verification.

## Try it
    certmend lab run expired -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding, Owner


@cause(rank=60)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's "has expired", for the leaf."""
    for case in inquiry.dated:
        leaf = case.leaf
        if leaf is None or leaf.not_after > inquiry.facts.now or 10 not in case.verify_codes():
            continue
        blamed = case.about((10,))
        if blamed and all(bad.sha256 != leaf.sha256 for _, bad in blamed):
            continue
        days = (inquiry.facts.now - leaf.not_after).days
        yield case.finding(
            "expired",
            f"the certificate of {case.endpoint} expired on {leaf.not_after:%Y-%m-%d}",
            evidence=(
                Evidence(label="leaf", text=f'{leaf}, issued by "{leaf.issuer}"'),
                Evidence(
                    label="valid", text=f"{leaf.not_before:%Y-%m-%d} to {leaf.not_after:%Y-%m-%d}"
                ),
                Evidence(
                    label="now", text=f"{inquiry.facts.now:%Y-%m-%d %H:%M} UTC, {days} days later"
                ),
            ),
            why="A certificate is refused once its last day has passed.",
            owner=Owner.REGISTRY,
            cure=("Renew the certificate, install it with its chain, and restart the server.",),
        )
