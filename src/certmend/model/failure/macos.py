"""The verifier of macOS: Secure Transport, Security, and what curl makes of their numbers.

Sources: SecureTransport.h and SecBase.h (errSSL…, errSec…), Security's trust results as truststore
and Go print them, curl's lib/vtls/sectransp.c, CFNetwork's NSURLError.
"""

from certmend.model.failure.sign import CLOSED, Sign, Stage, sign, tls, verify

_MAC = r"(?:osstatus|errssl[a-z]{0,30}|sslhandshake[()]{0,2}(?:failed)?|securetransport).{0,40}?"
_NSURL = r"nsurlerror[a-z]{0,20}[^0-9]{0,20}?"

VERIFY_SIGNS: tuple[Sign, ...] = (
    verify(19, r"errsslunknownrootcert", rf"{_MAC}-9812", r"problem:untrusted root certificate"),
    verify(
        20,
        r"errsslxcertchaininvalid",
        r"errsslnorootcert",
        rf"{_MAC}-98(?:07|13)",
        r"cssmerr_tp_not_trusted",
        r"errsecnottrusted",
        r"-67843",
        r"problem:(?:invalid certificate chain|no root certificate)",
        r"['\"] certificate is not trusted",
        r"the certificate was not trusted",
        rf"{_NSURL}-120[23]",
    ),
    verify(
        10,
        r"errsslcertexpired",
        rf"{_MAC}-9814",
        r"cssmerr_tp_cert_expired",
        r"-67818",
        r"chain had an expired certificate",
        r"['\"] certificate is expired",
        rf"{_NSURL}-1201",
    ),
    verify(
        9,
        r"errsslcertnotyetvalid",
        rf"{_MAC}-9815",
        r"chain had a certificate that is not yet valid",
        rf"{_NSURL}-1204",
    ),
    verify(
        62,
        r"errsslhostnamemismatch",
        rf"{_MAC}-9843",
        r"certificate name does not match input",
        r"peer verification failed, the (?:server's)? certificate did not match",
    ),
    verify(23, r"['\"] certificate is revoked", r"errseccertificaterevoked"),
    verify(None, r"certificate is not standards compliant", word="NotStandardsCompliant"),
    verify(None, r"['\"] certificate is using a broken", word="WeakSignature"),
    verify(None, r"errsslbadcert(?!ificate)", rf"{_MAC}-9808", word="BadEncoding"),
    verify(26, r"['\"] certificate is not permitted for this usage"),
)

REFUSED_SIGNS: tuple[Sign, ...] = (
    verify(None, r"trust evaluate failure", rf"{_MAC}-9802", r"ssl: certificate problem, verify"),
)

TLS_SIGNS: tuple[Sign, ...] = (
    tls(
        "TLSV1_ALERT_PROTOCOL_VERSION",
        r"errsslpeerprotocolversion",
        rf"{_MAC}-9836",
        r"a bad protocol version was encountered",
    ),
    tls(
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        r"requires a client certificate to connect",
    ),
    tls("TLSV1_ALERT_UNKNOWN_CA", r"rejected the client certificate", r"errsslpeerunknownca"),
    tls(
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        r"errsslpeerhandshakefail",
        r"errssl(?:negotiation|protocol|recordoverflow|fatalalert|internal)",
        rf"{_MAC}-98(?:24|00|01|10|47)",
        r"could not negotiate an ssl cipher suite",
        r"ssl engine error encountered during the ssl handshake",
    ),
    tls("DH_KEY_TOO_SMALL", r"errsslweakpeerephemeraldhkey", rf"{_MAC}-9850"),
    sign(
        Stage.TLS,
        CLOSED,
        r"errsslclosed(?:abort|graceful|nonotify)",
        rf"{_MAC}-98(?:05|06|16)",
        r"server (?:aborted|dropped the connection during) the ssl handshake",
        r"server closed the session with no notification",
        rf"{_NSURL}-1200",
    ),
)
