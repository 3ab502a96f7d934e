"""The library: gather facts, judge them, and show the report.

facts = certmend.gather(certmend.Request(urls=("https://pypi.corp.example/simple/",)))
for finding in certmend.judge(facts):
    print(finding.code, finding.summary)
"""

import os
from collections.abc import Mapping

from certmend import registry
from certmend.model.facts import Facts
from certmend.model.finding import Finding
from certmend.model.plugin import Format
from certmend.model.report import Report, View
from certmend.observe import gather as _gather
from certmend.observe.gather import Request


def gather(request: Request, environment: Mapping[str, str] | None = None) -> Facts:
    """Observe what a request asks for; the environment is this process's unless given.

    Raises `UsageError` for input that cannot be used. A broken network raises nothing.
    """
    return _gather.gather(request, os.environ if environment is None else environment)


def judge(facts: Facts) -> tuple[Finding, ...]:
    """The findings that follow from facts, what must be fixed first in front."""
    from certmend.judge import engine

    return engine.judge(facts)


def report(facts: Facts) -> Report:
    """Facts with their findings and checks: all that a format needs."""
    from certmend.judge import checks, engine

    return Report(facts=facts, findings=engine.judge(facts), checks=checks.checks(facts))


def render(shown: Report, format_name: str, view: View | None = None) -> str:
    """A report in a format: text, json or markdown. Raises `KeyError` for another."""
    formats: tuple[Format, ...] = registry.load("certmend.present.formats", Format)
    return {one.name: one for one in formats}[format_name].render(shown, view or View())


__all__ = ["Request", "gather", "judge", "render", "report"]
