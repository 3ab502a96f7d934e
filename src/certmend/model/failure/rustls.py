"""rustls and webpki, as uv shows them: names until rustls 0.23.17, sentences since.

Source: rustls/src/error.rs (`CertificateError`, `AlertDescription`, `PeerIncompatible`).
"""

from certmend.model.failure.sign import CLOSED, Stage, sign, tls, verify

_ALERT = r"(?:received)? fatal alert:"

VERIFY_SIGNS = (
    verify(20, r"unknown issuer"),
    verify(
        10,
        r"peer certificate (?:contents)? :? expired",
        r"certificate expired: verification time",
        r"invalid certificate\(expired",
        r"certexpired",
    ),
    verify(9, r"not valid yet", r"certnotvalidyet"),
    verify(62, r"certificate is not valid for any names", word="NoSubjectAltName"),
    verify(62, r"not valid for name"),
    verify(None, r"ca used as end entity", word="CaUsedAsEndEntity"),
    verify(None, r"unsupported cert version", word="UnsupportedCertVersion"),
    verify(None, r"peer certificate: bad encoding", word="BadEncoding"),
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
    ),
    verify(34, r"unsupported critical extension", r"unhandledcriticalextension"),
    verify(47, r"name constraint violation"),
    verify(25, r"path len constraint violated"),
    verify(79, r"end entity used as ca"),
    verify(23, r"peer certificate: revoked"),
)

REFUSED_SIGNS = (verify(None, r"invalid peer certificate", r"invalidcertificate\("),)

TLS_SIGNS = (
    tls("WRONG_VERSION_NUMBER", r"invalidcontenttype", r"corrupt message"),
    tls("TLSV1_ALERT_PROTOCOL_VERSION", rf"{_ALERT} protocol version"),
    tls("SSLV3_ALERT_HANDSHAKE_FAILURE", rf"{_ALERT} handshake failure"),
    tls("TLSV1_UNRECOGNIZED_NAME", rf"{_ALERT} unrecogni[sz]ed name"),
    tls("TLSV13_ALERT_CERTIFICATE_REQUIRED", rf"{_ALERT} certificate required"),
    tls("SSLV3_ALERT_BAD_CERTIFICATE", rf"{_ALERT} bad certificate"),
    tls("SSLV3_ALERT_CERTIFICATE_UNKNOWN", rf"{_ALERT} certificate unknown"),
    tls("TLSV1_ALERT_UNKNOWN_CA", rf"{_ALERT} unknown ca"),
    tls("TLSV1_ALERT_ACCESS_DENIED", rf"{_ALERT} access denied"),
    tls("TLSV1_ALERT_INTERNAL_ERROR", rf"{_ALERT} internal error"),
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
