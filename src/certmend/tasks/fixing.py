"""What `certmend fix` does: diagnose, plan, apply, and let the real client prove it."""

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial

import msgspec

from certmend.errors import CertmendError, UsageError
from certmend.judge import checks, engine, needs, outcomes
from certmend.judge.public_hosts import PUBLIC_HOSTS
from certmend.model import certificate
from certmend.model.client import ClientFacts
from certmend.model.facts import Facts
from certmend.model.need import Need, Voucher
from certmend.model.plan import (
    EditFile,
    Plan,
    Remedy,
    RunProgram,
    Safety,
    SetVariable,
    WriteFile,
)
from certmend.model.report import Report
from certmend.model.text import visible
from certmend.observe import containers, mozilla
from certmend.observe.containers import Password
from certmend.observe.gather import gather, settings
from certmend.observe.request import Request
from certmend.remedy import apply, bundles, files, propose, target
from certmend.remedy.bundles import Member
from certmend.remedy.ground import Ground, Method, Scope
from certmend.remedy.journal import Change, Journal, Program, Record, State, now
from certmend.remedy.keeper import Keeper
from certmend.tasks import bundling, proof, shells
from certmend.tasks.proof import Line

_FETCH_SECONDS = 10.0


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What the person asked for."""

    given: tuple[Member, ...] = ()
    """The CAs of `--ca`."""
    fingerprints: frozenset[str] = frozenset()
    scope: Scope | None = None
    method: Method | None = None
    hosts: tuple[str, ...] = ()
    profile: bool = True
    """Whether a profile may be edited where a variable has to be set."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A diagnosis, and the plan that follows from it."""

    report: Report
    needs: tuple[Need, ...]
    plan: Plan
    keeper: Keeper | None = None
    """What would set the plan's variables for all that starts later."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of applying a plan."""

    record: Record | None
    """None: nothing had to be written."""
    note: str = ""
    """Why it was taken back, or why nothing was won where nothing was written."""
    proof: tuple[Line, ...] = ()

    @property
    def stays(self) -> bool:
        """Whether what was planned is so now."""
        return self.record is None or self.record.state is State.DONE

    @property
    def done(self) -> bool:
        """Whether the changes stay, and every index is reached."""
        return self.stays and not self.note and all(one.ok for one in self.proof)


def diagnose(request: Request, environment: Mapping[str, str]) -> Report:
    """The facts of a request with their findings.

    Raises `UsageError` for a client that cannot be asked and has no finding that says why.
    """
    found = _report(gather(request, environment))
    broken = [one for one in found.facts.clients if one.problem is not None]
    if broken and not found.findings:
        words = broken[0].detail or broken[0].problem
        raise UsageError(
            f"{broken[0].label} cannot be asked: {words}", "correct it, and run it again"
        )
    return found


def plan(
    report: Report, wishes: Wishes, environment: Mapping[str, str], python: str | None = None
) -> Proposal:
    """The plan for a diagnosis; `python` is the one that was asked for.

    Raises `UsageError` for wishes that cannot be granted.
    """
    _refuse_public_hosts(wishes, environment)
    facts = report.facts
    _all_hosts_fit(wishes, facts)
    given = [(one.der, one.source) for one in wishes.given]
    given += [(one.der, one.source) for one in _named_by_settings(facts)]
    wanted = needs.needs(facts, given, wishes.fingerprints)
    _all_fingerprints_fit(wishes, wanted, facts)
    ground = Ground(
        facts=facts,
        needs=wanted,
        scope=wishes.scope,
        method=wishes.method,
        hosts=wishes.hosts,
        environment=dict(environment),
        roots=bundling.public_roots("certifi"),
        platform=sys.platform,
        is_root=files.is_root(),
        read_bundle=cache(_read_bundle),
        neighbours=cache(partial(_neighbours, environment, python)),
        keeper=shells.keeper(environment) if wishes.profile else None,
    )
    wanted = tuple(one for one in wanted if target.can_act(one, ground))
    ground = msgspec.structs.replace(ground, needs=wanted)
    made = propose.propose(report.findings, ground)
    return Proposal(report=report, needs=wanted, plan=made, keeper=ground.keeper)


def _neighbours(
    environment: Mapping[str, str], python: str | None, name: str
) -> tuple[ClientFacts, ...]:
    """The clients here that trust otherwise when a variable names a bundle, as they trust now."""
    asked = Request(clients=("all",), python=python)
    try:
        now = settings(asked, environment)
        then = settings(asked, {**environment, name: mozilla.file()})
    except CertmendError:
        return ()
    changed = {one.label for one in then.clients} - {
        one.label for one in then.clients if one in now.clients
    }
    return tuple(one for one in now.clients if one.label in changed)


def unconfirmed(proposal: Proposal) -> tuple[Member, ...]:
    """The CAs that only the server vouches for, and that the person could confirm."""
    found = {
        one.ca: one.source
        for one in proposal.needs
        if one.ca is not None and one.voucher is Voucher.NOBODY and not one.refusal
    }
    return tuple(one for ca, source in found.items() for one in bundles.members((ca,), source))


def given_cas(
    places: Iterable[str], fingerprints: frozenset[str], password: Password
) -> tuple[Member, ...]:
    """The CAs of `--ca`: files, folders, and URLs with a fingerprint.

    Raises `UsageError` for a leaf, an expired CA, a private key, or what cannot be read.
    """
    from certmend.tasks import fetching

    found: list[Member] = []
    for one in places:
        is_url = one.startswith(("http://", "https://"))
        found += (
            fetching.fetch(one, fingerprints, _FETCH_SECONDS)
            if is_url
            else bundling.load((one,), password)
        )
    for member in found:
        bundles.refuse_leaf(member)
        if member.not_after < now():
            raise UsageError(
                f'"{member.label}" in {visible(member.source, 300)} expired on '
                f"{member.not_after:%Y-%m-%d}",
                "ask the CA team for the new certificate",
            )
    return tuple(found)


def carry_out(
    proposal: Proposal,
    request: Request,
    journal: Journal,
    environment: Mapping[str, str],
    waiting: Callable[[], None],
) -> Outcome:
    """Apply the plan; take it back when an index got worse. Raises `WriteError`."""
    remedies = proposal.plan.applicable
    steps = [step for remedy in remedies for step in remedy.steps]
    changes = _changes(one for one in steps if isinstance(one, WriteFile | EditFile))
    programs = [
        Program(command=one.command, undo=one.undo) for one in steps if isinstance(one, RunProgram)
    ]
    variables = [one for one in steps if isinstance(one, SetVariable)]
    set_here = {one.name: one.value for one in variables if not one.set_by}
    set_anew = {one.name: one.value for one in variables if one.set_by}
    before = proposal.report.facts
    proven: list[Line] = []

    def proven_better() -> str:
        new: dict[str, str] = {}
        if proposal.keeper and set_anew:
            new, wrong = shells.started(proposal.keeper, set_anew, environment)
            if wrong:
                return wrong
        after = gather(request, {**environment, **set_here, **new})
        proven.extend(proof.lines(after))
        return proof.worse(before, after) or proof.no_better(before, after, remedies)

    changes = [one for one in changes if one.before.content != one.after]
    if not changes and not programs:
        return Outcome(record=None, note=proven_better(), proof=tuple(proven))
    own = (one for one in proposal.plan.remedies if one.safety is not Safety.NEVER)
    record = apply.apply(
        journal,
        f"fix: {_title(own)}",
        changes,
        programs=programs,
        proof=proven_better,
        waiting=waiting,
    )
    return Outcome(record=record, note=record.note, proof=tuple(proven))


def _title(remedies: Iterable[Remedy]) -> str:
    """What is done, in one line: the clients that come to trust the same together."""
    together: dict[str, list[str]] = {}
    for one in remedies:
        client, trusts, what = one.title.partition(" trusts ")
        together.setdefault(what if trusts else "", []).append(client if trusts else one.title)
    alone = together.pop("", [])
    said: list[str] = []
    for what, clients in together.items():
        *most, last = clients
        names = f"{', '.join(most)} and {last}" if most else last
        said.append(f"{names} trust{'' if most else 's'} {what}")
    return "; ".join((*said, *alone))


def _report(facts: Facts) -> Report:
    return Report(
        facts=facts,
        findings=engine.judge(facts),
        checks=checks.checks(facts),
        outcomes=outcomes.outcomes(facts),
    )


def _changes(steps: Iterable[WriteFile | EditFile]) -> list[Change]:
    """One change for each file: steps on one are planned after each other, links followed."""
    found: dict[str, Change] = {}
    for step in steps:
        seen = files.see(step.path)
        first = found.get(seen.target)
        # What the plan saw decides: `apply` refuses when the file is not that any more.
        before = first.before if first else msgspec.structs.replace(seen, content=step.before)
        found[seen.target] = Change(before=before, after=step.after)
    return list(found.values())


def _read_bundle(path: str) -> tuple[Member, ...]:
    """What can be read of a bundle in any form; damaged blocks are left out."""
    from certmend.observe import bundle

    try:
        return bundles.members(containers.read(path, lambda _: None).certificates, path)
    except UsageError:
        held = bundle.read(path, "a bundle").certificates
        return tuple(member for der in held for member in _readable(der, path))


def _readable(der: bytes, path: str) -> tuple[Member, ...]:
    try:
        return bundles.members((der,), path)
    except UsageError:
        return ()  # a client passes it over, or refuses the whole file: a finding says so


def _named_by_settings(facts: Facts) -> tuple[Member, ...]:
    """CAs in the file that the client's own setting names, in a form that it cannot read."""
    found: list[Member] = []
    for client in facts.clients:
        store = facts.store(client.trust.bundle)
        if client.trust.bundle and store is not None and not store.usable:
            source = f"{client.trust.bundle} (named by {client.trust.bundle_origin})"
            held = _read_bundle(client.trust.bundle)
            found += [msgspec.structs.replace(one, source=visible(source, 300)) for one in held]
    return tuple(found)


def _refuse_public_hosts(wishes: Wishes, environment: Mapping[str, str]) -> None:
    if wishes.method is not Method.TRUSTED_HOST:
        return
    if name := next((one for one in shells.CI if environment.get(one)), ""):
        raise UsageError(
            f"`--method trusted-host` is refused in CI ({name} is set)",
            "give the job the CA: `certmend fix --ca FILE`, or `certmend env`",
        )
    for host in wishes.hosts:
        if host.partition(":")[0].rstrip(".").lower() in PUBLIC_HOSTS:
            raise UsageError(
                f"{visible(host)} is public: its packages are never taken unverified",
                "`certmend fix --ca FILE` trusts the CA of a proxy that re-signs it",
            )


def _all_hosts_fit(wishes: Wishes, facts: Facts) -> None:
    """A host of `--host` on which nothing was tried was mistyped."""
    tried = dict.fromkeys(one.url.endpoint for one in facts.attempts if one.asked)
    known = {*tried, *(one.rpartition(":")[0] for one in tried)}
    for one in wishes.hosts:
        if tried and one not in known:
            raise UsageError(
                f"no index here is on {visible(one, 200)}",
                f"what is used here: {', '.join(map(visible, tried))}",
            )


def _in_chains(facts: Facts) -> set[str]:
    """The SHA-256 of all that the servers show."""
    sights = (one.probe.sight for one in facts.attempts if one.probe)
    shown = {der for one in sights if one for der in one.chain}
    return {certificate.read(der).sha256 for der in shown}


def _all_fingerprints_fit(wishes: Wishes, wanted: tuple[Need, ...], facts: Facts) -> None:
    """A fingerprint that fits no CA here was mistyped, or belongs to another CA."""
    if not wanted:
        return
    known = {bundles.members((one.ca,), "")[0].sha256 for one in wanted if one.ca is not None}
    known |= {one.sha256 for one in wishes.given}
    seen = known | _in_chains(facts)
    for one in sorted(wishes.fingerprints - seen):
        shown = ", ".join(sorted(known)) or "none that is known here"
        raise UsageError(
            f"no CA here has the SHA-256 {one}",
            f"the CA that is missing has {shown}",
        )
