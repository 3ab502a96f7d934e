"""webpki's answer on one question, as uv asks it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from unicodedata import normalize

from certmend.judge.question import NO_SUCH_HOST, UNREADABLE, Answer, Fault, Question
from certmend.judge.webpki import names, others, signatures
from certmend.judge.webpki.build import Builder
from certmend.judge.webpki.names import Role
from certmend.judge.webpki.parsed import Parsed, leniently, parse
from certmend.judge.webpki.rejection import (
    OTHER_ADDRESS,
    OTHER_NAME,
    UNKNOWN_ISSUER,
    Rejection,
)
from certmend.model.der import fingerprint

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DOTS = re.compile("[.\u3002\uff0e\uff61]")


def answer(question: Question) -> Answer:
    """The error that rustls gives, and after it every other fault of the same path."""
    if not question.chain:
        return Answer(faults=(Fault(code=UNREADABLE, depth=0, sha256=""),))
    host = _host(question.host)
    if host is None:
        about = fingerprint(question.chain[0])
        return Answer(faults=(Fault(code=NO_SUCH_HOST, depth=0, sha256=about),))
    leaf, at = parse(question.chain[0]), _seconds(question.at)
    if isinstance(leaf, Rejection):
        return _unread(leaf, question, host, at)
    try:
        path, anchor = Builder(leaf, question.chain[1:], question.anchors, at).path()
    except Rejection as refused:
        looked_at = others.by_name(leaf, question.chain[1:])
        ends = others.of_path(looked_at, question.anchors, at)
        more = (*ends, *others.unreadable(question.chain[1:]))
        if refused.kind is UNKNOWN_ISSUER and more:
            # The same word, said more exactly: which end the chain has.
            refused = next((one for one in more if one.kind.word == refused.kind.word), refused)
        found = (refused, *of_leaf(leaf, host), *more)
        return _refused(found, tuple(one.der for one in looked_at))
    ders = tuple(one.der for one in path)
    found = tuple(of_leaf(leaf, host))
    return _refused(found, ders) if found else Answer(path=(*ders, anchor.der))


def _unread(refused: Rejection, question: Question, host: bytes, at: int) -> Answer:
    """A leaf that webpki does not take; what can be read of it is judged all the same."""
    leaf = leniently(refused.der)
    if leaf is None:
        return _refused((refused,), question.chain[:1])
    path = others.by_name(leaf, question.chain[1:])
    more = (*of_leaf(leaf, host), *others.of_path(path, question.anchors, at))
    more += tuple(others.unreadable(question.chain[1:]))
    return _refused((refused, *more), tuple(one.der for one in path))


def _seconds(moment: datetime) -> int:
    return int((moment.astimezone(UTC) - _EPOCH).total_seconds() // 1)


def _refused(found: tuple[Rejection, ...], path: tuple[bytes, ...]) -> Answer:
    faults = tuple(_fault(one, path) for one in found)
    return Answer(faults=tuple(dict.fromkeys(faults)), path=path)


def _fault(refused: Rejection, path: tuple[bytes, ...]) -> Fault:
    depth = path.index(refused.der) if refused.der in path else 0
    about = fingerprint(refused.der or path[0])
    return Fault(code=refused.kind.code, depth=depth, sha256=about, word=refused.kind.word)


def _host(host: str) -> bytes | None:
    """An address packed, or a DNS name in ASCII; None for what rustls takes for neither."""
    if not host:
        return b""
    try:
        return ip_address(host).packed
    except ValueError:
        pass
    name = b".".join(_label(label) for label in _DOTS.split(normalize("NFC", host.lower())))
    return name if names.valid(name, Role.REFERENCE) else None


def _label(label: str) -> bytes:
    """A label in ASCII as the url crate has it: UTS #46, where ß and ς stay what they are."""
    return label.encode() if label.isascii() else b"xn--" + label.encode("punycode")


def of_leaf(leaf: Parsed, host: bytes) -> Iterator[Rejection]:
    """The name, and the key that signs the handshake: rustls looks at them after the path."""
    is_address = len(host) in (4, 16) and not names.valid(host, Role.REFERENCE)
    try:
        if is_address and not names.names_address(leaf.alternative_names, host):
            yield Rejection(OTHER_ADDRESS, leaf.der)
        if host and not is_address and not names.names_host(leaf.alternative_names, host):
            yield Rejection(OTHER_NAME, leaf.der)
    except Rejection as refused:
        yield Rejection(refused.kind, leaf.der)
    try:
        signatures.check_leaf_key(leaf.key)
    except Rejection as refused:
        yield Rejection(refused.kind, leaf.der)
