"""Words that one library or client alone uses: each tells what the common ones do."""

import io

import pytest

from certmend.model import failure
from certmend.observe.logs import reading


def told(text):
    (seen,) = reading.read([("x.log", io.BytesIO(f"{text}\n".encode()))]).sightings
    return seen.failure


@pytest.mark.parametrize(
    "text",
    [
        "(“mill.example” certificate is using a broken key size)",
        "invalid peer certificate: Other(OtherError(UnsupportedSignatureAlgorithmContext {",
    ],
)
def test_a_signature_that_is_too_weak_has_a_name(text):
    assert told(text).word == "WeakSignature"


@pytest.mark.parametrize(
    ("text", "reason", "code"),
    [
        ("curl: (60) SSL peer certificate or SSH remote key was not OK", failure.VERIFY, None),
        ("“mill.example” certificate is not permitted for this usage", failure.VERIFY, 26),
        ("error trying to connect: The certificate was not trusted.", failure.VERIFY, 20),
        ("tcp connect error: deadline has elapsed", failure.TIMEOUT, None),
        (
            'Failed to build HTTP client: reqwest::Error { source: Os { code: 13, kind: PermissionDenied, message: "Permission denied" } }',
            failure.BUNDLE_MISSING,
            None,
        ),
        (
            "peer is incompatible: SupportedVersionsExtensionRequired",
            "UNSUPPORTED_PROTOCOL",
            None,
        ),
        ("curl: (60) the server's certificate hasn't got a known issuer", failure.VERIFY, 20),
        ("NonInteractive: Credential not found for password.", failure.AUTH, None),
        ("UploadError\n\n  Error connecting to repository", failure.HIDDEN, None),
        (
            "Failed to clone https://h/x.git, check your git configuration and permissions for this repository.",
            failure.HIDDEN,
            None,
        ),
        ("SSL: unable to obtain common name from peer certificate", failure.VERIFY, 62),
        ("schannel: CertGetCertificateChain trust error CERT_TRUST_IS_PARTIAL_CHAIN", "", 20),
        ("schannel: trust error CERT_TRUST_REVOCATION_STATUS_UNKNOWN", failure.VERIFY, 3),
        ("mbedTLS: (-0x2700) BADCERT_NOT_TRUSTED", failure.VERIFY, 20),
        ("mbedTLS: BADCERT_CN_MISMATCH", failure.VERIFY, 62),
        (
            "x509: certificate has expired or is not yet valid: current time 2019-01-01T00:00:00Z is before 2024-05-05T00:00:00Z",
            failure.VERIFY,
            9,
        ),
        (
            "x509: certificate has expired or is not yet valid: current time 2025-01-01T00:00:00Z is after 2024-05-05T00:00:00Z",
            failure.VERIFY,
            10,
        ),
        ("x509: certificate specifies an incompatible key usage", failure.VERIFY, 26),
        ("tls: server selected unsupported protocol version 301", "UNSUPPORTED_PROTOCOL", None),
        (
            "remote error: tls: protocol version not supported",
            "TLSV1_ALERT_PROTOCOL_VERSION",
            None,
        ),
        ("remote error: tls: bad certificate", "SSLV3_ALERT_BAD_CERTIFICATE", None),
        ("remote error: tls: internal error", "TLSV1_ALERT_INTERNAL_ERROR", None),
        ("tls: oversized record received with length 20527", "WRONG_VERSION_NUMBER", None),
        (
            "403 Client Error: TLSv1.2+ is required for url: https://h/",
            "TLSV1_ALERT_PROTOCOL_VERSION",
            None,
        ),
        ("SSLError(\"bad handshake: SysCallError(-1, 'Unexpected EOF')\")", failure.CLOSED, None),
        ("Unknown SSL protocol error in connection to mill.example:443", failure.CLOSED, None),
        ("java.net.UnknownHostException: mill.example", failure.NOT_RESOLVED, None),
        (
            "dial tcp: lookup mill.example on 10.0.0.2:53: server misbehaving",
            failure.NOT_RESOLVED,
            None,
        ),
        ("java.net.SocketTimeoutException: connect timed out", failure.TIMEOUT, None),
        ("Failed to download ink due to network timeout. Try raising", failure.TIMEOUT, None),
        ("ServerTimeoutError: Timeout on reading data from socket", failure.TIMEOUT, None),
        ("urllib.error.HTTPError: HTTP Error 503: Busy", failure.SERVER_ERROR, None),
        ("error: RPC failed; HTTP 502 curl 22 The requested", failure.SERVER_ERROR, None),
        ("fatal: early EOF", failure.CLOSED, None),
        ('Get "https://mill.example/v2/": EOF', failure.CLOSED, None),
        ("ClientPayloadError: Response payload is not completed", failure.CLOSED, None),
        ("network socket disconnected before secure TLS connection", failure.CLOSED, None),
        ("Unable to establish SSL connection.", failure.CLOSED, None),
        ("proxyconnect tcp: tls: first record does not look like a TLS", failure.TUNNEL, None),
        ("denied: requested access to the resource is denied", failure.AUTH, None),
        ("manifest for mill/ink:7 not found: manifest unknown", failure.NO_PACKAGE, None),
        ("[CandidateNotFound]: No candidate is found for `ink`", failure.NO_PACKAGE, None),
        ("The Python ssl extension was not compiled.", failure.NO_SSL_MODULE, None),
        ("Warning: Ignoring extra certs from `/x`, load failed", failure.BUNDLE_MISSING, None),
        (
            "SSLHandshakeException: No appropriate protocol (protocol",
            "NO_PROTOCOLS_AVAILABLE",
            None,
        ),
        ("SSLException: Unsupported or unrecognized SSL message", "WRONG_VERSION_NUMBER", None),
        ("CertificateExpiredException: NotAfter: Thu", failure.VERIFY, 10),
        ("SSLError: (2, 'The operation did not complete (read)')", failure.CLOSED, None),
        ("npm ERR! self signed certificate", failure.VERIFY, 18),
        ("SysCallError(104, 'ECONNRESET')", failure.RESET, None),
        ("SysCallError(10060, 'WSAETIMEDOUT')", failure.TIMEOUT, None),
        ("curl: (52) Server returned nothing (no headers, no data)", failure.CLOSED, None),
        ("npm ERR! code ECONNABORTED", failure.RESET, None),
        ("npm ERR! code ERR_SOCKET_TIMEOUT", failure.TIMEOUT, None),
        ("ConnectionError: Connect call failed ('10.0.0.9', 443)", failure.REFUSED, None),
        ("OSError: [Errno 99] Cannot assign requested address", failure.NO_ROUTE, None),
        (
            "unable to access 'https://h/': error setting certificate file: /none",
            failure.BUNDLE_MISSING,
            None,
        ),
        ("Could not find a suitable SSL CA certificate bundle", failure.BUNDLE_MISSING, None),
        ("cadata does not contain a certificate", failure.BUNDLE_UNUSABLE, None),
        ("unauthorized: authentication required", failure.AUTH, None),
        ("HTTP Basic: Access denied", failure.AUTH, None),
        ("429 Client Error: Too Many Requests for url: https://h/", failure.SERVER_ERROR, None),
        (
            "Could not fetch URL https://h/: There was a problem confirming the ssl certificate: [Errno 20] Not a directory",
            failure.BUNDLE_MISSING,
            None,
        ),
        ("Failed to validate the SSL certificate for mill.example:443.", failure.VERIFY, None),
        ("SSL Certificate does not belong to mill.example.  Make sure", failure.VERIFY, 62),
        (
            "WARNING: The remote server could not find the noarch directory for the\nrequested channel with url: https://mill.example/ink",
            failure.NO_INDEX,
            None,
        ),
        ("405 Client Error: Method Not Allowed for url: https://h/up/", failure.NO_INDEX, None),
        (
            "Connection Error: We were unable to connect to the repository, ensure the url is",
            failure.NO_ROUTE,
            None,
        ),
        ("ResolvePackageNotFound: \n  - ink=7", failure.NO_PACKAGE, None),
        ("nothing provides requested ink 7", failure.NO_PACKAGE, None),
        ("Error: Couldn't find a distribution for 'ink==7'.", failure.NO_PACKAGE, None),
        ("ResolutionImpossible: for help visit", failure.CONFLICT, None),
        ("your requirements are unsatisfiable.", failure.CONFLICT, None),
        ("error: externally-managed-environment", failure.MANAGED, None),
        ("  ERROR: Failed building wheel for ink", failure.NOT_BUILT, None),
        ("ink.c:7:10: fatal error: openssl/ssl.h: No such file", failure.NOT_BUILT, None),
    ],
)
def test_a_dialect_is_read(text, reason, code):
    found = told(text)
    assert (found.reason, found.verify_code) == (reason or failure.VERIFY, code)


def test_a_whole_url_in_a_retry_was_asked_of_a_proxy():
    text = "Retrying (Retry(total=0)) after connection broken by '{}': {}/simple/ink/"
    reset = "ProtocolError('Connection aborted.', ConnectionResetError(104, 'reset'))"
    assert told(text.format(reset, "http://mill.example")).stage is failure.Stage.PROXY
    assert told(text.format(reset, "")).stage is not failure.Stage.PROXY


@pytest.mark.parametrize("form", ["verify error:num=0:{}", "error 0 at 1 depth lookup: {}"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("unhandled critical extension", 34),
        ("CA signature digest algorithm too weak", 68),
        ("Missing Authority Key Identifier", 85),
        ("Basic Constraints of CA cert not marked critical", 89),
    ],
)
def test_what_openssls_own_commands_print_is_read(form, words, code):
    assert told(form.format(words)).verify_code == code
