"""GnuTLS and mbedTLS, as git, curl and wget show them.

Sources: GnuTLS' lib/errors.c, lib/alert.c and lib/cert-session.c
(gnutls_certificate_verification_status_print), wget's src/gnutls.c, curl's lib/vtls/gtls.c and
mbedtls.c.
"""

from certmend.model.failure.sign import (
    BUNDLE_UNUSABLE,
    CLOSED,
    RESET,
    Sign,
    Stage,
    sign,
    tls,
    verify,
)

_G = r"gnutls [^:]{0,40}:"
"""What stands before the words of lib/errors.c: `gnutls_handshake() failed:` and the like."""


def _failed(reason: str, *words: str) -> Sign:
    return tls(reason, *(f"{_G} {one}" for one in words))


VERIFY_SIGNS: tuple[Sign, ...] = (
    verify(
        20,
        r"certificate issuer is unknown",
        r"doesn't have a known issuer",
        r"hasn't got a known issuer",
        r"certificate signer not trusted",
    ),
    verify(10, r"chain uses expired certificate", r"issued certificate has expired"),
    verify(
        9,
        r"chain uses not yet valid certificate",
        r"not yet activated",
        r"issued certificate not yet valid",
    ),
    verify(62, r"name in the certificate does not match"),
    verify(7, r"signature in the certificate is invalid"),
    verify(
        79,
        r"certificate (?:signer|issuer) is not a ca",
        r"signer .{0,40}? was not a ca",
        r"by an issuer that is not a ca",
    ),
    verify(None, r"insecure algorithm", word="WeakSignature"),
    verify(23, r"certificate chain is revoked", r"certificate of '[^']{1,255}' has been revoked"),
    verify(
        3,
        r"revocation or ocsp data are",
        r"ocsp status response is invalid",
        r"ocsp status is missing",
    ),
    verify(47, r"violates the signer's constraints"),
    verify(26, r"does not match the intended purpose", rf"{_G} key usage violation in certificate"),
    verify(34, r"unknown critical extension", rf"{_G} unsupported critical extension"),
    verify(
        None,
        rf"{_G} (?:asn1 parser|duplicate extension|unsupported extension in|error in the time)",
        word="BadEncoding",
    ),
    # mbedTLS
    verify(20, r"badcert_not_trusted"),
    verify(10, r"badcert_expired"),
    verify(9, r"badcert_future"),
    verify(62, r"badcert_cn_mismatch"),
    verify(23, r"badcert_revoked"),
    verify(26, r"badcert_(?:key_usage|ext_key_usage|ns_cert_type)"),
    verify(None, r"badcert_bad_(?:md|pk|key)", word="WeakSignature"),
)

REFUSED_SIGNS: tuple[Sign, ...] = (
    verify(
        None,
        r"server certificate verification failed",
        r"server verification failed:",
        r"certificate (?:of|for) '? .{1,255}? '? is not trusted",
        rf"{_G} error in the certificate verification",
    ),
)

TLS_SIGNS: tuple[Sign, ...] = (
    _failed("WRONG_VERSION_NUMBER", r"an unexpected tls packet"),
    tls("WRONG_VERSION_NUMBER", r"unexpected tls packet was received"),
    _failed(
        "TLSV1_ALERT_PROTOCOL_VERSION",
        r"a packet with illegal or unsupported version",
        r"error in protocol version",
    ),
    _failed("UNSUPPORTED_PROTOCOL", r"no or insufficient priorities"),
    _failed("INAPPROPRIATE_FALLBACK", r".{0,30}?inappropriate fallback"),
    _failed("DH_KEY_TOO_SMALL", r"the diffie-hellman prime", r"one of the involved algorithms"),
    _failed("UNSAFE_LEGACY_RENEGOTIATION_DISABLED", r"(?:un)?safe renegotiation"),
    _failed("TLSV13_ALERT_CERTIFICATE_REQUIRED", r".{0,20}?certificate is required"),
    _failed("SSLV3_ALERT_BAD_CERTIFICATE", r"certificate is bad"),
    _failed("SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", r"certificate is not supported"),
    _failed("SSLV3_ALERT_CERTIFICATE_EXPIRED", r"certificate is expired"),
    _failed("SSLV3_ALERT_CERTIFICATE_REVOKED", r"certificate was revoked"),
    _failed("SSLV3_ALERT_CERTIFICATE_UNKNOWN", r"unknown certificate"),
    _failed("TLSV1_ALERT_UNKNOWN_CA", r"ca is unknown"),
    _failed("TLSV1_ALERT_ACCESS_DENIED", r"access was denied"),
    _failed("TLSV1_UNRECOGNIZED_NAME", r"the s(?:erver|ni host) name .{0,10}? not recogni[sz]ed"),
    _failed(
        "NO_SHARED_CIPHER",
        r"could not negotiate a supported",
        r"no supported (?:cipher|ecc)",
        r"no common key share",
        r"the curve is unsupported",
        r"an algorithm that is not enabled",
        r"no (?:common|supported) application protocol",
    ),
    _failed("TLSV1_ALERT_INSUFFICIENT_SECURITY", r"insufficient security"),
    _failed("TLSV1_ALERT_INTERNAL_ERROR", r"(?:gnutls)? internal error"),
    _failed(
        "SSLV3_ALERT_ILLEGAL_PARAMETER", r"(?:an)? illegal parameter", r"an illegal tls extension"
    ),
    _failed("TLSV1_ALERT_DECODE_ERROR", r"decode error"),
    _failed("WRONG_SIGNATURE_TYPE", r"public key signature verification", r"decrypt error"),
    _failed("UNEXPECTED_HANDSHAKE_MESSAGE", r".{0,20}?unexpected (?:message|tls handshake packet)"),
    tls("GNUTLS_ALERT_WHILE_READING", r"gnutls recv error \(-12\)"),
    sign(
        Stage.TLS,
        CLOSED,
        r"tls connection was non-properly terminated",
        # Before GnuTLS 3 a connection that was cut.
        r"a tls packet with unexpected length",
        rf"{_G} (?:decryption has failed|bad record mac|peer has terminated)",
        r"gnutls (?:recv|send) error \(-(?:9|24|110)\)",
    ),
    tls(
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        r"tls fatal alert has been received",
        r"gnutls_handshake\(\) failed: handshake failed",
        rf"{_G} error decoding the received tls packet",
        rf"{_G} an error was encountered at the tls finished",
    ),
    sign(Stage.TLS, RESET, r"error in the p(?:ull|ush) function", r"gnutls recv error"),
    sign(Stage.LOCAL, BUNDLE_UNUSABLE, r"base64 unexpected header", r"trust_file.{0,20}? failed"),
)
