"""The settings of the clients, asked about for themselves: what each is worth, without a network.

Only for facts that are about settings (`Facts.about_settings`): while indexes are diagnosed, a
setting matters when it explains a failure.
"""

from collections.abc import Iterable, Iterator

import msgspec

from certmend.judge.case import Case
from certmend.judge.inquiry import Inquiry
from certmend.model.client import ClientFacts, Trust
from certmend.model.facts import Facts
from certmend.model.finding import Certainty, Evidence, Finding, Owner, Severity
from certmend.model.setting import Meaning, Role, Setting
from certmend.model.store import StoreProblem, TrustStore
from certmend.model.text import visible


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """A file or folder of certificates that a setting makes a client use."""

    client: ClientFacts
    path: str
    origin: str
    store: TrustStore
    replaces: bool


def asked(inquiry: Inquiry) -> bool:
    """Whether the settings themselves are the question."""
    return inquiry.facts.about_settings


def named_stores(facts: Facts) -> Iterator[Used]:
    """Every store that a setting names and a client uses, each once for a client."""
    for client in facts.clients:
        seen: set[str] = set()
        for path, origin, trust in _named(client):
            store = facts.store(path)
            if store is not None and path not in seen:
                seen.add(path)
                yield Used(
                    client=client, path=path, origin=origin, store=store, replaces=trust.replaces
                )


def _named(client: ClientFacts) -> Iterator[tuple[str, str, Trust]]:
    for trust in (client.trust, *(one.trust for one in client.scoped)):
        if trust.bundle:
            yield trust.bundle, trust.bundle_origin, trust
    for one in client.settings:
        if one.role is Role.USED and one.meaning.is_trust and one.meaning is not Meaning.SYSTEM:
            trust = next((s.trust for s in client.scoped if s.scope == one.scope), client.trust)
            yield one.value, str(one.origin), trust


def broken_stores(facts: Facts, problems: Iterable[StoreProblem]) -> Iterator[Used]:
    """The stores in use that have one of these problems."""
    wanted = frozenset(problems)
    return (one for one in named_stores(facts) if one.store.problem in wanted)


def silently_broken(
    inquiry: Inquiry, problems: Iterable[StoreProblem]
) -> Iterator[tuple[Case, Used]]:
    """The stores with one of these problems that a client passed over, and then trusted nobody."""
    lost = [case for case in inquiry.refused if case.untrusted]
    if lost:
        for used in broken_stores(inquiry.facts, problems):
            mine = (case for case in lost if case.client is used.client)
            yield from ((case, used) for case in mine if used.store in case.stores)


def consequence(used: Used) -> str:
    """What the client does with a file that it cannot use.

    OpenSSL's and Node's variables are passed over in silence; a client's own setting stops it.
    """
    name = used.client.label
    silent = used.origin.startswith(("SSL_CERT_", "NODE_EXTRA_")) or used.client.name == "npm"
    if silent and not used.replaces:
        return f"{name} goes on without it, silently: what it was to add is not trusted."
    if silent:
        return f"{name} uses no other store, so it trusts no server."
    return f"{name} stops at it before it connects anywhere."


def silent(case: Case, used: Used, code: str, summary: str, cure: tuple[str, ...]) -> Finding:
    """The finding for a store that a client passed over: it says nothing of it, so it is likely."""
    return case.finding(
        code,
        summary,
        certainty=Certainty.LIKELY,
        where=visible(used.origin, 300),
        evidence=(*_store_lines(used), *case.chain_lines(), *case.said()),
        why=consequence(used),
        cure=cure,
    )


def broken(used: Used, code: str, summary: str, cure: tuple[str, ...]) -> Finding:
    """The finding for a store that a setting names, where the settings are the question."""
    return about(
        code,
        used.client,
        summary,
        severity=Severity.ERROR,
        where=visible(used.origin, 300),
        evidence=_store_lines(used),
        why=consequence(used),
        cure=cure,
    )


def _store_lines(used: Used) -> tuple[Evidence, ...]:
    return (
        Evidence(label="bundle", text=f"{visible(used.path, 300)}: {used.store.detail}"),
        Evidence(label="set by", text=visible(used.origin, 300)),
    )


def about(
    code: str,
    client: ClientFacts,
    summary: str,
    *,
    where: str,
    severity: Severity = Severity.WARNING,
    evidence: Iterable[Evidence] = (),
    why: str = "",
    cure: Iterable[str] = (),
    owner: Owner = Owner.YOU,
) -> Finding:
    """A finding about a client's settings; it names no host."""
    return Finding(
        code=code,
        severity=severity,
        certainty=Certainty.PROVEN,
        summary=summary,
        client=client.label,
        where=where,
        evidence=tuple(evidence),
        why=why,
        owner=owner,
        cure=tuple(cure),
    )


def weight(client: ClientFacts, one: Setting) -> Severity | None:
    """How much it matters that a setting does nothing; None when it does not.

    What was meant for this client, and what it would need and has not, is a warning.
    """
    if not one.harmful or one.role is Role.USED or one.for_others == "other programs":
        return None
    has = {*client.trust.stores, client.trust.bundle}
    if one.meaning.is_trust and one.value in has:
        return None if one.for_others or one.role is Role.OVERRIDDEN else Severity.NOTE
    if one.for_others:
        # A variable that begins with another client's name was not meant for this one.
        mine = one.origin.name.partition("_")[0].lower() not in one.for_others
        if client.trust.bundle or not client.installed:
            return None
        return Severity.WARNING if mine else Severity.NOTE
    return Severity.WARNING


def lines(one: Setting) -> tuple[Evidence, ...]:
    """A setting as evidence."""
    origin = visible(str(one.origin), 300)
    return (Evidence(label="setting", text=f"{origin} = {visible(one.value, 300)}"),)
