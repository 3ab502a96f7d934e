"""The extensions of a certificate as plain values, each read on its own where one is broken."""

import warnings
from collections.abc import Callable
from typing import Any

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtensionOID

from certmend.model import tlv
from certmend.model.text import visible

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
        ExtensionOID.CRL_DISTRIBUTION_POINTS,
    }
)
"""As in `X509_supported_extension` (crypto/x509/v3_purp.c); key identifiers are not among them."""


_ALTERNATIVE_NAMES = bytes.fromhex("551d11")
"""2.5.29.17 in DER."""


def read(der: bytes, parsed: x509.Certificate) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values that judges look at, by the names of `Certificate`'s fields; and the problems.

    cryptography reads all extensions or none: one that is broken, or stands there twice, would
    hide the names and the purpose.
    """
    try:
        return _values(parsed.extensions), ()
    except Exception as error:  # noqa: BLE001  any certificate may come from outside
        found, problems = each(der)
        return found, (visible(f"extensions: {error}", 160), *problems)


def each(der: bytes) -> tuple[dict[str, Any], tuple[str, ...]]:
    """As `read`, one extension after another: of a certificate that cryptography does not take.

    Of one that stands there twice the first is read.
    """
    found: dict[str, Any] = {}
    unknown: tuple[str, ...] = ()
    problems: list[str] = []
    names = 0
    for one in tlv.extensions(der):
        names += tlv.identifier(one) == _ALTERNATIVE_NAMES
        try:
            values = _values(_alone(der, one))
        except Exception as error:  # noqa: BLE001  this one is a broken one
            problems.append(visible(f"extension: {error}", 160))
            if tlv.identifier(one) == _ALTERNATIVE_NAMES:
                found |= {"has_san": True, "names_unread": True}
            continue
        unknown += values.pop("unknown_critical")
        found = values | found
    if names > 1:
        found["names_unread"] = True
    broken = len(sound(der)) != len(tuple(tlv.extensions(der)))
    found |= {"unknown_critical": unknown, "extensions_unread": broken}
    return found, tuple(dict.fromkeys(problems))


def sound(der: bytes) -> tuple[bytes, ...]:
    """The extensions, each whole, that can be decoded, and of those of one kind the first."""
    kept: dict[bytes, bytes] = {}
    for one in tlv.extensions(der):
        try:
            tuple(_alone(der, one))
        except Exception:  # noqa: BLE001, S112  a broken one, or none
            continue
        kept.setdefault(tlv.identifier(one), one)
    return tuple(kept.values())


def _alone(der: bytes, extension: bytes) -> x509.Extensions:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        copy = tlv.rewritten(der, (extension,), any_time=True)
        return x509.load_der_x509_certificate(copy).extensions


def _values(extensions: x509.Extensions) -> dict[str, Any]:
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


def _alternative_names(value: x509.SubjectAlternativeName, critical: bool) -> dict[str, Any]:
    names = tuple(value)
    return {
        "has_san": True,
        "san_critical": critical,
        "dns_names": tuple(one.value for one in names if isinstance(one, x509.DNSName)),
        "ip_addresses": tuple(str(one.value) for one in names if isinstance(one, x509.IPAddress)),
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


def _authority(value: x509.AuthorityKeyIdentifier, _critical: bool) -> dict[str, Any]:
    names = (one.value for one in value.authority_cert_issuer or ())
    issuer = next((name for name in names if isinstance(name, x509.Name)), None)
    return {
        "authority_key_id": value.key_identifier,
        "authority_issuer": issuer.public_bytes() if issuer is not None else None,
        "authority_serial": value.authority_cert_serial_number,
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
    x509.AuthorityKeyIdentifier: _authority,
    x509.SubjectKeyIdentifier: lambda value, _critical: {"subject_key_id": value.digest},
}
