"""An explanation as JSON: `certmend/explanation/1`; `certmend schema explanation` describes it."""

from typing import Any, Literal

import msgspec

from certmend.model.explanation import Explained, Explanation
from certmend.model.finding import Severity
from certmend.model.plugin import ExplanationFormat
from certmend.model.view import View
from certmend.present import finding_result


class FindingResult(finding_result.FindingResult, frozen=True, kw_only=True):
    """One finding: the fields of a diagnosis' findings, and where the log tells it."""

    file: str
    lines: tuple[int, ...]
    """The first lines that tell it, counted from 1."""
    count: int
    """How often the log tells it."""
    possible: tuple[str, ...]
    """Codes that the same lines would fit as well."""
    unknown: str
    """What the log cannot tell."""
    command: str
    """What to run next, where it failed."""
    url: str
    """What that looks at; empty for every index of the client."""
    package: str
    """The package that is not there, where the log names it."""


class RemarkResult(msgspec.Struct, frozen=True, kw_only=True):
    """Something else that stopped an installation."""

    text: str
    file: str
    lines: tuple[int, ...]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer of `certmend explain --format json`."""

    schema: Literal["certmend/explanation/1"] = "certmend/explanation/1"
    version: str
    ok: bool
    """Whether no finding is an error or a warning."""
    files: tuple[str, ...]
    skipped: int
    """Places that look like more of the same, and were not read."""
    findings: tuple[FindingResult, ...]
    remarks: tuple[RemarkResult, ...]


def render(explanation: Explanation, _view: View) -> str:
    """One JSON object, indented, with a line end."""
    return msgspec.json.format(msgspec.json.encode(result(explanation)), indent=2).decode() + "\n"


def result(explanation: Explanation) -> Result:
    """An explanation as data."""
    bad = (Severity.ERROR, Severity.WARNING)
    return Result(
        version=explanation.version,
        ok=not any(one.finding.severity in bad for one in explanation.findings),
        files=explanation.files,
        skipped=explanation.skipped,
        findings=tuple(_finding(one) for one in explanation.findings),
        remarks=tuple(
            RemarkResult(text=one.text, file=one.file, lines=one.lines)
            for one in explanation.remarks
        ),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of an explanation (draft 2020-12)."""
    made = msgspec.json.schema(Result)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _finding(one: Explained) -> FindingResult:
    own = {name: getattr(one, name) for name in one.__struct_fields__ if name != "finding"}
    return finding_result.of(FindingResult, one.finding, **own)


JSON = ExplanationFormat(name="json", render=render)
