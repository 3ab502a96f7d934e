"""A linter's report as data for other programs: `certmend/lint/1`, and its JSON Schema."""

from typing import Any, Literal

import msgspec

from certmend.model.finding import Severity
from certmend.model.lint import LintReport, Located
from certmend.model.text import visible


class EditResult(msgspec.Struct, frozen=True, kw_only=True):
    """Replace what stands between two places by a text."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class FixResult(msgspec.Struct, frozen=True, kw_only=True):
    """What `--fix` would do."""

    summary: str
    edits: tuple[EditResult, ...]


class LintFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding; lines and columns count from 1, columns in characters."""

    rule: str
    code: str
    severity: Severity
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    why: str
    advice: str
    fix: FixResult | None


class SkippedResult(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was not looked into."""

    path: str
    why: str


class LintResult(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report."""

    schema: Literal["certmend/lint/1"]
    version: str
    files: int
    findings: tuple[LintFinding, ...]
    skipped: tuple[SkippedResult, ...]


def result(report: LintReport) -> LintResult:
    """A report as data."""
    return LintResult(
        schema="certmend/lint/1",
        version=report.version,
        files=report.files,
        findings=tuple(_finding(one) for one in report.findings),
        skipped=tuple(SkippedResult(path=path(s.path), why=s.why) for s in report.skipped),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of it."""
    return msgspec.json.schema(LintResult)


def path(name: str) -> str:
    """A path with slashes, fit for any format: a line end in a name is written out."""
    clean = name.replace("\\", "/").removeprefix("./")
    return visible(clean, 1000)


def _finding(one: Located) -> LintFinding:
    fault = one.fault
    fix = None
    if fault.fix is not None:
        edits = tuple(
            EditResult(line=a, column=b, end_line=c, end_column=d, text=text)
            for a, b, c, d, text in one.edits
        )
        fix = FixResult(summary=fault.fix.summary, edits=edits)
    return LintFinding(
        rule=fault.rule,
        code=fault.code,
        severity=fault.severity,
        path=path(one.path),
        line=one.line,
        column=one.column,
        end_line=one.end_line,
        end_column=one.end_column,
        message=fault.message,
        why=fault.why,
        advice=fault.advice,
        fix=fix,
    )
