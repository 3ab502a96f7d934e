"""The verifiers of Windows, macOS, GnuTLS, NSS, Go and Java.

Sources: winerror.h (SEC_E_…, CERT_E_…, CRYPT_E_…), Secure Transport's SecureTransport.h and
Security's SecBase.h (errSSL…, errSec…), GnuTLS lib/cert-session.c and wget's src/gnutls.c, NSS'
SSLerrs.h and SECerrs.h, Go's crypto/x509/verify.go, Java's sun.security.validator.
"""

from certmend.model.failure.sign import CLOSED, RESET, Stage, sign, tls, verify

_MAC = r"(?:osstatus|errssl[a-z]{0,30}|sslhandshake[()]{0,2}(?:failed)?|securetransport).{0,40}?"

VERIFY_SIGNS = (
    # Windows
    verify(
        19,
        r"sec_e_untrusted_root",
        r"0x80090325",
        r"cert_e_untrustedroot",
        r"0x800b0109",
        r"issued by an authority that is not trusted",
        r"terminated in a root certificate which is not trusted",
    ),
    verify(
        20,
        r"cert_e_chaining",
        r"0x800b010a",
        r"could not be built to a trusted root",
        r"remotecertificatechainerrors",
        r"trust relationship for the ssl/tls secure channel",
    ),
    verify(10, r"cert_e_expired", r"0x800b0101", r"sec_e_cert_expired", r"0x80090328"),
    verify(
        10,
        r"required certificate is not within its validity period",
        r"received certificate has expired",
    ),
    verify(
        62,
        r"cert_e_cn_no_match",
        r"0x800b010f",
        r"sec_e_wrong_principal",
        r"0x80090322",
        r"target principal name is incorrect",
        r"cn name does not match the passed value",
        r"remotecertificatenamemismatch",
    ),
    verify(23, r"crypt_e_revoked", r"0x80092010", r"cert_e_revoked", r"0x800b010c"),
    verify(
        3,
        r"crypt_e_no_revocation_check",
        r"0x80092012",
        r"crypt_e_revocation_offline",
        r"0x80092013",
        r"unable to check revocation",
    ),
    # curl's schannel.c, where it verifies the chain itself
    verify(19, r"cert_trust_is_untrusted_root"),
    verify(20, r"cert_trust_is_partial_chain"),
    verify(10, r"cert_trust_is_not_time_valid"),
    verify(23, r"cert_trust_is_revoked"),
    verify(3, r"cert_trust_revocation_status_unknown"),
    verify(26, r"cert_e_wrong_usage", r"0x800b0110", r"cert_e_purpose", r"0x800b0106"),
    verify(7, r"trust_e_cert_signature", r"0x80096004"),
    verify(79, r"trust_e_basic_constraints", r"0x80096019"),
    verify(34, r"cert_e_critical", r"0x800b0105"),
    verify(47, r"cert_e_invalid_name", r"0x800b0114"),
    # macOS
    verify(19, r"errsslunknownrootcert", rf"{_MAC}-9812"),
    verify(
        20,
        r"errsslxcertchaininvalid",
        r"errsslnorootcert",
        rf"{_MAC}-98(?:07|13)",
        r"cssmerr_tp_not_trusted",
        r"errsecnottrusted",
        r"-67843",
        r"problem:invalid certificate chain",
        r"['\"] certificate is not trusted",
        r"the certificate was not trusted",
    ),
    verify(10, r"errsslcertexpired", rf"{_MAC}-9814", r"cssmerr_tp_cert_expired", r"-67818"),
    verify(10, r"['\"] certificate is expired"),
    verify(9, r"errsslcertnotyetvalid", rf"{_MAC}-9815"),
    verify(
        62, r"errsslhostnamemismatch", rf"{_MAC}-9843", r"certificate name does not match input"
    ),
    verify(None, r"certificate is not standards compliant", word="NotStandardsCompliant"),
    verify(None, r"['\"] certificate is using a broken", word="WeakSignature"),
    verify(26, r"['\"] certificate is not permitted for this usage"),
    # GnuTLS, as git and wget show it
    verify(
        20,
        r"certificate issuer is unknown",
        r"doesn't have a known issuer",
        r"hasn't got a known issuer",
        r"certificate signed by unknown authority",
    ),
    verify(10, r"chain uses expired certificate", r"issued certificate has expired"),
    verify(9, r"not yet activated", r"issued certificate not yet valid"),
    verify(62, r"name in the certificate does not match"),
    verify(7, r"signature in the certificate is invalid"),
    verify(79, r"certificate signer is not a ca", r"signer .{0,40}? was not a ca"),
    verify(None, r"insecure algorithm", word="WeakSignature"),
    # mbedTLS, as curl shows it
    verify(20, r"badcert_not_trusted"),
    verify(10, r"badcert_expired"),
    verify(9, r"badcert_future"),
    verify(62, r"badcert_cn_mismatch"),
    # NSS
    verify(
        20,
        r"certificate issuer is not recognized",
        r"issuer has been marked as not trusted",
        r"sec_error_unknown_issuer",
        r"sec_error_untrusted_issuer",
    ),
    verify(10, r"sec_error_expired_certificate", r"peer's certificate has expired"),
    verify(62, r"ssl_error_bad_cert_domain", r"requested domain name does not match"),
    # Go
    verify(9, r"expired or is not yet valid: current time .{1,40}? is before"),
    verify(64, r"x509:cannot validate certificate for .{1,60}? because it doesn't contain any ip"),
    verify(62, r"x509:certificate relies on legacy common name", word="NoSubjectAltName"),
    verify(62, r"x509:certificate is (?:valid for|not valid for any names)"),
    verify(25, r"x509:too many intermediates"),
    verify(26, r"x509:certificate specifies an incompatible key usage"),
    verify(79, r"cannot sign this kind of certificate"),
    # Java
    verify(20, r"unable to find valid certification path"),
    verify(10, r"certificate expired exception"),
    verify(9, r"certificate not yet valid exception"),
    verify(62, r"no subject alternative (?:dns)? names? (?:matching|present)"),
)

REFUSED_SIGNS = (
    verify(
        None,
        r"server certificate verification failed",
        r"certificate (?:of|for) '? .{1,255}? '? is not trusted",
        r"remote certificate is invalid",
        r"trust evaluate failure",
        r"errsslbadcert",
    ),
)

TLS_SIGNS = (
    tls("WRONG_VERSION_NUMBER", r"sec_e_invalid_token", r"0x80090308"),
    tls("WRONG_VERSION_NUMBER", r"unexpected tls packet was received"),
    tls(
        "WRONG_VERSION_NUMBER",
        r"first record does not look like a tls handshake",
        r"server gave http response to https client",
        r"err_ssl_wrong_version_number",
        r"ssl_error_rx_record_too_long",
        r"unrecognized ssl message",
        r"tls:oversized record received",
    ),
    # Go: an alert from the other side is a "remote error"
    tls("UNSUPPORTED_PROTOCOL", r"server selected unsupported protocol version"),
    tls("TLSV1_ALERT_PROTOCOL_VERSION", r"tls:protocol version not supported"),
    tls("TLSV1_UNRECOGNIZED_NAME", r"tls:unrecognized name"),
    tls("TLSV13_ALERT_CERTIFICATE_REQUIRED", r"tls:certificate required"),
    tls("SSLV3_ALERT_BAD_CERTIFICATE", r"remote error:tls:bad certificate"),
    tls("TLSV1_ALERT_UNKNOWN_CA", r"remote error:tls:unknown certificate authority"),
    tls("TLSV1_ALERT_INTERNAL_ERROR", r"remote error:tls:internal error"),
    tls("NO_SHARED_CIPHER", r"no cipher suite supported by both", r"unconfigured cipher suite"),
    # Java
    tls("NO_PROTOCOLS_AVAILABLE", r"no appropriate protocol \("),
    tls("MD_TOO_WEAK", r"algorithm constraints check failed"),
    tls("NO_SHARED_CIPHER", r"sec_e_algorithm_mismatch", r"0x80090331"),
    tls("UNSUPPORTED_PROTOCOL", r"sec_e_unsupported_function", r"0x80090302"),
    tls("TLSV1_ALERT_PROTOCOL_VERSION", r"errsslpeerprotocolversion", rf"{_MAC}-9836"),
    tls("SSLV3_ALERT_HANDSHAKE_FAILURE", r"errsslpeerhandshakefail", rf"{_MAC}-98(?:24|00|01)"),
    tls("DH_KEY_TOO_SMALL", r"errsslweakpeerephemeraldhkey", rf"{_MAC}-9850"),
    tls("TLSV13_ALERT_CERTIFICATE_REQUIRED", r"sec_e_incomplete_credentials", r"0x80090320"),
    tls("TLSV13_ALERT_CERTIFICATE_REQUIRED", r"gnutls.{0,60}? certificate is required"),
    tls("GNUTLS_ALERT_WHILE_READING", r"gnutls recv error \(-12\)"),
    tls(
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        r"sec_e_illegal_message",
        r"0x80090326",
        r"could not create ssl/tls secure channel",
        r"remote error: tls: handshake failure",
        r"received fatal alert: handshake_failure",
        r"tls fatal alert has been received",
        r"gnutls_handshake\(\) failed: handshake failed",
    ),
    sign(
        Stage.TLS,
        CLOSED,
        r"tls connection was non-properly terminated",
        r"errsslclosedabort",
        rf"{_MAC}-9806",
        r"missing close_notify",
        r"schannel: failed to receive handshake",
        r"closed the transport stream",
        r"remote host (?:closed|terminated) (?:the)? (?:connection|handshake)",
    ),
    sign(Stage.TLS, RESET, r"error in the p(?:ull|ush) function", r"gnutls recv error"),
)
