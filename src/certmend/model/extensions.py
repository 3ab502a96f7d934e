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
        ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
        ExtensionOID.SUBJECT_KEY_IDENTIFIER,
        ExtensionOID.CRL_DISTRIBUTION_POINTS,
    }
)


_ALTERNATIVE_NAMES = bytes.fromhex("0603551d11")
"""The identifier 2.5.29.17 in DER."""


def read(der: bytes, parsed: x509.Certificate) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values that judges look at, by the names of `Certificate`'s fields; and the problems.

    cryptography reads all extensions or none: one that is broken, or stands there twice, would
    hide the names and the purpose.
    """
    try:
        return _values(parsed.extensions), ()
    except Exception as error:  # noqa: BLE001  any certificate may come from outside
        return _one_by_one(der, visible(f"extensions: {error}", 160))


def _one_by_one(der: bytes, problem: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    found: dict[str, Any] = {}
    unknown: tuple[str, ...] = ()
    problems = [problem]
    for single in tlv.one_extension_each(der):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                values = _values(x509.load_der_x509_certificate(single).extensions)
        except Exception as error:  # noqa: BLE001  this one is a broken one
            problems.append(visible(f"extension: {error}", 160))
            if _ALTERNATIVE_NAMES in single:
                found["has_san"] = True  # it is there, and cannot be read
            continue
        unknown += values.pop("unknown_critical")
        found |= values
    return found | {"unknown_critical": unknown}, tuple(dict.fromkeys(problems))


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
