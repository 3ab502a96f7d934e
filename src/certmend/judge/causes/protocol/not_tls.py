"""The other end does not speak TLS.

## What you see
    [SSL: WRONG_VERSION_NUMBER] wrong version number
    [SSL: HTTP_REQUEST] http request
    [SSL: RECORD_LAYER_FAILURE] record layer failure

## Why
Plain HTTP, or something else, is served on this port; or an https:// URL is given for a proxy that
speaks plain HTTP.

## Fix
Use the port that speaks TLS; for a proxy, write its URL with http://.

## Never
Falling back to http:// for the index.

## Try it
    certmend lab run not-tls -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.reasons import reasons_of
from certmend.model.finding import Evidence, Finding, Owner
from certmend.model.text import visible

_REASONS = reasons_of("not-tls")


@cause(rank=30, supersedes=("connection-closed", "handshake-failure", "proxy"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The first bytes that came are no TLS, of the host or of an https:// proxy."""
    for case in inquiry.cases:
        if case.failure is None or case.connected or case.refused:
            continue
        proxy = case.probe.proxy if case.probe else None
        if proxy is not None and proxy.sight is not None and proxy.sight.first_bytes:
            yield _proxy(case, proxy.sight.first_bytes)
        elif (case.sight and case.sight.first_bytes) or case.failure.reason in _REASONS:
            yield _host(case)


def _host(case: Case) -> Finding:
    first = case.sight.first_bytes if case.sight else b""
    http = first[:5] == b"HTTP/"
    what = "plain HTTP" if http else "something that is not TLS"
    return case.finding(
        "not-tls",
        f"{case.endpoint} answers with {what}",
        evidence=(
            *(
                (Evidence(label="answer", text=visible(first.decode("latin-1"), 80)),)
                if first
                else ()
            ),
            *case.said(),
        ),
        why="The URL says https, and what listens on this port does not speak TLS.",
        owner=Owner.REGISTRY,
        cure=(
            "Use the port on which the registry serves TLS.",
            "Have TLS set up on this port, for instance by a reverse proxy.",
        ),
    )


def _proxy(case: Case, first: bytes) -> Finding:
    return case.finding(
        "not-tls",
        f"the proxy {visible(case.attempt.via)} does not speak TLS, and its URL says https",
        where=visible(case.attempt.via),
        evidence=(
            Evidence(label="answer", text=visible(first.decode("latin-1"), 80)),
            *case.said(),
        ),
        why="An https:// proxy URL means TLS to the proxy itself; most proxies take plain HTTP.",
        cure=("Write the proxy's URL with http:// (the tunnel inside is TLS all the same).",),
    )
