"""What runs the script of a pipeline's step: a Unix shell, PowerShell, cmd or Python.

Source: GitHub's workflow syntax, `jobs.<job_id>.steps[*].shell` and `defaults.run`.
"""

from certmend.model import lazy
from certmend.observe.syntax import pipeline_names as names
from certmend.observe.syntax.tree import Node

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
