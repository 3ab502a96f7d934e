"""`certmend lint` on a tree of 50,000 files, beside `rg -l` with the same literals.

One file in ten is of a kind that is read (Dockerfiles, workflows, scripts, Python sources ...), and
one in five of those has something in it: 2 % of all. Both start from the folder: ripgrep picks the
candidates by the names that certmend knows, and searches them for the same texts. Semgrep looks in
the same folder, with rules for the faults that were put there.

What ripgrep takes for candidates that it is told one by one, and need not find, is told beside it
without a limit; so is what both take for fewer of them, where ripgrep's time is that of a small
program's start and certmend's that of Python's with its libraries.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from bench import tools
from bench.measure import Measure, Row, side_by_side
from certmend import registry
from certmend.judge.linting import engine
from certmend.model.plugin import FileKind

_FILES = 50_000
_MANY = (10, 5)
"""One file in so many is of a kind that is read, one of so many of those has a finding."""
_FEW = (50, 10)
_SAMPLES = (
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
    ("requirements.txt", "requests==2.32.3\n{}", "--index-url http://pypi.corp.example/simple\n"),
    ("pip.conf", "[global]\ntimeout = 3\n{}", "trusted-host = pypi.corp.example\n"),
    (".gitlab-ci.yml", "image: python\ntest:\n  script:\n    - pytest\n{}",
     "    - pip install --trusted-host pypi.corp.example x\n"),
)  # fmt: skip
_FILLER = "# a line that says nothing of interest to anybody\n"
_LENGTHS = 40
"""Files of a kind are as long as one of so many parts of the filler, in turn."""
_RULES = """\
rules:
  - id: verify-disabled
    languages: [python]
    severity: ERROR
    message: m
    pattern: requests.$CALL(..., verify=False, ...)
  - id: trusted-host
    languages: [generic]
    severity: ERROR
    message: m
    pattern-either: [pattern: --trusted-host, pattern: PIP_TRUSTED_HOST, pattern: trusted-host =]
  - id: insecure-index
    languages: [regex]
    severity: ERROR
    message: m
    pattern-regex: '--(extra-)?index-url[ =]+http://'
"""


def rows() -> Iterator[Row | str]:
    """Beside ripgrep and Semgrep; then beside ripgrep where it has next to nothing to do."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        candidates = _tree(folder, *_MANY)
        if (program := shutil.which("rg")) is None:
            yield "beside ripgrep: there is no rg here (package ripgrep)"
        else:
            yield _beside_ripgrep(folder, program, candidates)
            yield _beside_ripgrep_told(folder, program, candidates)
        yield _beside_semgrep(folder)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        candidates = _tree(folder, *_FEW)
        if program is not None:
            told = _beside_ripgrep_told(folder, program, candidates)
            yield f"{told}; certmend's start alone {_start():.3f} s"


def _start() -> float:
    """Seconds until one file is linted, with a finding: what every run takes."""
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / _SAMPLES[0][0]).write_text(_SAMPLES[0][1].format(_SAMPLES[0][2]))
        return side_by_side(lambda: _lint(Path(made)), lambda: None)[0]


def _tree(folder: Path, share: int, bad_share: int) -> list[str]:
    """Make the files; the paths of those of a kind that is read."""
    candidates: list[str] = []
    for number in range(_FILES):
        here = folder / f"d{number // 500:03}" / f"e{number % 500:03}"
        if number % share:
            here.parent.mkdir(exist_ok=True)
            here.with_suffix(".dat").write_text("x\n")
            continue
        turn, kind = divmod(number // share, len(_SAMPLES))
        name, form, bad = _SAMPLES[kind]
        here.mkdir(parents=True)
        filler = _FILLER * (1 + turn % _LENGTHS)
        (here / name).write_text(filler + form.format(bad if turn % bad_share == 0 else ""))
        candidates.append(str(here / name))
    subprocess.run(["git", "init", "-q", str(folder)], check=True)  # noqa: S607
    subprocess.run(["git", "-C", str(folder), "add", "-A"], check=True)  # noqa: S607
    return candidates


def _lint(folder: Path) -> None:
    command = [sys.executable, "-m", "certmend", "lint", "-q", "--fail-on", "never", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _beside_ripgrep(folder: Path, program: str, candidates: list[str]) -> Row | str:
    """Both find the candidates themselves."""
    names = [option for glob in _globs() for option in ("-g", glob)]
    search = _Search(folder, (program, "--hidden", *names, "-g", "!.git/"), [str(folder)])
    told = _Search(folder, (program,), candidates)
    with search, told:
        if search.found() != told.found():
            return "beside ripgrep: its patterns of names pick other files"
        ours, peer = side_by_side(lambda: _lint(folder), search.run)
    return Row("lint, 50,000 files", ours, peer, "rg -l on the candidates", 4)


def _beside_ripgrep_told(folder: Path, program: str, candidates: list[str]) -> str:
    """Ripgrep is told the candidates, and finds none."""
    with _Search(folder, (program,), candidates) as search:
        ours, peer = side_by_side(lambda: _lint(folder), search.run)
    return (
        f"{len(candidates)} candidates in {_FILES} files: {ours:.3f} s, "
        f"rg -l that is told them {peer:.3f} s"
    )


class _Search:
    """ripgrep looks for the texts that the rules look for; they are kept beside the folder."""

    def __init__(self, folder: Path, command: tuple[str, ...], where: list[str]) -> None:
        self._patterns = folder.parent / f"{folder.name}.{len(where)}.literals"
        self._command = [*command, "-l", "-i", "-F", "-f", str(self._patterns), *where]

    def __enter__(self) -> Self:
        needs = [rule.needs for rule in engine.rules()]
        texts = {text for one in needs for text in one.single}
        texts |= {text for one in needs for groups in one.together for text in groups[0]}
        self._patterns.write_text("\n".join(sorted(text.strip("\n") for text in texts)) + "\n")
        return self

    def __exit__(self, *_: object) -> None:
        self._patterns.unlink()

    def run(self) -> str:
        searched = subprocess.run(self._command, check=True, capture_output=True, timeout=120)
        return searched.stdout.decode()

    def found(self) -> set[str]:
        return set(self.run().splitlines())


def _globs() -> set[str]:
    """The names of the kinds that are read, and those of the tree as they are written there."""
    kinds = registry.load("certmend.observe.files", FileKind)
    names = {name for kind in kinds for name in kind.names}
    endings = {f"*{suffix}" for kind in kinds for suffix in kind.suffixes}
    places = {f"**/{path}" for kind in kinds for path in kind.paths}
    return names | endings | places | {name for name, _, _ in _SAMPLES}


def _beside_semgrep(folder: Path) -> Row | str:
    program = tools.program("CERTMEND_SEMGREP", "semgrep")
    if program is None:
        return "beside semgrep: it is not installed here"
    rules = folder.parent / f"{folder.name}.yml"
    rules.write_text(_RULES)
    machine = tools.clean(PATH=f"{Path(program).parent}{os.pathsep}{os.environ['PATH']}")
    options = ("--metrics=off", "--disable-version-check", "--quiet", "--config", str(rules))
    search = tools.runs(program, "scan", *options, str(folder), environment=machine)
    try:
        ours, peer = side_by_side(lambda: _lint(folder), search, rounds=1)
    finally:
        rules.unlink()
    return Row("lint, 50,000 files", ours, peer, "semgrep", 0.1)


LINT = Measure(name="lint", rows=rows)
