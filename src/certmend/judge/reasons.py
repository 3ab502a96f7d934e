"""Which cause a reason of OpenSSL's handshake names, the same for a live failure and a log."""

_CODES: dict[str, tuple[str, ...]] = {
    "tls-version": (
        "UNSUPPORTED_PROTOCOL",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "NO_PROTOCOLS_AVAILABLE",
        "WRONG_SSL_VERSION",
        "VERSION_TOO_LOW",
        "INAPPROPRIATE_FALLBACK",
        "TLSV1_ALERT_INAPPROPRIATE_FALLBACK",
        "UNSUPPORTED_SSL_VERSION",
        "VERSION_TOO_HIGH",
        # The signatures of TLS 1.0 and 1.1 are MD5 with SHA-1, below security level 1.
        "LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED",
    ),
    "not-tls": (
        "WRONG_VERSION_NUMBER",
        "HTTP_REQUEST",
        "RECORD_LAYER_FAILURE",
        "UNKNOWN_PROTOCOL",
        "PACKET_LENGTH_TOO_LONG",
        "BAD_RECORD_TYPE",
        "HTTPS_PROXY_REQUEST",
        "UNEXPECTED_MESSAGE",
        "NOT_SSL_RECORD_LAYER",
        "UNEXPECTED_RECORD",
        "EXCESSIVE_MESSAGE_SIZE",
    ),
    "client-cert-required": (
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
        "TLSV1_ALERT_UNKNOWN_CA",
        "TLSV1_ALERT_ACCESS_DENIED",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
        "SSLV3_ALERT_NO_CERTIFICATE",
        "PEER_DID_NOT_RETURN_A_CERTIFICATE",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
    ),
    "weak-crypto": (
        "EE_KEY_TOO_SMALL",
        "CA_KEY_TOO_SMALL",
        "CA_MD_TOO_WEAK",
        "DH_KEY_TOO_SMALL",
        "MD_TOO_WEAK",
        "DH_KEY_TOO_WEAK",
        "BAD_DH_VALUE",
    ),
    "sni-missing": ("TLSV1_UNRECOGNIZED_NAME",),
    "legacy-renegotiation": (
        "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
        "NO_RENEGOTIATION",
        "TLSV1_ALERT_NO_RENEGOTIATION",
        "RENEGOTIATION_ENCODING_ERR",
        "RENEGOTIATION_MISMATCH",
    ),
    "connection-closed": (
        "PROTOCOL_IS_SHUTDOWN",
        "APPLICATION_DATA_AFTER_CLOSE_NOTIFY",
        "SHUTDOWN_WHILE_IN_INIT",
        "BLOCK_CIPHER_PAD_IS_WRONG",
        "DIGEST_CHECK_FAILED",
    ),
    "handshake-failure": (
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "NO_SHARED_CIPHER",
        "NO_CIPHERS_AVAILABLE",
        "TLSV1_ALERT_INSUFFICIENT_SECURITY",
        "TLSV1_ALERT_INTERNAL_ERROR",
        "INTERNAL_ERROR",
        "NO_SUITABLE_SIGNATURE_ALGORITHM",
        "NO_SUITABLE_KEY_SHARE",
        "NO_SHARED_GROUPS",
        "SSLV3_ALERT_ILLEGAL_PARAMETER",
        "TLSV1_ALERT_DECODE_ERROR",
        "BAD_KEY_SHARE",
        "WRONG_SIGNATURE_TYPE",
        "WRONG_CIPHER_RETURNED",
        "SSL_TLS_ALERT_HANDSHAKE_FAILURE",
        "SSL/TLS_ALERT_HANDSHAKE_FAILURE",
        "WRONG_CURVE",
    ),
}
_CODE_OF = {reason: code for code, reasons in _CODES.items() for reason in reasons}


def reasons_of(code: str) -> tuple[str, ...]:
    """The reasons that name a cause."""
    return _CODES[code]


def code_of(reason: str) -> str:
    """The cause that a reason names; empty when it names none."""
    return _CODE_OF.get(reason, "")
