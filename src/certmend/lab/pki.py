"""Certificates for the lab, in the spirit of trustme: valid until told otherwise.

    root = Authority.root()
    issuing = root.intermediate()
    leaf = issuing.leaf("localhost", "127.0.0.1", not_after=yesterday)

Each keyword (`certmend.lab.profile.Profile`) breaks one thing. Everything is put together
here, byte by byte, and only signed by the cryptography library: it would refuse X.509 v1,
SHA-1, over-long names and signatures that do not fit.
"""

import base64
import datetime as dt
import textwrap
from typing import Any

import msgspec
from cryptography import x509

from certmend.lab import der, issue, keys, profile
from certmend.lab.profile import Profile

_LEAF_YEARS = 2
_INTERMEDIATE_YEARS = 5
_ROOT_YEARS = 10
# What belongs to one certificate, and not to the authority that it is for.
_FRESH: dict[str, Any] = {
    "not_before": None,
    "not_after": None,
    "now": None,
    "serial": None,
    "signed_with": None,
    "damaged": False,
}


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate and its private key."""

    der: bytes
    key: keys.PrivateKey
    subject: bytes
    name: str
    """The subject's CN."""
    serial: int
    profile: Profile

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate, parsed by cryptography (`ValueError` where it will not)."""
        return x509.load_der_x509_certificate(self.der)

    @property
    def pem(self) -> str:
        """The certificate as one PEM block."""
        return pem_block(self.der)

    @property
    def key_pem(self) -> str:
        """The private key as one unencrypted PKCS#8 PEM block."""
        return keys.private_pem(self.key)


class Leaf(Credential, frozen=True, kw_only=True):
    """What a server (or a client) shows as its own."""


class Authority(Credential, frozen=True, kw_only=True):
    """A certificate authority: `issuer` is None for a root."""

    issuer: "Authority | None" = None

    @classmethod
    def root(cls, name: str = "Corp Root CA", **changes: Any) -> "Authority":
        """A self-signed authority."""
        wanted = Profile(**changes)
        return _authority(name, keys.new_key(wanted.key), None, wanted)

    @classmethod
    def self_signed_leaf(cls, *names: str, **changes: Any) -> Leaf:
        """A server certificate signed by its own key."""
        return _leaf(names, None, Profile(**changes))

    def intermediate(self, name: str = "Corp Issuing CA", **changes: Any) -> "Authority":
        """An authority below this one."""
        wanted = Profile(**changes)
        return _authority(name, keys.new_key(wanted.key), self, wanted)

    def leaf(self, *names: str, **changes: Any) -> Leaf:
        """A server certificate for DNS names and addresses; the first is the CN."""
        return _leaf(names, self, Profile(**changes))

    def cross_sign(self, other: "Authority", **changes: Any) -> "Authority":
        """A certificate by this authority for another one's name and key."""
        return _again(other, key=other.key, issuer=self, **changes)

    def rotated(self, **changes: Any) -> "Authority":
        """The same name with a new key, from the same issuer: a rotation.

        Certificates made by the two differ in their Authority Key Identifier, so OpenSSL does
        not take the old one for their issuer (V20); with `without=("aki",)` on what is issued
        it does, and the signature fails (V7).
        """
        kind = changes.get("key", self.profile.key)
        return _again(self, key=keys.new_key(kind), issuer=self.issuer, **changes)

    def renewed(self, **changes: Any) -> "Authority":
        """The same name and key, from the same issuer, with new dates and serial."""
        return _again(self, key=self.key, issuer=self.issuer, **changes)

    def crl(
        self,
        *revoked: Credential,
        this_update: dt.datetime | None = None,
        next_update: dt.datetime | None = None,
        number: int = 1,
    ) -> bytes:
        """A revocation list in DER (RFC 5280, section 5), by default valid for a week."""
        begin = this_update or dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        end = next_update or begin + dt.timedelta(days=8)
        entries = [der.sequence(der.integer(one.serial), der.time(begin)) for one in revoked]
        link = profile.key_link(keys.key_identifier(self.key))
        crl_number = ("2.5.29.20", False, der.integer(number))
        content = der.sequence(
            der.integer(1),
            keys.algorithm(self.key, "sha256"),
            self.subject,
            der.time(begin),
            der.time(end),
            der.sequence(*entries) if entries else b"",
            der.explicit(0, profile.encoded(link, crl_number)),
        )
        return issue.signed(content, self.key, Profile())


def _again(
    known: Authority, *, key: keys.PrivateKey, issuer: Authority | None, **changes: Any
) -> Authority:
    """The name of a known authority in a new certificate."""
    wanted = msgspec.structs.replace(known.profile, **{**_FRESH, **changes})
    return _authority(known.name, key, issuer, wanted, subject=known.subject)


def _authority(
    name: str,
    key: keys.PrivateKey,
    issuer: Authority | None,
    wanted: Profile,
    *,
    subject: bytes | None = None,
) -> Authority:
    name = name if wanted.common_name is None else wanted.common_name
    subject = subject or profile.distinguished_name(name, wanted)
    made, serial = issue.certificate(
        names=(),
        subject=subject,
        issuer=issuer.subject if issuer else subject,
        key=key,
        issuer_key=issuer.key if issuer else key,
        is_ca=True,
        years=_INTERMEDIATE_YEARS if issuer else _ROOT_YEARS,
        wanted=wanted,
    )
    return Authority(
        der=made, key=key, subject=subject, name=name, serial=serial, profile=wanted, issuer=issuer
    )


def _leaf(names: tuple[str, ...], issuer: Authority | None, wanted: Profile) -> Leaf:
    key = keys.new_key(wanted.key)
    name = names[0] if wanted.common_name is None else wanted.common_name
    subject = profile.distinguished_name(name, wanted)
    made, serial = issue.certificate(
        names=names,
        subject=subject,
        issuer=issuer.subject if issuer else subject,
        key=key,
        issuer_key=issuer.key if issuer else key,
        is_ca=False,
        years=_LEAF_YEARS,
        wanted=wanted,
    )
    return Leaf(der=made, key=key, subject=subject, name=name, serial=serial, profile=wanted)


def pem_block(certificate: bytes) -> str:
    """A DER certificate as a PEM block that ends in a line end."""
    lines = textwrap.wrap(base64.b64encode(certificate).decode(), 64)
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))


def pem_bundle(*things: Credential | bytes) -> str:
    """PEM blocks of certificates in the given order; bytes are DER."""
    return "".join(
        pem_block(thing.der if isinstance(thing, Credential) else thing) for thing in things
    )
