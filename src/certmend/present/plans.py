"""A plan for a person, and for other programs (`certmend/plan/1`)."""

import textwrap
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from certmend.model.difference import diff, shown
from certmend.model.plan import (
    Advise,
    EditFile,
    Plan,
    Remedy,
    RunProgram,
    Safety,
    SetVariable,
    Step,
    Trusted,
    WriteFile,
)
from certmend.model.report import Report
from certmend.model.text import visible
from certmend.present.grouping import also, grouped


class StepResult(msgspec.Struct, frozen=True, kw_only=True):
    """One step. Which fields are filled depends on `kind`."""

    kind: str
    what: str = ""
    path: str = ""
    diff: str = ""
    command: tuple[str, ...] = ()
    name: str = ""
    value: str = ""
    to: str = ""
    subject: str = ""
    text: str = ""


class RemedyResult(msgspec.Struct, frozen=True, kw_only=True):
    """One remedy."""

    title: str
    codes: tuple[str, ...]
    host: str
    client: str
    safety: Safety
    why: str
    trusts: tuple[Trusted, ...]
    steps: tuple[StepResult, ...]


class ProofResult(msgspec.Struct, frozen=True, kw_only=True):
    """One URL, as a client met it after the change."""

    client: str
    url: str
    ok: bool
    words: str


class PlanResult(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer of `certmend fix --format json`."""

    schema: Literal["certmend/plan/1"] = "certmend/plan/1"
    version: str
    findings: tuple[str, ...]
    """The codes of the diagnosis."""
    remedies: tuple[RemedyResult, ...]
    state: str
    """`planned`, `done`, `taken-back`, `partly` or `nothing`."""
    record: str = ""
    """The journal's ID, for `certmend undo`."""
    note: str = ""
    proof: tuple[ProofResult, ...] = ()


def result(report: Report, plan: Plan, state: str, **more: Any) -> PlanResult:
    """A plan and what became of it, as data."""
    codes = tuple(dict.fromkeys(one.code for one in report.findings))
    return made(report.facts.version, codes, plan, state, **more)


def made(version: str, codes: tuple[str, ...], plan: Plan, state: str, **more: Any) -> PlanResult:
    """The same for a plan that follows from no diagnosis: of build files."""
    return PlanResult(
        version=version,
        findings=codes,
        remedies=tuple(_remedy(one) for one in plan.remedies),
        state=state,
        **more,
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a plan (draft 2020-12)."""
    made = msgspec.json.schema(PlanResult)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def text(report: Report, plan: Plan, *, width: int = 80, diffs: bool = False) -> str:
    """The plan in words; with `diffs`, what each file would become."""
    lines: list[str] = []
    for finding, others in grouped(report.findings):
        lines += _wrapped(f"{finding.severity}[{finding.code}]: {finding.summary}", "  ", width)
        if others:
            clients = ", ".join(also(finding, others))
            lines += _wrapped(f"  also    {clients}", " " * 10, width)
    if report.findings:
        lines.append("")
    return "\n".join([*lines, remedies(plan, width=width, diffs=diffs)]).rstrip()


def remedies(plan: Plan, *, width: int = 80, diffs: bool = False) -> str:
    """What a plan does, remedy by remedy."""
    lines: list[str] = []
    told: set[str] = set()
    for remedy in plan.remedies:
        lines += [*_shown(remedy, width, told, diffs=diffs), ""]
        told |= {one.sha256 for one in remedy.trusts}
    return "\n".join(lines).rstrip()


def note(words: str, width: int = 80) -> str:
    """Something that the person should know beside the plan."""
    return "\n".join(_wrapped(f"note: {words}", "  ", width))


def _shown(remedy: Remedy, width: int, told: set[str], *, diffs: bool) -> Iterator[str]:
    """One remedy; the CAs that were told of are not told of again."""
    mark = {Safety.SAFE: "fix", Safety.REVIEW: "fix (to be confirmed)", Safety.NEVER: "advice"}
    follows = "" if remedy.steps else ", by what is written above"
    yield from _wrapped(f"{mark[remedy.safety]}: {remedy.title}{follows}", "  ", width)
    for one in {trusted.sha256: trusted for trusted in remedy.trusts}.values():
        if one.sha256 in told:
            continue
        yield from _wrapped(
            f"  CA      {one.subject}, valid until {one.not_after}", " " * 10, width
        )
        yield f"  sha256  {one.sha256}"
        yield from _wrapped(f"  from    {one.source}, {one.vouched}", " " * 10, width)
    for number, step in enumerate(remedy.steps):
        if number and isinstance(step, Advise):
            yield ""
        yield from _step(step, width, diffs=diffs)
    if remedy.why and remedy.safety is Safety.REVIEW:
        yield from _wrapped(f"  note    {remedy.why}", " " * 10, width)


def _step(step: Step, width: int, *, diffs: bool) -> Iterator[str]:
    match step:
        case WriteFile() | EditFile():
            verb = "write" if isinstance(step, WriteFile) else "edit"
            same = ": is so already" if step.before == step.after else ""
            yield f"  {verb:7} {visible(step.path, 500)}{same}"
            for line in step.what.splitlines():
                yield from _wrapped(f"          {line}", " " * 12, width)
            if diffs:
                yield from _diff(step)
        case RunProgram():
            yield f"  run     {visible(' '.join(step.command))}"
            yield from _wrapped(f"          {step.what}", " " * 10, width)
        case SetVariable():
            assigned = f"{step.name}={visible(step.value, 500)}"
            line = f"set     {assigned}" if step.set_by else f"you     {step.command or assigned}"
            yield f"  {line}"
            yield from _wrapped(f"          {step.what}", " " * 10, width)
        case Advise():
            yield f"  to      {step.to}"
            yield from _wrapped(f"  about   {step.subject}", " " * 10, width)
            yield ""
            for line in step.text.splitlines():
                yield from _paragraph(line, width)


def _paragraph(line: str, width: int) -> list[str]:
    """A line of a message: what is indented is a command or data, and is never wrapped."""
    if not line or line.startswith(("    ", "-----", "# ", "MII")):
        return [f"    {line}".rstrip()]
    return _wrapped(f"    {line}", "    ", width)


def _diff(step: WriteFile | EditFile) -> Iterator[str]:
    yield from shown(step.before, step.after, visible(step.path, 500)).splitlines()


def _wrapped(line: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _remedy(one: Remedy) -> RemedyResult:
    return RemedyResult(
        title=one.title,
        codes=one.codes,
        host=one.host,
        client=one.client,
        safety=one.safety,
        why=one.why,
        trusts=one.trusts,
        steps=tuple(_data(step) for step in one.steps),
    )


def _data(step: Step) -> StepResult:
    match step:
        case WriteFile() | EditFile():
            return StepResult(
                kind="write-file" if isinstance(step, WriteFile) else "edit-file",
                what=step.what,
                path=visible(step.path, 500),
                diff=diff(step.before, step.after, visible(step.path, 500)),
            )
        case RunProgram():
            return StepResult(kind="run-program", what=step.what, command=step.command)
        case SetVariable():
            return StepResult(
                kind="set-variable",
                what=step.what,
                path=step.set_by,
                command=() if step.set_by else (step.command,),
                name=step.name,
                value=visible(step.value, 500),
            )
        case Advise():
            return StepResult(kind="advise", to=step.to, subject=step.subject, text=step.text)
