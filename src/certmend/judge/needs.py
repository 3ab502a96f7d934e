"""What would have to be trusted for a client to reach each index, proven by what-if. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from certmend.judge import gaps, interception, path, words
from certmend.judge.anchors import root_of
from certmend.judge.case import Case
from certmend.judge.inquiry import Inquiry
from certmend.model import certificate
from certmend.model.certificate import Certificate
from certmend.model.facts import Facts
from certmend.model.failure import BUNDLE_MISSING, BUNDLE_UNUSABLE, UNKNOWN
from certmend.model.need import Need, Voucher
from certmend.model.store import StoreProblem
from certmend.model.text import visible


def needs(
    facts: Facts, given: Iterable[tuple[bytes, str]], fingerprints: frozenset[str]
) -> tuple[Need, ...]:
    """What each refused host wants; `given` are CAs of the person's with their source.

    `fingerprints` are SHA-256 in lower-case hexadecimal that the person confirmed.
    """
    inquiry = Inquiry(facts)
    offered = tuple((certificate.read(der), source) for der, source in given)
    found: dict[tuple[str, str], Need] = {}
    for case in inquiry.cases:
        if _lacks_trust(case):
            need = _need(case, offered, fingerprints)
            found.setdefault((need.client, need.host), need)
    return tuple(found.values())


def _lacks_trust(case: Case) -> bool:
    """Refused for want of trust; or the client's own bundle stopped it before it connected.

    Or it is reached unverified, and would be refused.
    """
    if not case.chain:
        return False
    if case.failure is None:
        return _is_unverified(case) and case.adrift
    if case.failure.reason in (BUNDLE_MISSING, BUNDLE_UNUSABLE) or _may_not_read(case):
        return True
    return case.untrusted and not (gaps.completed(case) and not interception.intercepted(case))


def _is_unverified(case: Case) -> bool:
    return not case.attempt.verifies and case.url.scheme == "https" and case.attempt.asked


def _may_not_read(case: Case) -> bool:
    """Whether the client's bundle is there, and this user may not read it."""
    store = case.facts.store(case.attempt.bundle or case.trust.bundle)
    unknown = case.failure is not None and case.failure.reason == UNKNOWN
    return unknown and store is not None and store.problem is StoreProblem.UNREADABLE


def _need(
    case: Case, offered: tuple[tuple[Certificate, str], ...], fingerprints: frozenset[str]
) -> Need:
    top = case.top
    issuer = visible(str(top.issuer)) if top is not None else ""
    ca, voucher, source = _candidate(case, offered, fingerprints)
    unfit = _unfit(case, ca, offered, fingerprints)
    if ca is None:
        return _bare(case, issuer, unfit)
    remaining = _remaining(case, ca)
    return Need(
        client=case.client.name,
        host=case.endpoint,
        index=case.attempt.index,
        ca=ca.der,
        voucher=voucher,
        source=source,
        issuer=issuer,
        refusal=_refusal(ca, case.facts.now),
        remaining=remaining,
        unfit=unfit,
        unverified=case.failure is None,
        proxied=bool(case.attempt.via),
    )


def _unfit(
    case: Case,
    chosen: Certificate | None,
    offered: tuple[tuple[Certificate, str], ...],
    fingerprints: frozenset[str],
) -> str:
    """The certificate of this chain that the person vouches for, where it is not the one needed."""
    vouched = {one.sha256 for one, _ in offered} | fingerprints
    if chosen is not None and chosen.sha256 in vouched:
        return ""
    return next((visible(str(one.subject)) for one in case.chain if one.sha256 in vouched), "")


def _bare(case: Case, issuer: str, unfit: str) -> Need:
    return Need(
        client=case.client.name,
        host=case.endpoint,
        index=case.attempt.index,
        issuer=issuer,
        unfit=unfit,
        unverified=case.failure is None,
        proxied=bool(case.attempt.via),
    )


def _candidate(
    case: Case, offered: tuple[tuple[Certificate, str], ...], fingerprints: frozenset[str]
) -> tuple[Certificate | None, Voucher, str]:
    """The CA to trust, the best vouched first; each is tried on the chain itself."""
    known = list(_known(case, offered, fingerprints))
    for ca, voucher, source in known:
        if not _remaining(case, ca):
            return ca, voucher, source
    # None makes the chain whole: the one that belongs to it is named, with what is left.
    root = root_of(case)
    for ca, voucher, source in known:
        if root is not None and ca.sha256 == root.sha256:
            return ca, voucher, source
    return None, Voucher.NOBODY, ""


def _known(
    case: Case, offered: tuple[tuple[Certificate, str], ...], fingerprints: frozenset[str]
) -> Iterator[tuple[Certificate, Voucher, str]]:
    names = {one.issuer.raw for one in case.chain} | {one.subject.raw for one in case.chain}
    root = root_of(case)
    if root is not None:
        names |= {root.subject.raw, root.issuer.raw}
    for ca, source in offered:
        yield ca, Voucher.PERSON, source
    for der in case.facts.public_roots:
        yield certificate.read(der), Voucher.PUBLIC, "Mozilla's roots"
    for store in case.facts.stores:
        for der in store.anchors:
            ca = certificate.read(der)
            if ca.subject.raw in names and ca.self_issued:
                yield ca, Voucher.MACHINE, f"{visible(store.path, 300)} ({store.name})"
    shown = [(one, "the server's chain") for one in reversed(case.chain)]
    shown += [
        (certificate.read(der), visible(one.url, 300))
        for one in case.facts.fetched
        for der in one.certificates
    ]
    for ca, source in shown:
        confirmed = ca.sha256 in fingerprints
        if ca.self_issued or (confirmed and ca.passes_as_root):
            yield ca, Voucher.PERSON if confirmed else Voucher.NOBODY, source


def _remaining(case: Case, ca: Certificate) -> str:
    """What OpenSSL still says when the client trusts the CA as well."""
    faults = path.faults(case.question(anchors=(*case.anchors, ca.der)))
    return words.plain(faults[0].code) if faults else ""


def _refusal(ca: Certificate, now: datetime) -> str:
    if not ca.passes_as_root:
        return "it is not marked as a CA, so that clients take nothing that it signs"
    if ca.not_after < now:
        return f"it expired on {ca.not_after:%Y-%m-%d}"
    return ""
