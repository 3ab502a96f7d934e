"""`certmend lint` on a tree of 50,000 files, beside `rg -l` with the same literals.

One file in fifty is of a kind that is read (Dockerfiles, workflows, scripts, Python sources ...);
one of ten of those has something in it. ripgrep is given the candidates, and searches them for
the same texts; certmend starts from the folder. Semgrep, where it is installed, runs rules for
three of the faults on the candidates.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Measure, Row, side_by_side
from certmend.judge.linting import engine

_FILES = 50_000
_SHARE = 50
_KINDS = (
    ("Dockerfile", "FROM python:3.13\nWORKDIR /app\nCOPY . .\n{}CMD ['app']\n",
     "RUN pip install --trusted-host pypi.corp.example -r requirements.txt\n"),
    ("ci.sh", "#!/bin/sh\nset -eu\nfor x in a b; do echo $x; done\n{}exit 0\n",
     "pip install --trusted-host pypi.corp.example billing\n"),
    ("app.py", "import os\n\n\ndef main():\n    return os.getcwd()\n{}\n",
     "import requests\nrequests.get('https://x.corp.example', verify=False)\n"),
    ("deploy.yml", "services:\n  app:\n    image: app\n    ports: ['80:80']\n{}",
     "    environment:\n      PIP_TRUSTED_HOST: pypi.corp.example\n"),
    ("Makefile", "all: build\nbuild:\n\tcc -o a a.c\n{}",
     "\tpip install --trusted-host pypi.corp.example x\n"),
)  # fmt: skip
_FILLER = "# a line that says nothing of interest to anybody\n" * 60
_RULES = """\
rules:
  - {id: verify, languages: [python], severity: ERROR, message: m, pattern: 'get(...)'}
  - {id: trusted, languages: [generic], severity: ERROR, message: m, pattern: '--trusted-host'}
  - {id: variable, languages: [generic], severity: ERROR, message: m, pattern: 'PIP_TRUSTED_HOST'}
"""


def rows() -> Iterator[Row | str]:
    """The walk and the search together, then the same beside semgrep."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        candidates = _tree(folder)
        yield from _beside_ripgrep(folder, candidates)
        yield from _beside_semgrep(folder)


def _tree(folder: Path) -> list[str]:
    candidates: list[str] = []
    for number in range(_FILES):
        here = folder / f"d{number // 500:03}" / f"e{number % 500:03}"
        if number % _SHARE:
            here.parent.mkdir(exist_ok=True)
            here.with_suffix(".dat").write_text("x\n")
            continue
        name, form, bad = _KINDS[number // _SHARE % len(_KINDS)]
        here.mkdir(parents=True)
        (here / name).write_text(_FILLER + form.format(bad if number // _SHARE % 10 == 0 else ""))
        candidates.append(str(here / name))
    subprocess.run(["git", "init", "-q", str(folder)], check=True)  # noqa: S607
    subprocess.run(["git", "-C", str(folder), "add", "-A"], check=True)  # noqa: S607
    return candidates


def _lint(folder: Path) -> None:
    command = [sys.executable, "-m", "certmend", "lint", "-q", "--fail-on", "never", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _beside_ripgrep(folder: Path, candidates: list[str]) -> Iterator[Row | str]:
    program = shutil.which("rg")
    if program is None:
        yield "beside ripgrep: there is no rg here (package ripgrep)"
        return
    needs = [rule.needs for rule in engine.rules()]
    texts = {text for one in needs for text in one.single}
    texts |= {text for one in needs for groups in one.together for text in groups[0]}
    patterns = folder.parent / f"{folder.name}.literals"
    patterns.write_text("\n".join(sorted(text.strip("\n") for text in texts)) + "\n")

    def search() -> None:
        command = [program, "-l", "-i", "-F", "-f", str(patterns), *candidates]
        subprocess.run(command, check=False, capture_output=True, timeout=120)

    try:
        ours, peer = side_by_side(lambda: _lint(folder), search)
    finally:
        patterns.unlink()
    yield Row("lint, 50,000 files", ours, peer, "rg -l on the candidates", 4)


def _beside_semgrep(folder: Path) -> Iterator[Row | str]:
    program = shutil.which("semgrep")
    if program is None:
        yield "beside semgrep: it is not installed here"
        return
    rules = folder.parent / f"{folder.name}.yml"
    rules.write_text(_RULES)

    def search() -> None:
        command = [program, "scan", "--metrics=off", "--quiet", "--config", str(rules), str(folder)]
        subprocess.run(command, check=False, capture_output=True, timeout=600)

    try:
        ours, peer = side_by_side(lambda: _lint(folder), search, rounds=1)
    finally:
        rules.unlink()
    yield Row("lint, 50,000 files", ours, peer, "semgrep", 0.1)


LINT = Measure(name="lint", rows=rows)
