"""The network team exempts a host from inspection, or lets it through."""

from collections.abc import Iterator

from certmend.model.finding import Finding, Owner
from certmend.model.plan import Remedy
from certmend.remedy.cure import cure, message
from certmend.remedy.ground import Ground


@cure("intercepting-proxy", "dns", "unreachable", "proxy", "connection-closed")
def ask_network(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    """A message with the hosts that the client uses and what was seen on the way."""
    hosts = dict.fromkeys(
        one.url.endpoint for one in ground.facts.attempts if one.client in finding.client
    )
    body = [*finding.cure, "", "The hosts that this client uses:", *(f"    {one}" for one in hosts)]
    if finding.code == "intercepting-proxy":
        body += ["", "Either exempt them from TLS inspection, or send the root certificate that"]
        body += ["signs them as a file, and its SHA-256 on another way."]
    yield message(finding, Owner.NETWORK, f"{finding.host}: {finding.code}", body)
