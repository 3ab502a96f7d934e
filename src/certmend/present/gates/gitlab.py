"""A gate as GitLab's Code Quality JSON: a list of issues, each at a file of the project.

What no file of the project sets is shown at the pipeline's own file.
"""

import hashlib

import msgspec

from certmend.model.gate import Gate, Line, Trouble
from certmend.model.plugin import GateFormat
from certmend.model.view import View
from certmend.present.gates.text import title

_PIPELINE = ".gitlab-ci.yml"


def render(gate: Gate, _view: View) -> str:
    """All issues; the same trouble has the same fingerprint in every run."""
    issues = [_issue(line, one) for line in gate.lines for one in line.troubles]
    return msgspec.json.format(msgspec.json.encode(issues), indent=2).decode() + "\n"


def _issue(line: Line, one: Trouble) -> dict[str, object]:
    same = f"{one.code}\0{line.kind}\0{line.subject}\0{line.client}"
    words = ". ".join(part for part in (f"{title(line)}: {one.text}", one.cure) if part)
    return {
        "description": words,
        "check_name": one.code,
        "fingerprint": hashlib.sha256(same.encode()).hexdigest(),
        "severity": "critical" if one.fails else "minor",
        "location": {"path": line.path or _PIPELINE, "lines": {"begin": line.line or 1}},
    }


GITLAB = GateFormat(name="gitlab", render=render)
