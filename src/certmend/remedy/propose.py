"""Findings become one plan: what certmend does itself in front, then what others can do."""

import os
from collections.abc import Iterable, Iterator

import msgspec

from certmend import registry
from certmend.errors import UsageError
from certmend.model.finding import Finding, Owner, Severity
from certmend.model.plan import Advise, EditFile, Plan, Remedy, Safety, WriteFile
from certmend.model.text import visible
from certmend.remedy import lasting
from certmend.remedy.cure import Cure
from certmend.remedy.ground import Ground, Method

_ORDER = {Safety.SAFE: 0, Safety.REVIEW: 1, Safety.NEVER: 2}


def propose(findings: Iterable[Finding], ground: Ground) -> Plan:
    """A plan for these findings, client by client: a file that two of them share is one.

    A client that cannot be granted a wish is left as it is, and that is said.
    Raises `UsageError` where that leaves nothing to do.
    """
    if ground.method is Method.TRUSTED_HOST and not ground.hosts:
        raise UsageError(
            "`--method trusted-host` needs `--host HOST:PORT`",
            "it switches verification off for that host; `--ca FILE` does not",
        )
    found: list[tuple[int, Remedy]] = []
    refused: list[UsageError] = []
    for group in _by_client(tuple(findings), ground):
        try:
            merged = _merged((number, r) for number, one in group for r in _remedies(one, ground))
            _one_edit_for_each_file(one for _, one in merged)
        except UsageError as error:
            refused.append(error)
            merged = [(group[0][0], _left(group[0][1], error))]
        found += [(number, _without_done(one, ground)) for number, one in merged]
        done = (one for _, one in merged if one.safety is not Safety.NEVER)
        ground = ground.after(step for one in done for step in one.steps)
    own = [one for _, one in found if one.safety is not Safety.NEVER]
    if refused and not own:
        raise refused[0]
    own = list(lasting.kept(own, ground))
    advice = [pair for pair in found if pair[1].safety is Safety.NEVER and _is_open(pair[1], own)]
    return Plan(remedies=(*own, *_each_once(one for _, one in sorted(advice, key=_number))))


def _left(finding: Finding, error: UsageError) -> Remedy:
    """That a client is left as it is, and why."""
    client = finding.client.partition(" ")[0]
    text = f"{error.message}: {error.hint}." if error.hint else f"{error.message}."
    return Remedy(
        title=f"{client} is left as it is",
        codes=(finding.code,),
        host=finding.host,
        client=finding.client,
        safety=Safety.NEVER,
        steps=(Advise(to=Owner.YOU, subject=f"What {client} cannot do", text=text),),
        why=error.message,
    )


def _is_open(advice: Remedy, own: Iterable[Remedy]) -> bool:
    """Whether a letter is still of use: not to the network team, where its CA gets trusted."""
    about = [one.to for one in advice.steps if isinstance(one, Advise)]
    cured = any(
        set(advice.codes) <= set(one.codes) and one.client == advice.client and one.host
        for one in own
    )
    again = any(
        advice.codes == ("verification-disabled",) and set(advice.codes) <= set(one.codes)
        for one in own
        if one.client == advice.client and advice.host in one.host.split(", ")
    )
    return not again and not (cured and about[:1] == [Owner.NETWORK])


def _number(pair: tuple[int, Remedy]) -> int:
    return pair[0]


def _each_once(advice: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """What is to be said of a host to the same people is said once, for all clients."""
    kept: dict[object, Remedy] = {}
    for one in advice:
        about = [(step.to, step.subject) for step in one.steps if isinstance(step, Advise)]
        key = (one.codes, one.host, *about)
        same = kept.get(key)
        clients = dict.fromkeys((*(same.client.split(", ") if same else ()), one.client))
        kept[key] = msgspec.structs.replace(same or one, client=", ".join(clients))
    return tuple(kept.values())


def _by_client(findings: tuple[Finding, ...], ground: Ground) -> list[list[tuple[int, Finding]]]:
    """The findings with their numbers, those of one client together: pip's come first."""
    labels = [one.label for one in ground.facts.clients]
    groups: dict[str, list[tuple[int, Finding]]] = {label: [] for label in labels}
    for pair in enumerate(findings):
        groups.setdefault(pair[1].client, []).append(pair)
    return list(groups.values())


def _remedies(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    known: tuple[Cure, ...] = registry.load("certmend.remedy.catalogue", Cure)
    for one in known:
        if finding.code in one.codes:
            for remedy in one.propose(finding, ground):
                # Of what works there is no letter to write.
                if finding.severity is not Severity.NOTE or remedy.safety is not Safety.NEVER:
                    yield remedy


def _merged(found: Iterable[tuple[int, Remedy]]) -> list[tuple[int, Remedy]]:
    """Remedies with the same steps are one, for all their codes."""
    kept: dict[object, tuple[int, Remedy]] = {}
    for number, one in found:
        first, same = kept.get(one.steps, (number, one))
        codes = tuple(dict.fromkeys((*same.codes, *one.codes)))
        kept[one.steps] = (first, msgspec.structs.replace(same, codes=codes))
    return sorted(kept.values(), key=lambda pair: (_ORDER[pair[1].safety], pair[0]))


def _without_done(remedy: Remedy, ground: Ground) -> Remedy:
    """Without the steps that earlier remedies of the plan have taken care of."""
    steps = tuple(
        one
        for one in remedy.steps
        if not (isinstance(one, WriteFile | EditFile) and one.before == one.after)
        or os.path.realpath(one.path) not in ground.planned
    )
    return msgspec.structs.replace(remedy, steps=steps)


def _one_edit_for_each_file(remedies: Iterable[Remedy]) -> None:
    """Two changes of one file, each planned on its own, would lose one of them."""
    seen: dict[str, str] = {}
    for remedy in remedies:
        for step in remedy.steps:
            if isinstance(step, WriteFile | EditFile):
                if step.path in seen:
                    raise UsageError(
                        f"{visible(step.path, 300)} would be changed twice: for "
                        f"{seen[step.path]} and for {remedy.title}",
                        "fix one index at a time: name its URL",
                    )
                seen[step.path] = remedy.title
