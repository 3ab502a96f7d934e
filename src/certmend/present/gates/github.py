"""A gate as text with workflow commands: annotations in GitHub Actions."""

from certmend.model.gate import Gate, Line, Trouble
from certmend.model.plugin import GateFormat
from certmend.model.view import View
from certmend.present.gates import text
from certmend.present.workflow_commands import command, no_command


def render(gate: Gate, view: View) -> str:
    """The lines for the log, then a command for each trouble."""
    log = [no_command(one) for one in text.render(gate, view).splitlines()]
    commands = [_command(line, one) for line in gate.lines for one in line.troubles]
    return "".join(f"{one}\n" for one in (*log, *commands))


def _command(line: Line, one: Trouble) -> str:
    properties = {"title": f"certmend {one.code}"}
    if line.path:
        properties |= {"file": line.path, "line": str(line.line or 1)}
    words = ". ".join(part for part in (f"{text.title(line)}: {one.text}", one.cure) if part)
    return command("error" if one.fails else "warning", properties, words)


GITHUB = GateFormat(name="github", render=render)
