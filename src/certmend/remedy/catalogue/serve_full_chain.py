"""The server sends every certificate between its own and the root."""

from collections.abc import Iterator

from certmend.model import certificate
from certmend.model.finding import Finding, Owner
from certmend.model.plan import Remedy
from certmend.remedy import bundles, servers
from certmend.remedy.cure import cure, message
from certmend.remedy.ground import Ground


@cure("missing-intermediate")
def serve_full_chain(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    """A message to the registry's admin, with the missing certificates in it."""
    missing = _missing(finding, ground)
    body = [f"Have {finding.host} send its whole chain: leaf, intermediates, without the root.", ""]
    body += [*servers.where(), ""]
    if missing:
        body += ["What is missing, to be put behind the leaf:", "", missing]
    yield message(finding, Owner.REGISTRY, f"{finding.host} does not send its whole chain", body)


def _missing(finding: Finding, ground: Ground) -> str:
    """The intermediates that were fetched from the addresses in the chain (AIA)."""
    sent = {
        der
        for one in ground.facts.attempts
        if one.url.endpoint == finding.host and one.probe and one.probe.sight
        for der in one.probe.sight.chain
    }
    fetched = [
        der
        for one in ground.facts.fetched
        for der in one.certificates
        if der not in sent and not certificate.read(der).self_issued
    ]
    return bundles.text(bundles.members(dict.fromkeys(fetched), "the address in the chain"))
