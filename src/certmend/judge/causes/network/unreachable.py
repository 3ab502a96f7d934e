"""The host refuses, has no route, or does not answer.

## What you see
    Connection refused
    No route to host
    Network is unreachable
    ConnectTimeoutError
    too many 503 error responses

## Why
Nothing listens on this port, a firewall drops the packets, or the network is not connected. Or the
server answers, and says that it cannot serve now: 500, 502, 503, 429.

## Fix
Check host and port; ask for a firewall rule; or use the proxy that the network wants.

## Never
Switching verification off: no connection was made at all.

## Try it
    certmend lab run unreachable -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model import failure
from certmend.model.failure import Stage
from certmend.model.finding import Evidence, Finding, Owner
from certmend.model.index import Reply

_SERVER_ERROR = 500
_TOO_MANY = 429


@cause(rank=20)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A connection that was never made, or a server that says that it cannot serve."""
    reasons = (failure.REFUSED, failure.NO_ROUTE, failure.TIMEOUT)
    for case in inquiry.failed(*reasons, stage=Stage.TCP):
        if not case.slow:
            yield _finding(case)
    for case in inquiry.cases:
        reply = case.attempt.reply
        if reply is not None and (reply.status >= _SERVER_ERROR or reply.status == _TOO_MANY):
            yield _unable(case, reply)


def _unable(case: Case, reply: Reply) -> Finding:
    often = reply.status == _TOO_MANY
    cure = (
        "Look into the log of the registry, and of the proxy before it; it may lack its upstream."
    )
    return case.finding(
        "unreachable",
        f"{case.endpoint} answers {reply.status}: "
        + ("it was asked too often" if often else "it cannot serve now"),
        evidence=(
            Evidence(label="answer", text=f"{reply.status} {reply.content_type}".strip()),
            *((Evidence(label="product", text=reply.product),) if reply.product else ()),
        ),
        why="The connection is fine and verified, so no certificate is at fault; what serves the "
        "index, or what it asks in turn, does not work.",
        owner=Owner.REGISTRY,
        cure=("Wait, or ask for a higher limit: credentials often raise it." if often else cure,),
    )


def _finding(case: Case) -> Finding:
    addresses = ", ".join(case.probe.addresses[:4]) if case.probe else ""
    # Some clients say no more than that they could not connect: certmend met the reason itself.
    seen = case.probe.failure if case.probe else None
    told = seen if seen is not None and seen.stage is Stage.TCP else case.failure
    words = {
        failure.REFUSED: "refuses the connection: nothing listens there",
        failure.NO_ROUTE: "cannot be reached: there is no route",
    }.get(told.reason if told else "", "does not answer")
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
