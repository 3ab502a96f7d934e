"""An intermediate or root in the chain has expired.

## What you see
    certificate verify failed: certificate has expired

## Why
The server's own certificate is fine; a CA above it has passed its last day. Often the server still
sends an old intermediate, or the bundle holds an old root.

## Fix
Install the CA's current certificate where the expired one is: on the server for an intermediate,
in the trust store for a root.

## Never
Trusting the host without verification.

## Try it
    certmend lab run issuer-expired -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.certificate import Certificate
from certmend.model.finding import Evidence, Finding, Owner
from certmend.model.text import visible


@cause(rank=60)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's "has expired", for a certificate above the leaf."""
    for case in inquiry.dated:
        if 10 in case.verify_codes() and (bad := _expired(case)):
            yield _finding(case, bad)


def _expired(case: Case) -> Certificate | None:
    return next((bad for fault, bad in case.about((10,)) if fault.depth), None)


def _finding(case: Case, bad: Certificate) -> Finding:
    store = next((one for one in case.stores if bad.der in one.anchors), None)
    sent = any(one.sha256 == bad.sha256 for one in case.chain[1:])
    place = visible(store.path, 300) if store else "the server"
    return case.finding(
        "issuer-expired",
        f"the CA certificate {bad} above {case.endpoint} expired on {bad.not_after:%Y-%m-%d}",
        evidence=(
            *case.chain_lines(),
            Evidence(
                label="expired",
                text=f"{bad}, {bad.not_before:%Y-%m-%d} to {bad.not_after:%Y-%m-%d}",
            ),
            Evidence(label="in", text=place if store else "the chain that the server sends"),
        ),
        why=f"OpenSSL checks the dates of every certificate up to the root; {bad} has expired.",
        owner=Owner.REGISTRY if sent and store is None else Owner.CA,
        cure=(f"Replace {bad} in {place} by the CA's current certificate.",),
    )
