"""What OpenSSL says of a captured chain: every fault, not only the first.

OpenSSL itself answers. A ServerHello and the chain, made by hand, are fed to a TLS client in
memory; it verifies them as CPython's `ssl` would: the purpose of a TLS server, the security
level, the host (`X509_VERIFY_PARAM_set1_host`, no partial wildcards as in Modules/_ssl.c), the
time asked for. A callback that always agrees collects the errors with their depth.
No socket, clock or file is involved.
"""

from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address

import msgspec
from OpenSSL import SSL, crypto
from OpenSSL.SSL import _ffi, _lib  # type: ignore[attr-defined]  # the one way to the host check

from certmend.model import wire
from certmend.model.der import fingerprint

_STRICT = 0x20
_PARTIAL_CHAIN = 0x80000
_NO_PARTIAL_WILDCARDS = 0x4
_NEVER_CHECK_SUBJECT = 0x20
_HOST_MISMATCH = 62
_ADDRESS_MISMATCH = 64
_CIPHER = b"ECDHE-ECDSA-AES128-GCM-SHA256"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One chain, as sent, to be judged against anchors, a host and a time."""

    chain: tuple[bytes, ...]
    anchors: tuple[bytes, ...]
    host: str
    at: datetime
    flags: int = 0
    """X509_V_FLAG values; only strict and partial chain are taken from it."""
    security_level: int = 2
    common_name: bool = True
    """Whether a name in the subject counts when there is no DNS name among the others."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One X509_V_ERR of OpenSSL's, and the certificate it is about."""

    code: int
    depth: int
    sha256: str


@lru_cache(maxsize=2048)
def faults(question: Question) -> tuple[Fault, ...]:
    """Every fault OpenSSL finds, in its order; empty for a chain it trusts.

    A chain that OpenSSL cannot read has no faults here: the handshake's own failure tells it.
    """
    if not question.chain:
        return ()
    found: list[Fault] = []

    def collect(
        _: SSL.Connection, certificate: crypto.X509, code: int, depth: int, ok: int
    ) -> bool:
        if not ok:
            der = crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate)
            found.append(Fault(code=code, depth=depth, sha256=fingerprint(der)))
        return True

    connection = _client(question, collect)
    _step(connection)
    connection.bio_read(1 << 16)
    flight = wire.server_flight(question.chain)
    for at in range(0, len(flight), 1 << 14):
        connection.bio_write(flight[at : at + (1 << 14)])
        _step(connection)
    return tuple(dict.fromkeys(found))


def words(code: int) -> str:
    """OpenSSL's words for a verify code (`X509_verify_cert_error_string`)."""
    text: bytes = _ffi.string(_lib.X509_verify_cert_error_string(code))
    return text.decode("ascii", "replace")


def trusted(question: Question) -> bool:
    """Whether OpenSSL finds nothing wrong."""
    return not faults(question)


def _client(question: Question, collect: object) -> SSL.Connection:
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_max_proto_version(SSL.TLS1_2_VERSION)
    context.set_cipher_list(_CIPHER + b":@SECLEVEL=%d" % min(question.security_level, 5))
    context.set_verify(SSL.VERIFY_PEER, collect)  # type: ignore[arg-type]
    store = context.get_cert_store()
    if store is None:
        return SSL.Connection(context, None)
    _fill(store, question.anchors)
    store.set_flags(question.flags & (_STRICT | _PARTIAL_CHAIN))
    store.set_time(question.at)
    connection = SSL.Connection(context, None)
    connection.set_connect_state()
    _expect_host(connection, question)
    return connection


def _fill(store: crypto.X509Store, anchors: tuple[bytes, ...]) -> None:
    for der in dict.fromkeys(anchors):
        try:
            store.add_cert(crypto.load_certificate(crypto.FILETYPE_ASN1, der))
        except (crypto.Error, ValueError):
            continue  # an anchor that OpenSSL cannot read anchors nothing


def _expect_host(connection: SSL.Connection, question: Question) -> None:
    parameters = _lib.SSL_get0_param(connection._ssl)  # noqa: SLF001
    flags = _NO_PARTIAL_WILDCARDS | (0 if question.common_name else _NEVER_CHECK_SUBJECT)
    _lib.X509_VERIFY_PARAM_set_hostflags(parameters, flags)
    try:
        packed = ip_address(question.host).packed
        _lib.X509_VERIFY_PARAM_set1_ip(parameters, packed, len(packed))
    except ValueError:
        name = _ascii_host(question.host)
        _lib.X509_VERIFY_PARAM_set1_host(parameters, name, len(name))


def _ascii_host(host: str) -> bytes:
    """The host as it stands in certificates: a name in other letters as its A-label (RFC 5891)."""
    try:
        return host.encode("idna")
    except UnicodeError:
        # No name that could be resolved, such as a label of 64 letters: then nothing matches.
        return host.encode("ascii", "backslashreplace")


def _step(connection: SSL.Connection) -> None:
    try:
        connection.do_handshake()
    except SSL.Error:
        return  # it wants more, or it has read enough: what was collected counts
