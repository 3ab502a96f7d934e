"""A chain that OpenSSL does not follow to its end, mended: what else is wrong with it?

OpenSSL passes over a certificate with an extension that it cannot decode (EXFLAG_INVALID,
crypto/x509/v3_purp.c) or with key identifiers that do not fit, and reads no chain that holds
something else than certificates. What stands above is never looked at then. So it is asked once
more, about copies without these parts; what comes of the copying is left out of its answer.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from certmend.judge import path, purpose
from certmend.judge.question import CA_AS_LEAF, Fault, Question
from certmend.model import certificate, extensions, tlv
from certmend.model.certificate import Certificate
from certmend.model.der import fingerprint

_SIGNATURE = 7
_OF_SIGNATURE = frozenset({4, 6, _SIGNATURE})
_AUTHORITY_KEY = b"\x55\x1d\x23"
_OF_A_LEAF = frozenset({purpose.WRONG, CA_AS_LEAF})
"""What is asked of a leaf alone."""
_OF_ABSENCE = {
    _AUTHORITY_KEY: frozenset({85}),
    b"\x55\x1d\x0e": frozenset({86}),  # subject key identifier
    b"\x55\x1d\x11": frozenset({62, 64}),  # subject alternative names
    b"\x55\x1d\x0f": frozenset({81, 92}),  # key usage
    b"\x55\x1d\x13": frozenset({24, 26, 79, 82}),  # basic constraints
}
"""What OpenSSL finds in a certificate because an extension is not there."""


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """A question with copies in the place of what OpenSSL passes over."""

    question: Question
    originals: dict[str, str]
    """The fingerprint of a copy, and that of the certificate that it stands for."""
    caused: frozenset[tuple[int, str]]
    """Codes that come of the copying, each with the fingerprint of the copy."""
    headless: bool = False
    """Whether the leaf is left out, and the certificate above it stands in its place."""

    def faults(self, found: Iterable[Fault]) -> Iterator[Fault]:
        """What was found in copies, said of the originals."""
        for one in found:
            if self.headless and not one.depth and one.code in _OF_A_LEAF:
                continue
            of_leaf = one.code == purpose.WRONG and not one.depth
            if of_leaf or (one.code, one.sha256) not in self.caused:
                about = self.originals.get(one.sha256, one.sha256)
                yield msgspec.structs.replace(one, sha256=about, depth=one.depth + self.headless)


def under_a_root(question: Question, top: Certificate) -> tuple[Fault, ...]:
    """What is found besides, were the issuer of a chain's last certificate a trusted root.

    A root of that name is made up; what is found in itself, and its signature, does not count.
    """
    root = _root(top)
    anchors = (*question.anchors, root)
    found = path.faults(msgspec.structs.replace(question, anchors=anchors))
    made_up = {(code, top.sha256) for code in _OF_SIGNATURE}
    return tuple(
        one
        for one in found
        if one.sha256 != fingerprint(root) and (one.code, one.sha256) not in made_up
    )


def _root(below: Certificate) -> bytes:
    name = below.issuer.raw
    key = below.authority_key_id or b"\0"
    body = tlv.element(
        tlv.SEQUENCE,
        bytes.fromhex("a003020102"),  # X.509 v3
        _integer(below.authority_serial or 1),
        _ECDSA_SHA256,
        name,
        tlv.ANY_TIME,
        name,
        _POINT,
        tlv.element(0xA3, tlv.element(tlv.SEQUENCE, _CA, _SIGNS, _key_identifier(key))),
    )
    return tlv.element(tlv.SEQUENCE, body, _ECDSA_SHA256, bytes.fromhex("030900") + _NO_SIGNATURE)


def _integer(value: int) -> bytes:
    size = value.bit_length() // 8 + 1
    return tlv.element(0x02, value.to_bytes(size, "big", signed=True))


def _key_identifier(key: bytes) -> bytes:
    value = tlv.element(0x04, tlv.element(0x04, key))
    return tlv.element(tlv.SEQUENCE, bytes.fromhex("0603551d0e"), value)


_ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")
_CA = bytes.fromhex("300f0603551d130101ff040530030101ff")
_SIGNS = bytes.fromhex("300e0603551d0f0101ff040403020106")
_NO_SIGNATURE = bytes.fromhex("3006020101020101")
_POINT = bytes.fromhex(
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)
"""P-256's own base point (FIPS 186-4, D.1.2.3): a key that decodes, and that is nobody's."""


def mend(question: Question, unreadable: frozenset[str]) -> Mended | None:
    """The question without what stops OpenSSL; None where nothing does.

    `unreadable` are the fingerprints of certificates that the verifier cannot parse: they are left
    out, and without the leaf nobody asks for its name.
    """
    chain = tuple(der for der in question.chain if fingerprint(der) not in unreadable)
    headless = fingerprint(question.chain[0]) in unreadable
    if headless:
        question = msgspec.structs.replace(question, chain=chain, host="")
    if not chain:
        return None
    names = {certificate.read(der).issuer.raw for der in chain}
    anchors = tuple(der for der in question.anchors if certificate.read(der).subject.raw in names)
    known = tuple(certificate.read(der) for der in dict.fromkeys((*chain, *anchors)))
    copies = {one.der: _copy(one, known) for one in known}
    changed = {der: copy for der, copy in copies.items() if copy != der}
    if not changed and chain == question.chain and not headless:
        return None
    return Mended(
        headless=headless,
        question=msgspec.structs.replace(
            question,
            chain=tuple(copies[der] for der in chain),
            anchors=tuple(copies.get(der, der) for der in question.anchors),
        ),
        originals={fingerprint(copy): fingerprint(der) for der, copy in changed.items()},
        caused=frozenset(
            (code, fingerprint(copy))
            for der, copy in changed.items()
            for code in _caused(certificate.read(der), copy, known)
        ),
    )


def _copy(one: Certificate, known: Sequence[Certificate]) -> bytes:
    unfit = _names_another_key(one, known)
    if not one.extensions_unread and not unfit:
        return one.der
    kept = extensions.sound(one.der) if one.extensions_unread else tuple(tlv.extensions(one.der))
    return tlv.rewritten(
        one.der, [der for der in kept if not unfit or tlv.identifier(der) != _AUTHORITY_KEY]
    )


def _names_another_key(one: Certificate, known: Sequence[Certificate]) -> bool:
    """Whether its issuer is there, and its key identifiers are those of none that is."""
    named = [other for other in known if other.subject.raw == one.issuer.raw]
    return not any(map(one.names_issuer, named)) and any(map(one.signed_by, named))


def _signers(one: Certificate, known: Sequence[Certificate]) -> list[Certificate]:
    return [
        other for other in known if other.subject.raw == one.issuer.raw and one.signed_by(other)
    ]


def _caused(one: Certificate, copy: bytes, known: Sequence[Certificate]) -> Iterator[int]:
    if _signers(one, known):
        yield _SIGNATURE
    kept = {tlv.identifier(der) for der in tlv.extensions(copy)}
    for kind in {tlv.identifier(der) for der in tlv.extensions(one.der)} - kept:
        yield from _OF_ABSENCE.get(kind, ())
