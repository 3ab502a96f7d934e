"""The verifier of Windows: SChannel's and CryptoAPI's numbers, which stand in every language.

Sources: winerror.h (SEC_E_…, CERT_E_…, TRUST_E_…, CRYPT_E_…) and wincrypt.h (CERT_TRUST_…), as
curl's lib/vtls/schannel*.c and lib/strerror.c print them; Rust's `os error` is the same number
with a sign; .NET's X509ChainStatusFlags and SslPolicyErrors.
"""

from certmend.model.failure.sign import CLIENT_CERT_UNUSABLE, CLOSED, Sign, Stage, sign, tls, verify


def _numbers(*codes: int) -> tuple[str, ...]:
    """HRESULTs as they are printed: in hexadecimal, and by Rust as a negative number."""
    hexadecimal = tuple(f"0x{code:08x}" for code in codes)
    return *hexadecimal, *(rf"os error {code - 2**32}" for code in codes)


_NET = r"errors in the certificate chain:.{0,80}?"

VERIFY_SIGNS: tuple[Sign, ...] = (
    verify(
        19,
        *_numbers(0x80090325, 0x800B0109, 0x800B0112, 0x800B0111),
        r"sec_e_untrusted_root",
        r"cert_e_untrusted(?:root|ca)",
        r"trust_e_explicit_distrust",
        r"issued by an authority that is not trusted",
        r"terminated in a root certificate which is not trusted",
        r"cert_trust_is_untrusted_root",
        rf"{_NET}untrustedroot",
    ),
    verify(
        20,
        *_numbers(0x800B010A, 0x80090352, 0x800B0107),
        r"cert_e_(?:issuer)?chaining",
        r"sec_e_issuing_ca_untrusted",
        r"could not be built to a trusted root",
        r"cert_trust_is_partial_chain",
        rf"{_NET}partialchain",
    ),
    verify(
        10,
        *_numbers(0x800B0101, 0x80090328, 0x800B0102),
        r"cert_e_(?:expired|validityperiodnesting)",
        r"sec_e_cert_expired",
        r"required certificate is not within its validity period",
        r"received certificate has expired",
        r"cert_trust_is_not_time_valid",
        rf"{_NET}nottimevalid",
    ),
    verify(
        62,
        *_numbers(0x800B010F, 0x80090322),
        r"cert_e_cn_no_match",
        r"sec_e_wrong_principal",
        r"target principal name is incorrect",
        r"cn name does not match the passed value",
        r"remotecertificatenamemismatch",
        r"failed to match connection hostname",
    ),
    verify(
        23,
        *_numbers(0x80092010, 0x800B010C),
        r"cert_e_revoked",
        r"crypt_e_revoked",
        r"cert_trust_is_revoked",
        rf"{_NET}(?<!offline)revoked",
    ),
    verify(
        3,
        *_numbers(0x80092012, 0x80092013, 0x800B010E),
        r"crypt_e_(?:no_revocation_check|revocation_offline)",
        r"cert_e_revocation_failure",
        r"unable to check revocation",
        r"cert_trust_(?:revocation_status_unknown|is_offline_revocation)",
        rf"{_NET}(?:revocationstatusunknown|offlinerevocation)",
    ),
    verify(
        26,
        *_numbers(0x800B0110, 0x800B0106, 0x80090349),
        r"cert_e_(?:wrong_usage|purpose)",
        r"sec_e_cert_wrong_usage",
        r"cert_trust_is_not_valid_for_usage",
        rf"{_NET}notvalidforusage",
    ),
    verify(
        7, *_numbers(0x80096004), r"trust_e_cert_signature", r"cert_trust_is_not_signature_valid"
    ),
    verify(79, *_numbers(0x80096019, 0x800B0103), r"trust_e_basic_constraints", r"cert_e_role"),
    verify(25, *_numbers(0x800B0104), r"cert_e_pathlenconst"),
    verify(34, *_numbers(0x800B0105), r"cert_e_critical"),
    verify(47, *_numbers(0x800B0114), r"cert_e_invalid_name"),
    verify(None, *_numbers(0x800B0108), r"cert_e_malformed", word="BadEncoding"),
)

REFUSED_SIGNS: tuple[Sign, ...] = (
    verify(
        20,
        r"remotecertificatechainerrors",
        r"trust relationship for the ssl/tls secure channel",
    ),
    verify(
        None,
        *_numbers(0x80090327, 0x800B010B),
        r"sec_e_cert_unknown",
        r"remote certificate (?:is|was) (?:invalid|rejected)",
        r"cert_trust_error_status",
    ),
)

TLS_SIGNS: tuple[Sign, ...] = (
    tls("WRONG_VERSION_NUMBER", *_numbers(0x80090308), r"sec_e_invalid_token"),
    tls(
        "NO_SHARED_CIPHER",
        *_numbers(0x80090331),
        r"sec_e_algorithm_mismatch",
        r"do not possess a common algorithm",
    ),
    tls("UNSUPPORTED_PROTOCOL", *_numbers(0x80090302), r"sec_e_unsupported_function"),
    tls(
        "TLSV13_ALERT_CERTIFICATE_REQUIRED", *_numbers(0x80090320), r"sec_e_incomplete_credentials"
    ),
    sign(
        Stage.LOCAL,
        CLIENT_CERT_UNUSABLE,
        *_numbers(0x8009030D, 0x8009030E),
        r"sec_e_(?:no|unknown)_credentials",
    ),
    tls("INTERNAL_ERROR", *_numbers(0x80090304), r"sec_e_internal_error"),
    tls(
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        *_numbers(0x80090326),
        r"sec_e_illegal_message",
        r"could not create ssl/tls secure channel",
    ),
    sign(
        Stage.TLS,
        CLOSED,
        *_numbers(0x8009030F, 0x80090330, 0x80090318),
        r"sec_e_(?:message_altered|decrypt_failure|incomplete_message)",
        r"schannel: failed to receive handshake",
        r"closed the transport stream",
        r"underlying connection was closed:",
    ),
)
