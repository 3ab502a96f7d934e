"""There is no cipher, group or signature algorithm in common.

## What you see
    [SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure
    [SSL: NO_SHARED_CIPHER] no shared cipher
    [SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] ssl/tls alert handshake failure

## Why
Client and server agree on a version, and on nothing to encrypt or sign with.

## Fix
Have the server offer current cipher suites (ECDHE with AES-GCM or ChaCha20).

## Never
Lowering the security level of every client.

## Try it
    certmend lab run handshake-failure -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.reasons import reasons_of
from certmend.model import failure
from certmend.model.failure import Stage
from certmend.model.finding import Certainty, Evidence, Finding, Owner
from certmend.model.text import visible

_REASONS = reasons_of("handshake-failure")


_WITHOUT_A_WORD = ("TLSV1_ALERT_INTERNAL_ERROR",)
_CURVES = {23: "P-256", 24: "P-384", 25: "P-521", 29: "X25519", 30: "X448"}
_OTHERS = (failure.VERIFY, failure.CLOSED, failure.RESET, failure.TIMEOUT)


@cause(rank=31)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """An alert of the server's, the client's own word, or any TLS failure nobody else explains."""
    for case in inquiry.failed(stage=Stage.TLS):
        if case.failure is None or case.failure.reason in _OTHERS:
            continue
        known = case.failure.reason in _REASONS and case.failure.reason not in _WITHOUT_A_WORD
        yield _finding(case) if known else _other(case, case.failure.reason)


def _other(case: Case, reason: str) -> Finding:
    """What no cause of its own explains; the library's reason is all that is known of it."""
    words = visible(reason.replace("_", " ").lower(), 80)
    if reason in _WITHOUT_A_WORD:
        return _without_a_word(case, words)
    return case.finding(
        "handshake-failure",
        f"the TLS handshake of {case.client.name} with {case.endpoint} fails: {words}",
        certainty=Certainty.LIKELY,
        evidence=case.said(),
        why="The server's messages are not what the client's TLS library can go on with.",
        owner=Owner.REGISTRY,
        cure=("Look into the server's log; have its TLS software, or what is before it, updated.",),
    )


def _without_a_word(case: Case, words: str) -> Finding:
    return case.finding(
        "handshake-failure",
        f"{case.endpoint} stops the handshake with {case.client.name}: {words}",
        certainty=Certainty.LIKELY,
        evidence=case.said(),
        why="The alert is the server's, and only its log says why. Servers written in Go, such as "
        f"Caddy, send it where they have no certificate for {visible(case.host)}.",
        owner=Owner.REGISTRY,
        cure=(
            f"Look into the server's log. Have it serve the name {visible(case.host)}, with a "
            "certificate for it.",
        ),
    )


def _offers(case: Case) -> str:
    """What the server takes from certmend, which offers all that its OpenSSL has."""
    sight = case.sight
    if sight is None or not sight.cipher:
        return "nothing certmend offers"
    words = (sight.protocol, sight.cipher, _CURVES.get(sight.group, ""), _digest(sight.scheme))
    return ", ".join(word for word in words if word)


def _digest(scheme: int) -> str:
    return {1: "signed with MD5", 2: "signed with SHA-1"}.get(scheme >> 8, "")


def _finding(case: Case) -> Finding:
    offers = _offers(case)
    return case.finding(
        "handshake-failure",
        f"{case.endpoint} and {case.client.name} find no cipher or algorithm in common",
        certainty=Certainty.PROVEN,
        evidence=(Evidence(label="server", text=offers), *case.said()),
        why="The server refuses everything that the client offers.",
        owner=Owner.REGISTRY,
        cure=(
            "Have the server offer current cipher suites, ECDHE with AES-GCM or ChaCha20, and the "
            "curves X25519 and P-256.",
        ),
    )
