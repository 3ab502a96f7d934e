"""A report as Markdown, for a ticket or a pull request."""

import re

from certmend.model.finding import Certainty, Finding
from certmend.model.plugin import Format
from certmend.model.report import Report, View
from certmend.present.grouping import grouped

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def render(report: Report, _view: View) -> str:
    """The findings as sections, then the indexes as a list."""
    parts = [f"# certmend: {_headline(report)}", ""]
    for finding, others in grouped(report.findings):
        parts += _finding(finding)
        if others:
            parts += [f"Also: {', '.join(_plain(one.client) for one in others)}.", ""]
    parts += ["## Indexes", ""]
    for number, index in enumerate(report.facts.indexes):
        parts.append(f"- {_code(str(index.url))} ({_plain(str(index.origin))})")
        parts += [
            f"  - {'ok' if check.ok else '**failed**'}: {_plain(check.label)}: {_plain(check.text)}"
            for check in report.checks
            if check.index == number
        ]
    return "\n".join(parts) + "\n"


def _headline(report: Report) -> str:
    if not report.findings:
        return "no findings"
    return _plain(report.findings[0].summary)


def _finding(finding: Finding) -> list[str]:
    likely = ", likely" if finding.certainty is Certainty.LIKELY else ""
    lines = [
        f"## {finding.severity}: {finding.code}{likely}",
        "",
        _plain(finding.summary) + ".",
        "",
    ]
    for label, text in (
        ("Index", finding.index),
        ("Where", finding.where),
        ("Client", finding.client),
    ):
        if text:
            lines.append(f"- {label}: {_code(text)}")
    lines.append("")
    if finding.evidence:
        lines += ["| evidence | |", "|---|---|"]
        lines += [f"| {_plain(one.label)} | {_plain(one.text)} |" for one in finding.evidence]
        lines.append("")
    if finding.why:
        lines += [f"Why: {_sentence(finding.why)}", ""]
    if finding.cure:
        lines += [f"Fix ({finding.owner}): {_sentence(finding.cure[0])}", ""]
        lines += [f"- or: {_sentence(one)}" for one in finding.cure[1:]]
        lines.append("")
    return lines


def _sentence(text: str) -> str:
    """Escaped but for what stands in backticks, which is a command of ours."""
    pieces = text.split("`")
    return "".join(
        f"`{piece}`" if number % 2 else _plain(piece) for number, piece in enumerate(pieces)
    )


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _code(text: str) -> str:
    return f"`{text.replace('`', chr(39))}`"


MARKDOWN = Format(name="markdown", render=render)
