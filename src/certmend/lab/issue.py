"""Putting a certificate together: the fields, the extensions, the signature."""

import datetime as dt
import secrets

from cryptography.hazmat.primitives.asymmetric import rsa

from certmend.lab import der, keys, profile
from certmend.lab.profile import Profile, Subject


def certificate(
    *,
    names: tuple[str, ...],
    subject: bytes,
    issuer: bytes,
    key: keys.PrivateKey,
    issuer_key: keys.PrivateKey,
    is_ca: bool,
    years: int,
    wanted: Profile,
) -> tuple[bytes, int]:
    """A certificate in DER and its serial number."""
    serial = secrets.randbits(127) | 1 if wanted.serial is None else wanted.serial
    begin, end = wanted.dates(years=years)
    whom = Subject(
        names=names,
        is_ca=is_ca,
        rsa=isinstance(key, rsa.RSAPrivateKey),
        key_identifier=keys.key_identifier(key),
        issuer_key_identifier=keys.key_identifier(issuer_key),
    )
    third = wanted.version == 3
    content = der.sequence(
        der.explicit(0, der.integer(2)) if third else b"",
        der.integer(serial),
        keys.algorithm(issuer_key, wanted.digest),
        issuer,
        _validity(begin, end),
        subject,
        keys.public_info(key),
        der.explicit(3, profile.extensions(whom, wanted)) if third else b"",
    )
    return signed(content, issuer_key, wanted), serial


def signed(content: bytes, key: keys.PrivateKey, wanted: Profile) -> bytes:
    """`content` with its signature; made with another key, or damaged, where that is wanted."""
    signer = wanted.signed_with.key if wanted.signed_with is not None else key
    signature = bytearray(keys.sign(signer, content, wanted.digest))
    if wanted.damaged:
        signature[-1] ^= 1
    return der.sequence(
        content, keys.algorithm(key, wanted.digest), der.bit_string(bytes(signature))
    )


def _validity(begin: dt.datetime, end: dt.datetime) -> bytes:
    return der.sequence(der.time(begin), der.time(end))
