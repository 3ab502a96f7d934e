"""Which Python runs a client's command: the first line of its script, behind a version manager's.

pyenv, asdf and mise put a shim on PATH in the place of each command: a shell script, or a link to
themselves. `MANAGER which NAME` says what it starts here (pyenv's `libexec/pyenv-which`, asdf's and
mise's command references).
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from certmend import process

_SHEBANG = re.compile(r"^#!\s*(?P<path>\S+)(?:[ \t]+(?:-S[ \t]*)?(?P<rest>\S+))?")
_QUOTED = re.compile(r"""exec'?\s+["']?(?P<path>/[^"'\n]+?)["']?\s+["']\$0""")
_MANAGERS = frozenset({"pyenv", "asdf", "mise", "rtx"})
_SHIM = re.compile(
    r"""^\s*exec\s+["']?(?P<manager>\S*?\b(?:pyenv|asdf|mise|rtx))["']?\s+exec\s""", re.MULTILINE
)
_SECONDS = 5.0
_HEAD = 4096


def interpreter_of(program: str, environment: Mapping[str, str]) -> str:
    """The Python of a script, from its first line; empty when it has none."""
    text = _head(program)
    if manager := _manager(program, text):
        program = _started(manager, Path(program).name, environment)
        text = _head(program)
    if not (match := _SHEBANG.match(text)):
        return ""
    path, rest = match["path"], match["rest"] or ""
    if path.endswith("/env") and rest:
        return _python(shutil.which(rest, path=environment.get("PATH")) or "")
    if path.endswith("/sh"):
        # A path too long or with blanks: pip writes a shell line before the Python (PEP 441's way).
        quoted = _QUOTED.search(text)
        return quoted["path"] if quoted else ""
    return _python(path)


def _python(path: str) -> str:
    """The path, unless it is that of a shell: a wrapper of somebody's own tells no Python."""
    return "" if Path(path).name in ("sh", "bash", "dash", "zsh", "ksh", "fish") else path


def _manager(program: str, text: str) -> str:
    """The version manager whose shim this is; empty when it is none."""
    target = Path(program).resolve()
    if target.name in _MANAGERS and target.name != Path(program).name:
        return str(target)
    found = _SHIM.search(text) if _SHEBANG.match(text) else None
    return found["manager"] if found else ""


def _started(manager: str, name: str, environment: Mapping[str, str]) -> str:
    """What a shim of this name starts in this folder; empty when nothing is installed for it."""
    try:
        done = process.run([manager, "which", name], timeout=_SECONDS, environment=environment)
    except (OSError, process.TooSlow):
        return ""
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).is_file() else ""


def _head(program: str) -> str:
    try:
        with Path(program).open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
