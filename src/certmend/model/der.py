"""The few fields that a bundle shows of each certificate, read from DER without any library.

Importing a library for X.509 takes longer than reading all public roots. Whatever stands here in
an unusual way is left to that library: `brief` raises `ValueError` for it (RFC 5280, section 4.1).
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

_SEQUENCE, _SET, _OID, _BOOLEAN, _BIT_STRING, _OCTETS = 0x30, 0x31, 0x06, 0x01, 0x03, 0x04
_INTEGER, _VERSION, _EXTENSIONS = 0x02, 0xA0, 0xA3
_COMMON_NAME, _ORGANIZATION = b"\x55\x04\x03", b"\x55\x04\x0a"
_KEY_USAGE, _BASIC_CONSTRAINTS = b"\x55\x1d\x0f", b"\x55\x1d\x13"
_TEXTS = {0x0C: "utf-8", 0x13: "ascii", 0x16: "ascii"}
_TIMES = {0x17: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}
_KEY_CERT_SIGN = 0x04


class Brief(NamedTuple):
    """One certificate, as far as a list of them goes."""

    label: str
    """The subject's common name, else its organisation."""
    not_before: datetime
    not_after: datetime
    may_sign: bool
    """Whether OpenSSL takes it for a CA (crypto/x509/v3_purp.c, check_ca)."""


class _Item(NamedTuple):
    tag: int
    begin: int
    end: int


@lru_cache(maxsize=4096)
def fingerprint(der: bytes) -> str:
    """The SHA-256 of a certificate as lower-case hexadecimal digits."""
    return hashlib.sha256(der).hexdigest()


def without_trust(der: bytes) -> bytes:
    """The certificate of a TRUSTED CERTIFICATE block, which has more behind it."""
    try:
        return der[: _item(der, 0).end]
    except ValueError:
        return der


def brief(der: bytes) -> Brief:
    """A certificate's name, dates and role. Raises `ValueError` for an unusual one."""
    outer = _item(der, 0)
    if outer.tag != _SEQUENCE or outer.end != len(der):
        raise ValueError("no certificate")
    parts = list(_inside(der, _item(der, outer.begin)))
    version = 1
    if parts[0].tag == _VERSION:
        version = der[_item(der, parts[0].begin).begin] + 1
        parts = parts[1:]
    if [one.tag for one in parts[:6]] != [_INTEGER, *[_SEQUENCE] * 5]:
        raise ValueError("no certificate")
    issuer, validity, subject = parts[2:5]
    begins, ends = (_time(der, one) for one in _inside(der, validity))
    own = der[issuer.begin : issuer.end] == der[subject.begin : subject.end]
    found = {}
    for one in parts[6:]:
        if one.tag == _EXTENSIONS:
            found = dict(_extensions(der, _item(der, one.begin)))
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
    if tag & 0x1F == 0x1F or begin + size > len(der):
        raise ValueError("cut short")
    return _Item(tag, begin, begin + size)


def _inside(der: bytes, outer: _Item) -> Iterator[_Item]:
    at = outer.begin
    while at < outer.end:
        one = _item(der, at)
        if one.end > outer.end:
            raise ValueError("longer than what it is in")
        yield one
        at = one.end


def _time(der: bytes, one: _Item) -> datetime:
    """UTCTime until 2049 (RFC 5280, 4.1.2.5.1): years from 50 on are in the last century."""
    text = der[one.begin : one.end].decode("ascii")
    if one.tag not in _TIMES:
        raise ValueError("no time")
    found = datetime.strptime(text, _TIMES[one.tag]).replace(tzinfo=UTC)
    return found.replace(year=found.year - 100) if one.tag == 0x17 and found.year > 2049 else found


def _label(der: bytes, name: _Item) -> str:
    found: dict[bytes, str] = {}
    for group in _inside(der, name):
        for pair in _inside(der, group):
            key, value = _inside(der, pair)
            kind = der[key.begin : key.end]
            if kind in (_COMMON_NAME, _ORGANIZATION):
                if value.tag not in _TEXTS:
                    raise ValueError("an unusual kind of text")
                text = der[value.begin : value.end].decode(_TEXTS[value.tag])
                found.setdefault(kind, text)
    label = found.get(_COMMON_NAME) or found.get(_ORGANIZATION)
    if not label:
        raise ValueError("no usual name")
    return label


def _extensions(der: bytes, outer: _Item) -> Iterator[tuple[bytes, bytes]]:
    for one in _inside(der, outer):
        parts = list(_inside(der, one))
        if len(parts) < 2 or parts[0].tag != _OID or parts[-1].tag != _OCTETS:
            raise ValueError("an unusual extension")
        yield der[parts[0].begin : parts[0].end], der[parts[-1].begin : parts[-1].end]


def _may_sign(extensions: dict[bytes, bytes], *, old: bool) -> bool:
    usage, constraints = extensions.get(_KEY_USAGE), extensions.get(_BASIC_CONSTRAINTS)
    if usage is not None:
        bits = _item(usage, 0)
        if bits.tag != _BIT_STRING or bits.end - bits.begin < 2:
            raise ValueError("an unusual key usage")
        if not usage[bits.begin + 1] & _KEY_CERT_SIGN:
            return False
    if constraints is None:
        return old or usage is not None
    first = next(_inside(constraints, _item(constraints, 0)), None)
    return first is not None and first.tag == _BOOLEAN and constraints[first.begin] != 0
