"""What a certificate may be used for, and which of two reasons a wrong purpose has.

OpenSSL gives one number for both (26, crypto/x509/v3_purp.c): a CA certificate that is not
marked as one, and a certificate whose extended key usage is not for TLS servers.
"""

from certmend.model.certificate import Certificate

WRONG = 26
_SERVER_USAGES = frozenset(
    {"serverAuth", "2.16.840.1.113730.4.1", "1.3.6.1.4.1.311.10.3.3"}  # the old SGC usages too
)


def may_not_sign(certificate: Certificate) -> bool:
    """Whether it is not marked as a CA, or its key usage leaves signing certificates out."""
    usage = certificate.key_usage
    return not certificate.may_sign or (usage is not None and "key_cert_sign" not in usage)


def is_for_servers(certificate: Certificate) -> bool:
    """Whether its extended key usage, if there is one, names TLS servers."""
    usages = certificate.extended_key_usage
    return usages is None or bool(_SERVER_USAGES & set(usages))
