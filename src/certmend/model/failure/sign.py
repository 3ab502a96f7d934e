"""A sign of a failure: words by which a library or client tells one, and what they mean."""

from enum import StrEnum

import msgspec

from certmend.model.failure.wording import Wording, wording


class Stage(StrEnum):
    """How far the attempt had come."""

    LOCAL = "local"
    """Before anything was sent: a setting, a file, the client itself."""
    DNS = "dns"
    TCP = "tcp"
    PROXY = "proxy"
    TLS = "tls"
    HTTP = "http"


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
HIDDEN = "NOT_TOLD"
"""The client knows the reason and does not say it."""
# What an index answers, or a client says of it, once the connection stands.
AUTH = "AUTHENTICATION_REQUIRED"
NOT_FOUND = "NOT_FOUND"
SERVER_ERROR = "SERVER_ERROR"
NO_INDEX = "NOT_AN_INDEX"
NO_PACKAGE = "NO_MATCHING_DISTRIBUTION"
UNVERIFIED = "UNVERIFIED_REQUEST"
# What stops an installation and is no cause of certmend's.
HASH_MISMATCH = "HASH_MISMATCH"
DISK_FULL = "DISK_FULL"
READ_ONLY = "READ_ONLY"
OTHER_PYTHON = "OTHER_PYTHON"
CONFLICT = "REQUIREMENTS_CONFLICT"
MANAGED = "EXTERNALLY_MANAGED"
NOT_BUILT = "NOT_BUILT"
FOREIGN = frozenset(
    {HASH_MISMATCH, DISK_FULL, READ_ONLY, OTHER_PYTHON, CONFLICT, MANAGED, NOT_BUILT}
)


NO_REVOCATION = frozenset({3, 5, 8, 11, 12, 15, 16, 33, 35, 36, 54, 73, 74, 75})
"""OpenSSL's numbers for: it could not be learned whether the certificate is revoked."""


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """Words, and the failure that they tell."""

    wording: Wording
    """Of squeezed text: lower case, without blanks and underscores (`model.failure.squeeze`)."""
    stage: Stage
    reason: str
    verify_code: int | None = None
    word: str = ""
    """The library's own name for a refusal that OpenSSL has no number for."""
    loose: bool = False
    """Words so common that in a log they count only where nothing else was found."""


def sign(
    stage: Stage,
    reason: str,
    *words: str,
    code: int | None = None,
    word: str = "",
    loose: bool = False,
) -> Sign:
    """A sign from words as they are printed, in lower case; blanks and underscores do not count.

    Each of the words is a regular expression.
    """
    return Sign(
        wording=wording(*words),
        stage=stage,
        reason=reason,
        verify_code=code,
        word=word,
        loose=loose,
    )


def verify(code: int | None, *words: str, word: str = "", loose: bool = False) -> Sign:
    """A sign that a certificate was refused: with OpenSSL's number where the words tell it."""
    return sign(Stage.TLS, VERIFY, *words, code=code, word=word, loose=loose)


def tls(reason: str, *words: str) -> Sign:
    """A sign that the handshake failed; the reason is OpenSSL's."""
    return sign(Stage.TLS, reason, *words)


_CURL_ENDS = ("failed", "exit", "finished", "returned", "error", "died")


def curl(numbers: str) -> tuple[str, ...]:
    """Words for exit statuses of curl, as itself and as scripts print them; `|` between them."""
    return rf"curl:\((?:{numbers})\)", *curl_exits(numbers)


def curl_exits(numbers: str) -> tuple[str, ...]:
    """What scripts print of curl's exit status; each holds letters that few texts do."""
    return (
        *(rf"curl {end} [a-z:=-]{{0,30}}? \(? (?:{numbers}) (?![\d.]*\d)" for end in _CURL_ENDS),
        # Python's subprocess, which names the whole command
        rf"command '\[?'? (?:[^']{{0,80}}/)? curl (?:'|-|https?:) .{{1,400}}? returned"
        rf" non-zero exit status (?:{numbers}) (?!\d)",
    )


_STATUS = (
    r"(?<!\d) {n} client error",
    r"(?<!\d) {n} server error",
    r"(?<!\d) {n}, message='",
    r"http error (?:code)? :? {n} (?!\d)",
    r"http status (?:client|server) error \( {n}",
    r"(?:client|server) error '{n}",
    r"(?:client|server) error\({n}\):",
    r"http(?:status)?error:? (?:http)? {n} (?!\d)",
    r"http {n} (?:unauthorized|forbidden|not found|gone|proxy|internal|bad|service|gateway|error)",
    r"returned error: {n} (?!\d)",
    r"(?:upload failed|server response) \({n}\)",
    r"rpc failed; http {n} (?!\d)",
    r"response status code:? {n} (?!\d)",
    r"status code (?:was|is)? :? {n} (?!\d)",
    r"said error:? {n} (?!\d)",
    r"response code:? {n} (?!\d)",
    r"(?:npm err!|npm error|npm http).{{0,40}}? e?{n} (?!\d)",
    r"error(?:code)? :? e?{n} (?!\d) (?:unauthorized|forbidden|not found|bad|service|internal)",
    r"\( {n} (?:unauthorized|forbidden|not found|service unavailable|bad gateway) \)",
    r"(?<!\d) {n} \((?:unauthorized|forbidden|not found|service unavailable|bad gateway)\)",
)


def statuses(numbers: str) -> tuple[str, ...]:
    """Words by which clients tell the status of an answer; `|` between the numbers."""
    return tuple(form.format(n=f"(?:{numbers})") for form in _STATUS)
