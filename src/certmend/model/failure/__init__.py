"""A failure, and how to read one from what a client or a library says.

A live error and a line of a log become the same `Failure` by the same signs, so one judge serves
both. `reason` is the library's own word where it has one (OpenSSL's reason strings in
`ssl/ssl_err.c`), else a word of the network stack. The signs stand in a module for each dialect.
"""

from collections.abc import Iterator

import msgspec

from certmend.model import lazy
from certmend.model.failure import (
    gnutls,
    golang,
    index,
    java,
    libgit2,
    local,
    localized,
    macos,
    network,
    nss,
    openssl,
    rustls,
    windows,
)
from certmend.model.failure.sign import (
    AUTH,
    BAD_ANSWER,
    BUNDLE_MISSING,
    BUNDLE_UNUSABLE,
    CLIENT_BROKEN,
    CLIENT_CERT_UNUSABLE,
    CLIENT_DEFECT,
    CLOSED,
    CONFLICT,
    DISK_FULL,
    FOREIGN,
    HASH_MISMATCH,
    HIDDEN,
    INSECURE_ORIGIN,
    MANAGED,
    NO_INDEX,
    NO_PACKAGE,
    NO_REVOCATION,
    NO_ROUTE,
    NO_SSL_MODULE,
    NOT_BUILT,
    NOT_FOUND,
    NOT_RESOLVED,
    OTHER_PYTHON,
    PROXY_UNREACHABLE,
    PROXY_URL,
    READ_ONLY,
    REFUSED,
    RESET,
    SERVER_ERROR,
    TIMEOUT,
    TOO_SLOW,
    TUNNEL,
    UNKNOWN,
    UNVERIFIED,
    VERIFY,
    Sign,
    Stage,
    curl,
    sign,
)
from certmend.model.failure.squeeze import Squeezed

__all__ = [
    "AUTH",
    "BAD_ANSWER",
    "BUNDLE_MISSING",
    "BUNDLE_UNUSABLE",
    "CLIENT_BROKEN",
    "CLIENT_CERT_UNUSABLE",
    "CLIENT_DEFECT",
    "CLOSED",
    "CONFLICT",
    "DISK_FULL",
    "FOREIGN",
    "HASH_MISMATCH",
    "HIDDEN",
    "INSECURE_ORIGIN",
    "MANAGED",
    "NOT_BUILT",
    "NOT_FOUND",
    "NOT_RESOLVED",
    "NO_INDEX",
    "NO_PACKAGE",
    "NO_REVOCATION",
    "NO_ROUTE",
    "NO_SSL_MODULE",
    "OTHER_PYTHON",
    "PROXY_UNREACHABLE",
    "PROXY_URL",
    "READ_ONLY",
    "REFUSED",
    "RESET",
    "SERVER_ERROR",
    "SIGNS",
    "TIMEOUT",
    "TOO_SLOW",
    "TUNNEL",
    "UNKNOWN",
    "UNVERIFIED",
    "VERIFY",
    "Failure",
    "Stage",
    "of",
    "read",
    "signs_in",
    "unlisted_reason",
    "verify_code",
]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """What stopped an attempt."""

    stage: Stage
    reason: str
    verify_code: int | None = None
    """OpenSSL's X509_V_ERR number (`include/openssl/x509_vfy.h`), where it is known."""
    word: str = ""
    """The library's own name for a refusal that OpenSSL has no number for."""
    text: str = ""
    """The client's own words, redacted."""


_PLATFORMS = (windows, macos, gnutls, nss, java, libgit2, localized)
_ERRORS: tuple[Sign, ...] = (
    *local.LOCAL_SIGNS,
    *golang.LOCAL_SIGNS,
    *network.TUNNEL_SIGNS,
    *index.UNREADABLE_SIGNS,
    *rustls.VERIFY_SIGNS,
    *golang.VERIFY_SIGNS,
    *openssl.VERIFY_SIGNS,
    *(one for dialect in _PLATFORMS for one in dialect.VERIFY_SIGNS),
    *openssl.REFUSED_SIGNS,
    *rustls.REFUSED_SIGNS,
    *(one for dialect in _PLATFORMS for one in dialect.REFUSED_SIGNS),
    *openssl.TLS_SIGNS,
    *rustls.TLS_SIGNS,
    *golang.TLS_SIGNS,
    *(one for dialect in _PLATFORMS for one in dialect.TLS_SIGNS),
    *network.NETWORK_SIGNS,
    *network.PROXY_SIGNS,
    *network.LOOSE_SIGNS,
)
_ALL_ERRORS = (*_ERRORS, *network.VAGUE_SIGNS)
_UNLISTED = sign(
    Stage.TLS,
    "",
    r"\[(?:ssl|x509):[a-z0-9/]{3,60}\]",
    r"\[ssl\][a-z]",
    r"error:[0-9a-f]{6,10}:ssl routines:[^:]{0,60}:[a-z0-9]",
    r"(?:code|errno):?'? err_ssl_[a-z0-9]",
)
"""A reason of OpenSSL's that no sign stands for: `unlisted_reason` reads it."""
_CURL_35 = (
    sign(Stage.TLS, "SSL_CONNECT_ERROR", *curl("35")),
    sign(
        Stage.TLS,
        "SSL_CONNECT_ERROR",
        r"ssl connect error",
        r"gnutls handshake\(\) failed",
        loose=True,
    ),
)
"""curl's number and words for any failure of the handshake."""
SIGNS: tuple[Sign, ...] = (
    *_ERRORS,
    _UNLISTED,
    *_CURL_35,
    *index.ANSWER_SIGNS,
    *index.PACKAGE_SIGNS,
    *index.FOREIGN_SIGNS,
)
"""Every sign, the more telling first: of two in one message the first one counts."""
_LETTERS = tuple((text, number) for number, one in enumerate(SIGNS) for text in one.wording.letters)
"""What a text holds where a sign is found in it, and the sign's number: few texts hold many."""
_BRACKETED = lazy.regex(r"\[(?:SSL|X509|ASN1|PEM)[^\]]{0,60}?: ?(?P<reason>[A-Z0-9_/]{3,80})\]")
_WORDS = lazy.regex(r"\[(?:SSL|X509|ASN1)\] (?P<words>[a-z0-9][a-z0-9 ./_-]{2,80}) \(_ssl")
_QUEUED = lazy.regex(
    r"error:[0-9A-Fa-f]{6,10}:[^:]{0,60}:[^:]{0,60}:(?P<words>[a-z0-9 ./_-]{3,80})"
)
_NODE = lazy.regex(r"\bERR_SSL_(?P<reason>[A-Z0-9_]{3,80})")
_BEFORE_TLS = (Stage.DNS, Stage.TCP)
_BY_PROXY = (CLOSED, RESET, TIMEOUT)


def verify_code(text: str) -> int | None:
    """OpenSSL's number for the refusal that a text tells, if it tells one."""
    squeezed = Squeezed(text).text
    return next(
        (
            one.verify_code
            for one in _ALL_ERRORS
            if one.verify_code is not None and one.wording.found_in(squeezed)
        ),
        None,
    )


def read(
    text: str, *, code: int | None = None, via_proxy: bool = False, vague: bool = True
) -> Failure:
    """Read a failure from an error's text. `code` is the verify code, when the error told it.

    `via_proxy` says that the connection went to a proxy first, so that a host that cannot
    be found or refuses is the proxy. Without `vague`, words such as "timeout" alone say nothing.
    """
    squeezed = Squeezed(text).text
    found = code or verify_code(text)
    signs = _ALL_ERRORS if vague else _ERRORS
    told = [one for one in signs if one.wording.found_in(squeezed)]
    if found:
        word = next((one.word for one in told if one.verify_code == found), "")
        return Failure(stage=Stage.TLS, reason=VERIFY, verify_code=found, word=word, text=text)
    through = any(one in network.PROXY_SIGNS for one in told)
    for one in told:
        return of(one, text, via_proxy=via_proxy or through, through_proxy=through)
    if reason := unlisted_reason(text):
        return Failure(stage=Stage.TLS, reason=reason, text=text)
    return Failure(stage=Stage.HTTP, reason=UNKNOWN, text=text)


def of(one: Sign, text: str, *, via_proxy: bool = False, through_proxy: bool = False) -> Failure:
    """The failure that a sign tells; before the tunnel stands, what cannot be reached is the proxy.

    `through_proxy` says that the message itself blames the proxy.
    """
    blamed = via_proxy and one.stage in _BEFORE_TLS
    if blamed or (through_proxy and one.reason in _BY_PROXY):
        return Failure(stage=Stage.PROXY, reason=PROXY_UNREACHABLE, text=text)
    return Failure(
        stage=one.stage, reason=one.reason, verify_code=one.verify_code, word=one.word, text=text
    )


def unlisted_reason(text: str) -> str:
    """OpenSSL's reason in a text, for those that no sign stands for; empty if there is none."""
    if match := _BRACKETED.search(text) or _NODE.search(text):
        return match["reason"]
    if match := _WORDS.search(text) or _QUEUED.search(text):
        return match["words"].strip().upper().replace(" ", "_")
    return ""


def signs_in(squeezed: str) -> Iterator[tuple[int, int, int]]:
    """Each sign in a squeezed text: where it begins, where it ends, its number in `SIGNS`."""
    for number in dict.fromkeys(number for text, number in _LETTERS if text in squeezed):
        for begin, end in SIGNS[number].wording.finds(squeezed):
            yield begin, end, number
