"""A report as JSON, for other programs; `certmend schema diagnosis` describes it."""

import msgspec

from certmend.model.plugin import Format
from certmend.model.report import Report
from certmend.model.view import View
from certmend.present.diagnosis import diagnosis


def render(report: Report, _view: View) -> str:
    """One JSON object, indented, with a line end."""
    return msgspec.json.format(msgspec.json.encode(diagnosis(report)), indent=2).decode() + "\n"


JSON = Format(name="json", render=render)
