"""A key or signature in the chain is below the client's security level.

## What you see
    EE_KEY_TOO_SMALL
    CA_MD_TOO_WEAK
    DH_KEY_TOO_SMALL
    certificate verify failed: EE certificate key too weak
    certificate verify failed: CA signature digest algorithm too weak

## Why
OpenSSL refuses keys under 2048 bits of RSA and SHA-1 signatures at its usual security level 2.

## Fix
Have the certificate issued with a key of 2048 bits or more, or P-256, and SHA-256.

## Never
Lowering the security level of every client.

## Try it
    certmend lab run weak-crypto -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import verdicts
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.reasons import reasons_of
from certmend.model.client import OPENSSL
from certmend.model.finding import Evidence, Finding, Owner

_REASONS = reasons_of("weak-crypto")


@cause(rank=64, supersedes=("handshake-failure",))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's weak keys and digests, in a certificate or in the key exchange."""
    for case, bad in verdicts.about(inquiry, (66, 67, 68)):
        text = (
            f"{bad}: {bad.key} {bad.key_bits} bits, signed with {bad.signature_hash or 'no digest'}"
        )
        yield verdicts.said(
            case,
            "weak-crypto",
            f"a key or signature of {case.endpoint} is too weak",
            evidence=(Evidence(label="weak", text=text),),
            why=_why(case),
            cure=("Have the certificate issued with a P-256 or 2048-bit RSA key, and SHA-256.",),
            is_leaf=bad is case.leaf,
        )
    for case in inquiry.failed(*_REASONS):
        yield _exchange(case)


def _why(case: Case) -> str:
    if case.trust.verifier == OPENSSL:
        return f"It is below the security level {case.trust.security_level} of OpenSSL."
    return f"{case.client.label} takes RSA from 2048 bits on, and no MD5 or SHA-1."


def _exchange(case: Case) -> Finding:
    return case.finding(
        "weak-crypto",
        f"the key exchange that {case.endpoint} offers is too weak",
        evidence=case.said(),
        why="Its parameters are below the security level of the client's OpenSSL.",
        owner=Owner.REGISTRY,
        cure=("Have the server offer ECDHE, or Diffie-Hellman groups of 2048 bits and more.",),
    )
