"""NSS, which curl and git of older Fedora and RHEL are built on.

Sources: NSS' lib/util/SECerrs.h and lib/ssl/SSLerrs.h, NSPR's prerr.h; curl's lib/vtls/nss.c prints
number, name and sentence.
"""

from certmend.model.failure.sign import (
    CLIENT_CERT_UNUSABLE,
    CLOSED,
    RESET,
    TIMEOUT,
    Sign,
    Stage,
    sign,
    tls,
    verify,
)

VERIFY_SIGNS: tuple[Sign, ...] = (
    verify(
        20,
        r"certificate issuer is not recognized",
        r"(?:certificate|issuer) has been marked as not trusted",
        r"sec_error_(?:unknown_issuer|untrusted_issuer|untrusted_cert)",
    ),
    verify(
        10,
        r"sec_error_expired_(?:issuer_)?certificate",
        r"peer's certificate has expired",
        r"issuer's certificate has expired",
    ),
    verify(23, r"sec_error_revoked_certificate", r"peer's certificate has been revoked"),
    verify(3, r"sec_error_(?:crl|ocsp|revocation)_[a-z]{3,20}", r"sec_error_ocsp_[a-z_]{3,40}"),
    verify(7, r"sec_error_bad_signature", r"certificate has an invalid signature"),
    verify(62, r"ssl_error_bad_cert_domain", r"requested domain name does not match"),
    verify(79, r"sec_error_ca_cert_invalid", r"issuer certificate is invalid"),
    verify(25, r"sec_error_path_len_constraint_invalid"),
    verify(
        26,
        r"sec_error_inadequate_(?:cert_type|key_usage)",
        r"certificate type not approved for application",
        r"certificate key usage inadequate",
    ),
    verify(34, r"sec_error_unknown_critical_extension"),
    verify(47, r"sec_error_cert_not_in_name_space"),
    verify(
        None,
        r"sec_error_cert_signature_algorithm_disabled",
        r"signature algorithm that is disabled because",
        word="WeakSignature",
    ),
    verify(None, r"sec_error_(?:bad_der|extension_value_invalid)", word="BadEncoding"),
)

REFUSED_SIGNS: tuple[Sign, ...] = ()

TLS_SIGNS: tuple[Sign, ...] = (
    tls(
        "WRONG_VERSION_NUMBER", r"ssl_error_rx_record_too_long", r"exceeded the maximum permissible"
    ),
    tls(
        "TLSV1_ALERT_PROTOCOL_VERSION",
        r"ssl_error_(?:protocol_version_alert|unsupported_version)",
        r"peer reports incompatible or unsupported protocol version",
        r"peer using unsupported version of security protocol",
    ),
    tls(
        "NO_SHARED_CIPHER",
        r"ssl_error_no_cypher_overlap",
        r"no common encryption algorithm",
        r"unable to negotiate an acceptable set of security",
    ),
    tls("SSLV3_ALERT_HANDSHAKE_FAILURE", r"ssl_error_handshake_failure_alert"),
    tls("TLSV1_ALERT_INTERNAL_ERROR", r"ssl_error_internal_error_alert"),
    tls("TLSV1_UNRECOGNIZED_NAME", r"ssl_error_unrecognized_name_alert"),
    tls(
        "DH_KEY_TOO_SMALL",
        r"ssl_error_weak_server_(?:ephemeral_dh|cert)_key",
        r"weak ephemeral diffie-hellman key",
    ),
    tls(
        "SSLV3_ALERT_BAD_CERTIFICATE",
        r"ssl_error_(?:bad|revoked|expired|unsupported)_cert_alert",
        r"ssl_error_(?:unknown_ca|access_denied|certificate_unknown)_alert",
        r"ssl peer cannot verify your certificate",
        r"ssl peer (?:rejected|does not support) (?:your|a) certificate",
        r"trust the ca that issued your certificate",
    ),
    sign(Stage.LOCAL, CLIENT_CERT_UNUSABLE, r"unable to load client (?:cert|key)"),
    sign(Stage.TLS, CLOSED, r"pr_end_of_file_error", r"': encountered end of file"),
    sign(Stage.TLS, RESET, r"pr_connect_(?:reset|aborted)_error"),
    sign(Stage.TLS, TIMEOUT, r"pr_io_timeout_error"),
)
