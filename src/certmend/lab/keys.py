"""Private keys by short names, and their signatures, weak ones included.

cryptography makes no certificate with SHA-1, and still signs bytes with it: the lab puts
the certificate together (`certmend.lab.pki`) and has only its bytes signed here.
"""

import hashlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from certmend.lab import der

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

_CURVES: dict[str, ec.EllipticCurve] = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1()}
_RSA_BITS = {"rsa1024": 1024, "rsa2048": 2048}
_DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "md5": hashes.MD5(),  # noqa: S303  broken on purpose
    "sha1": hashes.SHA1(),  # noqa: S303
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
# RFC 8017, appendix C; RFC 5758, section 3.2; RFC 8410, section 3.
_RSA_SIGNATURES = {
    "md5": "1.2.840.113549.1.1.4",
    "sha1": "1.2.840.113549.1.1.5",
    "sha256": "1.2.840.113549.1.1.11",
    "sha384": "1.2.840.113549.1.1.12",
    "sha512": "1.2.840.113549.1.1.13",
}
_ECDSA_SIGNATURES = {
    "sha1": "1.2.840.10045.4.1",
    "sha256": "1.2.840.10045.4.3.2",
    "sha384": "1.2.840.10045.4.3.3",
    "sha512": "1.2.840.10045.4.3.4",
}
_ED25519 = "1.3.101.112"


def new_key(kind: str) -> PrivateKey:
    """A fresh key: `p256`, `p384`, `rsa1024`, `rsa2048` or `ed25519`; else `ValueError`."""
    if kind in _CURVES:
        return ec.generate_private_key(_CURVES[kind])
    if kind in _RSA_BITS:
        return rsa.generate_private_key(65537, _RSA_BITS[kind])
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    raise ValueError(f"unknown kind of key: {kind!r}")


def algorithm(key: PrivateKey, digest: str) -> bytes:
    """The AlgorithmIdentifier of signatures made by `key`; `ValueError` where none exists."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return der.sequence(der.oid(_ED25519))
    is_rsa = isinstance(key, rsa.RSAPrivateKey)
    known = _RSA_SIGNATURES if is_rsa else _ECDSA_SIGNATURES
    if digest not in known:
        raise ValueError(f"no signature algorithm for this key with {digest!r}")
    return der.sequence(der.oid(known[digest]), der.NULL if is_rsa else b"")


def sign(key: PrivateKey, message: bytes, digest: str) -> bytes:
    """The signature of `message`; Ed25519 takes no digest."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, padding.PKCS1v15(), _DIGESTS[digest])
    return key.sign(message, ec.ECDSA(_DIGESTS[digest]))


def public_info(key: PrivateKey) -> bytes:
    """The SubjectPublicKeyInfo of `key` in DER."""
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def private_pem(key: PrivateKey) -> str:
    """`key` as an unencrypted PKCS#8 PEM block."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def key_identifier(key: PrivateKey) -> bytes:
    """The key identifier of RFC 7093, section 2, method 1: 160 bits of a SHA-256."""
    return hashlib.sha256(public_info(key)).digest()[:20]
