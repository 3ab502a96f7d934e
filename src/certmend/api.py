"""The library: gather facts, judge them, and show the report.

facts = certmend.gather(certmend.Request(urls=("https://pypi.corp.example/simple/",)))
for finding in certmend.judge(facts):
    print(finding.code, finding.summary)
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from certmend import process, registry
from certmend.observe.request import Request

if TYPE_CHECKING:
    from certmend.model.facts import Facts
    from certmend.model.finding import Finding
    from certmend.model.inspection import Inspection, Wanted
    from certmend.model.plugin import Format
    from certmend.model.report import Report, View
    from certmend.remedy.journal import Record
    from certmend.tasks.fixing import Outcome, Proposal, Wishes

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
    from certmend.model.report import View

    return _format(format_name).render(shown, view or View())


def prepare(format_name: str) -> None:
    """Import what `report` and `render` need, so that it is there when the facts are."""
    from certmend.judge import checks, engine, outcomes

    engine.causes()
    del checks, outcomes
    _format(format_name)


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
    from certmend.model.report import View
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


def render_config(shown: "Report", format_name: str, view: "View | None" = None) -> str:
    """What the clients are set to, as text or json. Raises `KeyError` for another format."""
    from certmend.model.report import View
    from certmend.present import configuration, configuration_text

    forms = {"text": configuration_text.render, "json": configuration.render}
    return forms[format_name](shown, view or View())


__all__ = [
    "Request",
    "apply",
    "config",
    "gather",
    "inspect",
    "inspect_batch",
    "is_trusted",
    "judge",
    "prepare",
    "propose",
    "render",
    "render_config",
    "render_inspection",
    "report",
    "undo",
]
