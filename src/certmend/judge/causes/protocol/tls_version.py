"""There is no TLS version in common.

## What you see
    [SSL: UNSUPPORTED_PROTOCOL] unsupported protocol
    [SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version
    [SSL: NO_PROTOCOLS_AVAILABLE] no protocols available

## Why
The server speaks only TLS versions that the client refuses (1.0 and 1.1 are withdrawn, RFC 8996),
or the client is too old for the server.

## Fix
Have the server offer TLS 1.2 or 1.3.

## Never
Lowering the version that every client accepts.

## Try it
    certmend lab run tls-version -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.reasons import reasons_of
from certmend.model.failure import Stage
from certmend.model.finding import Evidence, Finding, Owner

_REASONS = reasons_of("tls-version")
_OLD = ("TLSv1", "TLSv1.1", "SSLv3")


@cause(rank=30, supersedes=("handshake-failure", "connection-closed"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The library's word for it, or a server that takes only old versions."""
    for case in inquiry.cases:
        if case.failure is None or case.connected or case.refused:
            continue
        old = case.sight is not None and case.sight.protocol in _OLD
        if case.failure.reason in _REASONS or (old and case.failure.stage == Stage.TLS):
            yield _finding(case)


def _finding(case: Case) -> Finding:
    offers = case.sight.protocol if case.sight and case.sight.protocol else "no version it takes"
    python = case.client.interpreter
    return case.finding(
        "tls-version",
        f"{case.endpoint} and {case.client.name} have no TLS version in common",
        evidence=(
            Evidence(label="server", text=offers),
            Evidence(label="client", text=python.openssl if python else ""),
            *case.said(),
        ),
        why="TLS 1.0 and 1.1 are refused by today's clients.",
        owner=Owner.REGISTRY,
        cure=("Have the server offer TLS 1.2 or 1.3.",),
    )
