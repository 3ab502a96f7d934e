"""The host refuses, has no route, or does not answer.

## What you see
    Connection refused
    No route to host
    Network is unreachable
    ConnectTimeoutError

## Why
Nothing listens on this port, a firewall drops the packets, or the network is not connected.

## Fix
Check host and port; ask for a firewall rule; or use the proxy that the network wants.

## Never
Switching verification off: no connection was made at all.

## Try it
    certmend lab run unreachable -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Case, Inquiry
from certmend.model import failure
from certmend.model.failure import Stage
from certmend.model.finding import Evidence, Finding, Owner


@cause(rank=20)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A connection that was never made."""
    reasons = (failure.REFUSED, failure.NO_ROUTE, failure.TIMEOUT)
    for case in inquiry.failed(*reasons, stage=Stage.TCP):
        yield _finding(case)


def _finding(case: Case) -> Finding:
    addresses = ", ".join(case.probe.addresses[:4]) if case.probe else ""
    words = {
        failure.REFUSED: "refuses the connection: nothing listens there",
        failure.NO_ROUTE: "cannot be reached: there is no route",
    }.get(case.failure.reason if case.failure else "", "does not answer")
    return case.finding(
        "unreachable",
        f"{case.endpoint} {words}",
        evidence=(
            *((Evidence(label="address", text=addresses),) if addresses else ()),
            *case.said(),
        ),
        why="The connection ended before TLS began, so no certificate is at fault.",
        owner=Owner.NETWORK,
        cure=("Check host and port, the VPN and the firewall; or set the proxy that is needed.",),
    )
