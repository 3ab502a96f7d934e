"""A report as Markdown, for a ticket or a pull request."""

from certmend.model.finding import Certainty, Finding
from certmend.model.plugin import Format
from certmend.model.report import Report
from certmend.model.view import View
from certmend.present.escaping import code, plain, sentence
from certmend.present.grouping import also, grouped


def render(report: Report, _view: View) -> str:
    """The findings as sections, then the indexes as a list."""
    parts = [f"# certmend: {_headline(report)}", ""]
    for finding, others in grouped(report.findings):
        parts += _finding(finding)
        if others:
            parts += [f"Also: {', '.join(map(plain, also(finding, others)))}.", ""]
    parts += ["## Indexes", ""]
    for number, index in enumerate(report.facts.indexes):
        parts.append(f"- {code(str(index.url))} ({plain(str(index.origin))})")
        parts += [
            f"  - {'ok' if check.ok else '**failed**'}: {plain(check.label)}: {plain(check.text)}"
            for check in report.checks
            if check.index == number
        ]
    return "\n".join(parts) + "\n"


def _headline(report: Report) -> str:
    if not report.findings:
        return "no findings"
    return plain(report.findings[0].summary)


def _finding(finding: Finding) -> list[str]:
    likely = ", likely" if finding.certainty is Certainty.LIKELY else ""
    lines = [
        f"## {finding.severity}: {finding.code}{likely}",
        "",
        plain(finding.summary) + ".",
        "",
    ]
    for label, text in (
        ("Index", finding.index),
        ("Where", finding.where),
        ("Client", finding.client),
    ):
        if text:
            lines.append(f"- {label}: {code(text)}")
    lines.append("")
    if finding.evidence:
        lines += ["| evidence | |", "|---|---|"]
        lines += [f"| {plain(one.label)} | {plain(one.text)} |" for one in finding.evidence]
        lines.append("")
    if finding.why:
        lines += [f"Why: {sentence(finding.why)}", ""]
    if finding.cure:
        lines += [f"Fix ({finding.owner}): {sentence(finding.cure[0])}", ""]
        lines += [f"- or: {sentence(one)}" for one in finding.cure[1:]]
        lines.append("")
    return lines


MARKDOWN = Format(name="markdown", render=render)
