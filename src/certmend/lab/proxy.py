"""A plain forward proxy on loopback: CONNECT and whole URLs, to loopback and nowhere else.

It never dials out: `routes` names the hosts that it serves and the loopback port of each, and
every other host is refused. For an `https://` proxy, a `Front` stands before it.
"""

import base64
import socket
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

from certmend.lab.listener import LOOPBACK, TIMEOUT, Server, relay

_HEAD_LIMIT = 1 << 16
_CHUNK = 1 << 16
_DENIED = "HTTP/1.1 403 Forbidden"
_UNKNOWN = 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"'


class Proxy(Server):
    """A proxy, open while this context manager is.

    `routes`: host name → port on loopback. `credentials`, "user:password", are asked for with 407.
    `manner`: "refuses" answers 403 to everything, "hangs" answers nothing.
    """

    def __init__(
        self,
        routes: Mapping[str, int],
        *,
        port: int = 0,
        credentials: str = "",
        manner: Literal["serves", "refuses", "hangs"] = "serves",
    ) -> None:
        self._routes = dict(routes)
        self._manner = manner
        encoded = base64.b64encode(credentials.encode()).decode()
        self._wanted = f"Basic {encoded}" if credentials else ""
        super().__init__(port)

    @property
    def url(self) -> str:
        """The value for HTTPS_PROXY, without credentials."""
        return f"http://{LOOPBACK}:{self.port}"

    def _serve(self, peer: socket.socket) -> None:
        if self._manner == "hangs":
            self._listener.wait_for_stop(2 * TIMEOUT)
            return
        head, rest = _read_head(peer)
        if not head:
            return
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = [*lines[0].split(" "), "", ""][:3]
        whole = f"//{target}" if method == "CONNECT" else target
        port = self._routes.get(urlsplit(whole).hostname or "")
        refusal = self._refusal(lines[1:], port)
        if refusal or port is None:
            _refuse(peer, refusal or _DENIED)
            return
        with socket.create_connection((LOOPBACK, port), timeout=TIMEOUT) as upstream:
            if method == "CONNECT":
                peer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                upstream.sendall(rest)
            else:
                upstream.sendall(_origin_form(method, target, lines[1:]) + rest)
            relay(peer, upstream, self._listener)

    def _refusal(self, fields: list[str], port: int | None) -> str:
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (field.partition(":") for field in fields)
        }
        if self._manner == "refuses":
            return _DENIED
        if self._wanted and headers.get("proxy-authorization") != self._wanted:
            return _UNKNOWN
        return "HTTP/1.1 502 Bad Gateway" if port is None else ""


def _read_head(peer: socket.socket) -> tuple[bytes, bytes]:
    """A request's head, and what came after it; nothing for one that never ends."""
    received = b""
    while b"\r\n\r\n" not in received:
        data = peer.recv(_CHUNK)
        if not data or len(received) > _HEAD_LIMIT:
            return b"", b""
        received += data
    head, _, rest = received.partition(b"\r\n\r\n")
    return head, rest


def _origin_form(method: str, target: str, fields: list[str]) -> bytes:
    """The request as the origin server wants it (RFC 9112, section 3.2), one per connection."""
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    dropped = ("proxy-", "connection:")
    kept = [field for field in fields if not field.lower().startswith(dropped)]
    lines = (f"{method} {path} HTTP/1.1", *kept, "Connection: close", "", "")
    return "\r\n".join(lines).encode("latin-1")


def _refuse(peer: socket.socket, answer: str) -> None:
    body = b"refused by the lab's proxy\n"
    fields = (answer, f"Content-Length: {len(body)}", "Connection: close", "", "")
    peer.sendall("\r\n".join(fields).encode() + body)
