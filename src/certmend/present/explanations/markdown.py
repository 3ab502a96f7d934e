"""An explanation as Markdown, for a ticket or a pull request."""

from collections.abc import Iterator

from certmend.model.explanation import Explained, Explanation
from certmend.model.finding import Certainty
from certmend.model.plugin import ExplanationFormat
from certmend.model.view import View
from certmend.present.escaping import code, plain, sentence


def render(explanation: Explanation, _view: View) -> str:
    """The findings as sections, then the remarks."""
    findings = explanation.findings
    head = findings[0].finding.summary if findings else "no failure that it knows"
    parts = [f"# certmend: {plain(head)}", ""]
    for one in findings:
        parts += _finding(one)
    parts += [
        f"- note: {plain(one.text)} ({code(one.file)}, line {', '.join(map(str, one.lines))})"
        for one in explanation.remarks
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _finding(one: Explained) -> Iterator[str]:
    finding = one.finding
    likely = ", likely" if finding.certainty is Certainty.LIKELY else ""
    yield from (f"## {finding.severity}: {finding.code}{likely}", "")
    yield from (f"{plain(finding.summary)}.", "")
    lines = ", ".join(map(str, one.lines))
    for label, text in (
        ("Log", code(finding.where)),
        ("Lines", f"{lines} (told {one.count} times)" if one.count > 1 else lines),
        ("Index", code(finding.index) if finding.index else ""),
        ("Client", code(finding.client) if finding.client else ""),
        ("Said", code(finding.evidence[0].text)),
    ):
        if text:
            yield f"- {label}: {text}"
    yield from ("", f"Why: {sentence(finding.why)}", "")
    if one.unknown:
        yield from (sentence(one.unknown), "")
    if one.possible:
        yield from (f"Possible as well: {', '.join(map(code, one.possible))}", "")
    if finding.cure:
        yield from (f"Fix ({finding.owner}): {sentence(finding.cure[0])}", "")
        if finding.cure[1:]:
            yield from (*(f"- or: {sentence(other)}" for other in finding.cure[1:]), "")
    if one.command:
        yield from (f"Run where it failed: {code(one.command)}", "")


MARKDOWN = ExplanationFormat(name="markdown", render=render)
