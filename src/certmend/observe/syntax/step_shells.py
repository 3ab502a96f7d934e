"""What runs the script of a pipeline's step: a Unix shell, PowerShell, cmd or Python.

Source: GitHub's workflow syntax, `jobs.<job_id>.steps[*].shell` and `defaults.run`.
"""

from certmend.model import lazy
from certmend.model.commandline import base_name
from certmend.observe.syntax import pipeline_names as names
from certmend.observe.syntax.carried import SHELLS
from certmend.observe.syntax.tree import Node, Pair

_PYTHON = lazy.regex(r"python[\d.]*")


def default(node: Node) -> str:
    """The shell of a workflow's or a job's steps: `defaults`, else that of its runner."""
    defaults = node.get("defaults")
    run = defaults.get("run") if defaults is not None else None
    shell = run.text("shell") if run is not None else ""
    return shell or ("pwsh" if node.text("runs-on").startswith("windows") else "")


def other(name: str, interpreter: str) -> str:
    """A file of the kind that a script is, unless it is one of a Unix shell."""
    if name in names.POWERSHELL or "pwsh" in interpreter or "powershell" in interpreter:
        return "x.ps1"
    if interpreter == "cmd" or name == "bat":
        return "x.bat"
    return "x.py" if _PYTHON.match(interpreter) else ""


def of_source(node: Node) -> str:
    """What runs the `source` of a step of Argo's: its `command`; nothing for another language."""
    command = node.get("command")
    words = command.scalars() if command is not None else []
    program = base_name(words[0].text) if words else ""
    return program if program in SHELLS or _PYTHON.fullmatch(program) else ""


def is_source(pair: Pair, node: Node) -> bool:
    """Whether a text is a script beside the `command` that runs it, or a command line.

    Sources: Argo's field reference, "ScriptTemplate"; the Compose specification, "entrypoint".
    """
    name, held = pair.key.text.lower(), pair.value.scalar
    if held is None:
        return False
    is_line = name == "entrypoint" and " " in held.text.strip()
    return is_line or (name == "source" and bool(of_source(node)))
