"""The report as workflow commands: annotations on the lines of a pull request."""

from certmend.model.finding import Severity
from certmend.model.lint import LintReport, Located
from certmend.model.plugin import LintFormat
from certmend.model.view import View
from certmend.present.lint_result import path
from certmend.present.workflow_commands import command

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: LintReport, _view: View) -> str:
    """One command a line."""
    return "".join(_command(one) + "\n" for one in report.findings)


def _command(one: Located) -> str:
    fault = one.fault
    properties = {
        "file": path(one.path),
        "line": str(one.line),
        "endLine": str(one.end_line),
        "title": f"certmend {fault.rule}",
    }
    if one.line == one.end_line:
        properties |= {"col": str(one.column), "endColumn": str(one.end_column)}
    text = " ".join(part for part in (fault.message + ".", fault.why, fault.advice) if part)
    return command(_LEVELS[fault.severity], properties, text)


GITHUB = LintFormat(name="github", render=render)
