"""A new shell, really started with the person's profile: the environment that it hands on."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from certmend import process

_SECONDS = 20.0
# The same words in every shell: what differs from run to run comes by variables.
_LEAVE = (
    '"$CERTMEND_PYTHON" -I -S -c \'import os; '
    'open(os.environb[b"CERTMEND_LEAVE"], "wb").write('
    'b"\\0".join(name + b"=" + value for name, value in os.environb.items()))\''
)


def environment(program: str, option: str, given: Mapping[str, str]) -> dict[str, str] | None:
    """What a shell started with this option (`-l`, `-i`) hands on; None: it hands on nothing.

    It has no terminal and an empty input, and `_SECONDS` to end: a profile that asks, or that
    runs another program in the shell's place, cannot hold certmend up.
    """
    with tempfile.TemporaryDirectory(prefix="certmend-") as folder:
        left = Path(folder) / "environment"
        more = {"CERTMEND_PYTHON": sys.executable, "CERTMEND_LEAVE": str(left), "TERM": "dumb"}
        command = (program, option, "-c", _LEAVE)
        try:
            process.unheard(command, environment={**given, **more}, timeout=_SECONDS)
            content = left.read_bytes()
        except OSError:
            return None
    words = (one.decode("utf-8", "surrogateescape") for one in content.split(b"\0"))
    found = dict(one.split("=", 1) for one in words if "=" in one)
    return {name: value for name, value in found.items() if name not in more}
