"""Looking at one host: names, route, and TLS with the chain, even when nobody would trust it.

This is the only place where verification is off, and only to collect a chain: on the socket
opened here no request and no credential is ever sent, and it is closed at once. The bytes go
through memory, so a server that speaks no TLS can be quoted, a TLS session can run inside
another (an https:// proxy), and every wait has an end.
"""

import contextlib
import socket
import ssl
import warnings
from collections.abc import Callable

from certmend.model import failure, wire
from certmend.model.attempt import Sight
from certmend.model.failure import Failure, Stage
from certmend.observe.deadline import Deadline

_CHUNK = 1 << 16
_LIMIT = 1 << 21
"""Bytes read of one handshake: far beyond any chain that a client would take."""
_FIRST = 300
_LEGACY_SERVER_CONNECT = 0x4


class Broken(Exception):  # noqa: N818  it carries a fact, it is no error of ours
    """A stage did not succeed; `failure` is the fact."""

    def __init__(self, what: Failure) -> None:
        super().__init__(what.text)
        self.failure = what


def resolve(host: str, port: int, deadline: Deadline) -> tuple[str, ...]:
    """All addresses of a host, each once; raises `Broken` when there are none.

    `getaddrinfo` cannot be interrupted: its caller bounds it by running in a thread.
    """
    if deadline.passed:
        raise Broken(Failure(stage=Stage.DNS, reason=failure.TIMEOUT, text="out of time"))
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        text = f"{type(error).__name__}: {error}"
        raise Broken(Failure(stage=Stage.DNS, reason=failure.NOT_RESOLVED, text=text)) from None
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(addresses: tuple[str, ...], port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first address that answers; raises `Broken` when none does."""
    last = Failure(stage=Stage.TCP, reason=failure.UNKNOWN, text="no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=max(0.01, deadline.remaining))
        except TimeoutError as error:
            last = Failure(stage=Stage.TCP, reason=failure.TIMEOUT, text=f"{address}: {error}")
        except OSError as error:
            read = failure.read(str(error))
            reason = read.reason if read.stage == Stage.TCP else failure.NO_ROUTE
            last = Failure(stage=Stage.TCP, reason=reason, text=f"{address}: {error}")
        if deadline.passed:
            break
    raise Broken(last)


class Stream:
    """Bytes to and from a peer: a socket, or a TLS session over another stream."""

    def __init__(self, peer: socket.socket) -> None:
        self._socket = peer

    def send(self, data: bytes, deadline: Deadline) -> None:
        """Send all of it."""
        self._socket.settimeout(max(0.01, deadline.remaining))
        self._socket.sendall(data)

    def receive(self, deadline: Deadline) -> bytes:
        """Some bytes; empty at the end. Raises `TimeoutError` when the time is over."""
        if deadline.passed:
            raise TimeoutError("timed out")
        self._socket.settimeout(max(0.01, deadline.remaining))
        return self._socket.recv(_CHUNK)


class TlsStream(Stream):
    """A TLS session over another stream, for the tunnel through an https:// proxy."""

    def __init__(
        self, below: Stream, session: ssl.SSLObject, inward: ssl.MemoryBIO, outward: ssl.MemoryBIO
    ) -> None:
        self._below, self._session = below, session
        self._inward, self._outward = inward, outward

    def send(self, data: bytes, deadline: Deadline) -> None:
        self._session.write(data)
        self._below.send(self._outward.read(), deadline)

    def receive(self, deadline: Deadline) -> bytes:
        while True:
            try:
                return self._session.read(_CHUNK)
            except ssl.SSLWantReadError:
                arrived = self._below.receive(deadline)
                if not arrived:
                    return b""
                self._inward.write(arrived)
            except ssl.SSLZeroReturnError:
                return b""


def collecting_context(newest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    """A context that accepts any server, so that its chain can be seen. For nothing else."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", _LEGACY_SERVER_CONNECT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        if newest is not None:
            context.maximum_version = newest
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def look(
    stream: Stream,
    server_name: str,
    deadline: Deadline,
    newest: ssl.TLSVersion | None = None,
    *,
    early: bytes = b"",
) -> tuple[Sight, TlsStream | None]:
    """One handshake that accepts anything; the sight, and the session where it was completed.

    `early` came before it began: what follows a proxy's answer to CONNECT.
    """
    inward, outward = ssl.MemoryBIO(), ssl.MemoryBIO()
    session = collecting_context(newest).wrap_bio(
        inward, outward, server_hostname=server_name or None
    )
    arrived = bytearray(early)
    inward.write(early)
    problem: Failure | None = None
    try:
        _shake(session, stream, inward, outward, arrived, deadline)
    except TimeoutError:
        problem = Failure(stage=Stage.TLS, reason=failure.TIMEOUT, text="the handshake timed out")
    except (OSError, ValueError) as error:
        problem = _tls_failure(error)
    first = bytes(arrived[:_FIRST])
    group, scheme = wire.key_exchange(bytes(arrived)) if problem is None else (0, 0)
    sight = Sight(
        server_name=server_name,
        protocol=session.version() or "" if problem is None else "",
        cipher=(session.cipher() or ("",))[0] if problem is None else "",
        group=group,
        scheme=scheme,
        chain=_chain(session) or wire.certificates_sent(bytes(arrived)),
        failure=problem,
        first_bytes=b"" if not first or wire.looks_like_tls(first) else first,
        wants_client_certificate=wire.asks_for_certificate(bytes(arrived)),
    )
    return sight, TlsStream(stream, session, inward, outward) if problem is None else None


def _tls_failure(error: Exception) -> Failure:
    read = failure.read(str(error))
    return Failure(stage=Stage.TLS, reason=read.reason, text=str(error))


def _shake(
    session: ssl.SSLObject,
    stream: Stream,
    inward: ssl.MemoryBIO,
    outward: ssl.MemoryBIO,
    arrived: bytearray,
    deadline: Deadline,
) -> None:
    while True:
        wants_more = False
        try:
            session.do_handshake()
        except ssl.SSLWantReadError:
            wants_more = True
        finally:
            if outward.pending:
                with contextlib.suppress(OSError):
                    stream.send(outward.read(), deadline)
        if not wants_more:
            return
        data = stream.receive(deadline)
        if not data:
            raise ssl.SSLEOFError(8, "EOF occurred in violation of protocol: the peer closed")
        arrived += data
        if len(arrived) > _LIMIT:
            raise ValueError("the server sent more than 2 MiB without an end of the handshake")
        inward.write(data)


def _chain(session: ssl.SSLObject) -> tuple[bytes, ...]:
    """The chain as sent. Public from Python 3.13 on; before, the same call of the inner object."""
    getter: Callable[[], object] | None = getattr(session, "get_unverified_chain", None)
    if getter is None:
        getter = getattr(getattr(session, "_sslobj", None), "get_unverified_chain", None)
    if getter is None:
        return ()
    try:
        found = getter()
    except (ssl.SSLError, ValueError):
        return ()
    if not isinstance(found, (list, tuple)):
        return ()
    # ENCODING_DER of _ssl.c is 2: X509_FILETYPE_ASN1.
    return tuple(one if isinstance(one, bytes) else one.public_bytes(2) for one in found)
