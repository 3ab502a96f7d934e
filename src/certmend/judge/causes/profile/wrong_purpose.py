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

from certmend.judge import purpose, verdicts
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.question import Fault
from certmend.model.certificate import Certificate
from certmend.model.finding import Evidence, Finding


@cause(rank=64)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's unsuitable purpose, where it is not a CA certificate that is none."""
    for case, first in verdicts.about(inquiry, (purpose.WRONG,)):
        found = case.about((purpose.WRONG,))
        bad = next((about for fault, about in found if _is_one(fault, about)), None)
        if bad is not None or not found:
            yield _finding(case, bad or first)


def _is_one(fault: Fault, about: Certificate) -> bool:
    """Whether the purpose is wrong: OpenSSL says so of an unreadable extension, too."""
    if not purpose.is_for_servers(about):
        return True
    return not about.extensions_unread and not (fault.depth and purpose.may_not_sign(about))


def _finding(case: Case, bad: Certificate) -> Finding:
    restricted = not purpose.is_for_servers(bad)
    uses = ", ".join((bad.extended_key_usage if restricted else bad.key_usage) or ()) or "none"
    why = (
        "Its extended key usage does not hold serverAuth."
        if restricted
        else "Its key usage allows neither signatures nor the exchange of keys."
    )
    return verdicts.said(
        case,
        "wrong-purpose",
        f"the certificate {bad} of {case.endpoint} is not for TLS servers",
        evidence=(Evidence(label="usage", text=uses),),
        why=why,
        cure=("Have a certificate with the extended key usage serverAuth issued and installed.",),
        is_leaf=bad is case.leaf,
    )
