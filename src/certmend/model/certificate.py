"""A certificate as plain values: what judges and people need to know of it.

Read leniently. `cryptography` refuses some certificates that OpenSSL takes (X.509 v2,
duplicate extensions, unusual names); what cannot be read becomes an entry in `problems`,
never an exception, and never decides a verdict.
"""

import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeVar

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.x509.oid import NameOID

from certmend.model import extensions, tlv
from certmend.model.der import fingerprint
from certmend.model.text import visible

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
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
    names_unread: bool = False
    """Whether the alternative names, or some of them, cannot be read."""
    extensions_unread: bool = False
    """Whether an extension cannot be decoded, or stands there twice."""
    san_critical: bool = False
    is_ca: bool | None = None
    """None: without Basic Constraints."""
    path_length: int | None = None
    basic_constraints_critical: bool = False
    key_usage: tuple[str, ...] | None = None
    extended_key_usage: tuple[str, ...] | None = None
    authority_key_id: bytes | None = None
    authority_issuer: bytes | None = None
    """The name, in DER, of who issued the issuer's certificate; with its serial number."""
    authority_serial: int | None = None
    subject_key_id: bytes | None = None
    permitted_names: tuple[str, ...] = ()
    excluded_names: tuple[str, ...] = ()
    issuer_urls: tuple[str, ...] = ()
    ocsp_urls: tuple[str, ...] = ()
    crl_urls: tuple[str, ...] = ()
    unknown_critical: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The kind of its public key, with the curve: `RSA`, `EC secp256r1`; empty when unread."""
        return _key_of(self.der)[0]

    @property
    def key_bits(self) -> int:
        """The size of its public key."""
        return _key_of(self.der)[1]

    @property
    def signature_hash(self) -> str:
        """The digest of its signature; empty where the algorithm has none, or is not known."""
        return _hash_of(self.der)

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

    @property
    def passes_as_root(self) -> bool:
        """Whether clients take it for a CA once it is trusted: `check_ca` of OpenSSL.

        Basic Constraints may be absent where the key usage names signing (crypto/x509/v3_purp.c).
        """
        may = self.key_usage is None or "key_cert_sign" in self.key_usage
        unmarked = self.is_ca is None and self.key_usage is not None
        return may and (self.may_sign or unmarked)

    def signed_by(self, issuer: "Certificate") -> bool:
        """Whether `issuer`'s key made the signature of this certificate."""
        return _signed_by(self.der, issuer.der)

    def names_issuer(self, issuer: "Certificate") -> bool:
        """Whether `issuer` is the one that this names: by its name, and by what else is given.

        As `X509_check_akid` of OpenSSL compares (crypto/x509/v3_purp.c).
        """
        pairs = (
            (self.authority_key_id, issuer.subject_key_id),
            (self.authority_serial, issuer.serial),
            (self.authority_issuer, issuer.issuer.raw),
        )
        return self.issuer.raw == issuer.subject.raw and all(
            given is None or has is None or given == has for given, has in pairs
        )

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

    found, broken = extensions.read(der, parsed)
    return Certificate(
        der=der,
        sha256=fingerprint(der),
        version=parsed.version.value + 1,
        serial=attempt("serial number", lambda: parsed.serial_number, 0),
        subject=attempt("subject", lambda: _name(parsed.subject), Name()),
        issuer=attempt("issuer", lambda: _name(parsed.issuer), Name()),
        not_before=attempt("not before", lambda: parsed.not_valid_before_utc, _EPOCH),
        not_after=attempt("not after", lambda: parsed.not_valid_after_utc, _EPOCH),
        problems=(*problems, *broken),
        **found,
    )


@lru_cache(maxsize=4096)
def _key_of(der: bytes) -> tuple[str, int]:
    """Read only when it is asked for: decoding keys takes a third of the time of a certificate."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _key(_parsed(der).public_key())
    except Exception:  # noqa: BLE001  a key of a kind that nobody knows
        return "unknown", 0


@lru_cache(maxsize=4096)
def _hash_of(der: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            algorithm = _parsed(der).signature_hash_algorithm
    except Exception:  # noqa: BLE001  an algorithm that nobody knows
        return ""
    return algorithm.name if algorithm is not None else ""


def _key(key: object) -> tuple[str, int]:
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
    raw = name.public_bytes()
    known = _NAMES.get(raw)
    if known is None:
        if len(_NAMES) >= _NAMES_LIMIT:
            _NAMES.clear()
        known = _NAMES[raw] = _read_name(raw, name)
    return known


_NAMES: dict[bytes, Name] = {}
"""Names read before: an issuer's comes again as the subject of the next certificate."""
_NAMES_LIMIT = 4096


def _read_name(raw: bytes, name: x509.Name) -> Name:
    first: dict[str, str] = {}
    for item in name:
        if (field := _ATTRIBUTES.get(item.oid)) is not None:
            first.setdefault(field, str(item.value))
    return Name(raw=raw, text=name.rfc4514_string(), **first)


_ATTRIBUTES = {
    NameOID.COMMON_NAME: "common_name",
    NameOID.ORGANIZATION_NAME: "organization",
    NameOID.ORGANIZATIONAL_UNIT_NAME: "organizational_unit",
    NameOID.EMAIL_ADDRESS: "email",
}


def _read_by_openssl(der: bytes, problem: str) -> Certificate:
    """The little that pyOpenSSL tells of a certificate that cryptography refuses."""
    from OpenSSL import crypto

    values, broken = extensions.each(der)
    problems = (visible(problem, 160), *broken)
    found = Certificate(der=der, sha256=fingerprint(der), problems=problems)
    try:
        parsed = crypto.load_certificate(crypto.FILETYPE_ASN1, der)
        subject, issuer = parsed.get_subject(), parsed.get_issuer()
        return msgspec.structs.replace(
            found,
            version=parsed.get_version() + 1,
            subject=Name(raw=subject.der(), common_name=subject.CN or ""),
            issuer=Name(raw=issuer.der(), common_name=issuer.CN or ""),
            not_before=_asn1_time(parsed.get_notBefore),
            not_after=_asn1_time(parsed.get_notAfter),
            serial=parsed.get_serial_number(),
            **values,
        )
    except Exception:  # noqa: BLE001  then nothing can be said of it
        return found


def _asn1_time(getter: Callable[[], bytes | None]) -> datetime:
    """A date as pyOpenSSL has it, which raises a bare error for one that is none."""
    from OpenSSL import crypto

    try:
        value = (getter() or b"").decode("ascii")
        return datetime.strptime(value, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except (ValueError, crypto.Error):
        return _EPOCH


def _parsed(der: bytes) -> x509.Certificate:
    """As cryptography reads it; else without what it refuses: version, dates and extensions."""
    try:
        return x509.load_der_x509_certificate(der)
    except (ValueError, x509.InvalidVersion):
        return x509.load_der_x509_certificate(tlv.rewritten(der, (), any_time=True))


def _verify(certificate: x509.Certificate, signed: bytes, key: object) -> None:
    """Raises an exception of whatever kind for a signature that the key did not make."""
    signature, digest = certificate.signature, certificate.signature_hash_algorithm
    match key:
        case rsa.RSAPublicKey():
            given = certificate.signature_algorithm_parameters
            scheme = given if isinstance(given, padding.PSS) else padding.PKCS1v15()
            key.verify(signature, signed, scheme, digest)  # type: ignore[arg-type]
        case ec.EllipticCurvePublicKey():
            key.verify(signature, signed, certificate.signature_algorithm_parameters)  # type: ignore[arg-type]
        case dsa.DSAPublicKey():
            key.verify(signature, signed, digest)  # type: ignore[arg-type]
        case ed25519.Ed25519PublicKey() | ed448.Ed448PublicKey():
            key.verify(signature, signed)
        case _:
            raise ValueError("a key of a kind that nobody knows")


@lru_cache(maxsize=4096)
def _signed_by(der: bytes, issuer_der: bytes) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            certificate, issuer = _parsed(der), _parsed(issuer_der)
            if certificate.issuer != issuer.subject:
                return False
            _verify(certificate, tlv.signed_part(der), issuer.public_key())
    except Exception:  # noqa: BLE001  unreadable, another key, an unknown algorithm: not signed by it
        return False
    return True
