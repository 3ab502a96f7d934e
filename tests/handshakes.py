"""Real TLS clients for tests: the standard library's, and pyOpenSSL where that shows too little."""

import contextlib
import socket
import ssl
from collections.abc import Iterator, Sequence

from cryptography.hazmat.primitives import serialization
from OpenSSL import SSL

from certmend.lab.front import Front
from certmend.lab.pki import Credential, Leaf, pem_bundle
from certmend.model.failure import unlisted_reason

SECONDS = 5.0


def verifying(*trusts: Credential, strict: bool = False) -> ssl.SSLContext:
    """A client that trusts these; `strict` as `ssl.create_default_context` of Python 3.13."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=pem_bundle(*trusts))
    if strict:
        context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def permissive() -> ssl.SSLContext:
    """A client that verifies nothing and takes every protocol version and cipher."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    # The least that OpenSSL was built with; naming TLS 1.0 itself is deprecated.
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return context


@contextlib.contextmanager
def connected(
    port: int, context: ssl.SSLContext, name: str | None = "localhost"
) -> Iterator[ssl.SSLSocket]:
    """A TLS connection after its handshake."""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=name) as session,
    ):
        yield session


def verdict(
    leaf: Leaf,
    chain: Sequence[Credential],
    *,
    trusts: Sequence[Credential],
    name: str = "localhost",
    strict: bool = False,
) -> int:
    """OpenSSL's verify code for a chain that is served for real; 0 is good."""
    with Front(None, leaf, chain) as front:
        return verify_code(front.port, verifying(*trusts, strict=strict), name)


def verify_code(port: int, context: ssl.SSLContext, name: str = "localhost") -> int:
    """The verify code of one handshake; 0 is good."""
    try:
        with connected(port, context, name):
            return 0
    except ssl.SSLCertVerificationError as error:
        return error.verify_code


def reason(port: int, context: ssl.SSLContext, name: str | None = "localhost") -> str:
    """OpenSSL's reason for a handshake, or a first read, that fails; "" when neither does."""
    try:
        with connected(port, context, name) as session:
            session.sendall(b"GET / HTTP/1.0\r\n\r\n")
            session.recv(1)
    except ssl.SSLError as error:
        # A Python without a name for the reason has OpenSSL's words alone.
        return error.reason or unlisted_reason(str(error)) or type(error).__name__
    return ""


def shown(port: int, name: str = "localhost") -> list[bytes]:
    """The certificates that a server sends, in DER and in its order."""
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as plain:
        plain.settimeout(None)
        session = SSL.Connection(context, plain)
        session.set_tlsext_host_name(name.encode())
        session.set_connect_state()
        session.do_handshake()
        sent = session.get_peer_cert_chain(as_cryptography=True) or []
        return [one.public_bytes(serialization.Encoding.DER) for one in sent]
