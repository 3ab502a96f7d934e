"""What OpenSSL says of a captured chain: every fault, not only the first.

OpenSSL itself answers. A ServerHello and the chain, made by hand, are fed to a TLS client in
memory; it verifies them as CPython's `ssl` would: the purpose of a TLS server, the security
level, the host (`X509_VERIFY_PARAM_set1_host`, no partial wildcards as in Modules/_ssl.c), the
time asked for. A callback that always agrees collects the errors with their depth.
No socket, clock or file is involved.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address

import msgspec
from OpenSSL import SSL, crypto
from OpenSSL.SSL import _lib  # type: ignore[attr-defined]  # the one way to the host check

from certmend.judge import older
from certmend.judge.question import NO_SUCH_HOST, UNREADABLE, Answer, Fault, Question
from certmend.model import wire
from certmend.model.der import fingerprint

STRICT = 0x20
PARTIAL_CHAIN = 0x80000
_NO_PARTIAL_WILDCARDS = 0x4
_NEVER_CHECK_SUBJECT = 0x20
_CIPHER = b"ECDHE-ECDSA-AES128-GCM-SHA256"
_IDLE: dict[int, list[SSL.Context]] = {}
"""Contexts to be used again, by security level: making one costs as much as a verdict.

One is taken out while it is in use (`list.pop` is atomic), so threads do not share it.
"""


def answer(question: Question) -> Answer:
    """Every fault OpenSSL finds, in its order, and the path that it built.

    A chain that OpenSSL cannot parse never comes to be verified: that is the one fault then.
    """
    if not question.chain:
        return Answer(faults=(Fault(code=UNREADABLE, depth=0, sha256=""),))
    found = _answer(question)
    if not older.NEEDED or not any(fault.code == UNREADABLE for fault in found.faults):
        return found
    copies = older.with_usual_times(question.chain)
    plain = tuple(copies.get(der, der) for der in question.chain)
    if not copies or unreadable(plain):
        return found
    again = _answer(msgspec.structs.replace(question, chain=plain))
    return Answer(faults=older.odd_times(again.faults, copies, question.chain))


def _answer(question: Question) -> Answer:
    with _context(question.security_level) as context:
        _lib.X509_STORE_up_ref(_store(question.anchors)._store)  # noqa: SLF001
        _lib.SSL_CTX_set_cert_store(context._context, _store(question.anchors)._store)  # noqa: SLF001
        connection = SSL.Connection(context, None)
        return _verify(connection, question)


def _verify(connection: SSL.Connection, question: Question) -> Answer:
    found: list[Fault] = []
    if not _expect(connection, question):
        leaf = fingerprint(question.chain[0])
        found.append(Fault(code=NO_SUCH_HOST, depth=0, sha256=leaf))
    seen: dict[int, crypto.X509] = {}

    def collect(
        _: SSL.Connection, certificate: crypto.X509, code: int, depth: int, ok: int
    ) -> bool:
        seen.setdefault(depth, certificate)
        if not ok:
            found.append(Fault(code=code, depth=depth, sha256=fingerprint(_der(certificate))))
        return True

    connection.set_verify(SSL.VERIFY_PEER, collect)
    _feed(connection, question.chain)
    if not seen:
        return Answer(faults=(*found, Fault(code=UNREADABLE, depth=0, sha256=_bad(question))))
    faults = tuple(dict.fromkeys(found))
    strict = bool(question.flags & STRICT)
    path = _path(connection) if question.wants_path or strict else ()
    if older.NEEDED:
        if strict:
            faults = older.strict_as_before(faults, path)
        faults = (*faults, *_last_second(seen, question))
    return Answer(faults=faults, path=path if question.wants_path else ())


def _path(connection: SSL.Connection) -> tuple[bytes, ...]:
    return tuple(_der(one) for one in connection.get_verified_chain() or ())


def _last_second(seen: dict[int, crypto.X509], question: Question) -> Iterator[Fault]:
    """Certificates in their last second: expired, for OpenSSL 3."""
    now = _stamp(question.at)
    if not any(now[2:] in der for der in (*question.chain, *question.anchors)):
        return  # the time itself would have to stand in the certificate
    for depth, certificate in sorted(seen.items()):
        if certificate.get_notAfter() == now:
            yield Fault(code=10, depth=depth, sha256=fingerprint(_der(certificate)))


@lru_cache(maxsize=64)
def _stamp(moment: datetime) -> bytes:
    """A time as it stands in certificates (RFC 5280, section 4.1.2.5.2)."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%SZ}".encode()


@contextmanager
def _context(level: int) -> Iterator[SSL.Context]:
    idle = _IDLE.setdefault(level, [])
    try:
        context = idle.pop()
    except IndexError:
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_max_proto_version(SSL.TLS1_2_VERSION)
        context.set_cipher_list(_CIPHER + b":@SECLEVEL=%d" % min(level, 5))
    yield context
    idle.append(context)


@lru_cache(maxsize=64)
def _store(anchors: tuple[bytes, ...]) -> crypto.X509Store:
    store = crypto.X509Store()
    for der in dict.fromkeys(anchors):
        if (anchor := _parsed(der)) is not None:
            store.add_cert(anchor)
    return store


@lru_cache(maxsize=1024)
def _parsed(der: bytes) -> crypto.X509 | None:
    """A certificate as OpenSSL takes it; one that it cannot read anchors nothing."""
    try:
        return crypto.load_certificate(crypto.FILETYPE_ASN1, der)
    except (crypto.Error, ValueError):
        return None


def unreadable(chain: Iterable[bytes]) -> frozenset[str]:
    """The fingerprints of what OpenSSL cannot parse: it refuses the whole chain for one."""
    return frozenset(fingerprint(der) for der in chain if _parsed(der) is None)


def _der(certificate: crypto.X509) -> bytes:
    return crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate)


def _bad(question: Question) -> str:
    """The first certificate of the chain that OpenSSL cannot parse."""
    bad = next((der for der in question.chain if _parsed(der) is None), question.chain[0])
    return fingerprint(bad)


def _expect(connection: SSL.Connection, question: Question) -> bool:
    """Set flags, time and host; False for a host that CPython's `ssl` refuses to ask for."""
    parameters = _lib.SSL_get0_param(connection._ssl)  # noqa: SLF001
    _lib.X509_VERIFY_PARAM_set_flags(parameters, question.flags & (STRICT | PARTIAL_CHAIN))
    _lib.X509_VERIFY_PARAM_set_time(parameters, _seconds(question.at))
    if not question.host:
        return True
    flags = _NO_PARTIAL_WILDCARDS | (0 if question.common_name else _NEVER_CHECK_SUBJECT)
    _lib.X509_VERIFY_PARAM_set_hostflags(parameters, flags)
    if packed := _address(question.host):
        return bool(_lib.X509_VERIFY_PARAM_set1_ip(parameters, packed, len(packed)))
    name = _ascii_host(question.host)
    if name and not _lib.X509_VERIFY_PARAM_set1_host(parameters, name, len(name)):
        if older.names(question.chain[0], name):
            return True
        name = older.NOBODY
        _lib.X509_VERIFY_PARAM_set1_host(parameters, name, len(name))
    return bool(name)


@lru_cache(maxsize=1024)
def _address(host: str) -> bytes:
    """An address in bytes; empty for a name."""
    if ":" not in host and not host[-1:].isdigit():
        return b""
    try:
        return ip_address(host).packed
    except ValueError:
        return b""


def _seconds(moment: datetime) -> int:
    return int((moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())


@lru_cache(maxsize=1024)
def _ascii_host(host: str) -> bytes:
    """The name as CPython encodes it (`SSLSocket._encode_hostname`); empty when it cannot be."""
    try:
        name = host.encode("ascii" if _is_plain(host) else "idna")
    except UnicodeError:
        return b""
    # OpenSSL would take a leading dot for "any subdomain"; CPython refuses it.
    return b"" if name.startswith(b".") or b"\0" in name else name


def _is_plain(host: str) -> bool:
    """Whether the codec would leave it as it is, and only count the letters of its labels."""
    return host.isascii() and all(0 < len(label) < 64 for label in host.split("."))


def _feed(connection: SSL.Connection, chain: tuple[bytes, ...]) -> None:
    """Let the client meet the chain; the answer lies there before it has asked."""
    connection.set_connect_state()
    connection.bio_write(wire.server_flight(chain))
    try:
        connection.do_handshake()
    except SSL.Error:
        return  # it wants more, or it has read enough: what was collected counts
