"""libgit2, with which cargo fetches: every message ends with its class, `; class=Ssl (16)`.

Sources: libgit2's src/libgit2/streams/ (openssl.c, mbedtls.c, schannel.c, stransport.c, socket.c)
and src/libgit2/transports/ (http.c, httpclient.c, winhttp.c); git2-rs' src/error.rs for the end.
"""

from certmend.model.failure.sign import (
    AUTH,
    CLOSED,
    NO_ROUTE,
    NO_SSL_MODULE,
    NOT_RESOLVED,
    Sign,
    Stage,
    sign,
    verify,
)

_CLASS = r"; class="

VERIFY_SIGNS: tuple[Sign, ...] = (
    verify(10, r"certificate is expired or not yet valid"),
    verify(23, rf"certificate is revoked{_CLASS}", rf"signature has been revoked{_CLASS}"),
    verify(19, rf"certificate (?:root)? is not trusted{_CLASS}"),
    verify(20, rf"certificate chain is invalid{_CLASS}", r"certificate root is a test certificate"),
    verify(
        3,
        r"certificate revocation status could not be verified",
        r"certificate revocation is offline or stale",
    ),
    verify(7, rf"certificate cannot be verified{_CLASS}"),
    verify(26, r"certificate is not valid for this usage"),
    verify(
        62, r"certificate is not valid for this hostname", r"hostname does not match certificate"
    ),
    verify(79, rf"certificate authority is not valid{_CLASS}"),
    verify(None, r"certificate has a weak signature", word="WeakSignature"),
)

REFUSED_SIGNS: tuple[Sign, ...] = (
    verify(
        None,
        rf"certificate is (?:invalid|not valid){_CLASS}",
        r"untrusted connection error",
        r"user (?:cancelled|rejected) certificate",
        r"code=certificate \(-17\)",
    ),
)

TLS_SIGNS: tuple[Sign, ...] = (
    sign(Stage.LOCAL, NO_SSL_MODULE, r"there is no tls stream available"),
    sign(
        Stage.DNS,
        NOT_RESOLVED,
        r"failed to resolve address for",
        r"the server name or address could not be resolved",
    ),
    sign(Stage.TCP, NO_ROUTE, r"a connection with the server could not be established"),
    sign(
        Stage.TLS,
        CLOSED,
        r"connection with the server was terminated abnormally",
        r"error (?:receiving|sending) data(?: from socket)?: .{0,80}?; class=",
    ),
    sign(
        Stage.HTTP,
        AUTH,
        r"(?<!proxy )authentication required but no callback set",
        r"too many redirects or authentication replays",
    ),
    sign(Stage.TLS, "SSL_CONNECT_ERROR", r"; class=ssl \(", loose=True),
)
