"""The report for a person at a terminal: place, line, why, fix; then the sum."""

import textwrap

from certmend.model.finding import Severity
from certmend.model.lint import LintReport, Located
from certmend.model.plugin import LintFormat
from certmend.model.view import View
from certmend.present.lint_result import path

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def render(report: LintReport, view: View) -> str:
    """All findings, at most `view.width` columns wide, and one line that sums them up."""
    blocks = [_finding(one, view) for one in report.findings]
    gap = "" if view.quiet else "\n"
    skipped = [f"skipped {path(one.path)}: {one.why}" for one in report.skipped]
    return (
        "".join(block + "\n" + gap for block in blocks) + "\n".join([*skipped, _sum(report)]) + "\n"
    )


def _finding(one: Located, view: View) -> str:
    fault = one.fault
    head = f"{fault.severity}[{fault.rule}]"
    colored = _styled(head, f"1;{_COLORS[fault.severity]}", view)
    place = f"{path(one.path)}:{one.line}:{one.column}"
    if view.quiet:
        return f"{place}: {colored}: {fault.message}"
    lines = textwrap.wrap(f"{head}: {fault.message}", view.width, break_long_words=False)
    lines[0] = colored + lines[0].removeprefix(head)
    lines.append(f"  --> {place}")
    lines += _source(one, view)
    lines += _labelled("why", fault.why, view)
    if fault.fix is not None:
        lines += _labelled("fix", f"{fault.fix.summary} (`certmend lint --fix` does it)", view)
    lines += _labelled("fix" if fault.fix is None else "or", fault.advice, view)
    return "\n".join(lines)


def _source(one: Located, view: View) -> list[str]:
    """The line, cut to the width around the place, with the place underlined."""
    number = f"{one.line:4}"
    space = view.width - len(number) - 3
    indent = len(one.source) - len(one.source.lstrip())
    begin = max(0, one.column - 1)
    length = one.end_column - one.column if one.end_line == one.line else len(one.source) - begin
    text, start = one.source, 0
    if len(text) - indent <= space:
        start = indent
    elif begin > space // 3:
        start = begin - space // 3
    shown = text[start : start + space]
    at = max(0, begin - start)
    marks = "^" * max(1, min(length, len(shown) - at))
    bar = _styled("|", "34", view)
    return [f"{number} {bar} {shown}".rstrip(), f"     {bar} {' ' * at}{marks}"]


def _labelled(label: str, text: str, view: View) -> list[str]:
    if not text:
        return []
    begin = f"   = {label}: "
    wrapped = textwrap.wrap(
        text, view.width, initial_indent=begin, subsequent_indent=" " * len(begin),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return [line.replace(begin, _styled(begin, "34", view), 1) for line in wrapped]


def _styled(text: str, code: str, view: View) -> str:
    return f"\033[{code}m{text}\033[0m" if view.color else text


def _sum(report: LintReport) -> str:
    counts = dict.fromkeys(Severity, 0)
    for one in report.findings:
        counts[one.fault.severity] += 1
    words = ", ".join(
        f"{counts[severity]} {severity}{'s' * (counts[severity] != 1)}" for severity in Severity
    )
    files = f"{report.files} file{'s' * (report.files != 1)} of a kind that is read"
    return f"{words} in {files}"


TEXT = LintFormat(name="text", render=render)
