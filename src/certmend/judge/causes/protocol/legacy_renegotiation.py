"""The server or proxy only does renegotiation that OpenSSL 3 refuses.

## What you see
    [SSL: UNSAFE_LEGACY_RENEGOTIATION_DISABLED] unsafe legacy renegotiation disabled

## Why
The server does not know RFC 5746 (from 2010), which closes a hole in renegotiation. OpenSSL 3
refuses such servers; they are mostly old appliances and inspecting proxies.

## Fix
Have the server or proxy updated.

## Never
Allowing legacy renegotiation for every host.

## Try it
    certmend lab run legacy-renegotiation -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding, Owner


@cause(rank=30, supersedes=("handshake-failure", "connection-closed"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's own word."""
    for case in inquiry.failed("UNSAFE_LEGACY_RENEGOTIATION_DISABLED"):
        python = case.client.interpreter
        yield case.finding(
            "legacy-renegotiation",
            f"{case.endpoint} knows only the renegotiation that OpenSSL 3 refuses",
            evidence=(
                Evidence(label="client", text=python.openssl if python else ""),
                *case.said(),
            ),
            why="It does not support RFC 5746; OpenSSL 3 refuses such servers.",
            owner=Owner.NETWORK if case.attempt.via else Owner.REGISTRY,
            cure=("Have the server, or the proxy before it, updated.",),
        )
