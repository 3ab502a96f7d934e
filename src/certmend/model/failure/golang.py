"""Go's crypto/x509 and crypto/tls: docker, BuildKit, Kaniko, terraform, helm, git-lfs.

Sources: src/crypto/x509/verify.go and x509.go; src/crypto/tls/alert.go, conn.go, tls.go and
handshake_client.go. An alert from the other side is a "remote error".
"""

from certmend.model.failure.alerts import alerts
from certmend.model.failure.sign import (
    BUNDLE_MISSING,
    CLIENT_CERT_UNUSABLE,
    CLOSED,
    Sign,
    Stage,
    sign,
    tls,
    verify,
)

_BECAUSE = r"possibly because of .{0,60}?"

VERIFY_SIGNS: tuple[Sign, ...] = (
    # Why a CA was no candidate: it tells more than that none was found.
    verify(
        None,
        rf"{_BECAUSE}(?:insecure algorithm|algorithm unimplemented)",
        r"x509: cannot verify signature",
        word="WeakSignature",
    ),
    verify(7, rf"{_BECAUSE}verification (?:error|failure)"),
    verify(
        79,
        rf"{_BECAUSE}cannot sign this kind of certificate",
        r"x509: certificate is not authorized to sign other",
        r"cannot sign this kind of certificate",
    ),
    verify(20, r"certificate signed by unknown authority", r"x509: issuer name does not match"),
    # Of both Go says "has expired or is not yet valid", and then which.
    verify(9, r"expired or is not yet valid: current time .{1,40}? is before"),
    verify(64, r"x509:cannot validate certificate for .{1,60}? because it doesn't contain any ip"),
    verify(62, r"x509:certificate relies on legacy common name", word="NoSubjectAltName"),
    verify(62, r"x509:certificate is (?:valid for|not valid for any names)"),
    verify(25, r"x509:too many intermediates"),
    verify(
        26,
        r"x509:certificate specifies an incompatible key usage",
        r"not authorized for an extended key usage",
    ),
    verify(47, r"not authorized to sign for this name", r"x509: issuer has name constraints"),
    verify(
        None,
        r"failed to parse certificate from server",
        r"asn1: structure error",
        word="BadEncoding",
    ),
)

LOCAL_SIGNS: tuple[Sign, ...] = (
    sign(Stage.LOCAL, BUNDLE_MISSING, r"x509: failed to load system roots"),
    sign(
        Stage.LOCAL,
        CLIENT_CERT_UNUSABLE,
        r"tls: private key (?:type)? does not match public key",
        r"tls: failed to (?:find any pem data|parse private key)",
        r"tls: found a certificate rather than a key",
    ),
)

TLS_SIGNS: tuple[Sign, ...] = (
    tls(
        "WRONG_VERSION_NUMBER",
        r"first record does not look like a tls handshake",
        r"server gave http response to https client",
        r"tls:oversized record received",
        r"tls:unsupported sslv2 handshake",
    ),
    tls(
        "UNSUPPORTED_PROTOCOL",
        r"tls: server selected unsupported protocol version",
        r"tls: no supported versions satisfy",
    ),
    tls("TLSV1_ALERT_PROTOCOL_VERSION", r"tls:protocol version not supported"),
    tls("TLSV1_UNRECOGNIZED_NAME", r"tls:unrecognized name"),
    tls("TLSV13_ALERT_CERTIFICATE_REQUIRED", r"tls:certificate required"),
    tls(
        "NO_SHARED_CIPHER",
        r"no cipher suite supported by both",
        r"unconfigured cipher suite",
        r"tls: server selected un[a-z]{6,12} (?:group|cipher|curve)",
        r"tls: received unexpected handshake message",
        r"tls: server's certificate contains an unsupported type",
    ),
    tls("TLSV1_ALERT_NO_RENEGOTIATION", r"local error: tls: no renegotiation"),
    sign(Stage.TLS, CLOSED, r"local error: tls: (?:bad record mac|unexpected message)"),
    *alerts(r"remote error: tls:"),
)
