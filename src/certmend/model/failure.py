"""A failure, and how to read one from what a client or a library says.

A live error and a line of a log become the same `Failure` by the same function, so one judge
serves both. `reason` is the library's own word where it has one (OpenSSL's reason strings in
`ssl/ssl_err.c`, rustls' error names), else a word of the network stack.
"""

import re
from enum import StrEnum

import msgspec


class Stage(StrEnum):
    """How far the attempt had come."""

    LOCAL = "local"
    """Before anything was sent: a setting, a file, the client itself."""
    DNS = "dns"
    TCP = "tcp"
    PROXY = "proxy"
    TLS = "tls"
    HTTP = "http"


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """What stopped an attempt."""

    stage: Stage
    reason: str
    verify_code: int | None = None
    """OpenSSL's X509_V_ERR number (`include/openssl/x509_vfy.h`), where it is known."""
    text: str = ""
    """The client's own words, redacted."""


VERIFY = "CERTIFICATE_VERIFY_FAILED"
TIMEOUT = "TIMEOUT"
REFUSED = "REFUSED"
NO_ROUTE = "NO_ROUTE"
NOT_RESOLVED = "NAME_NOT_RESOLVED"
CLOSED = "CONNECTION_CLOSED"
RESET = "CONNECTION_RESET"
TUNNEL = "TUNNEL_REFUSED"
PROXY_UNREACHABLE = "PROXY_UNREACHABLE"
PROXY_URL = "PROXY_URL_INVALID"
BUNDLE_MISSING = "BUNDLE_MISSING"
BUNDLE_UNUSABLE = "BUNDLE_UNUSABLE"
CLIENT_CERT_UNUSABLE = "CLIENT_CERT_UNUSABLE"
NO_SSL_MODULE = "NO_SSL_MODULE"
CLIENT_DEFECT = "CLIENT_DEFECT"
CLIENT_BROKEN = "CLIENT_BROKEN"
INSECURE_ORIGIN = "INSECURE_ORIGIN"
BAD_ANSWER = "ANSWER_NOT_READABLE"
TOO_SLOW = "NOT_FINISHED"
UNKNOWN = "UNKNOWN"

_VERIFY_WORDS: tuple[tuple[str, int], ...] = (
    # The words of X509_verify_cert_error_string (crypto/x509/x509_txt.c), old spellings too.
    ("unable to get issuer certificate", 2),
    ("certificate signature failure", 7),
    ("certificate is not yet valid", 9),
    ("certificate has expired", 10),
    ("self signed certificate in certificate chain", 19),
    ("self-signed certificate in certificate chain", 19),
    ("self signed certificate", 18),
    ("self-signed certificate", 18),
    ("unable to get local issuer certificate", 20),
    ("unable to verify the first certificate", 21),
    ("certificate revoked", 23),
    ("path length constraint exceeded", 25),
    ("unsupported certificate purpose", 26),
    ("unsuitable certificate purpose", 26),
    ("unhandled critical extension", 34),
    ("permitted subtree violation", 47),
    ("excluded subtree violation", 48),
    ("hostname mismatch", 62),
    ("ip address mismatch", 64),
    ("ee certificate key too weak", 66),
    ("ca certificate key too weak", 67),
    ("ca signature digest algorithm too weak", 68),
    ("invalid ca certificate", 79),
    ("missing authority key identifier", 85),
    ("missing subject key identifier", 86),
    ("basic constraints of ca cert not marked critical", 89),
    ("ca cert does not include key usage extension", 92),
)
_NAME_ERROR = re.compile(
    r"(?:hostname|ip address) .{1,300}? doesn't match"
    r"|match either of|no appropriate subjectaltname|certificate is not valid for",
    re.DOTALL,
)


def _rule(stage: Stage, reason: str, *patterns: str) -> tuple[re.Pattern[str], Stage, str]:
    return re.compile("|".join(patterns), re.IGNORECASE), stage, reason


_RULES: tuple[tuple[re.Pattern[str], Stage, str], ...] = (
    _rule(
        Stage.LOCAL,
        NO_SSL_MODULE,
        r"ssl module (?:in python )?is not available",
        r"No module named '?_ssl",
    ),
    _rule(Stage.LOCAL, CLIENT_DEFECT, r"check_hostname requires server_hostname"),
    _rule(Stage.LOCAL, INSECURE_ORIGIN, r"not a trusted or secure host"),
    _rule(Stage.LOCAL, BUNDLE_MISSING, r"could not find a suitable TLS CA certificate bundle"),
    _rule(
        Stage.LOCAL,
        CLIENT_CERT_UNUSABLE,
        r"could not find the TLS (?:certificate|key) file",
        r"KEY_VALUES_MISMATCH",
        r"BAD_DECRYPT",
    ),
    _rule(
        Stage.LOCAL,
        BUNDLE_UNUSABLE,
        r"NO_CERTIFICATE_OR_CRL_FOUND",
        r"no certificate or crl found",
        r"ASN1: NOT_ENOUGH_DATA",
        r"\[(?:X509|SSL)\b[^\]]{0,40}\] ?PEM lib",
        r"\bBAD_BASE64_DECODE",
        r"\bNO_START_LINE",
        r"\[SSL\] unknown error",
    ),
    _rule(
        Stage.PROXY,
        TUNNEL,
        r"tunnel connection failed: ?\d+",
        r"proxy authentication required",
    ),
    _rule(
        Stage.PROXY,
        PROXY_URL,
        r"missing dependencies for socks",
        r"not supported proxy scheme",
        r"unable to determine SOCKS version",
        r"proxy URL .{0,40}(?:malformed|invalid)",
        r"InvalidProxyURL",
    ),
    _rule(
        Stage.HTTP,
        BAD_ANSWER,
        r"ContentDecodingError",
        r"content-encoding: .{1,40}, but failed to decode",
        r"LocationParseError|failed to parse: ",
        r"invalid (?:IPv6 )?URL|nonnumeric port|port out of range",
        r"exceeded \d+ redirects",
    ),
    _rule(
        Stage.TLS,
        VERIFY,
        r"CERTIFICATE_VERIFY_FAILED",
        r"certificate verify failed",
        r"invalid peer certificate",
        r"server certificate verification failed",
    ),
    _rule(
        Stage.DNS,
        NOT_RESOLVED,
        r"name or service not known",
        r"getaddrinfo failed",
        r"nodename nor servname",
        r"no address associated",
        r"name resolution",
        r"failed to resolve",
    ),
    _rule(Stage.TCP, REFUSED, r"connection refused", r"actively refused"),
    _rule(
        Stage.TCP,
        NO_ROUTE,
        r"no route to host",
        r"network is unreachable",
        r"host is down",
    ),
    _rule(
        Stage.TLS,
        CLOSED,
        r"UNEXPECTED_EOF",
        r"EOF occurred in violation",
        r"unexpected eof",
        r"closed connection without response",
        r"remote end closed",
        r"BadStatusLine",
        r"SSL_ERROR_SYSCALL",
    ),
    _rule(
        Stage.TLS,
        RESET,
        r"connection reset",
        r"broken pipe",
        r"ECONNRESET",
        r"forcibly closed",
    ),
)
_TIMEOUT = re.compile(r"timed out|timeout|ReadTimeoutError|ConnectTimeout", re.IGNORECASE)
_READ_TIMEOUT = re.compile(
    r"read timed out|handshake operation timed out|ReadTimeout", re.IGNORECASE
)
_OPENSSL = re.compile(r"\[(?:SSL|X509|ASN1|PEM)[^\]]{0,60}?: ?(?P<reason>[A-Z0-9_]{3,80})\]")
_OPENSSL_WORDS = re.compile(r"\[(?:SSL|X509|ASN1)\] (?P<words>[a-z0-9][a-z0-9 ./_-]{2,80}) \(_ssl")
_OPENSSL_OLD = re.compile(
    r"error:[0-9A-Fa-f]{6,10}:[^:]{0,60}:[^:]{0,60}:(?P<words>[a-z0-9 ./_-]{3,80})"
)
_PROXY = re.compile(r"cannot connect to proxy|ProxyError|unable to connect to proxy", re.IGNORECASE)


def verify_code(text: str) -> int | None:
    """OpenSSL's verify code in the words of an error; None where they name none."""
    lowered = text.lower()
    for words, code in _VERIFY_WORDS:
        if words in lowered:
            return code
    return 62 if _NAME_ERROR.search(lowered) else None


def read(text: str, *, code: int | None = None, via_proxy: bool = False) -> Failure:
    """Read a failure from an error's text. `code` is the verify code, when the error told it.

    `via_proxy` says that the connection went to a proxy first, so that a host that cannot
    be found or refuses is the proxy.
    """
    found = code or verify_code(text)
    if found:
        return Failure(stage=Stage.TLS, reason=VERIFY, verify_code=found, text=text)
    for pattern, stage, reason in _RULES:
        if pattern.search(text):
            return _placed(Failure(stage=stage, reason=reason, text=text), via_proxy=via_proxy)
    if reason := _openssl_reason(text):
        return Failure(stage=Stage.TLS, reason=reason, text=text)
    if _TIMEOUT.search(text):
        stage = Stage.TLS if _READ_TIMEOUT.search(text) else Stage.TCP
        return _placed(Failure(stage=stage, reason=TIMEOUT, text=text), via_proxy=via_proxy)
    if _PROXY.search(text):
        return Failure(stage=Stage.PROXY, reason=PROXY_UNREACHABLE, text=text)
    return Failure(stage=Stage.HTTP, reason=UNKNOWN, text=text)


def _openssl_reason(text: str) -> str:
    if match := _OPENSSL.search(text):
        return match["reason"]
    if match := _OPENSSL_WORDS.search(text) or _OPENSSL_OLD.search(text):
        return match["words"].strip().upper().replace(" ", "_")
    return ""


def _placed(failure: Failure, *, via_proxy: bool) -> Failure:
    """Before the tunnel stands, what cannot be reached is the proxy."""
    if failure.stage in (Stage.DNS, Stage.TCP) and (via_proxy or _PROXY.search(failure.text)):
        return msgspec.structs.replace(failure, stage=Stage.PROXY, reason=PROXY_UNREACHABLE)
    return failure
