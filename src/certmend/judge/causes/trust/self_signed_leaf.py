"""The server's own certificate is self-signed.

## What you see
    certificate verify failed: self-signed certificate
    certificate verify failed: self signed certificate
    invalid peer certificate: CaUsedAsEndEntity

## Why
Nobody vouches for the certificate but itself: it was made with one command, or is a product's
default. No client trusts it, and each renewal would have to be trusted anew.

## Fix
Have the internal CA issue a certificate for the server. Until then the certificate itself can be
given to pip as a CA file, after comparing its fingerprint with the registry's admin.

## Never
Trusting the host without verification: anyone on the network could replace packages.

## Try it
    certmend lab run self-signed-leaf -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding, Owner


@cause(rank=54, supersedes=("untrusted-root",))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's "self-signed certificate": the name alone may be that of the leaf's CA."""
    for case in inquiry.refused:
        leaf = case.leaf
        if leaf is None or not leaf.self_issued or 18 not in case.verify_codes():
            continue
        yield case.finding(
            "self-signed-leaf",
            f"{case.endpoint} shows a self-signed certificate",
            evidence=(*case.chain_lines(), Evidence(label="sha256", text=leaf.sha256)),
            why=f"{leaf} is its own issuer, and {case.client.label} does not hold it as a CA.",
            owner=Owner.REGISTRY,
            cure=(
                "Have the internal CA issue a certificate for this server and install it.",
                "Until then: compare the SHA-256 above with the registry's admin, save the "
                "certificate, and name its file in a bundle for `PIP_CERT`.",
            ),
        )
