"""The few fields that a bundle shows of each certificate, read from DER without any library.

Importing a library for X.509 takes longer than reading all public roots. Whatever stands here in
an unusual way is left to that library: `brief` raises `ValueError` for it (RFC 5280, section 4.1).
"""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

_SEQUENCE, _SET, _OID, _BOOLEAN, _BIT_STRING, _OCTETS = 0x30, 0x31, 0x06, 0x01, 0x03, 0x04
_INTEGER, _VERSION, _EXTENSIONS = 0x02, 0xA0, 0xA3
_COMMON_NAME, _ORGANIZATION = b"\x55\x04\x03", b"\x55\x04\x0a"
_KEY_USAGE, _BASIC_CONSTRAINTS = b"\x55\x1d\x0f", b"\x55\x1d\x13"
_TEXTS = {0x0C: "utf-8", 0x13: "ascii", 0x16: "ascii"}
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_TIMES = {_UTC_TIME: len("YYMMDDHHMMSSZ"), _GENERALIZED_TIME: len("YYYYMMDDHHMMSSZ")}
_KEY_CERT_SIGN = 0x04


class Brief(NamedTuple):
    """One certificate, as far as a list of them goes."""

    label: str
    """The subject's common name, else its organisation."""
    not_before: datetime
    not_after: datetime
    may_sign: bool
    """Whether OpenSSL takes it for a CA (crypto/x509/v3_purp.c, check_ca)."""


_Item = tuple[int, int, int]
"""An element's tag, and where its content begins and ends."""


@lru_cache(maxsize=4096)
def fingerprint(der: bytes) -> str:
    """The SHA-256 of a certificate as lower-case hexadecimal digits."""
    return hashlib.sha256(der).hexdigest()


def without_trust(der: bytes) -> bytes:
    """The certificate of a TRUSTED CERTIFICATE block, which has more behind it."""
    try:
        return der[: _item(der, 0)[2]]
    except ValueError:
        return der


def brief(der: bytes) -> Brief:
    """A certificate's name, dates and role. Raises `ValueError` for an unusual one."""
    try:
        return _brief(der)
    except IndexError:
        raise ValueError("cut short") from None


def _brief(der: bytes) -> Brief:
    tag, begin, end = _item(der, 0)
    if tag != _SEQUENCE or end != len(der):
        raise ValueError("no certificate")
    parts = _inside(der, _item(der, begin))
    version = 1
    if parts[0][0] == _VERSION:
        version = der[_item(der, parts[0][1])[1]] + 1
        parts = parts[1:]
    if [one[0] for one in parts[:6]] != [_INTEGER, *[_SEQUENCE] * 5]:
        raise ValueError("no certificate")
    issuer, validity, subject = parts[2:5]
    begins, ends = (_time(der, one) for one in _inside(der, validity))
    own = der[issuer[1] : issuer[2]] == der[subject[1] : subject[2]]
    found: dict[bytes, bytes] = {}
    for tag, begin, _ in parts[6:]:
        if tag == _EXTENSIONS:
            found = _extensions(der, _item(der, begin))
    return Brief(
        label=_label(der, subject),
        not_before=begins,
        not_after=ends,
        may_sign=_may_sign(found, old=version == 1 and own),
    )


def _item(der: bytes, at: int) -> _Item:
    """The element at a place: its tag, and where its content is. Definite lengths alone."""
    try:
        tag, size, begin = der[at], der[at + 1], at + 2
    except IndexError:
        raise ValueError("cut short") from None
    if size >= 0x80:
        count = size & 0x7F
        if not 1 <= count <= 4:
            raise ValueError("an unusual length")
        size = int.from_bytes(der[begin : begin + count], "big")
        begin += count
    end = begin + size
    if tag & 0x1F == 0x1F or end > len(der):
        raise ValueError("cut short")
    return tag, begin, end


def _inside(der: bytes, outer: _Item) -> list[_Item]:
    _, at, end = outer
    found: list[_Item] = []
    while at < end:
        tag, size, begin = der[at], der[at + 1], at + 2
        # Most elements are short: a call for each of them would be half of all the work.
        at = begin + size
        if size >= 0x80 or tag & 0x1F == 0x1F:
            tag, begin, at = _item(der, begin - 2)
        if at > end:
            raise ValueError("longer than what it is in")
        found.append((tag, begin, at))
    if not found:
        raise ValueError("empty")
    return found


def _time(der: bytes, one: _Item) -> datetime:
    """UTCTime until 2049 (RFC 5280, 4.1.2.5.1): years from 50 on are in the last century."""
    tag, begin, end = one
    text = der[begin:end].decode("ascii")
    digits = text.removesuffix("Z")
    if len(text) != _TIMES.get(tag) or not digits.isdecimal() or digits == text:
        raise ValueError("no usual time")
    if tag == _UTC_TIME:
        digits = ("19" if digits[0] >= "5" else "20") + digits
    day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    return datetime(*day, int(digits[8:10]), int(digits[10:12]), int(digits[12:]), tzinfo=UTC)


def _label(der: bytes, name: _Item) -> str:
    found: dict[bytes, str] = {}
    for group in _inside(der, name):
        for pair in _inside(der, group):
            (_, first, last), (tag, begin, end) = _inside(der, pair)
            kind = der[first:last]
            if kind in (_COMMON_NAME, _ORGANIZATION):
                if tag not in _TEXTS:
                    raise ValueError("an unusual kind of text")
                found.setdefault(kind, der[begin:end].decode(_TEXTS[tag]))
    label = found.get(_COMMON_NAME) or found.get(_ORGANIZATION)
    if not label:
        raise ValueError("no usual name")
    return label


def _extensions(der: bytes, outer: _Item) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for one in _inside(der, outer):
        parts = _inside(der, one)
        (kind, first, last), (held, begin, end) = parts[0], parts[-1]
        if kind != _OID or held != _OCTETS:
            raise ValueError("an unusual extension")
        found[der[first:last]] = der[begin:end]
    return found


def _may_sign(extensions: dict[bytes, bytes], *, old: bool) -> bool:
    usage, constraints = extensions.get(_KEY_USAGE), extensions.get(_BASIC_CONSTRAINTS)
    if usage is not None:
        tag, begin, end = _item(usage, 0)
        if tag != _BIT_STRING or end - begin < 2:
            raise ValueError("an unusual key usage")
        if not usage[begin + 1] & _KEY_CERT_SIGN:
            return False
    if constraints is None:
        return old or usage is not None
    outer = _item(constraints, 0)
    if outer[1] == outer[2]:
        return False
    tag, begin, _ = _item(constraints, outer[1])
    return tag == _BOOLEAN and constraints[begin] != 0
