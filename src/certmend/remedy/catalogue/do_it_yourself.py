"""What only the person can do: another URL, credentials, another client, a clock set right."""

from collections.abc import Iterator

from certmend.model.finding import Finding, Owner
from certmend.model.plan import Remedy
from certmend.remedy.cure import cure, letter, message
from certmend.remedy.ground import Ground


@cure(
    "clock-skew",
    "sni-missing",
    "not-tls",
    "tls-version",
    "handshake-failure",
    "legacy-renegotiation",
    "client-cert-required",
    "auth-required",
    "not-an-index",
    "mixed-indexes",
    "package-not-found",
    "insecure-http",
    "verification-disabled",
    "no-ssl-module",
    "outdated-client",
)
def do_it_yourself(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    """The finding's own cure, to whoever it belongs to."""
    about = f"{finding.code}: {finding.summary}"
    if finding.owner is Owner.YOU:
        yield message(finding, finding.owner, about, finding.cure)
    else:
        yield letter(finding, finding.owner, about, ground)
