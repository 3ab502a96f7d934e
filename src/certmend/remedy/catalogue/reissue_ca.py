"""The CA team issues a CA certificate anew, with the extensions that RFC 5280 asks for."""

from collections.abc import Iterator

from certmend.model.finding import Finding, Owner
from certmend.model.plan import Remedy
from certmend.remedy.cure import cure, message
from certmend.remedy.ground import Ground

_ROOT = """\
    [root_ca]
    basicConstraints = critical, CA:true
    keyUsage = critical, keyCertSign, cRLSign
    subjectKeyIdentifier = hash"""
_ISSUING = """\
    [issuing_ca]
    basicConstraints = critical, CA:true, pathlen:0
    keyUsage = critical, keyCertSign, cRLSign
    subjectKeyIdentifier = hash
    authorityKeyIdentifier = keyid:always"""
_SERVER = """\
    [server]
    basicConstraints = critical, CA:false
    keyUsage = critical, digitalSignature
    extendedKeyUsage = serverAuth
    subjectKeyIdentifier = hash
    authorityKeyIdentifier = keyid:always
    subjectAltName = DNS:{name}"""


@cure("strict-profile", "not-a-ca", "name-constraint", "issuer-expired", "unsupported-extension")
def reissue_ca(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    """A message to the CA team with the OpenSSL configuration (RFC 5280, section 4.2.1)."""
    del ground
    name = finding.host.rpartition(":")[0] or finding.host
    body = [
        *finding.cure,
        "",
        "OpenSSL's configuration (x509v3_config) that every client takes:",
        "",
    ]
    body += [_ROOT, "", _ISSUING, "", _SERVER.format(name=name)]
    yield message(finding, Owner.CA, f"The CA of {finding.host}: {finding.code}", body)
