"""Java: Jenkins and its agents, Nexus, Maven, Gradle, Android.

Sources: the JDK's sun.security.validator, sun.security.provider.certpath (PKIX…, BasicChecker,
ConstraintsChecker), sun.security.ssl and sun.security.util.HostnameChecker; Apache HttpClient's
and OkHttp's host name verifiers.
"""

from certmend.model.failure.sign import BUNDLE_UNUSABLE, CLOSED, Sign, Stage, sign, tls, verify

_CHECK = r"(?:exception|failed):"

VERIFY_SIGNS: tuple[Sign, ...] = (
    verify(
        20,
        r"unable to find valid certification path",
        rf"{_CHECK} no trusted certificate found",
        r"trust anchor for certification path not found",
    ),
    verify(
        10,
        r"certificate expired exception",
        rf"{_CHECK} timestamp check failed",
        rf"{_CHECK} validity check failed",
    ),
    verify(9, r"certificate not yet valid exception"),
    verify(7, rf"{_CHECK} signature check failed"),
    verify(3, r"could not determine revocation status", r"unable to determine revocation status"),
    verify(
        79,
        rf"{_CHECK} basic constraints check failed",
        rf"{_CHECK} ca key usage check failed",
        r"failed:this is not a ca certificate",
    ),
    verify(
        None,
        r"algorithm constraints check failed",
        r"does not conform to algorithm constraints",
        word="WeakSignature",
    ),
    verify(47, rf"{_CHECK} name constraints check failed"),
    verify(26, r"does not permit use for tls server authentication"),
    verify(34, rf"{_CHECK} unrecognized critical extension"),
    verify(
        62,
        r"no subject alternative (?:dns|ip)? (?:names?|address) (?:matching|present)",
        r"no name matching .{1,255}? found",
        r"certificate for <[^>]{1,255}> doesn't match",
        r"hostname in certificate didn't match",
        r"unverified exception: hostname .{1,255}? (?:was)? not verified",
    ),
)

REFUSED_SIGNS: tuple[Sign, ...] = (
    verify(None, r"pkix path (?:building|validation) failed", r"exception: peer not authenticated"),
)

TLS_SIGNS: tuple[Sign, ...] = (
    tls("WRONG_VERSION_NUMBER", r"unrecognized ssl message"),
    tls(
        "NO_PROTOCOLS_AVAILABLE",
        r"no appropriate protocol \(",
        r"server selected protocol version .{1,20}? is not accepted",
        r"server chose .{1,20}? but that protocol version is not",
    ),
    tls("DH_KEY_TOO_SMALL", r"could not generate dh keypair"),
    tls("TLSV1_UNRECOGNIZED_NAME", r"handshake alert: unrecognized_name"),
    sign(
        Stage.LOCAL,
        BUNDLE_UNUSABLE,
        r"trustanchors parameter must be non-empty",
        r"keystore was tampered with",
    ),
    sign(
        Stage.TLS,
        CLOSED,
        r"remote host (?:closed|terminated) (?:the)? (?:connection|handshake)",
        r"ssl peer shut down incorrectly",
        r"receiving peer's close_notify",
        r"missing close_notify",
    ),
)
