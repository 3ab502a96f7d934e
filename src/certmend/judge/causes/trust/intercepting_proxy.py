"""A proxy or security agent re-signs the traffic: a public host shows a private certificate.

## What you see
    certificate verify failed: unable to get local issuer certificate
    certificate verify failed: self-signed certificate in certificate chain

## Why
A corporate proxy or an agent on this machine opens TLS connections to inspect them, and signs
its own certificate for each host. Clients that do not hold its root refuse it.

## Fix
Install the interceptor's root certificate, given by the network team, in the trust store that the
client reads. Or have the network team exempt the package index from inspection.

## Never
Trusting the public index without verification: then not even the interceptor's own check counts.

## Try it
    certmend lab run intercepting-proxy -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import interception
from certmend.judge.anchors import anchor_lines, root_of
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.cures import trust_ca
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Certainty, Finding, Severity
from certmend.model.plugin import Interceptor


@cause(
    rank=40,
    supersedes=("untrusted-root", "self-signed-leaf", "missing-intermediate", "bundle-incomplete"),
)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A public host whose chain leads to none of Mozilla's roots; a note where it is trusted."""
    for case in inquiry.cases:
        if case.refused and case.untrusted and interception.intercepted(case):
            yield _finding(case)
        elif case.connected and case.attempt.verifies and interception.intercepted(case):
            yield _trusted(case)


def _trusted(case: Case) -> Finding:
    product = interception.product(case)
    who = product.name if product else "an unnamed private CA"
    return case.finding(
        "intercepting-proxy",
        f"{who} re-signs the traffic to {case.endpoint}, and {case.client.name} trusts it",
        severity=Severity.NOTE,
        certainty=_certainty(product),
        evidence=case.chain_lines(),
        why=f"{_why(case)}.",
        cure=(
            f"Nothing is to be done for {case.client.name}; clients with a trust store of their "
            "own need the same CA.",
        ),
    )


def _why(case: Case) -> str:
    if interception.is_public(case):
        return f"{case.host} has a public certificate; this one ends in none of Mozilla's roots"
    issuer = case.top.issuer if case.top else ""
    return f'No registry gets its certificate from "{issuer}"'


def _certainty(product: Interceptor | None) -> Certainty:
    return Certainty.PROVEN if product is None or product.certain else Certainty.LIKELY


def _finding(case: Case) -> Finding:
    product = interception.product(case)
    who = product.name if product else "an unnamed private CA"
    words = f"{who} re-signs public hosts" if product is None else f"{who} re-signs the traffic"
    shown = "a certificate that is not public" if interception.is_public(case) else "one of its own"
    return case.finding(
        "intercepting-proxy",
        f"{words}: {case.endpoint} shows {shown}",
        certainty=_certainty(product),
        evidence=(*case.chain_lines(), *anchor_lines(case)),
        why=f"{_why(case)}, so something on the way, or on this machine, made it.",
        cure=(
            *trust_ca(case, root_of(case)),
            "Have the network team exempt this host from TLS inspection.",
            *((product.note,) if product and product.note else ()),
        ),
    )
