"""The report as JSON; `certmend schema lint` describes it."""

import msgspec

from certmend.model.lint import LintReport
from certmend.model.plugin import LintFormat
from certmend.model.view import View
from certmend.present.lint_result import result


def render(report: LintReport, _view: View) -> str:
    """One JSON object, indented, with a line end."""
    return msgspec.json.format(msgspec.json.encode(result(report)), indent=2).decode() + "\n"


JSON = LintFormat(name="json", render=render)
