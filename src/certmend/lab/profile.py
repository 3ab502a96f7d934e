"""What a certificate says: everything valid until a keyword breaks one thing."""

import datetime as dt
import ipaddress
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args

import msgspec
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from certmend.lab import der

if TYPE_CHECKING:
    from certmend.lab.pki import Authority

Part = Literal["aki", "ski", "san", "key_usage", "basic_constraints"]

_KEY_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
_SUBJECT_ALTERNATIVE_NAME = "2.5.29.17"
# The arc that ITU-T X.660 keeps for examples: no verifier knows an extension in it.
_UNKNOWN_EXTENSION = "2.999.1"
_DAY = dt.timedelta(days=1)


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The keywords that `Authority`'s makers take; an unknown one is a `TypeError`.

    `not_before` and `not_after` are aware times; without them a certificate is valid from the
    day before `now` (default: this moment), leaves for 2 years, intermediates 5, roots 10.
    `None` means: as a good certificate of this kind has it.
    """

    key: Literal["p256", "p384", "rsa2048", "rsa1024", "ed25519"] = "p256"
    digest: Literal["sha256", "sha384", "sha512", "sha1", "md5"] = "sha256"
    now: dt.datetime | None = None
    not_before: dt.datetime | None = None
    not_after: dt.datetime | None = None
    serial: int | None = None
    version: Literal[1, 3] = 3
    common_name: str | None = None
    organization: str | None = None
    organizational_unit: str | None = None
    email: str | None = None
    without: tuple[Part, ...] = ()
    ca: bool | None = None
    path_length: int | None = None
    basic_constraints_critical: bool = True
    key_usage: tuple[str, ...] | None = None
    extended_key_usage: tuple[str, ...] | None = None
    permitted: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    addresses_as_dns: bool = False
    unknown_critical: bool = False
    aia: str | tuple[str, ...] | None = None
    ocsp_url: str | None = None
    crl_url: str | None = None
    signed_with: "Authority | None" = None
    damaged: bool = False

    def __post_init__(self) -> None:
        """Raises `ValueError` for a word that would silently break nothing."""
        if unknown := set(self.without) - set(get_args(Part)):
            raise ValueError(f"no part of a certificate: {sorted(unknown)}")
        if self.version not in (1, 3):
            raise ValueError(f"the lab makes X.509 v1 and v3, not v{self.version}")
        for moment in (self.now, self.not_before, self.not_after):
            if moment is not None and moment.tzinfo is None:
                raise ValueError(f"a time without a zone: {moment}")

    def dates(self, *, years: int) -> tuple[dt.datetime, dt.datetime]:
        """First and last moment of validity; `years` is the default length."""
        now = self.now or dt.datetime.now(dt.UTC)
        end = self.not_after or now + 365 * years * _DAY
        begin = self.not_before or min(now - _DAY, end - 365 * _DAY)
        return begin, end


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a certificate is for, and the key identifiers that link it to its issuer."""

    names: tuple[str, ...] = ()
    is_ca: bool
    rsa: bool
    key_identifier: bytes
    issuer_key_identifier: bytes | None


def distinguished_name(common_name: str, profile: Profile) -> bytes:
    """The subject in DER, of any content and length: organization, unit, CN, e-mail."""
    attributes = (
        ("2.5.4.10", der.UTF8_STRING, profile.organization),
        ("2.5.4.11", der.UTF8_STRING, profile.organizational_unit),
        ("2.5.4.3", der.UTF8_STRING, common_name),
        ("1.2.840.113549.1.9.1", der.IA5_STRING, profile.email),
    )
    return der.sequence(
        *(
            der.tlv(der.SET, der.sequence(der.oid(oid), der.tlv(kind, value.encode())))
            for oid, kind, value in attributes
            if value is not None
        )
    )


def extensions(subject: Subject, profile: Profile) -> bytes:
    """The Extensions of a certificate in DER."""
    return encoded(*_extensions(subject, profile))


def encoded(*found: tuple[str, bool, bytes]) -> bytes:
    """Extensions in DER: each with its object identifier, criticality and value."""
    return der.sequence(
        *(
            der.sequence(der.oid(oid), der.TRUE if critical else b"", der.octet_string(value))
            for oid, critical, value in found
        )
    )


def key_link(issuer_key_identifier: bytes) -> tuple[str, bool, bytes]:
    """An Authority Key Identifier extension: object identifier, criticality, value."""
    return _plain(x509.AuthorityKeyIdentifier(issuer_key_identifier, None, None))


def _extensions(subject: Subject, profile: Profile) -> Iterator[tuple[str, bool, bytes]]:
    is_ca = subject.is_ca if profile.ca is None else profile.ca
    without = profile.without
    if "basic_constraints" not in without:
        constraints = x509.BasicConstraints(is_ca, profile.path_length if is_ca else None)
        yield _plain(constraints, critical=profile.basic_constraints_critical)
    if "key_usage" not in without:
        yield _plain(_key_usage(subject, profile, is_ca=is_ca), critical=True)
    if purposes := _purposes(subject, profile):
        yield _plain(x509.ExtendedKeyUsage(purposes))
    if "ski" not in without:
        yield _plain(x509.SubjectKeyIdentifier(subject.key_identifier))
    if "aki" not in without and subject.issuer_key_identifier is not None:
        yield key_link(subject.issuer_key_identifier)
    if "san" not in without and subject.names:
        yield _SUBJECT_ALTERNATIVE_NAME, False, _alternative_names(subject.names, profile)
    if profile.permitted or profile.excluded:
        yield _plain(_name_constraints(profile), critical=True)
    yield from _locations(profile)
    if profile.unknown_critical:
        yield _UNKNOWN_EXTENSION, True, der.NULL


def _plain(value: x509.ExtensionType, *, critical: bool = False) -> tuple[str, bool, bytes]:
    return value.oid.dotted_string, critical, value.public_bytes()


def _key_usage(subject: Subject, profile: Profile, *, is_ca: bool) -> x509.KeyUsage:
    wanted = profile.key_usage
    if wanted is None:
        signs = ("key_cert_sign", "crl_sign") if is_ca else ()
        serves = () if subject.is_ca and is_ca else ("digital_signature",)
        wraps = ("key_encipherment",) if serves and subject.rsa else ()
        wanted = (*signs, *serves, *wraps)
    if unknown := set(wanted) - set(_KEY_USAGES):
        raise ValueError(f"unknown key usage: {sorted(unknown)}")
    return x509.KeyUsage(**{usage: usage in wanted for usage in _KEY_USAGES})


def _purposes(subject: Subject, profile: Profile) -> list[x509.ObjectIdentifier]:
    wanted = profile.extended_key_usage
    if wanted is None:
        wanted = () if subject.is_ca else ("server_auth",)
    if unknown := [
        purpose for purpose in wanted if not hasattr(ExtendedKeyUsageOID, purpose.upper())
    ]:
        raise ValueError(f"unknown extended key usage: {unknown}")
    return [getattr(ExtendedKeyUsageOID, purpose.upper()) for purpose in wanted]


def _alternative_names(names: tuple[str, ...], profile: Profile) -> bytes:
    """A SubjectAltName whose DNS names may hold anything (GeneralName: RFC 5280, 4.2.1.6)."""
    entries = []
    for name in names:
        address = None if profile.addresses_as_dns else _address(name)
        entries.append(der.tlv(0x87, address) if address else der.tlv(0x82, name.encode()))
    return der.sequence(*entries)


def _address(name: str) -> bytes | None:
    try:
        return ipaddress.ip_address(name).packed
    except ValueError:
        return None


def _name_constraints(profile: Profile) -> x509.NameConstraints:
    def subtrees(names: tuple[str, ...]) -> list[x509.GeneralName] | None:
        return [_subtree(name) for name in names] or None

    return x509.NameConstraints(subtrees(profile.permitted), subtrees(profile.excluded))


def _subtree(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _locations(profile: Profile) -> Iterator[tuple[str, bool, bytes]]:
    issuers = (profile.aia,) if isinstance(profile.aia, str) else profile.aia or ()
    access = [
        x509.AccessDescription(method, x509.UniformResourceIdentifier(url))
        for method, url in (
            *((AuthorityInformationAccessOID.CA_ISSUERS, url) for url in issuers),
            (AuthorityInformationAccessOID.OCSP, profile.ocsp_url),
        )
        if url is not None
    ]
    if access:
        yield _plain(x509.AuthorityInformationAccess(access))
    if profile.crl_url is not None:
        place = x509.UniformResourceIdentifier(profile.crl_url)
        point = x509.DistributionPoint([place], None, None, None)
        yield _plain(x509.CRLDistributionPoints([point]))
