"""The report as SARIF 2.1.0, with the pages of the rules as help and the fixes."""

from typing import Any
from urllib.parse import quote

import msgspec

from certmend.model.lint import LintReport, Located, Page
from certmend.model.plugin import LintFormat
from certmend.model.view import View
from certmend.present.lint_result import path

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: LintReport, _view: View) -> str:
    """One run with its rules and results."""
    slugs = [page.slug for page in report.pages]
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "certmend",
                        "semanticVersion": report.version,
                        "rules": [_rule(page) for page in report.pages],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The linted folder"}}},
                "results": [_result(one, slugs) for one in report.findings],
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [
                            {
                                "level": "note",
                                "message": {"text": f"skipped {path(s.path)}: {s.why}"},
                            }
                            for s in report.skipped
                        ],
                    }
                ],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _rule(page: Page) -> dict[str, Any]:
    name = "".join(part.capitalize() for part in page.slug.split("-"))
    return {
        "id": page.slug,
        "name": name,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.summary},
        "help": {"text": page.page, "markdown": page.page},
        "defaultConfiguration": {"level": str(page.severity)},
        "properties": {"tags": ["security", *([page.code] if page.code else [])]},
    }


def _result(one: Located, slugs: list[str]) -> dict[str, Any]:
    fault = one.fault
    found: dict[str, Any] = {
        "ruleId": fault.rule,
        "ruleIndex": slugs.index(fault.rule),
        "level": str(fault.severity),
        "message": {
            "text": " ".join(
                part for part in (fault.message + ".", fault.why, fault.advice) if part
            )
        },
        "locations": [
            {"physicalLocation": {"artifactLocation": _artifact(one), "region": _region(one)}}
        ],
    }
    if fault.fix is not None:
        replacements = [
            {
                "deletedRegion": {"startLine": a, "startColumn": b, "endLine": c, "endColumn": d},
                "insertedContent": {"text": text},
            }
            for a, b, c, d, text in one.edits
        ]
        change = {"artifactLocation": _artifact(one), "replacements": replacements}
        found["fixes"] = [{"description": {"text": fault.fix.summary}, "artifactChanges": [change]}]
    return found


def _artifact(one: Located) -> dict[str, str]:
    name = one.path.replace("\\", "/").removeprefix("./")
    found = {"uri": quote(name.encode("utf-8", "surrogateescape"), safe="/:@!$&'()*+,;=~-._")}
    if not name.startswith("/"):
        found["uriBaseId"] = "SRCROOT"
    return found


def _region(one: Located) -> dict[str, int]:
    return {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
    }


SARIF = LintFormat(name="sarif", render=render)
