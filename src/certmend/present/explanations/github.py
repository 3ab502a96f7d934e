"""An explanation as workflow commands of GitHub Actions: annotations on the run.

Source: GitHub's documentation, "Workflow commands for GitHub Actions"; the escapes are those of
actions/toolkit's packages/core/src/command.ts.
"""

from certmend.model.explanation import Explained, Explanation
from certmend.model.finding import Certainty, Severity
from certmend.model.plugin import ExplanationFormat
from certmend.model.view import View

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(explanation: Explanation, _view: View) -> str:
    """One annotation for each finding and remark, or a notice that there is none."""
    parts = [_finding(one) for one in explanation.findings]
    parts += [f"::notice title=certmend::{_text(one.text)}" for one in explanation.remarks]
    return "\n".join(parts or ["::notice title=certmend::no failure that certmend knows"]) + "\n"


def _finding(one: Explained) -> str:
    finding = one.finding
    likely = " (likely)" if finding.certainty is Certainty.LIKELY else ""
    line = f",line={one.lines[0]}" if one.lines and one.file != "-" else ""
    file = f"file={_property(one.file)}{line}," if one.file != "-" else ""
    sentences = [f"{finding.summary}{likely}.", *finding.cure[:1]]
    sentences += [f"Run: {one.command}"] if one.command else []
    title = _property(f"certmend: {finding.code}")
    return f"::{_LEVELS[finding.severity]} {file}title={title}::{_text(chr(10).join(sentences))}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")


GITHUB = ExplanationFormat(name="github", render=render)
