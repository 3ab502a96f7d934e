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
    85: "no Authority Key Identifier",
    86: "no Subject Key Identifier",
    89: "Basic Constraints not marked critical",
    92: "a CA without key usage",
}


@cause(rank=65)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's strict checks, where the client asks for them."""
    for case, bad in verdicts.about(inquiry, _STRICT):
        codes = sorted(_STRICT & case.verify_codes())
        words = ", ".join(_WORDS.get(code, f"OpenSSL's check {code}") for code in codes)
        yield verdicts.said(
            case,
            "strict-profile",
            f"{bad} of {case.endpoint} breaks the strict profile: {words}",
            evidence=tuple(
                Evidence(label="breaks", text=_WORDS.get(c, f"check {c}")) for c in codes
            ),
            why=f"{case.client.label} verifies with VERIFY_X509_STRICT.",
            cure=("Have the CA team issue certificates as RFC 5280 asks.",),
            is_leaf=bad is case.leaf,
        )
