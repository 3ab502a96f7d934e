"""The network team exempts a host from inspection, or lets it through."""

from collections.abc import Iterator

from certmend.model.finding import Finding, Owner
from certmend.model.plan import Remedy
from certmend.remedy.cure import cure, letter, message
from certmend.remedy.ground import Ground


@cure("intercepting-proxy", "dns", "unreachable", "proxy", "connection-closed")
def ask_network(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    """A letter with the hosts that the client uses; what is the person's own job is told them."""
    if finding.owner is Owner.YOU and finding.code == "proxy":
        yield message(finding, Owner.YOU, f"{finding.code}: {finding.summary}", finding.cure)
        return
    to = Owner.REGISTRY if finding.owner is Owner.REGISTRY else Owner.NETWORK
    hosts = dict.fromkeys(
        one.url.endpoint for one in ground.facts.attempts if one.client in finding.client
    )
    more = ("", "The hosts that this client uses:", *(f"    {one}" for one in hosts))
    about = f"{finding.host}: {finding.code}"
    yield letter(finding, to, about, ground, more if to is Owner.NETWORK else ())
