"""Findings become one plan: what certmend does itself in front, then what others can do."""

from collections.abc import Iterable, Iterator

import msgspec

from certmend import registry
from certmend.errors import UsageError
from certmend.model.finding import Finding
from certmend.model.plan import EditFile, Plan, Remedy, Safety, WriteFile
from certmend.model.text import visible
from certmend.remedy.cure import Cure
from certmend.remedy.ground import Ground, Method

_ORDER = {Safety.SAFE: 0, Safety.REVIEW: 1, Safety.NEVER: 2}


def propose(findings: Iterable[Finding], ground: Ground) -> Plan:
    """A plan for these findings. Raises `UsageError` for wishes that cannot be granted."""
    if ground.method is Method.TRUSTED_HOST and not ground.hosts:
        raise UsageError(
            "`--method trusted-host` needs `--host HOST:PORT`",
            "it switches verification off for that host; `--ca FILE` does not",
        )
    found = [remedy for one in findings for remedy in _remedies(one, ground)]
    merged = _merged(found)
    plan = Plan(remedies=tuple(sorted(merged, key=lambda one: _ORDER[one.safety])))
    _one_edit_for_each_file(plan)
    return plan


def _remedies(finding: Finding, ground: Ground) -> Iterator[Remedy]:
    known: tuple[Cure, ...] = registry.load("certmend.remedy.catalogue", Cure)
    for one in known:
        if finding.code in one.codes:
            yield from one.propose(finding, ground)


def _merged(found: Iterable[Remedy]) -> list[Remedy]:
    """Remedies with the same steps are one, for all their codes."""
    kept: dict[object, Remedy] = {}
    for one in found:
        same = kept.get(one.steps)
        codes = tuple(dict.fromkeys((*(same.codes if same else ()), *one.codes)))
        kept[one.steps] = msgspec.structs.replace(same or one, codes=codes)
    return list(kept.values())


def _one_edit_for_each_file(plan: Plan) -> None:
    """Two changes of one file, each planned on its own, would lose one of them."""
    seen: dict[str, str] = {}
    for remedy in plan.remedies:
        for step in remedy.steps:
            if isinstance(step, WriteFile | EditFile):
                if step.path in seen:
                    raise UsageError(
                        f"{visible(step.path, 300)} would be changed twice: for "
                        f"{seen[step.path]} and for {remedy.title}",
                        "fix one index at a time: name its URL",
                    )
                seen[step.path] = remedy.title
