"""Verification off for one internal host: only when it is asked for by this name."""

from collections.abc import Iterator

from certmend import registry
from certmend.errors import UsageError
from certmend.model.finding import Finding
from certmend.model.plan import Remedy, Safety
from certmend.model.text import visible
from certmend.remedy.cure import cure
from certmend.remedy.ground import Ground, Method
from certmend.remedy.target import Target


@cure("untrusted-root", "self-signed-leaf", "expired", "hostname-mismatch", "bundle-incomplete")
def trust_host(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    """One remedy for each host that was named; the host's failure must be one of trust."""
    if ground.method is not Method.TRUSTED_HOST:
        return
    known: tuple[Target, ...] = registry.load("certmend.remedy.targets", Target)
    for client in ground.facts.clients:
        target = next((one for one in known if one.name == client.name), None)
        for host in ground.hosts:
            if client.label != finding.client or host not in (finding.host, _name(finding.host)):
                continue
            if target is None or target.trust_host is None:
                raise UsageError(f"{client.name} cannot trust one host alone", "use `--ca FILE`")
            yield Remedy(
                title=f"{client.name} no longer verifies {visible(finding.host)}",
                codes=(finding.code,),
                host=finding.host,
                client=client.label,
                safety=Safety.REVIEW,
                steps=target.trust_host(client, finding.host, ground),
                why="anyone on this network can replace packages of this host; `certmend "
                "diagnose` keeps warning of it",
            )


def _name(endpoint: str) -> str:
    return endpoint.rpartition(":")[0]
