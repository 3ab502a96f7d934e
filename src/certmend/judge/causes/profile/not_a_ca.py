"""A certificate that signs others is not marked as a CA, or its path is too long.

## What you see
    certificate verify failed: invalid CA certificate
    certificate verify failed: path length constraint exceeded

## Why
A CA certificate says so in its Basic Constraints, and may limit how many CAs stand below it. One in
this chain does not, or the chain is longer than allowed.

## Fix
Have the CA team issue a CA certificate with the right Basic Constraints.

## Never
Trusting each certificate below it one by one.

## Try it
    certmend lab run not-a-ca -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import purpose, verdicts
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.certificate import Certificate
from certmend.model.finding import Evidence, Finding

_LONG = frozenset({22, 25})
_CODES = frozenset({24, 32, 37, 38, 79}) | _LONG
"""Invalid CA, path too long, a key usage without certificate signing, a CA where none may be."""


@cause(rank=64)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's invalid CA, too long a path, or key usage without certificate signing."""
    for case, bad in verdicts.about(inquiry, _CODES):
        yield _finding(case, bad, long=bool(_LONG & _codes_of(case, bad)))
    for case in inquiry.refused:
        for fault, bad in case.about((purpose.WRONG,)):
            if fault.depth and not fault.word and purpose.may_not_sign(bad):
                yield _finding(case, bad, long=False)


def _codes_of(case: Case, bad: Certificate) -> set[int]:
    return {fault.code for fault, about in case.about(_CODES) if about is bad}


def _finding(case: Case, bad: Certificate, *, long: bool) -> Finding:
    words = "more CAs stand below it than it allows" if long else "it is not marked as a CA"
    if not long and bad.is_ca:
        words = "its key usage does not name it"
    return verdicts.said(
        case,
        "not-a-ca",
        f"{bad} in the chain of {case.endpoint} may not sign certificates: {words}",
        evidence=(Evidence(label="signs", text=f"{bad}: {_marks(bad)}"),),
        why=f"{case.client.label} accepts only certificates of CAs above the server's own.",
        cure=("Have the CA team issue it with `CA:TRUE` and a sufficient path length.",),
        is_leaf=False,
    )


def _marks(bad: Certificate) -> str:
    """What it says of itself, in the words of OpenSSL's configuration."""
    if bad.is_ca is None:
        return "no basicConstraints"
    length = "" if bad.path_length is None else f", pathlen:{bad.path_length}"
    usage = ", ".join(bad.key_usage or ())
    named = f"; keyUsage {usage}" if usage and bad.is_ca else ""
    return f"basicConstraints CA:{str(bad.is_ca).upper()}{length}{named}"
