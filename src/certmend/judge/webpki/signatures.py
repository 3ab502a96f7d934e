"""The signatures and keys that rustls 0.23 takes with aws-lc-rs, as uv is built.

An algorithm is known by the bytes of its identifiers: of the signature, and of the key.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from certmend.judge.webpki import der
from certmend.judge.webpki.der import Reader
from certmend.judge.webpki.rejection import (
    ALGORITHM,
    BAD_SIGNATURE,
    LEAF_KEY,
    SMALL_KEY,
    WRONG_KEY_KIND,
    Rejection,
)

_EC = bytes.fromhex("06072a8648ce3d0201")
_P256 = _EC + bytes.fromhex("06082a8648ce3d030107")
_P384 = _EC + bytes.fromhex("06052b81040022")
_P521 = _EC + bytes.fromhex("06052b81040023")
_RSA = bytes.fromhex("06092a864886f70d0101010500")
_ED25519 = bytes.fromhex("06032b6570")
_ECDSA = bytes.fromhex("06082a8648ce3d0403")
_PKCS1 = bytes.fromhex("06092a864886f70d0101")
_NULL = b"\x05\x00"
_SHA = bytes.fromhex("300d0609608648016503040200")[:-1]
_SMALLEST, _LARGEST = 2048, 8192
"""Bits of an RSA key."""

_Verify = Callable[[Any, bytes, bytes], None]


class _Algorithm(msgspec.Struct, frozen=True):
    keys: tuple[bytes, ...]
    verify: _Verify


def _ecdsa(digest: hashes.HashAlgorithm) -> _Verify:
    return lambda key, signature, signed: key.verify(signature, signed, ec.ECDSA(digest))


def _pkcs1(digest: hashes.HashAlgorithm) -> _Verify:
    return lambda key, signature, signed: key.verify(signature, signed, padding.PKCS1v15(), digest)


def _pss(digest: hashes.HashAlgorithm) -> _Verify:
    scheme = padding.PSS(padding.MGF1(digest), digest.digest_size)
    return lambda key, signature, signed: key.verify(signature, signed, scheme, digest)


def _pss_identifier(last: bytes, salt: int) -> bytes:
    """RSASSA-PSS with one digest for all, and a salt as long as it (RFC 4055, section 3.1)."""
    digest = _SHA + last + _NULL
    mask = bytes.fromhex("301a06092a864886f70d010108") + digest
    parameters = b"\xa0\x0f" + digest + b"\xa1\x1c" + mask + bytes((0xA2, 3, 2, 1, salt))
    return _PKCS1 + b"\x0a" + bytes((0x30, len(parameters))) + parameters


_DIGESTS: tuple[tuple[hashes.HashAlgorithm, bytes, bytes, bytes, tuple[bytes, ...]], ...] = (
    (hashes.SHA256(), b"\x02", b"\x0b", b"\x01", (_P256, _P384, _P521)),
    (hashes.SHA384(), b"\x03", b"\x0c", b"\x02", (_P256, _P384, _P521)),
    (hashes.SHA512(), b"\x04", b"\x0d", b"\x03", (_P521,)),
)
"""A digest, its last byte in ECDSA, PKCS#1 and its own identifiers, and the curves it is for."""


def _known() -> dict[bytes, _Algorithm]:
    found = {
        _ED25519: _Algorithm(
            (_ED25519,), lambda key, signature, signed: key.verify(signature, signed)
        )
    }
    for digest, in_ecdsa, in_pkcs1, own, curves in _DIGESTS:
        found[_ECDSA + in_ecdsa] = _Algorithm(curves, _ecdsa(digest))
        found[_PKCS1 + in_pkcs1 + _NULL] = _Algorithm((_RSA,), _pkcs1(digest))
        found[_PKCS1 + in_pkcs1] = _Algorithm((_RSA,), _pkcs1(digest))
        found[_pss_identifier(own, digest.digest_size)] = _Algorithm((_RSA,), _pss(digest))
    return found


_KNOWN = _known()
_KEYS = frozenset(key for one in _KNOWN.values() for key in one.keys)


def verify(algorithm: bytes, key_info: bytes, signed: bytes, signature: bytes) -> None:
    """Raise `Rejection` unless the key, a SubjectPublicKeyInfo's content, made the signature."""
    known = _KNOWN.get(algorithm)
    if known is None:
        raise Rejection(ALGORITHM)
    reader = Reader(key_info)
    kind = reader.expect(der.SEQUENCE)
    der.bit_string(reader)
    reader.end()
    if kind not in known.keys:
        raise Rejection(WRONG_KEY_KIND)
    if _key(key_info) is None:
        raise Rejection(SMALL_KEY if kind == _RSA else BAD_SIGNATURE)
    if not _signed(algorithm, key_info, signed, signature):
        raise Rejection(BAD_SIGNATURE)


@lru_cache(maxsize=1024)
def _signed(algorithm: bytes, key_info: bytes, signed: bytes, signature: bytes) -> bool:
    try:
        _KNOWN[algorithm].verify(_key(key_info), signature, signed)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True


def check_leaf_key(key_info: bytes) -> None:
    """Raise `Rejection` for a leaf's key that cannot sign a handshake with rustls."""
    kind = Reader(key_info).expect(der.SEQUENCE)
    if kind not in _KEYS or _key(key_info) is None:
        raise Rejection(LEAF_KEY)


@lru_cache(maxsize=1024)
def _key(key_info: bytes) -> Any:
    """The public key; None for one that aws-lc-rs does not take."""
    size = len(key_info)
    head = b"\x30" + (bytes((size,)) if size < 0x80 else b"\x82" + size.to_bytes(2, "big"))
    if 0x80 <= size <= 0xFF:
        head = bytes((0x30, 0x81, size))
    try:
        key = serialization.load_der_public_key(head + key_info)
    except (ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(key, rsa.RSAPublicKey) and not _SMALLEST <= key.key_size <= _LARGEST:
        return None
    return key if isinstance(key, _KEY_TYPES) else None


_KEY_TYPES = (rsa.RSAPublicKey, ec.EllipticCurvePublicKey, ed25519.Ed25519PublicKey)
