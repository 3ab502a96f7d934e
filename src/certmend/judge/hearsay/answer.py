"""The one code that a failure told by a log points to, and the others that it would fit.

Without a chain the same words can have several causes. The answer is what an expert would look
at first: on a host that everybody knows a CA that is not trusted is an intercepting proxy's, on
a private index it is the internal CA.
"""

import ipaddress

import msgspec

from certmend.judge.public_hosts import is_public
from certmend.judge.reasons import code_of
from certmend.model import failure
from certmend.model.failure import Stage
from certmend.model.finding import Certainty, Severity
from certmend.model.sighting import Sighting

_OPENSSL = "outdated-client"


class Answer(msgspec.Struct, frozen=True):
    """A code, how sure it is, and what else it could be."""

    code: str
    certainty: Certainty
    possible: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR


def _proven(code: str, *possible: str) -> Answer:
    return Answer(code, Certainty.PROVEN, possible)


def _likely(code: str, *possible: str) -> Answer:
    return Answer(code, Certainty.LIKELY, possible)


_NO_PATH = (
    "missing-intermediate",
    "intercepting-proxy",
    "self-signed-leaf",
    "bundle-incomplete",
    "bundle-stale",
    "setting-ignored",
)
_BY_VERIFY_CODE: dict[int, Answer] = {
    4: _likely("bad-signature", "bundle-stale"),
    7: _likely("bad-signature", "bundle-stale"),
    9: _likely("not-yet-valid", "clock-skew"),
    10: _likely("expired", "issuer-expired", "clock-skew", "bundle-stale"),
    23: _proven("revoked"),
    25: _proven("not-a-ca"),
    26: _proven("wrong-purpose", "not-a-ca"),
    32: _proven("not-a-ca"),
    34: _proven("unsupported-extension"),
    37: _proven("not-a-ca"),
    41: _likely("strict-profile", "malformed-certificate"),
    45: _likely("unsupported-extension"),
    47: _proven("name-constraint"),
    48: _proven("name-constraint"),
    49: _likely("name-constraint"),
    56: _likely("weak-crypto"),
    62: _proven("hostname-mismatch", "no-san", "sni-missing"),
    64: _proven("hostname-mismatch", "sni-missing"),
    66: _proven("weak-crypto"),
    67: _proven("weak-crypto"),
    68: _proven("weak-crypto"),
    77: _likely("bad-signature"),
    79: _proven("not-a-ca"),
    **{code: _proven("strict-profile") for code in (*range(80, 95),)},
}
_BY_WORD: dict[str, Answer] = {
    "NoSubjectAltName": _proven("no-san", "hostname-mismatch"),
    "CaUsedAsEndEntity": _proven("ca-as-leaf", "self-signed-leaf"),
    "UnsupportedCertVersion": _proven("malformed-certificate"),
    "BadEncoding": _likely("malformed-certificate"),
    "WeakSignature": _proven("weak-crypto"),
    "NotStandardsCompliant": _likely("strict-profile"),
}
_BY_REASON: dict[str, Answer] = {
    failure.BUNDLE_MISSING: _proven("bundle-not-found", "bundle-invalid"),
    failure.BUNDLE_UNUSABLE: _proven("bundle-invalid", "malformed-certificate"),
    "NESTED_ASN1_ERROR": _likely("malformed-certificate", "bundle-invalid"),
    failure.CLIENT_CERT_UNUSABLE: _proven("client-cert-required"),
    failure.NO_SSL_MODULE: _proven("no-ssl-module"),
    failure.INSECURE_ORIGIN: _proven("insecure-http"),
    failure.NOT_RESOLVED: _proven("dns", "proxy"),
    failure.HIDDEN: _likely(
        "unreachable", "untrusted-root", "intercepting-proxy", "dns", "proxy", "connection-closed"
    ),
    failure.REFUSED: _proven("unreachable", "proxy"),
    failure.NO_ROUTE: _proven("unreachable", "proxy"),
    failure.CLOSED: _likely("connection-closed", "tls-version", "proxy", _OPENSSL),
    failure.RESET: _likely("connection-closed", "proxy"),
    failure.AUTH: _proven("auth-required", "proxy"),
    failure.BAD_ANSWER: _likely("not-an-index", "proxy"),
    failure.SERVER_ERROR: _likely("unreachable"),
    failure.NO_PACKAGE: _likely(
        "package-not-found", "auth-required", "not-an-index", "mixed-indexes"
    ),
    failure.UNVERIFIED: Answer("verification-disabled", Certainty.PROVEN, (), Severity.WARNING),
    "UNEXPECTED_MESSAGE": _likely("not-tls", "handshake-failure", "proxy"),
    "TLSV1_UNRECOGNIZED_NAME": _likely("sni-missing", "handshake-failure"),
    # With TLS 1.3 a server refuses a missing certificate when the client thinks it is connected.
    "GNUTLS_ALERT_WHILE_READING": _likely("client-cert-required", "handshake-failure"),
    "SSLV3_ALERT_HANDSHAKE_FAILURE": _likely(
        "handshake-failure", "sni-missing", "client-cert-required", "tls-version"
    ),
}
_TLS_POSSIBLE: dict[str, tuple[str, ...]] = {
    "tls-version": (_OPENSSL,),
    "not-tls": ("proxy",),
    "handshake-failure": ("tls-version", _OPENSSL),
    "weak-crypto": (),
}


def answer(seen: Sighting) -> Answer | None:
    """The answer to a failure; None for one that is no cause of certmend's."""
    found = _first(seen)
    if found is not None and seen.overcome:
        return msgspec.structs.replace(found, severity=Severity.NOTE)
    return found


def _first(seen: Sighting) -> Answer | None:
    found = seen.failure
    if found.reason in failure.FOREIGN:
        return None
    if found.reason == failure.VERIFY:
        return _refused(seen)
    if found.reason == failure.CLIENT_DEFECT:
        return _defect(seen)
    if found.reason == failure.NO_INDEX:
        return _absent(seen)
    if found.stage is Stage.PROXY:
        return _proven("proxy")
    if found.reason == failure.TIMEOUT:
        return _late(found.stage)
    if found.reason == failure.BUNDLE_MISSING and found.word:
        return _likely("bundle-not-found", "bundle-invalid")
    if found.reason == "SSLV3_ALERT_HANDSHAKE_FAILURE" and _is_address(seen.host):
        # A client sends no server name for an address (RFC 6066, section 3).
        return _likely("sni-missing", "handshake-failure", "client-cert-required", "tls-version")
    if found.reason in _BY_REASON:
        return _BY_REASON[found.reason]
    code = code_of(found.reason) or "handshake-failure"
    told = bool(code_of(found.reason))
    possible = _TLS_POSSIBLE.get(code, ())
    return _proven(code, *possible) if told else _likely(code, *possible)


def _refused(seen: Sighting) -> Answer:
    found, public = seen.failure, is_public(seen.host)
    if found.word in _BY_WORD:
        return _BY_WORD[found.word]
    code = found.verify_code
    if code in failure.NO_REVOCATION:
        return _likely("intercepting-proxy", "revoked", "unreachable")
    if code == 9 and public:
        return _likely("clock-skew", "not-yet-valid", "intercepting-proxy")
    if code in _BY_VERIFY_CODE:
        return _BY_VERIFY_CODE[code]
    if public:
        return _likely("intercepting-proxy", *_instead(code), "untrusted-root", "outdated-client")
    if code == 18:
        return _proven("self-signed-leaf")
    if code == 21 and seen.client not in ("npm", "node"):
        # Node says the same of any chain whose root is neither sent nor known.
        return _likely("missing-intermediate", "untrusted-root", "intercepting-proxy")
    return _likely("untrusted-root", *dict.fromkeys((*_instead(code), *_NO_PATH)))


def _instead(code: int | None) -> tuple[str, ...]:
    """What a refusal without a reason may be besides."""
    if code is None:
        return (
            "expired",
            "self-signed-leaf",
            "hostname-mismatch",
            "not-yet-valid",
            "bad-signature",
        )
    return ("self-signed-leaf",) if code == 18 else ()


def _defect(seen: Sighting) -> Answer:
    """From pip 20.3 to 24.1 it is an https:// proxy (urllib3 1.26), later on an address."""
    from packaging.version import InvalidVersion, Version

    try:
        old = Version(seen.version) < Version("24.2")
    except InvalidVersion:
        old = seen.failure.word == "urllib3"
    return _likely("proxy", "outdated-client") if old else _likely("outdated-client", "proxy")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _absent(seen: Sighting) -> Answer:
    """404: of a package's page below a known root it is the package, else the index."""
    if seen.failure.word:
        return _proven("not-an-index", "proxy")
    path = seen.url.path if seen.url is not None else ""
    _, simple, rest = path.partition("/simple/")
    of_package = bool(simple) and rest.strip("/").count("/") == 0 and bool(rest.strip("/"))
    if of_package or (is_public(seen.host) and seen.client != "conda") or seen.client == "npm":
        return _likely("package-not-found", "not-an-index", "auth-required")
    return _likely("not-an-index", "package-not-found", "auth-required")


def _late(stage: Stage) -> Answer:
    if stage is Stage.TLS:
        return _proven("connection-closed", "unreachable")
    if stage is Stage.HTTP:
        return _likely("unreachable", "connection-closed", "proxy")
    return _proven("unreachable", "proxy")
