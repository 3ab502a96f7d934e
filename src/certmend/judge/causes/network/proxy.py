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

import re
from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.failure import Stage
from certmend.model.finding import Evidence, Finding, Owner
from certmend.model.index import Reply
from certmend.model.text import MASK, visible

_TOLD = re.compile(r"tunnel connection failed: ?(?P<status>\d{3})", re.IGNORECASE)
_QUOTED = "with `@`, `:` and `/` in the password written as %40, %3A and %2F"
_NEEDS_PASSWORD = 407
_GATEWAY = 500


@cause(rank=21, supersedes=("connection-closed", "unreachable"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The client's failure at its proxy."""
    for case in inquiry.failed(stage=Stage.PROXY):
        yield _finding(case)
    for case in inquiry.cases:
        reply = case.attempt.reply
        if reply is not None and reply.status == _NEEDS_PASSWORD:
            yield _in_between(case, reply)


def _in_between(case: Case, reply: Reply) -> Finding:
    """Behind a tunnel, or without a proxy at all: something on the way takes itself for one."""
    return case.finding(
        "proxy",
        f"what answers for {case.endpoint} asks for a proxy's password ({_NEEDS_PASSWORD})",
        evidence=(Evidence(label="answer", text=f"{reply.status} {reply.content_type}".strip()),),
        why="No package index answers so: a proxy on the way, or before the registry, does.",
        owner=Owner.NETWORK,
        cure=("Ask the network team which proxy that is, and to let this host through.",),
    )


def _finding(case: Case) -> Finding:
    via = visible(case.attempt.via) or "the proxy"
    seen = case.probe.proxy if case.probe else None
    status = _status(case)
    lines = [Evidence(label="proxy", text=via)]
    if seen is not None and status:
        lines.append(Evidence(label="answer", text=f"{status} {visible(seen.server)}".strip()))
    words, owner, cure = _told(case, status)
    return case.finding(
        "proxy",
        f"{via} {words}, so {case.endpoint} cannot be reached",
        evidence=(*lines, *case.said()),
        why=f"{case.client.name} reaches this host only through the proxy.",
        owner=owner,
        cure=(cure,),
    )


def _status(case: Case) -> int:
    """The proxy's answer, as certmend got it or as the client tells."""
    if case.probe is not None and case.probe.proxy is not None and case.probe.proxy.status:
        return case.probe.proxy.status
    match = _TOLD.search(case.failure.text) if case.failure else None
    return int(match["status"]) if match else 0


def _told(case: Case, status: int) -> tuple[str, Owner, str]:
    """What the proxy does, whose job it is, and the cure."""
    if case.failure is not None and "dependencies for SOCKS" in case.failure.text:
        cure = "Use an HTTP proxy if there is one, or install PySocks beside this pip."
        return "needs SOCKS, which this pip cannot speak", Owner.YOU, cure
    if status == _NEEDS_PASSWORD:
        cure = (
            f"Give the proxy's credentials in its URL (http://USER:PASSWORD@HOST:PORT), {_QUOTED}."
        )
        return "asks for a password (407)", Owner.YOU, cure
    if 200 <= status < 300:
        cure = (
            "Upgrade pip to 21.0 or later, which speaks TLS to a proxy; or name the proxy's port "
            "for plain HTTP."
        )
        return "works, and not for this pip", Owner.YOU, cure
    if status >= _GATEWAY:
        cure = "Check the host in the URL; else ask the network team why the proxy cannot reach it."
        return f"cannot reach the host ({status})", Owner.NETWORK, cure
    if status:
        cure = "Ask the network team to allow this host, or exempt it with NO_PROXY."
        return f"refuses the tunnel ({status})", Owner.NETWORK, cure
    quoted = f" ({_QUOTED})" if MASK in case.attempt.via else ""
    cure = f"Correct the proxy's URL where it is set{quoted}, or exempt this host with NO_PROXY."
    return "cannot be used", Owner.NETWORK, cure
