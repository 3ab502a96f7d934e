"""The other end, or a firewall, cut the handshake short.

## What you see
    [SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol
    Connection reset by peer
    EOF occurred in violation of protocol

## Why
The connection was opened and then closed before TLS was agreed: by a firewall that forbids the
host, a load balancer without a server behind it, or a server that has no certificate for the
name.

## Fix
Ask the network team whether the host is allowed; look into the server's log.

## Never
Retrying without verification: nothing was verified yet.

## Try it
    certmend lab run connection-closed -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model import failure
from certmend.model.failure import Stage
from certmend.model.finding import Certainty, Finding, Owner


@cause(rank=33)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A handshake that ended without an answer, or never ended."""
    for case in inquiry.failed(failure.CLOSED, failure.RESET):
        if case.attempt.url.scheme == "http":
            yield _plain(case)
        elif _shaken(case):
            yield _unanswered(case)
        else:
            yield _finding(case, "closes the connection in the middle of the handshake")
    for case in inquiry.failed(failure.TIMEOUT):
        if case.slow:
            yield _slow(case)
        elif case.failure is not None and case.failure.stage in (Stage.TLS, Stage.HTTP):
            yield _finding(case, "accepts the connection and does not answer")
    for case in inquiry.failed(failure.UNKNOWN):
        yield _finding(
            case, "ends the connection in a way that no known cause explains", likely=True
        )


def _shaken(case: Case) -> bool:
    """Whether certmend's own handshake with the server came to its end."""
    sight = case.sight
    return sight is not None and sight.failure is None and bool(sight.protocol)


def _unanswered(case: Case) -> Finding:
    return case.finding(
        "connection-closed",
        f"{case.endpoint} closes the connection instead of an answer",
        evidence=case.said(),
        why="TLS is agreed, so no certificate is at fault; what serves behind it is.",
        owner=Owner.REGISTRY,
        cure=(
            "Look into the log of the registry, and of the proxy or load balancer before it: its "
            "rules may not allow this path or this client.",
        ),
    )


def _plain(case: Case) -> Finding:
    return case.finding(
        "connection-closed",
        f"{case.endpoint} closes the connection instead of an answer over plain HTTP",
        evidence=case.said(),
        why="The URL is http://, and a port that expects TLS ends such a connection.",
        owner=Owner.REGISTRY,
        cure=("Use https://, where the port speaks TLS; else look into the registry's log.",),
    )


def _slow(case: Case) -> Finding:
    return case.finding(
        "connection-closed",
        f"{case.endpoint} agrees to TLS, and does not answer {case.client.name} in time",
        certainty=Certainty.LIKELY,
        evidence=case.said(),
        why="certmend came through TLS meanwhile, so no certificate is at fault; what serves "
        "behind it is slow, or this machine is.",
        owner=Owner.REGISTRY,
        cure=(
            "Try again with more time, `--timeout 60`; then look into the log of the registry, and "
            "of the proxy before it.",
        ),
    )


def _finding(case: Case, words: str, *, likely: bool = False) -> Finding:
    return case.finding(
        "connection-closed",
        f"{case.endpoint} {words}",
        certainty=Certainty.LIKELY if likely else Certainty.PROVEN,
        evidence=case.said(),
        why="Something between, or the server itself, ends TLS before it begins.",
        owner=Owner.NETWORK,
        cure=("Ask the network team whether this host is allowed; look into the server's log.",),
    )
