"""The certificate breaks RFC 5280 in a way that the strict profile rejects.

## What you see
    certificate verify failed: Missing Authority Key Identifier
    certificate verify failed: Basic Constraints of CA cert not marked critical
    certificate verify failed: CA cert does not include key usage extension
    certificate verify failed: Missing Subject Key Identifier

## Why
Python 3.13 and later check certificates strictly by default (VERIFY_X509_STRICT). A CA made with a
plain `openssl req -x509` breaks the rules. pip's default path does not check them.

## Fix
Have the CA issue certificates as RFC 5280 asks: key identifiers, critical Basic Constraints, key
usage.

## Never
Turning strict checks off in code for good.

## Try it
    certmend lab run strict-profile -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import verdicts
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding

_STRICT = frozenset({*range(76, 95), 102, 103}) - {79}
"""Those of `check_extensions` (crypto/x509/x509_vfy.c); the last two are OpenSSL 4's."""
_WORDS = {
    76: "an error that the strict checks name no further",
    77: "a key identifier that cannot be used",
    78: "two signature algorithms that differ",
    80: "a path length, and no CA",
    81: "a path length, and no usage for signing certificates",
    82: "a usage for signing certificates, and no CA",
    83: "no issuer name",
    84: "no subject name",
    85: "no Authority Key Identifier",
    86: "no Subject Key Identifier",
    87: "Subject Alternative Name without a name",
    88: "no subject, and alternative names not marked critical",
    89: "Basic Constraints not marked critical",
    90: "Authority Key Identifier marked critical",
    91: "Subject Key Identifier marked critical",
    92: "a CA without key usage",
    93: "extensions in a certificate before X.509 v3",
    94: "an elliptic curve with its parameters written out",
}


def _words(code: int) -> str:
    return _WORDS.get(code, f"OpenSSL's check {code}")


@cause(rank=65)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's strict checks, where the client asks for them."""
    for case, bad in verdicts.about(inquiry, _STRICT):
        codes = sorted(_STRICT & case.verify_codes())
        about = case.about(_STRICT)
        words = ", ".join(_words(code) for code in codes)
        yield verdicts.said(
            case,
            "strict-profile",
            f"{bad} of {case.endpoint} breaks the strict profile: {words}",
            evidence=tuple(
                Evidence(label="breaks", text=f"{one}: {_words(fault.code)} ({fault.code})")
                for fault, one in about
            ),
            why=f"{case.client.label} verifies with VERIFY_X509_STRICT.",
            cure=("Have the CA team issue certificates as RFC 5280 asks.",),
            is_leaf=bad is case.leaf,
        )
