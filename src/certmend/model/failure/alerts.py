"""The alerts of TLS: what one side tells the other before it ends a handshake (RFC 8446, 6.2).

Every library has its own words for them. The reasons are OpenSSL's (`ssl/ssl_err.c`); those of
certificates are about the client's own, since the other side sends them.
"""

from certmend.model.failure.sign import CLOSED, Sign, Stage, sign

_NAMES: tuple[tuple[str, str], ...] = (
    ("SSLV3_ALERT_UNEXPECTED_MESSAGE", r"unexpected message"),
    (CLOSED, r"bad record mac|decryption failed|decompression failure|user cancell?ed"),
    ("TLSV1_ALERT_RECORD_OVERFLOW", r"record overflow"),
    ("SSLV3_ALERT_HANDSHAKE_FAILURE", r"handshake failure"),
    ("SSLV3_ALERT_NO_CERTIFICATE", r"no certificate"),
    ("SSLV3_ALERT_BAD_CERTIFICATE", r"bad certificate (?!status)(?!hash)"),
    ("SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", r"unsupported certificate"),
    ("SSLV3_ALERT_CERTIFICATE_REVOKED", r"certificate revoked|revoked certificate"),
    ("SSLV3_ALERT_CERTIFICATE_EXPIRED", r"certificate expired|expired certificate"),
    ("TLSV1_ALERT_UNKNOWN_CA", r"unknown ca|unknown certificate authority"),
    ("SSLV3_ALERT_CERTIFICATE_UNKNOWN", r"certificate unknown|unknown certificate"),
    ("SSLV3_ALERT_ILLEGAL_PARAMETER", r"illegal parameter"),
    ("TLSV1_ALERT_ACCESS_DENIED", r"access denied"),
    ("TLSV1_ALERT_DECODE_ERROR", r"decode error|error decoding message"),
    ("TLSV1_ALERT_DECRYPT_ERROR", r"decrypt error|error decrypting message"),
    ("TLSV1_ALERT_EXPORT_RESTRICTION", r"export restriction"),
    ("TLSV1_ALERT_PROTOCOL_VERSION", r"protocol version"),
    ("TLSV1_ALERT_INSUFFICIENT_SECURITY", r"insufficient security"),
    ("TLSV1_ALERT_INTERNAL_ERROR", r"internal error"),
    ("INAPPROPRIATE_FALLBACK", r"inappropriate fallback"),
    ("TLSV1_ALERT_NO_RENEGOTIATION", r"no renegotiation"),
    ("TLSV13_ALERT_MISSING_EXTENSION", r"missing extension"),
    ("TLSV1_UNSUPPORTED_EXTENSION", r"unsupported extension"),
    ("TLSV1_UNRECOGNIZED_NAME", r"unrecogni[sz]ed name"),
    ("TLSV1_BAD_CERTIFICATE_STATUS_RESPONSE", r"bad certificate status response"),
    ("TLSV13_ALERT_CERTIFICATE_REQUIRED", r"certificate required"),
    ("NO_APPLICATION_PROTOCOL", r"no application protocol"),
)


def alerts(before: str) -> tuple[Sign, ...]:
    """A sign for each alert, behind the words with which a library begins to tell one."""
    return tuple(
        sign(Stage.TLS, reason, *(f"{before} {words}" for words in names.split("|")))
        for reason, names in _NAMES
    )
