"""OpenSSL and LibreSSL, and what Python, curl, Node and wget make of their words.

Sources: X509_verify_cert_error_string (crypto/x509/x509_txt.c, 1.0.2 to 3.6; before 3.0 "self
signed" had no hyphen), reason strings (ssl/ssl_err.c, crypto/err/openssl.txt), Python's
`Modules/_ssl.c`, Node's names of verify codes (src/crypto/crypto_common.cc), wget's src/openssl.c.
"""

from certmend.model.failure.alerts import alerts
from certmend.model.failure.sign import curl, tls, verify

VERIFY_SIGNS = (
    verify(
        20,
        r"unable to get local issuer cert",
        r"unable to get issuer cert locally",
        r"unable to locally verify the issuer's authority",
    ),
    verify(2, r"unable to get issuer cert"),
    verify(21, r"unable to verify the first cert", r"unable to verify leaf signature"),
    verify(
        19,
        r"self-?signed certificate in (?:the)? (?:certificate)? chain",
        r"self-?signed cert in chain",
        r"verify error:num=19",
    ),
    verify(
        18,
        r"[:('\"=] self-?signed certificate (?! s | in (?:the)? (?:certificate)? chain)",
        r"self-?signed certificate encountered",
        r"depth zero self signed cert",
    ),
    # Behind a letter it is prose: "use a self-signed certificate".
    verify(
        18,
        r"(?<![a-z]) self-?signed certificate (?! s | in (?:the)? (?:certificate)? chain)",
        loose=True,
    ),
    verify(
        7,
        r"certificate signature failure",
        r"cert_signature_failure",
        r"asn1 encoding routines:.{0,40}?:evp lib",
    ),
    verify(
        9,
        r"certificate is not yet valid",
        r"cert_not_yet_valid",
        r"certificate not yet valid",
    ),
    verify(
        10,
        # Go says "or is not yet valid" of both, and then which: `golang` knows the other.
        r"certificate has expired (?! or is not yet valid: current time .{1,40}? is before)",
        r"cert_has_expired",
        r"certificate (?:of|for) .{1,255}? has expired",
    ),
    # Behind "alert" it is the client's own.
    verify(
        23,
        r"(?<!alert)(?<!alert:) certificate (?:is|was|has been)? revoked",
        r"cert_revoked",
    ),
    verify(3, r"unable to get (?:certificate)? crl (?!issuer)", r"failed to load crl file"),
    verify(5, r"unable to decrypt crl"),
    verify(8, r"crl signature failure"),
    verify(11, r"crl is not yet valid", r"crl_not_yet_valid"),
    verify(12, r"crl has expired"),
    verify(33, r"unable to get crl issuer"),
    verify(35, r"key usage does not include crl signing"),
    verify(54, r"crl path validation error"),
    verify(
        74,
        r"ocsp (?:verification needed|verification failed|unknown cert)",
        r"certificate status verification failed",
        r"(?:no|invalid) ocsp response (?:received|status)",
    ),
    verify(4, r"unable to decrypt cert (?:ificate's)? signature"),
    verify(
        6,
        r"unable to decode issuer public key",
        r"issuer certificate doesn't have a public key",
        r"error in cert(?:ificate's)? not (?:before|after) field",
        r"cert info signature and signature algorithm mismatch",
        r"cannot find certificate signature algorithm",
        word="BadEncoding",
    ),
    verify(22, r"certificate chain too long", r"cert_chain_too_long"),
    verify(27, r"failed: certificate not trusted", r"code cert_untrusted"),
    verify(28, r"failed: certificate rejected", r"code cert_rejected"),
    verify(45, r"unsupported extension feature"),
    verify(56, r"suite b: (?:certificate|invalid|curve|cannot)"),
    verify(77, r"signature algorithm and issuer public key algorithm mismatch"),
    # The signature of the server or of a CA does not fit its key: curl on macOS says so of both.
    verify(
        7,
        r"rsa routines:[^:]{0,60}: (?:block type is not 01|(?:invalid|bad) (?:padding|signature)"
        r"|padding check failed|data too large|wrong signature length|first octet invalid)",
    ),
    verify(25, r"path length constraint exceeded", r"path_length_exceeded"),
    verify(
        26,
        r"(?:unsupported|unsuitable) certificate purpose",
        r"(?:code|errno):?'? invalid_purpose",
    ),
    verify(32, r"key usage does not include certificate signing"),
    verify(34, r"unhandled critical extension"),
    verify(37, r"invalid non-ca certificate"),
    verify(41, r"invalid or inconsistent certificate (?:policy)? extension"),
    verify(47, r"permitted subtree violation"),
    verify(48, r"excluded subtree violation"),
    verify(
        49,
        r"name constraints minimum and maximum",
        r"unsupported (?:or invalid)? name (?:constraint|syntax)",
    ),
    verify(
        62,
        r"no appropriate (?:commonname or)? subjectaltname fields",
        r"unable to obtain common name from peer cert",
        word="NoSubjectAltName",
    ),
    verify(64, r"ip address mismatch", r"ip address '? [0-9a-f.:]{3,45} '? doesn't match"),
    verify(
        62,
        r"hostname mismatch",
        r"certificate did not match expected hostname",
        r"hostname '? [^']{1,255} '? doesn't match",
        r"doesn't match either of",
        r"hostname/ip does(?:n't|not) match certificate's altnames",
        r"err_tls_cert_altname_invalid",
        r"certificate subject name (?:matches|.{1,255}? does not match) target (?:host|ipv)",
        r"certificate common name .{1,255}? doesn't match requested host name",
        r"no certificate subject alternative name matches",
        r"certificate's owner does not match hostname",
        r"ssl certificate does not belong to",
        r"certificate is not valid for '",
    ),
    verify(66, r"ee certificate key too weak"),
    verify(67, r"ca certificate key too weak"),
    verify(68, r"ca signature digest algorithm too weak"),
    verify(79, r"invalid ca certificate", r"err(?:!|or) code invalid_ca", r"code:'invalid_ca'"),
    verify(80, r"path length invalid for non-ca cert"),
    verify(81, r"path length given without key usage"),
    verify(82, r"key usage keycertsign invalid for non-ca"),
    verify(83, r"issuer name empty"),
    verify(84, r"subject name empty"),
    verify(85, r"missing authority key identifier"),
    verify(86, r"missing subject key identifier"),
    verify(87, r"empty subject alternative name extension"),
    verify(88, r"subject empty and subject alt name extension not critical"),
    verify(89, r"basic constraints of ca cert not marked critical"),
    verify(90, r"authority key identifier marked critical"),
    verify(91, r"subject key identifier marked critical"),
    verify(92, r"ca cert does not include key usage extension"),
    verify(93, r"using cert extension requires at least x509v3"),
    verify(94, r"certificate public key has explicit ecc parameters"),
)
"""Refusals that say why; the more telling of two that begin alike stands first."""

REFUSED_SIGNS = (
    verify(
        None,
        r"certificate_verify_failed",
        r"certificate verification (?:failed|error)",
        r"certificate validation (?:failed|error)",
        r"cannot verify .{1,255}?'s certificate",
        r"failed to verify certificate",
        r"ssl certificate problem",
        r"ssl peer certificate or ssh remote key was not ok",
        r"peer certificate cannot be authenticated",
        r"sslcertverificationerror[(:]",
        r"unspecified certificate verification error",
        r"issuer check against peer certificate failed",
        r"certificate issuer check failed",
        r"does not match pinned public key",
        *curl("51|60"),
    ),
)
"""Refusals without a reason: Python 2.7 and 3.6 print none."""

_ALERT = r"(?:(?:sslv3|tlsv1|tlsv13|ssl/tls|tls) alert|tlsv1(?=un|bad))"

TLS_SIGNS = (
    tls("HTTPS_PROXY_REQUEST", r"https proxy request", r"proxy appears to only use http"),
    tls("UNSAFE_LEGACY_RENEGOTIATION_DISABLED", r"unsafe legacy renegotiation disabled"),
    tls("TLSV1_ALERT_PROTOCOL_VERSION", r"tlsv1\.2\+ is required"),
    tls("UNSUPPORTED_PROTOCOL", r"[:\]'] unsupported protocol"),
    tls("NO_PROTOCOLS_AVAILABLE", r"no protocols available"),
    tls("VERSION_TOO_LOW", r"[:\]'] version too low"),
    tls("WRONG_SSL_VERSION", r"[:\]'] wrong ssl version"),
    tls("LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED", r"legacy sigalg disallowed"),
    tls("WRONG_VERSION_NUMBER", r"wrong version number", r"ssl23_get_server_hello:unknown proto"),
    tls("UNKNOWN_PROTOCOL", r"[:\]'] unknown protocol"),
    tls("HTTP_REQUEST", r"\[ssl:http_request\]", r"ssl routines:.{0,60}?:http request"),
    tls("RECORD_LAYER_FAILURE", r"record layer failure"),
    tls("PACKET_LENGTH_TOO_LONG", r"packet length too long"),
    tls("BAD_RECORD_TYPE", r"bad record type"),
    tls("NOT_SSL_RECORD_LAYER", r"not ssl record layer", r"plain text data instead of ssl"),
    tls("EE_KEY_TOO_SMALL", r"ee key too small"),
    tls("CA_KEY_TOO_SMALL", r"ca key too small"),
    tls("CA_MD_TOO_WEAK", r"ca md too weak"),
    tls("DH_KEY_TOO_SMALL", r"dh key too small", r"dh key too weak"),
    tls("MD_TOO_WEAK", r"[:\]'] md too weak"),
    tls(
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        r"ssl client certificate required",  # curl's error 98
        r"no required ssl certificate was sent",  # nginx's page
        r"cannot perform post-handshake authentication",  # Apache's page
    ),
    *alerts(_ALERT),
    tls("NO_SHARED_CIPHER", r"no shared cipher"),
    tls(
        "NO_CIPHERS_AVAILABLE",
        r"no ciphers available",
        r"couldn't use specified ssl cipher",
        r"failed setting cipher list",
        *curl("59"),
    ),
    tls("NO_SUITABLE_SIGNATURE_ALGORITHM", r"no suitable signature algorithm"),
    tls("NO_SUITABLE_KEY_SHARE", r"no suitable key share"),
    tls("WRONG_SIGNATURE_TYPE", r"wrong signature type"),
    tls("WRONG_CURVE", r"[:\]'] wrong curve"),
)
"""Failures of the handshake by the reason OpenSSL names, in brackets, words or an alert."""
