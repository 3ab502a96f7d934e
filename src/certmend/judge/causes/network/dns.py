"""The host's name does not resolve.

## What you see
    Name or service not known
    getaddrinfo failed
    Temporary failure in name resolution
    nodename nor servname provided, or not known

## Why
The name is misspelt, or only resolves inside the company's network (VPN).

## Fix
Correct the URL, or connect to the network in which the name is known.

## Never
Writing an address into the URL: the certificate is for the name.

## Try it
    certmend lab run dns -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model import failure
from certmend.model.failure import Stage
from certmend.model.finding import Evidence, Finding
from certmend.model.setting import Origin
from certmend.model.text import visible


@cause(rank=20)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The client's own word that there is no address, or none in time."""
    for case in inquiry.failed(failure.NOT_RESOLVED, failure.TIMEOUT, stage=Stage.DNS):
        origin = inquiry.facts.indexes[case.attempt.index].origin
        if case.url.rooted:
            yield _with_dot(case, origin)
            continue
        yield case.finding(
            "dns",
            f"the name {visible(case.host)} does not resolve",
            where=str(origin),
            evidence=case.said(),
            why="No name server that this machine asks knows an address for it.",
            cure=(
                f"Correct the URL where it is set ({origin}), or connect to the network or VPN in "
                "which the name is known.",
            ),
        )


def _with_dot(case: Case, origin: Origin) -> Finding:
    host = visible(case.host)
    known = bool(case.probe and case.probe.addresses)
    without = f"{host} has an address here" if known else f"{host} was not asked for"
    return case.finding(
        "dns",
        f"the name {host}. with the dot at its end does not resolve",
        where=str(origin),
        evidence=(*case.said(), Evidence(label="without", text=without)),
        why="A dot at the end of a name rules out search domains and the names of /etc/hosts.",
        cure=(f"Take the dot at the end of the host out of the URL ({origin}).",),
    )
