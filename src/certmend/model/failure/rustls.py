"""rustls and webpki, as uv shows them: names until rustls 0.23.17, sentences since.

Source: rustls/src/error.rs (`CertificateError`, `AlertDescription`, `PeerIncompatible`).
"""

from certmend.model.failure.alerts import alerts
from certmend.model.failure.sign import CLOSED, Stage, sign, tls, verify

_OTHER = r"peer certificate: (?:other\(othererror\()?"
_MALFORMED = (
    "badencoding|badder|extensionvalueinvalid|invalidcertvalidity|invalidserialnumber"
    "|malformed(?:extensions|dnsidentifier)|missingormalformedextensions|trailingdata"
    "|signaturealgorithmmismatch"
)

VERIFY_SIGNS = (
    verify(20, r"unknown issuer"),
    verify(12, r"expired revocation list", r"certificate revocation list expired", r"\(crlexpired"),
    verify(
        10,
        r"peer certificate (?:contents)? :? expired (?!revocation)",
        r"certificate expired: verification time",
        r"invalid certificate\(expired",
        r"certexpired",
    ),
    verify(9, r"not valid yet", r"certnotvalidyet"),
    verify(62, r"certificate is not valid for any names", word="NoSubjectAltName"),
    verify(62, r"not valid for name"),
    verify(None, r"ca used as end entity", word="CaUsedAsEndEntity"),
    verify(None, r"unsupported cert version", word="UnsupportedCertVersion"),
    verify(None, rf"{_OTHER}(?:{_MALFORMED})", word="BadEncoding"),
    verify(
        None,
        r"peer certificate: unsupported signature alg",
        r"invalidcertificate\(unsupportedsignature",
        r"peer certificate: .{0,40}? unsupported signature algorithm",
        word="WeakSignature",
    ),
    verify(7, r"peer certificate: bad signature", r"invalidsignatureforpublickey"),
    verify(
        26,
        r"peer certificate: (?:invalid purpose|required eku)",
        r"requiredekunotfound",
        r"does not allow extended key usage",
        r"othererror\(emptyeku",
    ),
    verify(34, r"unsupported critical extension", r"unhandledcriticalextension"),
    verify(
        47,
        r"name constraint violation",
        r"malformed name constraint",
        r"invalid network mask constraint",
        r"maximum name constraint comparisons",
    ),
    verify(25, r"path len constraint violated"),
    verify(79, r"end entity used as ca"),
    verify(23, r"peer certificate: revoked", r"othererror\(certrevoked"),
    verify(3, r"unknown revocation status", r"peer certificate: invalid ocsp response"),
)

REFUSED_SIGNS = (verify(None, r"invalid peer certificate", r"invalidcertificate\("),)

TLS_SIGNS = (
    tls("WRONG_VERSION_NUMBER", r"invalidcontenttype", r"corrupt message"),
    # Java says the same.
    *alerts(r"fatal alert:"),
    tls(
        "UNEXPECTED_MESSAGE",
        r"received unexpected message: got",
        r"received unexpected handshake message: got client hello",
    ),
    tls("UNEXPECTED_HANDSHAKE_MESSAGE", r"received unexpected handshake message: got"),
    tls("PEER_MISBEHAVED", r"peer misbehaved:", r"peer sent (?:no certificates|excess record)"),
    tls("DECRYPT_ERROR", r"cannot decrypt peer's message"),
    tls(
        "UNSUPPORTED_PROTOCOL",
        r"peer is incompatible: .{0,20}? (?:tls 1|tls version|tls12|supported versions)",
    ),
    tls("NO_SHARED_CIPHER", r"peer is incompatible"),
    sign(
        Stage.TLS,
        CLOSED,
        r"tls handshake eof",
        r"unexpected eof during handshake",
        r"without sending tls close_notify",
    ),
)
