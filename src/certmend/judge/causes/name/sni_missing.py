"""The client sends no server name, and the server answers with another certificate or an alert.

## What you see
    TLSV1_UNRECOGNIZED_NAME
    SSLV3_ALERT_HANDSHAKE_FAILURE
    certificate verify failed: IP address mismatch, certificate is not valid for

## Why
A server with several names chooses its certificate by the name that the client sends (SNI). An
address in the URL is never sent as a name (RFC 6066), and very old clients send none.

## Fix
Use the server's name instead of its address in the URL.

## Never
Trusting the host without verification.

## Try it
    certmend lab run sni-missing -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.reasons import reasons_of
from certmend.model import certificate
from certmend.model.finding import Evidence, Finding, Owner
from certmend.model.text import visible

_REASONS = reasons_of("sni-missing")


@cause(
    rank=45,
    supersedes=("hostname-mismatch", "handshake-failure", "untrusted-root", "self-signed-leaf"),
)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A host given by address that shows something better when it is told a name."""
    for case in inquiry.cases:
        probe = case.probe
        if case.failure is None or case.connected:
            continue
        if case.failure.reason in _REASONS:
            yield _unknown(case)
            continue
        if probe is None or probe.other_name is None:
            continue
        named = probe.other_name
        plain = probe.sight.chain if probe.sight else ()
        if named.chain and named.chain[:1] != plain[:1]:
            yield _finding(case)


def _unknown(case: Case) -> Finding:
    """RFC 6066, section 3: the alert of a server that serves other names, or wants one."""
    told = case.sight.server_name if case.sight else ""
    name = visible(told) or "no name"
    return case.finding(
        "sni-missing",
        f"{case.endpoint} serves nothing under the name it is told",
        evidence=(Evidence(label="told", text=name), *case.said()),
        why="The server chooses its certificate by the name that the client sends, and has none "
        "for this one.",
        owner=Owner.REGISTRY,
        cure=(
            "Use a name in the URL that the server is set up for.",
            f"Have a site with a certificate set up there for {visible(case.attempt.url.host)}.",
        ),
    )


def _finding(case: Case) -> Finding:
    named = case.probe.other_name if case.probe else None
    name = visible(named.server_name) if named else ""
    better = certificate.read(named.chain[0]) if named and named.chain else None
    plain = f"{case.leaf}" if case.leaf else "a refusal"
    return case.finding(
        "sni-missing",
        f"{case.endpoint} answers as it should only when it is told the name {name}",
        evidence=(
            Evidence(label="no name", text=plain),
            Evidence(label=name, text=f'{better}, issued by "{better.issuer}"' if better else ""),
            *case.said(),
        ),
        why="An address in a URL is never sent as a server name, so the server cannot choose.",
        cure=(f"Use the name in the URL: https://{name}:{case.attempt.url.port}/ …",),
    )
