import textwrap
from pathlib import Path

IMAGE = """\
FROM python:3.12-slim
ENV PIP_INDEX_URL=https://nexus.corp.example/repository/pypi/simple \\
    PIP_TRUSTED_HOST=nexus.corp.example
RUN pip install -r requirements.txt
"""
SETTINGS = textwrap.dedent("""
    [global]
    index-url = https://one.corp.example/simple
    [install]
    trusted-host =
        one.corp.example
        two.corp.example
""")
SCRIPT = """#!/bin/bash
set -e
pip install --trusted-host three.corp.example x
"""


def lines():
    made = ["FROM python:3.12-slim"]
    made.append("RUN pip config set global.trusted-host four.corp.example")
    return made


def write(folder: Path):
    (folder / "Dockerfile").write_text(IMAGE)
    (folder / "Dockerfile.other").write_text("\n".join(lines()))
    (folder / "pip.conf").write_text(SETTINGS)
    (folder / "install.sh").write_text(SCRIPT)
    (folder / "list.txt").write_text("--trusted-host five.corp.example\nx\n")
