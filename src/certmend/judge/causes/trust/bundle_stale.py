"""The bundle holds an older certificate of the same CA.

## What you see
    certificate verify failed: certificate signature failure
    certificate verify failed: unable to get local issuer certificate
    certificate verify failed: certificate has expired

## Why
The CA was rotated: it has the same name and a new key, or its certificate was renewed. The copy
in the bundle is the old one.

## Fix
Put the CA's new certificate beside the old one, until every server has moved to it.

## Never
Removing the old one first: servers that have not moved would fail.

## Try it
    certmend lab run bundle-stale -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.cures import add_to
from certmend.judge.inquiry import Inquiry
from certmend.model import certificate
from certmend.model.certificate import Certificate
from certmend.model.finding import Certainty, Evidence, Finding, Owner
from certmend.model.store import TrustStore
from certmend.model.text import visible


@cause(rank=51, supersedes=("untrusted-root", "bad-signature", "bundle-incomplete"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A refused chain, and an anchor with the issuer's name and another key."""
    for case in inquiry.refused:
        if case.verify_codes() & {2, 7, 18, 19, 20, 21} and (found := _old_copy(case)):
            yield _finding(case, *found)


def _old_copy(case: Case) -> tuple[Certificate, Certificate] | None:
    """An anchor of the client's that has the name, and not the key, of the chain's issuer.

    And before it the certificate that was sent, and names it.
    """
    for sent in case.chain:
        for der in case.anchors:
            anchor = certificate.read(der)
            if (
                sent.issuer.raw == anchor.subject.raw
                and anchor.self_issued
                and not _same_key_named(sent, anchor)
                and not sent.signed_by(anchor)
                and anchor.sha256 != sent.sha256
                and not any(
                    sent is not other and sent.signed_by(other)
                    for other in case.chain[1:]
                    if not other.self_issued
                )
            ):
                return sent, anchor
    return None


def _same_key_named(sent: Certificate, anchor: Certificate) -> bool:
    """Whether the key identifiers say that it is the anchor's key: then the signature is bad."""
    return sent.authority_key_id is not None and sent.authority_key_id == anchor.subject_key_id


def _added(case: Case, store: TrustStore | None) -> str:
    return add_to(case, "it", store.path) if store is not None else "Add it to the trust store."


def _finding(case: Case, sent: Certificate, old: Certificate) -> Finding:
    # Without key identifiers a damaged signature looks the same.
    told = sent.authority_key_id is not None and old.subject_key_id is not None
    perhaps = f"If {old} was not replaced: have {sent} issued again, for its signature is damaged."
    store = next((one for one in case.stores if old.der in one.anchors), None)
    place = visible(store.path, 300) if store else "the trust store"
    return case.finding(
        "bundle-stale",
        f"{place} holds an older certificate of {old}, the CA of {case.endpoint}",
        where=visible(case.trust.bundle_origin, 300),
        certainty=Certainty.PROVEN if told else Certainty.LIKELY,
        evidence=(
            *case.chain_lines(),
            Evidence(
                label="anchor", text=f"{old}, valid from {old.not_before:%Y-%m-%d}: another key"
            ),
            Evidence(label="in", text=place),
            Evidence(label="sha256", text=old.sha256),
        ),
        why=f"The server's chain was signed with another key than the one of {old} in {place}: "
        "the CA was rotated.",
        owner=Owner.YOU,
        cure=(
            f"Get the CA's current certificate from the CA team. {_added(case, store)} Keep the "
            "old one until every server has moved.",
            *(() if told else (perhaps,)),
        ),
    )
