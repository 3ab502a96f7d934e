"""The gate: from facts and findings to one line for each thing that must be right."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import PurePath

from certmend.judge.case import Case
from certmend.judge.inquiry import Inquiry
from certmend.judge.route import route
from certmend.model import certificate
from certmend.model.certificate import Certificate
from certmend.model.client import ClientFacts
from certmend.model.facts import Facts
from certmend.model.finding import Finding, Severity
from certmend.model.gate import Bundle, Gate, Kind, Line, Proof, Trouble
from certmend.model.setting import Origin, OriginKind
from certmend.model.text import redact, visible

UNVERIFIED = frozenset({"verification-disabled", "insecure-http"})
"""The codes of what is insecure and works: warnings elsewhere, failures in CI and images."""
_EXPIRING = "expiring-soon"
_NOT_FOUND = "package-not-found"


def gate(
    facts: Facts,
    findings: Sequence[Finding],
    *,
    min_days: int,
    bundles: Iterable[Bundle] = (),
    proofs: Iterable[Proof] = (),
) -> Gate:
    """Judge what was observed; certificates must be valid for `min_days` days more."""
    proved = tuple(proofs)
    # Said better here: every certificate's date, and what pip got of each package.
    said_better = {_EXPIRING, *((_NOT_FOUND,) if proved else ())}
    kept = [
        one for one in findings if one.code not in said_better and one.severity is not Severity.NOTE
    ]
    limit = timedelta(days=min_days)
    lines = [*_indexes(facts, kept, limit)]
    lines += [line for one in bundles for line in _bundle(one, facts.now, limit)]
    lines += _settings(facts, kept)
    # Where an index fails, that is why its packages are not found.
    codes = (one.code for line in lines for one in line.troubles if one.fails)
    code = next((one for one in codes if one not in (_EXPIRING, *UNVERIFIED)), _NOT_FOUND)
    lines += [_package(one, code) for one in proved]
    return Gate(version=facts.version, now=facts.now, min_days=min_days, lines=tuple(lines))


def _indexes(facts: Facts, findings: list[Finding], limit: timedelta) -> Iterator[Line]:
    cases = Inquiry(facts).cases
    for client in facts.clients:
        for number, index in enumerate(facts.indexes):
            mine = [c for c in cases if c.attempt.index == number and c.client is client]
            local = not index.url.is_http and client is facts.clients[0]
            if mine or local:
                yield _index(mine, index.origin, str(index.url), client, findings, limit)


def _index(
    cases: list[Case],
    origin: Origin,
    url: str,
    client: ClientFacts,
    findings: list[Finding],
    limit: timedelta,
) -> Line:
    urls = _urls(cases)
    found = [one for one in findings if one.index in urls and one.client in ("", client.label)]
    ends = _ends(cases)
    now = cases[0].facts.now if cases else None
    left = [one.not_after - now for one in ends] if now else []
    soon = [one for one in ends if now and one.not_after - now < limit]
    days = min(left).days if left else None
    ours = origin.kind is OriginKind.FILE and not PurePath(origin.path).is_absolute()
    return Line(
        kind=Kind.INDEX,
        subject=redact(visible(url, 500)),
        client=client.label,
        text=_fine(cases, client, days),
        days=days,
        path=origin.path if ours else "",
        line=origin.line if ours else 0,
        troubles=(
            *(_trouble(one) for one in found),
            *(_expiring(one, now, "") for one in soon if now),
        ),
    )


def _urls(cases: Iterable[Case]) -> frozenset[str]:
    return frozenset(visible(str(case.attempt.url), 300) for case in cases)


def _ends(cases: Iterable[Case]) -> tuple[Certificate, ...]:
    """The certificates that verification went through, each once, the first to expire first."""
    found = {
        one.sha256: one
        for case in cases
        if case.connected and case.attempt.verifies
        for one in route(case)
        if one.readable
    }
    return tuple(sorted(found.values(), key=lambda one: one.not_after))


def _fine(cases: list[Case], client: ClientFacts, days: int | None) -> str:
    if not cases:
        return "a local folder, without network"
    name = f"{client.name} {client.version}".strip()
    if not all(case.attempt.asked for case in cases):
        return f"{name} is not installed here; by its settings it would verify it"
    if days is not None:
        return f"{name} verifies it, for {days} days more"
    return f"{name} reaches it, without TLS"


def _trouble(finding: Finding) -> Trouble:
    return Trouble(
        code=finding.code,
        fails=finding.severity is Severity.ERROR or finding.code in UNVERIFIED,
        text=finding.summary,
        where=finding.where,
        cure=finding.cure[0] if finding.cure else "",
    )


def _expiring(one: Certificate, now: datetime, place: str) -> Trouble:
    left = one.not_after - now
    when = f"{one.not_after:%Y-%m-%d}"
    words = f"expires on {when}, in {left.days} days" if left > timedelta(0) else f"expired {when}"
    kind = "the CA" if one.is_ca else "the certificate"
    cure = "Have it renewed while nothing is broken, and take the new one into the bundle."
    return Trouble(
        code=_EXPIRING,
        fails=True,
        text=f"{kind} {one} {words}",
        where=place,
        cure=cure if one.is_ca else "Have it renewed while nothing is broken.",
    )


def _bundle(bundle: Bundle, now: datetime, limit: timedelta) -> Iterator[Line]:
    """A configured bundle's own CAs.

    On one that has a successor in it, or has expired, nothing that works today depends.
    """
    own = [one for one in map(certificate.read, bundle.own) if one.readable]
    live = [one for one in own if one.not_after > now and not _succeeded(one, own)]
    dead = [one for one in own if one.not_after <= now and not _succeeded(one, own)]
    soon = sorted(
        (one for one in live if one.not_after - now < limit), key=lambda one: one.not_after
    )
    days = min((one.not_after - now for one in live), default=timedelta(-1)).days
    place = f"{bundle.path} ({bundle.origin})"
    if not own:
        return
    yield Line(
        kind=Kind.BUNDLE,
        subject=place,
        client=bundle.client,
        text=f"{_count(len(own), 'CA')} beside {_count(bundle.public, 'public root')}"
        f", for {days} days more",
        days=days if live else None,
        troubles=(
            *(_expiring(one, now, place) for one in soon),
            *(_left_over(one, place) for one in dead),
        ),
    )


def _succeeded(one: Certificate, among: Iterable[Certificate]) -> bool:
    return any(
        other.subject.raw == one.subject.raw and other.not_after > one.not_after for other in among
    )


def _left_over(one: Certificate, place: str) -> Trouble:
    return Trouble(
        code="bundle-stale",
        fails=False,
        text=f"the CA {one} expired {one.not_after:%Y-%m-%d}",
        where=place,
        cure="Remove it; nothing that works depends on it.",
    )


def _settings(facts: Facts, findings: list[Finding]) -> Iterator[Line]:
    """What is wrong and belongs to no index."""
    urls = _urls(Inquiry(facts).cases)
    for one in findings:
        if one.index not in urls:
            yield _setting(one.where or "settings", one.client, _trouble(one))
    for client in facts.clients:
        known = {one.host for one in findings if one.code in UNVERIFIED}
        for host in client.trusted_hosts:
            if not _loopback(host) and not any(_same(host, seen) for seen in known):
                yield _setting("trusted-host", client.label, _trusted(host, client))


def _setting(subject: str, client: str, trouble: Trouble) -> Line:
    return Line(kind=Kind.SETTINGS, subject=subject, client=client, text="", troubles=(trouble,))


def _trusted(host: str, client: ClientFacts) -> Trouble:
    origin = next((str(s.origin) for s in client.settings if s.key == "trusted-host"), "")
    return Trouble(
        code="verification-disabled",
        fails=True,
        text=f"{client.name} would not verify {visible(host)}",
        where=origin or "trusted-host",
        cure=f"Remove it ({origin or 'trusted-host'}).",
    )


def _same(host: str, endpoint: str) -> bool:
    return endpoint == host or endpoint.rpartition(":")[0] == host


def _loopback(host: str) -> bool:
    name = host.partition(":")[0] if not host.startswith("[") else host[1:].partition("]")[0]
    return name in ("localhost", "::1", "") or name.startswith("127.")


def _package(proof: Proof, code: str) -> Line:
    trouble = Trouble(code=code, fails=True, text=proof.reason)
    return Line(
        kind=Kind.PACKAGE,
        subject=proof.package,
        client=proof.client,
        text=f"{proof.client} downloads it",
        troubles=() if proof.ok else (trouble,),
    )


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"
