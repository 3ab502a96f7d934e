"""TLS 1.2 handshake messages as bytes: written without a key, read without a decryption.

A client verifies a server's certificates as soon as it has read the Certificate message,
before any signature proves that the server owns the key (RFC 5246, section 7.4.2). So a
ServerHello and a Certificate message made by hand are enough to ask a TLS library what it
thinks of a captured chain, and enough to collect a chain that the library cannot parse.
"""

from collections.abc import Iterator, Sequence

HANDSHAKE = 22
ALERT = 21
APPLICATION_DATA = 23
SERVER_HELLO = 2
CERTIFICATE = 11
SERVER_KEY_EXCHANGE = 12
CERTIFICATE_REQUEST = 13

_TLS12 = b"\x03\x03"
_ECDHE_ECDSA_AES128_GCM = b"\xc0\x2b"
_RECORD_LIMIT = 2**14
_RENEGOTIATION_INFO = b"\xff\x01\x00\x01\x00"
_EXTENDED_MASTER_SECRET = b"\x00\x17\x00\x00"
_RANDOM = bytes(range(32))
_NAMED_CURVE = 3


def server_flight(
    chain: Sequence[bytes],
    *,
    renegotiation_info: bool = True,
    cipher: bytes = _ECDHE_ECDSA_AES128_GCM,
) -> bytes:
    """The records of a ServerHello and a Certificate message for `chain` (DER, leaf first).

    Without `renegotiation_info` (RFC 5746) OpenSSL 3 refuses the server as one of the old
    kind. `cipher` is the chosen suite; the client must have offered it.
    """
    extensions = _EXTENDED_MASTER_SECRET
    if renegotiation_info:
        extensions += _RENEGOTIATION_INFO
    hello = _TLS12 + _RANDOM + b"\x00" + cipher + b"\x00" + _vector(extensions, 2)
    certificates = _vector(b"".join(_vector(der, 3) for der in chain), 3)
    return records(_message(SERVER_HELLO, hello)) + records(_message(CERTIFICATE, certificates))


def records(payload: bytes, kind: int = HANDSHAKE) -> bytes:
    """`payload` cut into TLS records of at most 16 KiB (RFC 5246, section 6.2.1)."""
    pieces = range(0, len(payload), _RECORD_LIMIT)
    return b"".join(
        bytes([kind]) + _TLS12 + _vector(payload[at : at + _RECORD_LIMIT], 2) for at in pieces
    )


def certificates_sent(stream: bytes) -> tuple[bytes, ...]:
    """The DER certificates in the plain part of what a TLS 1.2 server sent, leaf first.

    Nothing is raised for a stream that is cut short or is no TLS: what can be read is returned.
    """
    for kind, body in _messages(_handshake_bytes(stream)):
        if kind == CERTIFICATE:
            return tuple(_vectors(body[3:], 3))
    return ()


def asks_for_certificate(stream: bytes) -> bool:
    """Whether the plain part of a TLS 1.2 answer asks for a client certificate."""
    return any(kind == CERTIFICATE_REQUEST for kind, _ in _messages(_handshake_bytes(stream)))


def key_exchange(stream: bytes) -> tuple[int, int]:
    """The curve of a TLS 1.2 key exchange and what signs it; zeros when there is none.

    Numbers of IANA's "TLS Supported Groups" and "TLS SignatureScheme". Source: RFC 8422, section
    5.4; RFC 5246, section 7.4.3.
    """
    for kind, body in _messages(_handshake_bytes(stream)):
        if kind == SERVER_KEY_EXCHANGE and len(body) > 3 and body[0] == _NAMED_CURVE:
            after = 4 + body[3]
            return int.from_bytes(body[1:3], "big"), int.from_bytes(body[after : after + 2], "big")
    return 0, 0


def looks_like_tls(stream: bytes) -> bool:
    """Whether the first bytes of a server's answer are a TLS record header."""
    return len(stream) >= 3 and stream[0] in (20, 21, 22, 23) and stream[1] == 3 and stream[2] < 5


def alert_sent(stream: bytes) -> int | None:
    """The description of a plain alert at the start of a server's answer (RFC 8446, 6)."""
    if len(stream) >= 7 and stream[0] == ALERT and stream[3:5] == b"\x00\x02":
        return stream[6]
    return None


def _vector(content: bytes, length_size: int) -> bytes:
    return len(content).to_bytes(length_size, "big") + content


def _message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + _vector(body, 3)


def _handshake_bytes(stream: bytes) -> bytes:
    collected = b""
    at = 0
    while at + 5 <= len(stream) and stream[at] in (HANDSHAKE, ALERT):
        length = int.from_bytes(stream[at + 3 : at + 5], "big")
        if stream[at] == HANDSHAKE:
            collected += stream[at + 5 : at + 5 + length]
        at += 5 + length
    return collected


def _messages(handshake: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(handshake):
        length = int.from_bytes(handshake[at + 1 : at + 4], "big")
        if at + 4 + length > len(handshake):
            return  # cut short: what is half there proves nothing
        yield handshake[at], handshake[at + 4 : at + 4 + length]
        at += 4 + length


def _vectors(content: bytes, length_size: int) -> Iterator[bytes]:
    at = 0
    while at + length_size <= len(content):
        length = int.from_bytes(content[at : at + length_size], "big")
        yield content[at + length_size : at + length_size + length]
        at += length_size + length
