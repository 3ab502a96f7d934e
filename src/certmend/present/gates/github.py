"""A gate as text with workflow commands: annotations in GitHub Actions.

Source: GitHub Actions, workflow commands; `%`, line ends, `:` and `,` are escaped as they say.
"""

from certmend.model.gate import Gate, Line, Trouble
from certmend.model.plugin import GateFormat
from certmend.model.report import View
from certmend.present.gates import text


def render(gate: Gate, view: View) -> str:
    """The lines for the log, then a command for each trouble."""
    commands = [_command(line, one) for line in gate.lines for one in line.troubles]
    log = [_no_command(one) for one in text.render(gate, view).splitlines()]
    return "".join(f"{one}\n" for one in (*log, *commands))


def _no_command(line: str) -> str:
    """A line for the log alone: words from outside must not become a command at its start."""
    return f"- {line}" if line.lstrip().startswith(("::", "##[")) else line


def _command(line: Line, one: Trouble) -> str:
    properties = {"title": f"certmend {one.code}"}
    if line.path:
        properties |= {"file": line.path, "line": str(line.line or 1)}
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    words = ". ".join(part for part in (f"{text.title(line)}: {one.text}", one.cure) if part)
    return f"::{'error' if one.fails else 'warning'} {named}::{_data(words)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


GITHUB = GateFormat(name="github", render=render)
