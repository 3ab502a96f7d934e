"""The chain ends in a CA that the client does not trust.

## What you see
    certificate verify failed: unable to get local issuer certificate
    certificate verify failed: self-signed certificate in certificate chain
    certificate verify failed: self signed certificate in certificate chain
    invalid peer certificate: UnknownIssuer

## Why
A client trusts a server whose chain leads to a certificate in the client's own trust store.
The CA that issued this one is internal: no client knows it until somebody says so.

## Fix
Give the client the CA's root certificate, after comparing its fingerprint with the CA team.
Where to put it depends on the client and its version.

## Never
Trusting the host without verification: anyone on the network could replace packages.

## Try it
    certmend lab run untrusted-root -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import gaps
from certmend.judge.anchors import anchor_lines, highest, root_of
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.cures import trust_ca
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Certainty, Finding

_PERHAPS = (
    "The server sends one certificate alone: if an intermediate belongs between it and a root "
    "that is trusted, have the registry's admin install the full chain."
)


@cause(rank=55)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A refused chain that leads to no anchor of the client's."""
    for case in inquiry.refused:
        if not case.untrusted or gaps.completed(case) or gaps.unreadable(case):
            continue
        if gaps.broken_link(case) is not None and not case.adrift:
            continue
        if gaps.probable(case) is None:
            yield _finding(case)


def _finding(case: Case) -> Finding:
    root, top = root_of(case), highest(case)
    issuer = f"{root}" if root is not None else f'"{top.issuer}"' if top else "an unknown CA"
    seen = root is not None or len(case.chain) > 1
    return case.finding(
        "untrusted-root",
        f"{case.endpoint} has a certificate from {issuer}, which {case.client.name} does not trust",
        certainty=Certainty.PROVEN if seen else Certainty.LIKELY,
        evidence=(*case.chain_lines(), *anchor_lines(case)),
        why=f"The chain ends in a CA that is not in the trust store of {case.client.label}.",
        cure=(*trust_ca(case, root), *(() if seen else (_PERHAPS,))),
    )
