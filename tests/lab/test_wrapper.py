import subprocess
import sys

import pytest

from certmend.lab import wrapper
from certmend.lab.lab import Lab
from certmend.lab.setup import PYTHON


@pytest.mark.parametrize(
    ("program", "arguments", "says"),
    [
        ("python3", ["-c", "import json; print('fine')"], "fine"),
        ("python3", ["-c", "import ssl"], "No module named _ssl"),
        ("pip", ["--version"], "pip "),
    ],
)
def test_only_ssl_is_missing(program, arguments, says):
    with Lab() as lab:
        started = wrapper.without_ssl(lab).with_name(program)
        said = subprocess.run(
            [started, *arguments],
            env={"PATH": "/usr/bin:/bin", PYTHON: sys.executable},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert says in said.stdout + said.stderr
