"""Servers that misbehave at the level of bytes: no TLS, half of it, or TLS of the wrong kind."""

import contextlib
import socket
import struct
from collections.abc import Callable, Sequence

from certmend.lab.listener import LOOPBACK, Listener, Server, linger
from certmend.model import wire

Behaviour = Callable[[socket.socket, Listener], None]

_CHUNK = 1 << 16


class RawServer(Server):
    """A server that does one thing with each connection."""

    host = LOOPBACK

    def __init__(self, behaviour: Behaviour, *, port: int = 0) -> None:
        self._behaviour = behaviour
        super().__init__(port)

    def _serve(self, peer: socket.socket) -> None:
        with contextlib.suppress(OSError):
            self._behaviour(peer, self._listener)


def says(content: bytes) -> Behaviour:
    """Answers the first bytes with `content`, whatever they were, and closes."""

    def behave(peer: socket.socket, _: Listener) -> None:
        peer.recv(_CHUNK)
        peer.sendall(content)
        linger(peer)

    return behave


def plain_http(status: str = "400 Bad Request", body: bytes = b"plain HTTP here") -> Behaviour:
    """Speaks HTTP without TLS, as a web server on the wrong port does."""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return says(head.encode() + body)


def closes() -> Behaviour:
    """Reads the ClientHello and closes without a word."""

    def behave(peer: socket.socket, _: Listener) -> None:
        peer.recv(_CHUNK)

    return behave


def resets() -> Behaviour:
    """Reads the ClientHello and resets the connection."""

    def behave(peer: socket.socket, _: Listener) -> None:
        peer.recv(_CHUNK)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # At once: a shutdown before it would say that the connection ended well.
        peer.close()

    return behave


def hangs() -> Behaviour:
    """Accepts and never answers, for a minute at most."""

    def behave(_: socket.socket, owner: Listener) -> None:
        owner.wait_for_stop(60)

    return behave


def drips(seconds: float = 1.0) -> Behaviour:
    """The beginning of a long TLS record, one byte at a time, for a minute at most."""

    def behave(peer: socket.socket, owner: Listener) -> None:
        peer.recv(_CHUNK)
        for byte in b"\x16\x03\x03\x3f\xff" + bytes(55):
            peer.sendall(bytes([byte]))
            if owner.wait_for_stop(seconds):
                return

    return behave


def floods() -> Behaviour:
    """TLS records without an end, 64 MiB at most."""
    record = wire.records(b"\x0b" + (1 << 23).to_bytes(3, "big") + bytes(16000))

    def behave(peer: socket.socket, owner: Listener) -> None:
        peer.recv(_CHUNK)
        for _ in range(4096):
            if owner.stopping:
                return
            peer.sendall(record)

    return behave


def alert(description: int) -> Behaviour:
    """Answers with a fatal alert (RFC 8446, section 6)."""
    return says(wire.records(bytes([2, description]), wire.ALERT))


def shows(chain: Sequence[bytes], *, renegotiation_info: bool = True) -> Behaviour:
    """A TLS 1.2 server that shows a chain, parsable or not, and goes no further.

    Without `renegotiation_info` it is one of the old kind that OpenSSL 3 refuses (RFC 5746).
    """
    return says(wire.server_flight(chain, renegotiation_info=renegotiation_info))
