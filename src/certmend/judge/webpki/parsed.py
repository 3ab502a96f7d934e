"""A certificate as webpki parses it (`cert.rs`, `trust_anchor.rs`)."""

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

import msgspec

from certmend.judge.webpki import der
from certmend.judge.webpki.der import Reader
from certmend.judge.webpki.rejection import (
    ALGORITHMS_DIFFER,
    BAD_DER,
    CRITICAL,
    TWICE,
    VERSION,
    Kind,
    Rejection,
)

_VERSION = 0xA0
_UNIQUE_IDENTIFIERS = (0x81, 0x82)
_EXTENSIONS = 0xA3
_KEY_USAGE = 15
_FIELDS = {
    _KEY_USAGE: "key_usage",
    17: "alternative_names",
    19: "basic_constraints",
    30: "name_constraints",
    31: "crl_points",
    37: "usages",
}
"""The last arc of 2.5.29, and the field that holds the content of its SEQUENCE."""


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """The parts that webpki looks at; names and keys as DER without their outer tag."""

    der: bytes
    signed: bytes
    algorithm: bytes
    signature: bytes
    issuer: bytes
    validity: bytes
    subject: bytes
    key: bytes
    key_usage: bytes | None = None
    alternative_names: bytes | None = None
    basic_constraints: bytes | None = None
    name_constraints: bytes | None = None
    crl_points: bytes | None = None
    usages: bytes | None = None
    refused: tuple[Kind, ...] = ()
    """What webpki refuses in a certificate that was read leniently."""


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """A trust anchor: a name, a key and name constraints; no dates and no path length."""

    der: bytes
    subject: bytes
    key: bytes
    name_constraints: bytes | None = None


@lru_cache(maxsize=1024)
def parse(content: bytes) -> Parsed | Rejection:
    """A certificate that a server sent; the rejection, not raised, when webpki refuses it."""
    try:
        return _parse(content, strict=True)
    except Rejection as refused:
        return Rejection(refused.kind, content)


def leniently(content: bytes) -> Parsed | None:
    """A certificate with all that can be read of it, though webpki may refuse it."""
    try:
        return _parse(content, strict=False, lenient=True)
    except Rejection:
        return None


@lru_cache(maxsize=1024)
def anchor(content: bytes) -> Anchor | None:
    """A trust anchor, which may be X.509 v1; None when webpki cannot read it."""
    try:
        found = _parse(content, strict=False)
    except Rejection as refused:
        return _old_anchor(content) if refused.kind is VERSION else None
    return Anchor(
        der=content,
        subject=found.subject,
        key=found.key,
        name_constraints=found.name_constraints,
    )


def _parse(content: bytes, *, strict: bool, lenient: bool = False) -> Parsed:
    outer = Reader(content)
    certificate = Reader(outer.expect(der.SEQUENCE))
    outer.end()
    begin = certificate.position
    body = Reader(certificate.expect(der.SEQUENCE))
    signed = certificate.content[begin : certificate.position]
    algorithm = certificate.expect(der.SEQUENCE)
    signature = der.bit_string(certificate)
    certificate.end()
    if not lenient:
        _third_version(body)
    elif body.peek(_VERSION):
        body.expect(_VERSION)
    body.expect(der.INTEGER)
    if body.expect(der.SEQUENCE) != algorithm and not lenient:
        raise Rejection(ALGORITHMS_DIFFER)
    issuer, validity, subject, key = (body.expect(der.SEQUENCE) for _ in range(4))
    for tag in _UNIQUE_IDENTIFIERS:
        if body.peek(tag):
            body.expect(tag)
    read = _readable_extensions if lenient else _strict_extensions if strict else _extensions
    fields = {} if body.at_end else read(body.expect(_EXTENSIONS))
    body.end()
    return Parsed(
        der=content,
        signed=signed,
        algorithm=algorithm,
        signature=signature,
        issuer=issuer,
        validity=validity,
        subject=subject,
        key=key,
        **fields,
    )


def _third_version(body: Reader) -> None:
    try:
        version = Reader(body.expect(_VERSION))
        third = der.small_integer(version) == 2
        version.end()
    except Rejection:
        third = False
    if not third:
        raise Rejection(VERSION)


def _strict_extensions(content: bytes) -> dict[str, Any]:
    return _extensions(content, strict=True)


def _extensions(content: bytes, *, strict: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value, critical in _listed(content):
        if name in found:
            raise Rejection(TWICE)
        if name:
            found[name] = value if name == "key_usage" else _inside(value)
        elif critical and strict:
            raise Rejection(CRITICAL)
    return found


def _readable_extensions(content: bytes) -> dict[str, Any]:
    """Those that can be read; of one that stands there twice, the first."""
    found: dict[str, Any] = {}
    refused: list[Kind] = []
    with suppress(Rejection):
        for name, value, critical in _listed(content):
            if name in found:
                refused.append(TWICE)
            elif name:
                with suppress(Rejection):
                    found[name] = value if name == "key_usage" else _inside(value)
            elif critical:
                refused.append(CRITICAL)
    return found | {"refused": tuple(refused)}


def _listed(content: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Each extension: its field's name, where it has one; its value; whether it is critical."""
    outer = Reader(content)
    listed = Reader(outer.expect(der.SEQUENCE))
    outer.end()
    while not listed.at_end:
        one = Reader(listed.expect(der.SEQUENCE))
        identifier = one.expect(der.OBJECT_IDENTIFIER)
        critical = der.boolean(one)
        value = one.expect(der.OCTET_STRING)
        one.end()
        standard = len(identifier) == 3 and identifier[:2] == b"\x55\x1d"
        yield (_FIELDS.get(identifier[2], "") if standard else ""), value, critical


def _inside(value: bytes) -> bytes:
    reader = Reader(value)
    content = reader.expect(der.SEQUENCE)
    reader.end(BAD_DER)
    return content


def _old_anchor(content: bytes) -> Anchor | None:
    """An X.509 v1 certificate as an anchor; one with anything behind its key is refused."""
    try:
        outer = Reader(content)
        certificate = Reader(outer.expect(der.SEQUENCE))
        outer.end()
        body = Reader(certificate.expect(der.SEQUENCE))
        certificate.expect(der.SEQUENCE)
        certificate.expect(der.BIT_STRING)
        certificate.end()
        body.expect(der.INTEGER)
        for _ in range(3):
            body.expect(der.SEQUENCE)
        subject, key = body.expect(der.SEQUENCE), body.expect(der.SEQUENCE)
        body.end()
    except Rejection:
        return None
    return Anchor(der=content, subject=subject, key=key)
