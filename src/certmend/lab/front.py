"""A TLS front on loopback: it ends TLS with any chain and passes the plain bytes on.

Built on OpenSSL through pyOpenSSL, which can be told to serve old protocols and weak keys.
"""

import contextlib
import selectors
import socket
from collections.abc import Mapping, Sequence

from cryptography import x509
from OpenSSL import SSL, crypto

from certmend.lab.listener import LOOPBACK, TIMEOUT, Listener, Server, linger
from certmend.lab.pki import Authority, Credential, Leaf

_CHUNK = 1 << 16
# SSL_MODE_NO_AUTO_CHAIN of OpenSSL's ssl.h, which pyOpenSSL does not name.
_NO_AUTO_CHAIN = 0x8

Shown = tuple[Leaf, Sequence[Credential | bytes]]


class Front(Server):
    """Ends TLS and passes the plain bytes to `backend`, a port on loopback.

    Without a backend it only shakes hands.
    """

    host = LOOPBACK

    def __init__(
        self,
        backend: int | None,
        credential: Leaf,
        chain: Sequence[Credential | bytes] = (),
        *,
        port: int = 0,
        minimum_version: int = SSL.TLS1_VERSION,
        maximum_version: int = SSL.TLS1_3_VERSION,
        ciphers: str = "ALL:@SECLEVEL=0",
        client_ca: Authority | None = None,
        by_name: Mapping[str, Shown] | None = None,
        refuse_without_name: bool = False,
    ) -> None:
        """`by_name` maps a server name to another credential and chain to show."""
        self._backend = backend
        self._refuse = refuse_without_name
        self._versions = (minimum_version, maximum_version)
        self._ciphers = ciphers
        self._client_ca = client_ca
        self._names = {
            name.encode(): self._context(leaf, above)
            for name, (leaf, above) in (by_name or {}).items()
        }
        self._default = self._context(credential, chain)
        self._default.set_tlsext_servername_callback(self._choose)
        super().__init__(port)

    def _serve(self, peer: socket.socket) -> None:
        """A handshake, then bytes both ways until one end closes."""
        with contextlib.suppress(OSError, SSL.Error):
            self._session(peer)
        # In TLS 1.3 a client may speak before it reads that its certificate was refused.
        linger(peer)

    def _session(self, peer: socket.socket) -> None:
        session = SSL.Connection(self._default, peer)
        session.set_accept_state()
        peer.setblocking(True)
        _timeouts(peer)
        session.do_handshake()
        if self._backend is not None:
            with socket.create_connection((LOOPBACK, self._backend), timeout=TIMEOUT) as backend:
                _relay(session, peer, backend, self._listener)
        with contextlib.suppress(SSL.Error):
            session.shutdown()

    def _choose(self, session: SSL.Connection) -> None:
        name = session.get_servername()
        if name in self._names:
            session.set_context(self._names[name])
        elif self._refuse:
            # A context without a certificate has no cipher in common with anybody: an alert.
            session.set_context(SSL.Context(SSL.TLS_SERVER_METHOD))

    def _context(self, leaf: Leaf, chain: Sequence[Credential | bytes]) -> SSL.Context:
        context = SSL.Context(SSL.TLS_SERVER_METHOD)
        context.set_min_proto_version(self._versions[0])
        context.set_max_proto_version(self._versions[1])
        context.set_cipher_list(self._ciphers.encode())
        # Without it OpenSSL completes a chain from the store that holds `client_ca`.
        context.set_mode(_NO_AUTO_CHAIN)
        context.use_certificate(x509.load_der_x509_certificate(leaf.der))
        context.use_privatekey(leaf.key)
        for one in chain:
            der = one.der if isinstance(one, Credential) else one
            context.add_extra_chain_cert(x509.load_der_x509_certificate(der))
        if self._client_ca is not None:
            _ask_for_certificate(context, self._client_ca)
        return context


def _ask_for_certificate(context: SSL.Context, authority: Authority) -> None:
    store = context.get_cert_store()
    if store is not None:
        store.add_cert(crypto.load_certificate(crypto.FILETYPE_ASN1, authority.der))
    context.set_verify(
        SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *said: bool(said[-1])
    )


def _timeouts(peer: socket.socket) -> None:
    """Time limits of the kernel: pyOpenSSL reads from the descriptor, past Python's own."""
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        limit = int(TIMEOUT).to_bytes(8, "little") + bytes(8)
        peer.setsockopt(socket.SOL_SOCKET, option, limit)


def _relay(
    session: SSL.Connection, peer: socket.socket, backend: socket.socket, owner: Listener
) -> None:
    with selectors.DefaultSelector() as waiting:
        waiting.register(peer, selectors.EVENT_READ)
        waiting.register(backend, selectors.EVENT_READ)
        while not owner.stopping:
            ready = {key.fileobj for key, _ in waiting.select(0.2)}
            if session.pending() or peer in ready:
                try:
                    data = session.recv(_CHUNK)
                except (SSL.ZeroReturnError, SSL.SysCallError):
                    return
                backend.sendall(data)
            if backend in ready:
                data = backend.recv(_CHUNK)
                if not data:
                    return
                session.sendall(data)
