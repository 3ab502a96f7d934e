"""The CA team issues a CA certificate anew, with the extensions that RFC 5280 asks for."""

from collections.abc import Iterator

from certmend.model.finding import Finding, Owner
from certmend.model.plan import Remedy
from certmend.remedy import servers
from certmend.remedy.cure import cure, letter
from certmend.remedy.ground import Ground

_ROOT = """\
    [root_ca]
    basicConstraints = critical, CA:true
    keyUsage = critical, keyCertSign, cRLSign
    subjectKeyIdentifier = hash"""
_ISSUING = """\
    [issuing_ca]
    # without pathlen, where another CA stands below it
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
    """A letter to the CA team with the OpenSSL configuration (RFC 5280, section 4.2.1)."""
    about = f"The CA of {finding.host}: {finding.code}"
    if finding.code == "issuer-expired" and finding.owner is Owner.REGISTRY:
        yield letter(finding, Owner.REGISTRY, about, ground, ("", *servers.where()))
        return
    name = finding.host.rpartition(":")[0] or finding.host
    words = "OpenSSL's configuration (x509v3_config) that every client takes:"
    parts = (_ROOT, "", _ISSUING, "", _SERVER.format(name=name))
    yield letter(finding, Owner.CA, about, ground, ("", words, "", *parts))
