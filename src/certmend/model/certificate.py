"""A certificate as plain values: what judges and people need to know of it.

Read leniently. `cryptography` refuses some certificates that OpenSSL takes (X.509 v2,
duplicate extensions, unusual names); what cannot be read becomes an entry in `problems`,
never an exception, and never decides a verdict.
"""

import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtensionOID, NameOID

from certmend.model.der import fingerprint
from certmend.model.text import visible

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KNOWN_CRITICAL = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        ExtensionOID.NAME_CONSTRAINTS,
        ExtensionOID.CERTIFICATE_POLICIES,
        ExtensionOID.POLICY_CONSTRAINTS,
        ExtensionOID.POLICY_MAPPINGS,
        ExtensionOID.INHIBIT_ANY_POLICY,
        ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
        ExtensionOID.SUBJECT_KEY_IDENTIFIER,
        ExtensionOID.CRL_DISTRIBUTION_POINTS,
    }
)
T = TypeVar("T")


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """A subject or issuer; `raw` is its DER, by which two names are compared."""

    raw: bytes = b""
    common_name: str = ""
    organization: str = ""
    organizational_unit: str = ""
    email: str = ""
    text: str = ""

    def __str__(self) -> str:
        return visible(self.common_name or self.organization or self.text or "(no name)")


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate. Absent values are None or empty; dates are aware and in UTC."""

    der: bytes
    sha256: str
    version: int = 3
    serial: int = 0
    subject: Name = Name()
    issuer: Name = Name()
    not_before: datetime = _EPOCH
    not_after: datetime = _EPOCH
    dns_names: tuple[str, ...] = ()
    ip_addresses: tuple[str, ...] = ()
    has_san: bool = False
    key: str = ""
    key_bits: int = 0
    public_key_info: bytes = b""
    signature_hash: str = ""
    is_ca: bool | None = None
    """None: without Basic Constraints."""
    path_length: int | None = None
    basic_constraints_critical: bool = False
    key_usage: tuple[str, ...] | None = None
    extended_key_usage: tuple[str, ...] | None = None
    authority_key_id: bytes | None = None
    subject_key_id: bytes | None = None
    permitted_names: tuple[str, ...] = ()
    excluded_names: tuple[str, ...] = ()
    issuer_urls: tuple[str, ...] = ()
    ocsp_urls: tuple[str, ...] = ()
    crl_urls: tuple[str, ...] = ()
    unknown_critical: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the certificate could be read at all."""
        return bool(self.subject.raw or self.issuer.raw)

    @property
    def self_issued(self) -> bool:
        """Whether subject and issuer are the same name (RFC 5280, section 3.2)."""
        return self.readable and self.subject.raw == self.issuer.raw

    @property
    def may_sign(self) -> bool:
        """Whether it is marked as a CA, or is an X.509 v1 certificate that is its own issuer."""
        return self.is_ca is True or (self.version < 3 and self.self_issued)

    def signed_by(self, issuer: "Certificate") -> bool:
        """Whether `issuer`'s key made the signature of this certificate."""
        return _signed_by(self.der, issuer.der)

    def names_issuer(self, issuer: "Certificate") -> bool:
        """Whether `issuer` has the name, and the key identifier if one is given, of the issuer."""
        if self.issuer.raw != issuer.subject.raw:
            return False
        if self.authority_key_id is None or issuer.subject_key_id is None:
            return True
        return self.authority_key_id == issuer.subject_key_id

    def __str__(self) -> str:
        return f'"{self.subject}"'


def begins(der: bytes) -> datetime:
    """The start of validity alone, for many certificates at once; 1970 where it is unreadable."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return x509.load_der_x509_certificate(der).not_valid_before_utc
        except ValueError:
            return _EPOCH


@lru_cache(maxsize=4096)
def read(der: bytes) -> Certificate:
    """Read a DER certificate. What cannot be read is said in `problems`; nothing is raised."""
    with warnings.catch_warnings():
        # Negative serials and the like are deprecated input for cryptography, and still ours.
        warnings.simplefilter("ignore")
        try:
            return _read(der, x509.load_der_x509_certificate(der))
        except Exception as error:  # noqa: BLE001  any certificate may come from outside
            return _read_by_openssl(der, f"{type(error).__name__}: {error}")


def _read(der: bytes, parsed: x509.Certificate) -> Certificate:
    problems: list[str] = []

    def attempt(what: str, getter: Callable[[], T], default: T) -> T:
        try:
            return getter()
        except Exception as error:  # noqa: BLE001  one bad field must not hide the others
            problems.append(f"{what}: {visible(str(error), 120)}")
            return default

    key, bits = attempt("public key", lambda: _key(parsed.public_key()), ("unknown", 0))
    nothing: dict[str, Any] = {}
    extensions = attempt("extensions", lambda: _extensions(parsed.extensions), nothing)
    return Certificate(
        der=der,
        sha256=fingerprint(der),
        version=parsed.version.value + 1,
        serial=attempt("serial number", lambda: parsed.serial_number, 0),
        subject=attempt("subject", lambda: _name(parsed.subject), Name()),
        issuer=attempt("issuer", lambda: _name(parsed.issuer), Name()),
        not_before=attempt("not before", lambda: parsed.not_valid_before_utc, _EPOCH),
        not_after=attempt("not after", lambda: parsed.not_valid_after_utc, _EPOCH),
        key=key,
        key_bits=bits,
        public_key_info=attempt("public key", lambda: _spki(parsed), b""),
        signature_hash=attempt("signature algorithm", lambda: _hash_name(parsed), ""),
        problems=tuple(problems),
        **extensions,
    )


def _spki(parsed: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return parsed.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _hash_name(parsed: x509.Certificate) -> str:
    algorithm = parsed.signature_hash_algorithm
    return algorithm.name if algorithm is not None else ""


def _key(key: Any) -> tuple[str, int]:
    match key:
        case rsa.RSAPublicKey():
            return "RSA", key.key_size
        case ec.EllipticCurvePublicKey():
            return f"EC {key.curve.name}", key.key_size
        case ed25519.Ed25519PublicKey():
            return "Ed25519", 256
        case ed448.Ed448PublicKey():
            return "Ed448", 456
        case dsa.DSAPublicKey():
            return "DSA", key.key_size
        case _:
            return type(key).__name__.removesuffix("PublicKey"), 0


def _name(name: x509.Name) -> Name:
    def first(oid: x509.ObjectIdentifier) -> str:
        return next((str(item.value) for item in name.get_attributes_for_oid(oid)), "")

    return Name(
        raw=name.public_bytes(),
        common_name=first(NameOID.COMMON_NAME),
        organization=first(NameOID.ORGANIZATION_NAME),
        organizational_unit=first(NameOID.ORGANIZATIONAL_UNIT_NAME),
        email=first(NameOID.EMAIL_ADDRESS),
        text=name.rfc4514_string(),
    )


def _extensions(extensions: x509.Extensions) -> dict[str, Any]:
    found: dict[str, Any] = {}
    unknown: list[str] = []
    for extension in extensions:
        reader = _READERS.get(type(extension.value))
        if reader is not None:
            found |= reader(extension.value, extension.critical)
        if extension.critical and extension.oid not in _KNOWN_CRITICAL:
            unknown.append(extension.oid.dotted_string)
    return found | {"unknown_critical": tuple(unknown)}


def _basic_constraints(value: x509.BasicConstraints, critical: bool) -> dict[str, Any]:
    return {
        "is_ca": value.ca,
        "path_length": value.path_length,
        "basic_constraints_critical": critical,
    }


def _alternative_names(value: x509.SubjectAlternativeName, _critical: bool) -> dict[str, Any]:
    return {
        "has_san": True,
        "dns_names": tuple(value.get_values_for_type(x509.DNSName)),
        "ip_addresses": tuple(str(ip) for ip in value.get_values_for_type(x509.IPAddress)),
    }


def _key_usage(value: x509.KeyUsage, _critical: bool) -> dict[str, Any]:
    names = ("digital_signature", "key_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    return {"key_usage": tuple(name for name in names if getattr(value, name))}


def _extended_key_usage(value: x509.ExtendedKeyUsage, _critical: bool) -> dict[str, Any]:
    # `_name` is the only place where cryptography keeps the readable name.
    names = ((oid._name, oid.dotted_string) for oid in value)  # noqa: SLF001
    return {"extended_key_usage": tuple(d if n == "Unknown OID" else n for n, d in names)}


def _constraints(value: x509.NameConstraints, _critical: bool) -> dict[str, Any]:
    return {
        "permitted_names": tuple(str(n.value) for n in value.permitted_subtrees or ()),
        "excluded_names": tuple(str(n.value) for n in value.excluded_subtrees or ()),
    }


def _access(value: x509.AuthorityInformationAccess, _critical: bool) -> dict[str, Any]:
    def urls(method: x509.ObjectIdentifier) -> tuple[str, ...]:
        return tuple(
            item.access_location.value
            for item in value
            if item.access_method == method
            and isinstance(item.access_location, x509.UniformResourceIdentifier)
        )

    return {
        "issuer_urls": urls(AuthorityInformationAccessOID.CA_ISSUERS),
        "ocsp_urls": urls(AuthorityInformationAccessOID.OCSP),
    }


def _crl_points(value: x509.CRLDistributionPoints, _critical: bool) -> dict[str, Any]:
    return {
        "crl_urls": tuple(
            name.value
            for point in value
            for name in point.full_name or ()
            if isinstance(name, x509.UniformResourceIdentifier)
        )
    }


_READERS: dict[type, Callable[[Any, bool], dict[str, Any]]] = {
    x509.BasicConstraints: _basic_constraints,
    x509.SubjectAlternativeName: _alternative_names,
    x509.KeyUsage: _key_usage,
    x509.ExtendedKeyUsage: _extended_key_usage,
    x509.NameConstraints: _constraints,
    x509.AuthorityInformationAccess: _access,
    x509.CRLDistributionPoints: _crl_points,
    x509.AuthorityKeyIdentifier: lambda value, _critical: {
        "authority_key_id": value.key_identifier
    },
    x509.SubjectKeyIdentifier: lambda value, _critical: {"subject_key_id": value.digest},
}


def _read_by_openssl(der: bytes, problem: str) -> Certificate:
    """The little that pyOpenSSL tells of a certificate that cryptography refuses."""
    from OpenSSL import crypto

    found = Certificate(der=der, sha256=fingerprint(der), problems=(visible(problem, 160),))
    try:
        parsed = crypto.load_certificate(crypto.FILETYPE_ASN1, der)
        subject, issuer = parsed.get_subject(), parsed.get_issuer()
        return msgspec.structs.replace(
            found,
            version=parsed.get_version() + 1,
            subject=Name(raw=subject.der(), common_name=subject.CN or ""),
            issuer=Name(raw=issuer.der(), common_name=issuer.CN or ""),
            not_before=_asn1_time(parsed.get_notBefore()),
            not_after=_asn1_time(parsed.get_notAfter()),
        )
    except Exception:  # noqa: BLE001  then nothing can be said of it
        return found


def _asn1_time(value: bytes | None) -> datetime:
    if value is None:
        return _EPOCH
    return datetime.strptime(value.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


@lru_cache(maxsize=4096)
def _signed_by(der: bytes, issuer_der: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            certificate = x509.load_der_x509_certificate(der)
            certificate.verify_directly_issued_by(x509.load_der_x509_certificate(issuer_der))
    except Exception:  # noqa: BLE001  unreadable, another key, an unknown algorithm: not signed by it
        return False
    return True
