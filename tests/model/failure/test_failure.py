"""The grammar of failures: the same words of every library and version mean the same."""

import pytest

from certmend.model import failure
from certmend.model.failure import SIGNS, Stage, local, network, openssl, rustls, windows

_WRAPPERS = (
    "{}",
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {} (_ssl.c:1007)",
    "HTTPSConnectionPool(host='h', port=443): Max retries exceeded with url: /simple/ (Caused by "
    "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify "
    "failed: {} (_ssl.c:1129)')))",
    "curl: (60) SSL certificate problem: {}",
    "Cannot connect to host h:443 ssl:True [SSLCertVerificationError: (1, '[SSL: "
    "CERTIFICATE_VERIFY_FAILED] certificate verify failed: {} (_ssl.c:997)')]",
    "request to https://h/x failed, reason: {}",
)


def _openssl_words():
    """What OpenSSL itself says of each of its verify codes, and what older versions said."""
    from OpenSSL.SSL import _ffi, _lib

    # Of CRLs, DANE, OCSP, Suite B and raw keys no client of packages speaks.
    spoken = (2, 7, 9, 10, *range(18, 22), 23, 25, 26, 32, 34, 37, 41, 47, 48, 49, 62, 64)
    for code in (*spoken, 66, 67, 68, *range(79, 95)):
        yield code, _ffi.string(_lib.X509_verify_cert_error_string(code)).decode()
    yield 18, "self signed certificate"
    yield 19, "self signed certificate in certificate chain"
    yield 26, "unsupported certificate purpose"
    yield 9, "certificate is not yet valid"
    yield 62, "Hostname mismatch, certificate is not valid for 'h'."
    yield 64, "IP address mismatch, certificate is not valid for '10.0.0.1'."


@pytest.mark.parametrize("wrapper", _WRAPPERS, ids=range(len(_WRAPPERS)))
@pytest.mark.parametrize(("code", "words"), list(_openssl_words()))
def test_a_verify_code_is_read_from_openssls_words_in_any_wrapper(code, words, wrapper):
    found = failure.read(wrapper.format(words))
    assert (found.reason, found.verify_code) == (failure.VERIFY, code)


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("invalid peer certificate: UnknownIssuer", 20, ""),
        ("invalid peer certificate contents: invalid peer certificate: UnknownIssuer", 20, ""),
        ("invalid peer certificate: Expired", 10, ""),
        ("invalid peer certificate: certificate expired: verification time 17 (UNIX), but", 10, ""),
        ("invalid peer certificate: NotValidForName", 62, ""),
        ('invalid peer certificate: certificate not valid for name "h"; certificate is', 62, ""),
        ("invalid peer certificate: CaUsedAsEndEntity", None, "CaUsedAsEndEntity"),
        (
            "invalid peer certificate: Other(OtherError(UnsupportedCertVersion))",
            None,
            "UnsupportedCertVersion",
        ),
        ("invalid peer certificate: BadSignature", 7, ""),
        (
            "schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325)",
            19,
            "",
        ),
        ("schannel: ... Unknown error (0x80092012) - The revocation function was unable", 3, ""),
        ("schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322)", 62, ""),
        ("CERT_E_UNTRUSTEDROOT", 19, ""),
        (
            "A certificate chain processed, but terminated in a root certificate which is not trusted",
            19,
            "",
        ),
        ("SSL: CSSMERR_TP_NOT_TRUSTED", 20, ""),
        ("SecureTransport error: OSStatus -9807", 20, ""),
        ("server certificate verification failed. CAfile: none CRLfile: none", None, ""),
        ("The certificate is NOT trusted. The certificate issuer is unknown.", 20, ""),
        ("x509: certificate signed by unknown authority", 20, ""),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", 19, ""),
        ("npm ERR! code UNABLE_TO_GET_ISSUER_CERT_LOCALLY", 20, ""),
        ("npm ERR! code UNABLE_TO_VERIFY_LEAF_SIGNATURE", 21, ""),
        ("npm ERR! code DEPTH_ZERO_SELF_SIGNED_CERT", 18, ""),
        ("npm ERR! code CERT_HAS_EXPIRED", 10, ""),
        ("npm ERR! code ERR_TLS_CERT_ALTNAME_INVALID", 62, ""),
        ("hostname 'a.example' doesn't match 'b.example'", 62, ""),
        ("hostname 'a' doesn't match either of 'b', 'c'", 62, ""),
        ("no appropriate subjectAltName fields were found", 62, "NoSubjectAltName"),
        ("SSL: no alternative certificate subject name matches target host name 'h'", 62, ""),
        ("certificate verify failed (_ssl.c:727)", None, ""),
        ("Peer's certificate issuer is not recognized.", 20, ""),
        ("unable to find valid certification path to requested target", 20, ""),
    ],
)
def test_a_refusal_is_read_from_every_verifier(text, code, word):
    found = failure.read(text)
    assert (found.stage, found.reason) == (Stage.TLS, failure.VERIFY)
    assert (found.verify_code, found.word) == (code, word)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1123)", "WRONG_VERSION_NUMBER"),
        (
            "error:1408F10B:SSL routines:ssl3_get_record:wrong version number",
            "WRONG_VERSION_NUMBER",
        ),
        ("error:0A00010B:SSL routines::wrong version number", "WRONG_VERSION_NUMBER"),
        ("received corrupt message of type InvalidContentType", "WRONG_VERSION_NUMBER"),
        (
            "[SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version",
            "TLSV1_ALERT_PROTOCOL_VERSION",
        ),
        (
            "[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] ssl/tls alert handshake failure",
            "SSLV3_ALERT_HANDSHAKE_FAILURE",
        ),
        ("received fatal alert: HandshakeFailure", "SSLV3_ALERT_HANDSHAKE_FAILURE"),
        (
            "[SSL: UNSAFE_LEGACY_RENEGOTIATION_DISABLED] unsafe legacy",
            "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
        ),
        ("[SSL: DH_KEY_TOO_SMALL] dh key too small (_ssl.c:1129)", "DH_KEY_TOO_SMALL"),
        ("[SSL: SOMETHING_NEW] something new (_ssl.c:1)", "SOMETHING_NEW"),
        ("EOF occurred in violation of protocol (_ssl.c:600)", failure.CLOSED),
        ("[SSL: DECRYPTION_FAILED_OR_BAD_RECORD_MAC] decryption failed or bad", failure.CLOSED),
        (
            "('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
            failure.RESET,
        ),
        ("[Errno 11001] getaddrinfo failed", failure.NOT_RESOLVED),
        (
            "dns error: failed to lookup address information: Name or service not known",
            failure.NOT_RESOLVED,
        ),
        (
            "[WinError 10061] No connection could be made because the target machine",
            failure.REFUSED,
        ),
        (
            "Could not find a suitable TLS CA certificate bundle, invalid path: /x",
            failure.BUNDLE_MISSING,
        ),
        (
            "[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found (_ssl.c:4149)",
            failure.BUNDLE_UNUSABLE,
        ),
        (
            "Can't connect to HTTPS URL because the SSL module is not available.",
            failure.NO_SSL_MODULE,
        ),
        ("<urlopen error unknown url type: https>", failure.NO_SSL_MODULE),
        ("Tunnel connection failed: 407 Proxy Authentication Required", failure.TUNNEL),
        (
            "ProxyError('Cannot connect to proxy.', NewConnectionError('[Errno 111] Connection refused'))",
            failure.PROXY_UNREACHABLE,
        ),
        (
            "ProxyError('Cannot connect to proxy.', RemoteDisconnected('Remote end closed'))",
            failure.PROXY_UNREACHABLE,
        ),
        ("nothing that anybody knows", failure.UNKNOWN),
    ],
)
def test_other_failures_by_their_words(text, reason):
    assert failure.read(text).reason == reason


def test_what_cannot_be_reached_on_the_way_to_a_proxy_is_the_proxy():
    text = "[Errno 111] Connection refused"
    assert failure.read(text).reason == failure.REFUSED
    assert failure.read(text, via_proxy=True).reason == failure.PROXY_UNREACHABLE


def test_a_known_verify_code_wins_over_words():
    assert failure.read("certificate verify failed", code=18).verify_code == 18


def test_every_dialect_is_among_the_signs():
    for signs in (
        local.LOCAL_SIGNS,
        network.NETWORK_SIGNS,
        openssl.VERIFY_SIGNS,
        openssl.TLS_SIGNS,
        windows.VERIFY_SIGNS,
        rustls.VERIFY_SIGNS,
    ):
        assert set(signs) <= set(SIGNS)


def test_words_are_of_lower_case_and_without_blanks():
    for one in SIGNS:
        assert all(words == words.lower() and " " not in words for words in one.wording.plain)
