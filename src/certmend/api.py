"""The library: gather facts, judge them, and show the report.

facts = certmend.gather(certmend.Request(urls=("https://pypi.corp.example/simple/",)))
for finding in certmend.judge(facts):
    print(finding.code, finding.summary)
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from certmend import process, registry
from certmend.observe.request import Request

if TYPE_CHECKING:
    from certmend.model.facts import Facts
    from certmend.model.finding import Finding
    from certmend.model.gate import Gate
    from certmend.model.inspection import Inspection, Wanted
    from certmend.model.lint import LintReport
    from certmend.model.manifest import Target
    from certmend.model.plugin import Format, GateFormat
    from certmend.model.report import Report
    from certmend.model.view import View
    from certmend.remedy.journal import Record
    from certmend.tasks.fixing import Outcome, Proposal, Wishes
    from certmend.tasks.linting import LintRequest, Survey
    from certmend.tasks.pipelines import Part
    from certmend.tasks.prefetching import Hear, Prefetched
    from certmend.tasks.proving import Proof

_CASES_AT_ONCE = 32
"""Lines that one process judges before it hands them back."""


def gather(
    request: Request,
    environment: Mapping[str, str] | None = None,
    *,
    while_waiting: Callable[[], object] | None = None,
) -> "Facts":
    """Observe what a request asks for; the environment is this process's unless given.

    `while_waiting` is called while the client's interpreter starts, which takes longest.
    Raises `UsageError` for input that cannot be used. A broken network raises nothing.
    """
    from certmend.observe import gather as observe

    known = os.environ if environment is None else environment
    return observe.gather(request, known, while_waiting)


def config(request: Request, environment: Mapping[str, str] | None = None) -> "Facts":
    """What the clients of a request are set to, without looking at a network.

    Raises `UsageError` for input that cannot be used.
    """
    from certmend.observe import gather as observe

    return observe.settings(request, os.environ if environment is None else environment)


def judge(facts: "Facts") -> "tuple[Finding, ...]":
    """The findings that follow from facts, what must be fixed first in front."""
    from certmend.judge import engine

    return engine.judge(facts)


def report(facts: "Facts") -> "Report":
    """Facts with their findings and checks: all that a format needs."""
    from certmend.judge import checks, engine, outcomes
    from certmend.model.report import Report

    return Report(
        facts=facts,
        findings=engine.judge(facts),
        checks=checks.checks(facts),
        outcomes=outcomes.outcomes(facts),
    )


def render(shown: "Report", format_name: str, view: "View | None" = None) -> str:
    """A report in a format: text, json or markdown. Raises `KeyError` for another."""
    from certmend.model.view import View

    return _format(format_name).render(shown, view or View())


def prepare(format_name: str) -> None:
    """Import what `report` and `render` need, so that it is there when the facts are."""
    from certmend.judge import checks, engine, outcomes

    engine.causes()
    del checks, outcomes
    _format(format_name)


def prevents_download(shown: "Report") -> bool:
    """Whether packages should not be fetched: an index fails, or nothing verifies it."""
    from certmend.judge.gate import UNVERIFIED
    from certmend.model.finding import Severity

    return any(one.severity is Severity.ERROR or one.code in UNVERIFIED for one in shown.findings)


def prefetch(
    request: Request,
    facts: "Facts",
    *,
    destination: Path,
    hear: "Hear",
    targets: "tuple[Target, ...]" = (),
    with_hashes: bool = False,
    jobs: int = 4,
    environment: Mapping[str, str] | None = None,
) -> "Prefetched":
    """Download what a request's requirements files need, with the settings of the facts.

    `hear` is called with each line of pip's, from any thread. Raises `CertmendError` when pip
    cannot download or a file is not what it should be: what was finished stays, each file whole.
    """
    from certmend.model.manifest import Target
    from certmend.tasks import prefetching

    order = prefetching.Order(
        request=request,
        destination=destination,
        targets=targets or (Target(),),
        jobs=jobs,
        pip_version=facts.clients[0].version,
    )
    known = os.environ if environment is None else environment
    return prefetching.prefetch(order, facts, known, hear=hear, with_hashes=with_hashes)


def prove(
    folder: Path, python: str | None = None, environment: Mapping[str, str] | None = None
) -> "Proof":
    """Prove a folder of `prefetch`: whole, unaltered, and enough for pip without an index.

    Raises `UsageError` when it has no manifest.
    """
    from certmend.tasks import proving

    return proving.prove(folder, python, os.environ if environment is None else environment)


def digest(folder: Path) -> str:
    """The SHA-256 of the manifest in a folder of `prefetch`."""
    from certmend.model import manifest
    from certmend.observe import wheelhouse

    return wheelhouse.sha256(folder / manifest.NAME)


def check(
    request: Request,
    packages: Sequence[str] = (),
    *,
    min_days: int = 14,
    environment: Mapping[str, str] | None = None,
    while_waiting: Callable[[], object] | None = None,
) -> "Gate":
    """Whether every index verifies and stays valid, nothing insecure is on, and pip gets packages.

    Raises `UsageError` for input that cannot be used.
    """
    from certmend.tasks import checking

    known = os.environ if environment is None else environment
    return checking.check(request, packages, known, min_days=min_days, while_waiting=while_waiting)


def used_here() -> tuple[str, ...]:
    """pip, and the installers that the files of the current folder are for."""
    from certmend.observe import roll_call

    return roll_call.used(str(Path.cwd()))


def package_name(requirement: str) -> str:
    """The project in a requirement (PEP 508); raises `UsageError` for a word that is none."""
    import re

    name = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
    match = re.match(rf"\s*(?P<name>{name})\s*(?:$|[\[<>=!~;@(])", requirement)
    if match is not None:
        return match["name"]
    from certmend.errors import UsageError
    from certmend.model.text import redact, visible

    raise UsageError(
        f"{redact(visible(requirement))!r} is no package", "give a name, as in `--package numpy`"
    )


def prepare_check(format_name: str) -> None:
    """Import what `check` and `render_check` need, while its client starts."""
    from certmend.judge import engine, gate

    engine.causes()
    del gate
    _gate_format(format_name)


def render_check(shown: "Gate", format_name: str, *, color: bool = False) -> str:
    """A check in a format: text, json, junit, github, gitlab. Raises `KeyError` for another."""
    from certmend.model.view import View

    return _gate_format(format_name).render(shown, View(color=color))


def propose_pipeline(system: str, project: Path, ca: Path | None = None) -> "Part":
    """The part of a pipeline that checks the index, for github, gitlab, jenkins, azure or docker.

    Raises `UsageError` for a CA that is no PEM file of the project.
    """
    from certmend.tasks import pipelines

    return pipelines.propose(system, project, ca)


def write_pipeline(project: Path, part: "Part") -> None:
    """Write a part. Raises `UsageError` where there is a file already, whatever it holds."""
    from certmend.tasks import pipelines

    pipelines.write(project, part)


def _gate_format(name: str) -> "GateFormat":
    from certmend.model.plugin import GateFormat

    return registry.named("certmend.present.gates", name, GateFormat)


def _format(name: str) -> "Format":
    from certmend.model.plugin import Format

    return registry.named("certmend.present.formats", name, Format)


def inspect(
    wanted: "Wanted", profile: str = "all", environment: Mapping[str, str] | None = None
) -> "Inspection":
    """Look at a chain, of a server or from files, and judge it by a profile, or by all.

    Raises `UsageError` for input that cannot be used, and `KeyError` for another profile.
    """
    from certmend.judge import inspect as judged
    from certmend.judge import profiles
    from certmend.observe import chain

    chosen = profiles.ALL if profile == "all" else (profiles.BY_NAME[profile],)
    material = chain.collect(wanted, os.environ if environment is None else environment)
    return judged.inspect(material, chosen)


def inspect_batch(lines: Iterable[bytes], processes: int = 1) -> Iterator[bytes]:
    """Judge one case for each line of JSON; the answers are lines of JSON in the same order.

    With one process each answer is there before the next line is read.
    """
    if processes > 1:
        return process.spread(_answers, lines, processes, _CASES_AT_ONCE)
    from certmend.judge import batch
    from certmend.observe import chain

    return batch.answers(lines, chain.public_roots)


def _answers(lines: list[bytes]) -> list[bytes]:
    return list(inspect_batch(lines))


def is_trusted(shown: "Inspection") -> bool:
    """Whether there is a chain, and every profile that was asked takes it."""
    from certmend.present import inspection

    return inspection.is_ok(shown)


def render_inspection(shown: "Inspection", format_name: str, view: "View | None" = None) -> str:
    """An inspection as text or json. Raises `KeyError` for another format."""
    from certmend.model.view import View
    from certmend.present import inspection, inspection_text

    formats = {
        "json": lambda: inspection.render(shown),
        "text": lambda: inspection_text.render(shown, view or View()),
    }
    return formats[format_name]()


def propose(found: "Report", wishes: "Wishes | None" = None) -> "Proposal":
    """A plan that cures what a report found; `wishes` say which CAs the person vouches for.

    Nothing is written. Raises `UsageError` for wishes that cannot be granted.
    """
    from certmend.tasks import fixing

    return fixing.plan(found, wishes or fixing.Wishes(), os.environ)


def apply(proposal: "Proposal", request: Request) -> "Outcome":
    """Carry out a plan, and let the client prove it: what got worse takes everything back.

    Raises `WriteError` when a file cannot be written; nothing has changed then.
    """
    from certmend.tasks import bundling, fixing

    journal = bundling.the_journal(os.environ)
    return fixing.carry_out(proposal, request, journal, os.environ, lambda: None)


def undo(record: str = "") -> "tuple[Record, ...]":
    """Take back what was applied last, or the record of that ID; what was taken back.

    Raises `WriteError` when a file was changed since; nothing has changed then.
    """
    from certmend.remedy import apply as writer
    from certmend.tasks import bundling

    return writer.undo(bundling.the_journal(os.environ), record)


def lint(request: "LintRequest", *, fix: bool = False) -> "Survey":
    """Lint files; with `fix` the changes that mend them come along. Nothing is written."""
    from certmend.tasks import linting

    return linting.survey(request, fix=fix)


def render_lint(shown: "LintReport", format_name: str, view: "View | None" = None) -> str:
    """A linter's report in a format: text, json, sarif, github, gitlab or junit."""
    from certmend.model.view import View
    from certmend.tasks import linting

    return linting.render(shown, format_name, view or View())


def render_config(shown: "Report", format_name: str, view: "View | None" = None) -> str:
    """What the clients are set to, as text or json. Raises `KeyError` for another format."""
    from certmend.model.view import View
    from certmend.present import configuration, configuration_text

    forms = {"text": configuration_text.render, "json": configuration.render}
    return forms[format_name](shown, view or View())


__all__ = [
    "Request",
    "apply",
    "check",
    "config",
    "digest",
    "gather",
    "inspect",
    "inspect_batch",
    "is_trusted",
    "judge",
    "lint",
    "package_name",
    "prefetch",
    "prepare",
    "prepare_check",
    "prevents_download",
    "propose",
    "propose_pipeline",
    "prove",
    "render",
    "render_check",
    "render_config",
    "render_inspection",
    "render_lint",
    "report",
    "undo",
    "used_here",
    "write_pipeline",
]
