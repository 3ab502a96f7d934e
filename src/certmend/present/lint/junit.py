"""The report as JUnit XML: a test case for each finding, a failure unless it is a note."""

from xml.sax.saxutils import escape, quoteattr

from certmend.model.finding import Severity
from certmend.model.lint import LintReport, Located
from certmend.model.plugin import LintFormat
from certmend.model.view import View
from certmend.present.lint_result import path


def render(report: LintReport, _view: View) -> str:
    """One test suite; without findings it holds one case that passed."""
    cases = [_case(one) for one in report.findings] or [
        '    <testcase classname="certmend.lint" name="no findings"/>'
    ]
    failures = sum(one.fault.severity is not Severity.NOTE for one in report.findings)
    head = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<testsuites {head}>\n"
        f'  <testsuite name="certmend lint" {head}>\n' + "\n".join(cases) + "\n"
        "  </testsuite>\n</testsuites>\n"
    )


def _case(one: Located) -> str:
    fault = one.fault
    place = f"{path(one.path)}:{one.line}:{one.column}"
    attributes = (
        f"classname={quoteattr('certmend.lint.' + fault.rule)} "
        f"name={quoteattr(place + ' ' + fault.message)} "
        f'file={quoteattr(path(one.path))} line="{one.line}"'
    )
    text = escape("\n".join(part for part in (place, one.source, fault.why, fault.advice) if part))
    if fault.severity is Severity.NOTE:
        return f"    <testcase {attributes}><system-out>{text}</system-out></testcase>"
    message = quoteattr(fault.message)
    return (
        f"    <testcase {attributes}>\n      <failure type={quoteattr(fault.severity)} "
        f"message={message}>{text}</failure>\n    </testcase>"
    )


JUNIT = LintFormat(name="junit", render=render)
