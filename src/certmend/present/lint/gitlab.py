"""The report as GitLab's Code Quality JSON."""

import hashlib

import msgspec

from certmend.model.finding import Severity
from certmend.model.lint import LintReport, Located
from certmend.model.plugin import LintFormat
from certmend.model.view import View
from certmend.present.lint_result import path

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: LintReport, _view: View) -> str:
    """A list of issues; a fingerprint stays when the line only moves."""
    seen: dict[str, int] = {}
    issues = []
    for one in report.findings:
        text = f"{one.fault.rule}\0{path(one.path)}\0{one.source.strip()}"
        count = seen[text] = seen.get(text, 0) + 1
        issues.append(_issue(one, hashlib.sha256(f"{text}\0{count}".encode()).hexdigest()))
    return msgspec.json.format(msgspec.json.encode(issues), indent=2).decode() + "\n"


def _issue(one: Located, fingerprint: str) -> dict[str, object]:
    return {
        "description": f"{one.fault.message}. {one.fault.advice}".strip(),
        "check_name": one.fault.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[one.fault.severity],
        "location": {"path": path(one.path), "lines": {"begin": one.line, "end": one.end_line}},
    }


GITLAB = LintFormat(name="gitlab", render=render)
