"""An interpreter that is broken on purpose: a shell script that starts the real one."""

import shlex
from pathlib import Path

from certmend.lab.lab import Lab
from certmend.lab.setup import PYTHON


def without_ssl(lab: Lab) -> Path:
    """A Python whose ssl module cannot be imported: `_ssl` fails, as where it was not built.

    It stands before the standard library's own on PYTHONPATH, so an interpreter that has `_ssl`
    compiled into itself, or that ignores PYTHONPATH (-I), is not reached. Beside it, `pip`.
    """
    module = lab.file("broken/_ssl.py", 'raise ImportError("No module named _ssl")\n')
    start = f'exec env PYTHONPATH={shlex.quote(str(module.parent))} "${{{PYTHON}:-python3}}"'
    _script(lab, "pip", f'{start} -m pip "$@"')
    return _script(lab, "python3", f'{start} "$@"')


def _script(lab: Lab, name: str, line: str) -> Path:
    script = lab.file(f"bin/{name}", f"#!/bin/sh\n{line}\n")
    script.chmod(0o700)
    return script
