"""The server's certificate is not valid yet.

## What you see
    certificate verify failed: certificate is not yet valid
    invalid peer certificate: NotValidYet

## Why
The certificate's first day lies ahead: it was installed early, or issued by a machine whose clock
is wrong.

## Fix
Install the certificate that is valid today, or have it issued again.

## Never
Moving the clock forward, or trusting the host without verification.

## Try it
    certmend lab run not-yet-valid -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding, Owner


@cause(rank=60)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's "not yet valid", for any certificate of the chain."""
    for case in inquiry.dated:
        if 9 not in case.verify_codes():
            continue
        ahead = [one for one in case.chain if one.not_before > inquiry.facts.now]
        bad = next((about for _, about in case.about((9,))), ahead[0] if ahead else None)
        if bad is None:
            continue
        yield case.finding(
            "not-yet-valid",
            f"the certificate {bad} of {case.endpoint} is not valid before "
            f"{bad.not_before:%Y-%m-%d}",
            evidence=(
                Evidence(
                    label="valid", text=f"{bad.not_before:%Y-%m-%d} to {bad.not_after:%Y-%m-%d}"
                ),
                Evidence(
                    label="now", text=f"{inquiry.facts.now:%Y-%m-%d %H:%M} UTC on this machine"
                ),
            ),
            why="A certificate is refused before its first day.",
            owner=Owner.REGISTRY,
            cure=(
                "Install a certificate that is valid today.",
                "If this machine's date above is wrong, set its clock.",
            ),
        )
