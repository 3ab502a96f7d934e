"""The server does not send its intermediate certificate.

## What you see
    certificate verify failed: unable to get local issuer certificate
    certificate verify failed: unable to verify the first certificate
    invalid peer certificate: UnknownIssuer

## Why
A server must send every certificate between its own and the root (RFC 8446, section 4.4.2). Most
browsers fetch a missing one by themselves; on Linux pip, uv and Poetry do not.

## Fix
Send the full chain: the leaf first, then each intermediate; the root may be left out.

## Never
Adding the intermediate to each machine hides the fault until the next renewal.

## Try it
    certmend lab run missing-intermediate -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import gaps
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.certificate import Certificate
from certmend.model.finding import Certainty, Evidence, Finding, Owner
from certmend.model.text import visible


@cause(rank=52)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A refused chain with a gap that a certificate from elsewhere fills."""
    for case in inquiry.refused:
        top = case.top if case.untrusted else None
        if top is None or top.self_issued:
            continue
        missing = gaps.fillers(case)
        if missing:
            yield _finding(case, top, missing)
        if missing or gaps.unreadable(case) or gaps.broken_link(case) is not None:
            continue
        if (anchor := gaps.probable(case)) is not None:
            yield _likely(case, top, anchor)


def _likely(case: Case, top: Certificate, anchor: Certificate) -> Finding:
    return case.finding(
        "missing-intermediate",
        f'{case.endpoint} does not send the certificate of "{top.issuer}"',
        certainty=Certainty.LIKELY,
        evidence=(*case.chain_lines(), Evidence(label="anchor", text=f"{anchor}")),
        why=f'"{top.issuer}" is no root of {case.client.name}, and its name tells of the same '
        f"owner as {anchor}, which is one.",
        owner=Owner.REGISTRY,
        cure=(
            f'Install the full chain on the server: its own certificate, then "{top.issuer}" and '
            "what follows it up to the root, in one file.",
            f'If "{top.issuer}" is a root itself: get its file from the team that runs the CA, '
            "and trust it.",
        ),
    )


def _finding(case: Case, top: Certificate, fillers: tuple[Certificate, ...]) -> Finding:
    gap = fillers[0]
    source = next(
        (one.url for one in case.facts.fetched if gap.der in one.certificates),
        next((store.path for store in case.found_in(gap)), ""),
    )
    cure = [
        f"Install the full chain on the server: its own certificate, then {gap}"
        + (" and what follows it" if len(fillers) > 1 else "")
        + ", in one file.",
    ]
    return case.finding(
        "missing-intermediate",
        f"{case.endpoint} does not send the intermediate certificate {gap}",
        certainty=Certainty.PROVEN,
        evidence=(
            *case.chain_lines(),
            Evidence(label="missing", text=f'{gap}, issued by "{gap.issuer}"'),
            Evidence(
                label="fetched" if source.startswith("http") else "found",
                text=visible(source, 300) or "among Mozilla's roots",
            ),
        ),
        why=f"{top} was issued by {gap}, which the server leaves out; "
        f"{case.client.name} does not fetch it.",
        owner=Owner.REGISTRY,
        cure=cure,
    )
