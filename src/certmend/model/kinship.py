"""Whether two CAs look like one owner's, by their names alone.

It proves nothing. It tells which CA a certificate that nobody has seen was probably issued by.
"""

import re

from certmend.model.certificate import Certificate, Name

_ROLES = frozenset(
    (
        "a",
        "and",
        "authority",
        "ca",
        "cert",
        "certificate",
        "certification",
        "class",
        "ecc",
        "ecdsa",
        "for",
        "intermediate",
        "issuer",
        "issuing",
        "level",
        "of",
        "policy",
        "root",
        "rsa",
        "server",
        "service",
        "services",
        "sha",
        "signing",
        "ssl",
        "sub",
        "subca",
        "subordinate",
        "the",
        "tier",
        "tls",
        "trust",
        "trusted",
    )
)
"""What a CA does, in the words of its name; never whose it is."""
_ROOT = re.compile(r"root", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")


def may_be_above(anchor: Certificate, below: Certificate, *, public: bool) -> bool:
    """Whether a trust anchor may be the root above the unseen issuer of a certificate.

    A name of the issuer's issuer in the Authority Key Identifier (RFC 5280, 4.2.1.1) tells it.
    Otherwise the owner's name does: the organisation, or, where the anchor is none of the public
    ones, a word of the common names that is not one of every CA's.
    """
    issuer = below.issuer
    if below.self_issued or issuer.raw == anchor.subject.raw:
        return False
    if below.authority_issuer is not None and below.authority_issuer == anchor.subject.raw:
        return True
    if _ROOT.search(issuer.common_name):
        return False
    return _same_owner(issuer, anchor.subject, public=public)


def traces(below: Certificate) -> tuple[bytes, ...]:
    """Bytes in lower case, one of which is in whatever may be above: a cheap look before."""
    issuer = below.issuer
    words = (issuer.organization.lower(), *_own_words(issuer))
    if not all(word.isascii() for word in words):
        return (b"",)
    told = (below.authority_issuer or b"").lower()
    return tuple(one for one in (told, *(word.encode() for word in words)) if one)


def _same_owner(issuer: Name, anchor: Name, *, public: bool) -> bool:
    if issuer.organization and issuer.organization == anchor.organization:
        return True
    return not public and bool(_own_words(issuer) & _own_words(anchor))


def _own_words(name: Name) -> set[str]:
    return set(_WORD.findall(name.common_name.lower())) - _ROLES
