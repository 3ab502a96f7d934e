"""The configured bundle serves one index and breaks another.

## What you see
    certificate verify failed: unable to get local issuer certificate

## Why
The setting takes the place of the client's own roots, and the file holds only some of the CAs
that are needed: often the internal one alone, so that the public index no longer verifies.

## Fix
One file with the public roots and the internal CA, or a client that adds instead of replacing
(pip from 24.2 on Python 3.10 and later).

## Never
Removing the setting without another place for the internal CA: then that index breaks.

## Try it
    certmend lab run bundle-incomplete -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import gaps, path
from certmend.judge.anchors import anchor_lines, root_of
from certmend.judge.case import TRUST_CODES, Case
from certmend.judge.cause import cause
from certmend.judge.cures import add_to, holders
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Finding
from certmend.model.text import visible


@cause(rank=50, supersedes=("untrusted-root",))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A bundle that replaces and serves another index, and a CA that another store holds."""
    for case in inquiry.refused:
        if not case.untrusted or not case.trust.replaces or gaps.completed(case):
            continue
        if 18 in case.verify_codes():
            continue  # nobody's CA: `self-signed-leaf`
        serves = any(other.connected and other.attempt.verifies for other in inquiry.cases)
        if _public(case) or (serves and holders(case, root_of(case))):
            yield _finding(case)


def _public(case: Case) -> bool:
    """Whether the client's own roots, which the bundle replaces, would verify the chain."""
    faults = path.faults(case.question(anchors=case.facts.public_roots))
    return bool(case.chain) and not any(fault.code in TRUST_CODES for fault in faults)


def _finding(case: Case) -> Finding:
    trust = case.trust
    bundle, origin = visible(trust.bundle, 300), visible(trust.bundle_origin, 300)
    root = root_of(case)
    name = f"{root}" if root is not None else "the public roots"
    source = holders(case, root)
    where = f" It is in {visible(source[0].path, 300)}." if source else ""
    return case.finding(
        "bundle-incomplete",
        f"{bundle} lacks the CA of {case.endpoint}, and {case.client.name} uses no other store",
        where=origin,
        evidence=(*case.chain_lines(), *anchor_lines(case)),
        why=f"{origin} makes {bundle} the only trust store of {case.client.label}; "
        f"{name} is not in it.",
        cure=(
            f"{add_to(case, name, trust.bundle)} It must hold the public roots and every internal "
            f"CA.{where}",
        ),
    )
