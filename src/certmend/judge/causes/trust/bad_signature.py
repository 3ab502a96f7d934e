"""A signature in the chain does not verify, and no rotation explains it.

## What you see
    certificate verify failed: certificate signature failure
    invalid peer certificate: BadSignature

## Why
A certificate in the chain was damaged, or made with another key than the issuer's that it names.

## Fix
Have the certificate issued and installed again.

## Never
Ignoring it: a signature that does not verify is what a forgery looks like.

## Try it
    certmend lab run bad-signature -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding, Owner

_CODES = (4, 7)
"""A signature that cannot be decrypted, or does not fit."""


@cause(rank=53)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's signature failure, for the certificate that it is about.

    Only with the client's own anchors: an old CA in a store that it does not read proves nothing.
    """
    for case in inquiry.refused:
        fault = next((one for one in case.faults if one.code in _CODES), None)
        bad = next((c for c in case.chain if fault and c.sha256 == fault.sha256), case.leaf)
        if bad is None or fault is None:
            continue
        yield case.finding(
            "bad-signature",
            f'the signature of {bad}, shown by {case.endpoint}, is not that of "{bad.issuer}"',
            evidence=(
                *case.chain_lines(),
                Evidence(label="bad", text=f"{bad}, sha256 {bad.sha256}"),
            ),
            why=f'{bad} names "{bad.issuer}" as its issuer; another key signed it.',
            owner=Owner.REGISTRY,
            cure=(
                "Have the CA team issue the certificate again, and install it with its chain.",
                "If this came unexpectedly: treat it as a possible attack until it is explained.",
            ),
        )
