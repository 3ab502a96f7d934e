"""The server asks for a client certificate.

## What you see
    [SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required
    [SSL: SSLV3_ALERT_BAD_CERTIFICATE] sslv3 alert bad certificate
    Could not find the TLS certificate file, invalid path
    400 No required SSL certificate was sent

## Why
The server accepts only clients that show a certificate (mutual TLS). None is configured, or the one
that is cannot be used.

## Fix
Get a client certificate and name it: `export PIP_CLIENT_CERT=/path/to/client.pem` (certificate
and key in one PEM file).

## Never
Sharing one client's private key among machines.

## Try it
    certmend lab run client-cert-required -- pip download billing
"""

import re
from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.reasons import reasons_of
from certmend.model import failure
from certmend.model.finding import Certainty, Evidence, Finding, Owner
from certmend.model.index import WITHOUT_CERTIFICATE, Reply
from certmend.model.text import visible

_REASONS = (*reasons_of("client-cert-required"), failure.CLIENT_CERT_UNUSABLE)
_NAMED = ("certificate", "post-handshake authentication")
_REFUSED_LATER = "SSLV3_ALERT_HANDSHAKE_FAILURE"
_MODERN = re.compile(r"ECDHE-(?:RSA|ECDSA)-(?:AES\d+-GCM|CHACHA20)")
_COMMON_GROUPS = (23, 24, 29)
"""P-256, P-384 and X25519: every client of today offers them, and rustls no other curve."""
_SHA1 = 2
"""The first byte of a signature scheme: 1 and 2 are MD5 and SHA-1."""
_CUT = (failure.CLOSED, failure.RESET, failure.UNKNOWN)
_ALERTS = (
    "SSLV3_ALERT_HANDSHAKE_FAILURE",
    "SSLV3_ALERT_ILLEGAL_PARAMETER",
    "TLSV1_ALERT_DECODE_ERROR",
    "TLSV1_ALERT_INTERNAL_ERROR",
)
"""What servers say to a client that answers their request without a certificate."""


@cause(
    rank=30,
    supersedes=(
        "handshake-failure",
        "connection-closed",
        "not-an-index",
        "auth-required",
        "package-not-found",
    ),
)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The server's alert, or a failure after it asked for a certificate."""
    for case in inquiry.cases:
        asked = case.sight is not None and case.sight.wants_client_certificate
        if case.attempt.reply is not None:
            yield from _answered(case, case.attempt.reply, asked=asked)
        if case.failure is None or case.connected:
            continue
        if case.failure.reason in _REASONS or (asked and _for_want(case, case.failure.reason)):
            yield _finding(case)
        elif (
            case.failure.reason == _REFUSED_LATER and _agreed(case) and not case.client.client_cert
        ):
            yield _finding(case, certainty=Certainty.LIKELY)


def _for_want(case: Case, reason: str) -> bool:
    """Whether the end of a connection fits a server that does not go on without a certificate.

    An alert does only where it stops certmend as well, which shows none either: the request may be
    one that needs no answer. In TLS 1.3 certmend cannot see its own alert, which comes later.
    """
    sight = case.sight
    stopped = sight is None or sight.failure is not None or sight.protocol == "TLSv1.3"
    return reason in _CUT or (reason in _ALERTS and stopped)


def _answered(case: Case, reply: Reply, *, asked: bool) -> Iterator[Finding]:
    """A server that takes the connection, and only then says that it wants a certificate."""
    title = reply.title.lower()
    says = reply.status in WITHOUT_CERTIFICATE and any(one in title for one in _NAMED)
    given = visible(case.client.client_cert, 300)
    silent = reply.status in WITHOUT_CERTIFICATE and asked and not given
    if not says and not (silent and not reply.sent_credentials):
        return
    words = (reply.title or reply.content_type).removeprefix(f"{reply.status} ")
    yield case.finding(
        "client-cert-required",
        f"{case.endpoint} asks for a client certificate"
        + (f" and refuses {given}" if given else f", and {case.client.name} has none"),
        certainty=Certainty.PROVEN if says else Certainty.LIKELY,
        evidence=(
            Evidence(label="client", text=given or "no client certificate"),
            Evidence(label="answer", text=f"{reply.status} {words}".strip()),
        ),
        why="The server connects without one, and then answers only clients that showed one "
        "(mutual TLS).",
        owner=Owner.YOU,
        cure=(
            _get(case),
            *(() if says else ("If it should let you in without: give credentials for it.",)),
        ),
    )


def _get(case: Case) -> str:
    return f"Get a client certificate from the registry's admin, and name it: {_named(case)}."


def _named(case: Case) -> str:
    """Where this client takes a client certificate from."""
    how = case.client.advice.certificate.replace("{path}", "/path/to/client.pem")
    if not how:
        return f"the program that uses {case.client.name} takes it, no setting does"
    return f"`{how}` (certificate and key in one file)"


def _agreed(case: Case) -> bool:
    """Whether the server takes what no client of today refuses: cipher, curve, digest and chain.

    Then an alert comes from a second handshake: TLS 1.2 renegotiates for a part of the site that
    wants a certificate (Apache's SSLVerifyClient in a Location).
    """
    sight = case.sight
    if sight is None or sight.failure is not None or sight.group not in _COMMON_GROUPS:
        return False
    signed = sight.scheme >> 8 > _SHA1
    return signed and bool(_MODERN.match(sight.cipher)) and not case.faults


def _finding(case: Case, certainty: Certainty = Certainty.PROVEN) -> Finding:
    unusable = case.failure is not None and case.failure.reason == failure.CLIENT_CERT_UNUSABLE
    given = visible(case.client.client_cert, 300)
    if unusable:
        summary = f"the client certificate {given} of {case.client.name} cannot be used"
        cure = "Name one PEM file with the certificate and its key, the key without a pass phrase: "
        cure += f"{_named(case)}; or take the setting back."
        why = f"{case.client.name} loads it before it connects, whether the server asks or not."
    else:
        summary = f"{case.endpoint} asks for a client certificate"
        summary += f" and refuses {given}" if given else f", and {case.client.name} has none"
        cure = _get(case)
        why = "The server accepts only clients that show a certificate (mutual TLS)."
    setting = next((one for one in case.client.settings if one.key == "client-cert"), None)
    return case.finding(
        "client-cert-required",
        summary,
        certainty=certainty,
        evidence=(Evidence(label="client", text=given or "no client certificate"), *case.said()),
        where=str(setting.origin) if setting is not None else "",
        why=why,
        owner=Owner.YOU,
        cure=(cure,),
    )
