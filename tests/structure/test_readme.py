"""What the README shows is true: every command in it runs."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from certmend.lab.lab import Lab
from certmend.lab.scenario import find
from certmend.lab.setup import environment_for

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^ {4}(\w.*?)(?: {2,}.*)?$", README, re.MULTILINE)
TYPED = re.findall(r"^\$ (.+)$", README, re.MULTILINE)
COMMANDS = [
    one for one in dict.fromkeys((*LISTED, *TYPED)) if not one.startswith(("make ", "pip install"))
]
STATUS = {0, 1}
"""Nothing wrong, or findings (pip: a failure); 2 and 3 would be a command that is none."""


def test_it_shows_what_it_is_about():
    assert any(one == "certmend diagnose" for one in COMMANDS)
    assert len(COMMANDS) >= 6


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(command, clean, tmp_path):
    """In a folder with a requirements file, where the index's CA is not trusted."""
    (tmp_path / "requirements.txt").write_text("billing\n")
    (tmp_path / "Dockerfile").write_text("FROM python:3-slim\nRUN pip install billing\n")
    (tmp_path / "build.log").write_text("ERROR: No matching distribution found for billing\n")
    with Lab() as lab:
        setup = find("untrusted-root").build(lab)
        here = {**clean, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"}
        values = {"URL": setup.index_urls[0], "PATH": sys.executable, "CA": str(setup.ca_file)}
        values["corp-ca.crt"] = str(setup.ca_file)
        words = [values.get(word, word) for word in shlex.split(command)]
        done = subprocess.run(
            words,
            env={**environment_for(setup, here), "PIP_RETRIES": "0"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    assert done.returncode in STATUS, done.stderr
    assert "certmend: error" not in done.stderr
