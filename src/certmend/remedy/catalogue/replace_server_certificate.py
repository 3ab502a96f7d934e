"""The server gets another certificate: a new one, for the right names, with the right profile."""

from collections.abc import Iterator

from certmend.model.finding import Finding, Owner
from certmend.model.plan import Remedy
from certmend.remedy import servers
from certmend.remedy.cure import cure, letter
from certmend.remedy.ground import Ground


@cure(
    "expired",
    "not-yet-valid",
    "expiring-soon",
    "hostname-mismatch",
    "no-san",
    "self-signed-leaf",
    "wrong-purpose",
    "weak-crypto",
    "ca-as-leaf",
    "malformed-certificate",
    "bad-signature",
    "revoked",
)
def replace_server_certificate(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    """A message to the registry's admin, with a request that the CA can sign."""
    name = finding.host.rpartition(":")[0] or finding.host
    owner = finding.owner if finding.owner is not Owner.YOU else Owner.REGISTRY
    more = (
        "",
        "A request with the right name and a key of today:",
        "",
        "    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \\",
        f"      -subj '/CN={name}' -addext 'subjectAltName=DNS:{name}' \\",
        "      -addext 'extendedKeyUsage=serverAuth' -keyout server.key -out server.csr",
        "",
        *servers.where(),
    )
    about = f"The certificate of {finding.host}: {finding.code}"
    yield letter(finding, owner, about, ground, more)
