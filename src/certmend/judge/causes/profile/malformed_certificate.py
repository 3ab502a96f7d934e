"""A certificate that the client cannot read.

## What you see
    [ASN1: NOT_ENOUGH_DATA]
    [ASN1] nested asn1 error
    invalid peer certificate: BadEncoding
    invalid peer certificate: UnsupportedCertVersion

## Why
What the server sends as its certificate is damaged, or of a kind that the client's library does not
take. The handshake ends before anything can be verified.

## Fix
Install the certificate again, from the file that the CA issued.

## Never
Trusting the host without verification: it would not help, the certificate cannot be read.

## Try it
    certmend lab run malformed-certificate -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import gaps, purpose, verdicts
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.question import UNREADABLE
from certmend.model.certificate import Certificate
from certmend.model.finding import Evidence, Finding, Owner

_WORDS = {
    6: "the issuer's public key cannot be decoded",
    13: "the first day of its validity cannot be read",
    14: "the last day of its validity cannot be read",
    41: "an extension in it is invalid or inconsistent",
    42: "a policy extension in it is invalid or inconsistent",
    43: "no certificate policy in it is one that a CA above it demands",
    46: "an RFC 3779 resource in it is none of its issuer's",
    55: "its path leads back to itself",
    UNREADABLE: "it cannot be read",
}
"""crypto/x509/x509_txt.c, in words that name the certificate."""


@cause(rank=32, supersedes=("connection-closed", "handshake-failure", "not-tls"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A certificate that does not parse, or that OpenSSL refuses for what no other cause tells."""
    for case in inquiry.cases:
        if case.connected or case.failure is None or case.leaf is None:
            continue
        if case.refused:
            continue  # whoever came to verify the chain has read it
        bad = next((one for one in case.chain if not one.readable), None)
        if bad is not None:
            yield _unreadable(case, bad)
    for case in inquiry.refused:
        if rest := sorted(case.verify_codes() - verdicts.TOLD):
            about = case.about(rest)
            words = {fault.code: fault.word for fault, _ in about if fault.word}
            yield _refused(case, rest, about[0][1] if about else case.leaf, words)
        elif (bad := _unusable(case)) is not None:
            yield _passed_over(case, bad)


def _unusable(case: Case) -> Certificate | None:
    """What keeps the verifier from an issuer, or has no purpose for an extension in it."""
    if case.untrusted and (bad := gaps.broken_link(case)) is not None:
        return bad
    about = (one for _, one in case.about((purpose.WRONG,)) if one.extensions_unread)
    return next(about, None)


def _unreadable(case: Case, bad: Certificate) -> Finding:
    return case.finding(
        "malformed-certificate",
        f"{case.endpoint} sends a certificate that cannot be read",
        evidence=(*_bytes(bad), *case.said()),
        why="Its encoding is damaged, so no client gets as far as verifying it.",
        owner=Owner.REGISTRY,
        cure=("Install the certificate again, from the file that the CA issued.",),
    )


def _bytes(bad: Certificate) -> Iterator[Evidence]:
    yield Evidence(label="bytes", text=f"{len(bad.der)}, sha256 {bad.sha256}")
    for problem in bad.problems[:3]:
        yield Evidence(label="problem", text=problem)


def _passed_over(case: Case, bad: Certificate) -> Finding:
    what = (
        "an extension that cannot be read, or is there twice"
        if bad.extensions_unread
        else "key identifiers that do not fit"
    )
    return case.finding(
        "malformed-certificate",
        f"the certificate {bad} in the chain of {case.endpoint} has {what}",
        evidence=(*case.chain_lines(), *_bytes(bad)),
        why=f"{case.client.name} passes over such a certificate, though its signature fits.",
        owner=Owner.CA,
        cure=("Have the CA team issue the certificate again, and install it with its chain.",),
    )


def _refused(case: Case, rest: list[int], bad: Certificate | None, said: dict[int, str]) -> Finding:
    words = "; ".join(
        said.get(code) or _WORDS.get(code, f"OpenSSL's verify code {code}") for code in rest
    )
    return case.finding(
        "malformed-certificate",
        f"{case.client.name} cannot accept the certificate {bad or ''} of {case.endpoint}: {words}",
        evidence=(*case.chain_lines(), *(_bytes(bad) if bad else ()), *case.said()),
        why="What stands in the certificate is not what the client takes, whatever is trusted.",
        owner=Owner.CA,
        cure=("Have the CA team issue the certificate again, and install it with its chain.",),
    )
