"""An explanation as JSON: `certmend/explanation/1`; `certmend schema explanation` describes it."""

from typing import Any, Literal

import msgspec

from certmend.model.explanation import Explained, Explanation
from certmend.model.finding import Certainty, Evidence, Owner, Severity
from certmend.model.plugin import ExplanationFormat
from certmend.model.report import View


class FindingResult(msgspec.Struct, frozen=True, kw_only=True):
    """One finding: the fields of a diagnosis' findings, and where the log tells it."""

    code: str
    severity: Severity
    certainty: Certainty
    index: str
    host: str
    client: str
    where: str
    summary: str
    evidence: tuple[Evidence, ...]
    why: str
    owner: Owner
    cure: str
    alternatives: tuple[str, ...]
    """Other cures."""
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
    finding = one.finding
    return FindingResult(
        code=finding.code,
        severity=finding.severity,
        certainty=finding.certainty,
        index=finding.index,
        host=finding.host,
        client=finding.client,
        where=finding.where,
        summary=finding.summary,
        evidence=finding.evidence,
        why=finding.why,
        owner=finding.owner,
        cure=finding.cure[0] if finding.cure else "",
        alternatives=finding.cure[1:],
        file=one.file,
        lines=one.lines,
        count=one.count,
        possible=one.possible,
        unknown=one.unknown,
        command=one.command,
    )


JSON = ExplanationFormat(name="json", render=render)
