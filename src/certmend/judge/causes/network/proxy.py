"""The proxy cannot be used.

## What you see
    Tunnel connection failed: 407 Proxy Authentication Required
    Tunnel connection failed: 403 Forbidden
    Cannot connect to proxy

## Why
The proxy refuses the tunnel, asks for a password, cannot be reached, or its URL is wrong.

## Fix
Correct the proxy's URL and credentials where they are set, or exempt the host with NO_PROXY.

## Never
Sending requests around the proxy without asking.

## Try it
    certmend lab run proxy -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Case, Inquiry
from certmend.model.failure import Stage
from certmend.model.finding import Evidence, Finding, Owner
from certmend.model.text import visible


@cause(rank=21, supersedes=("connection-closed", "unreachable"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The client's failure at its proxy."""
    for case in inquiry.failed(stage=Stage.PROXY):
        yield _finding(case)


def _finding(case: Case) -> Finding:
    via = visible(case.attempt.via) or "the proxy"
    seen = case.probe.proxy if case.probe else None
    status = seen.status if seen else 0
    text = case.failure.text if case.failure else ""
    asks = status == 407 or "407" in text
    words = (
        "asks for a password (407)"
        if asks
        else "refuses the tunnel"
        if status
        else "cannot be used"
    )
    lines = [Evidence(label="proxy", text=via)]
    if seen is not None and status:
        lines.append(Evidence(label="answer", text=f"{status} {visible(seen.server)}".strip()))
    cure = "Correct the proxy's URL where it is set, or exempt this host with NO_PROXY."
    if asks:
        cure = "Give the proxy's credentials in its URL (http://USER:PASSWORD@HOST:PORT)."
    elif status:
        cure = "Ask the network team to allow this host, or exempt it with NO_PROXY."
    return case.finding(
        "proxy",
        f"{via} {words}, so {case.endpoint} cannot be reached",
        evidence=(*lines, *case.said()),
        why=f"{case.client.name} reaches this host only through the proxy.",
        owner=Owner.YOU if asks else Owner.NETWORK,
        cure=(cure,),
    )
