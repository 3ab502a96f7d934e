"""The libraries that certmend needs, as wheels bring them for each Python it runs on."""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""Those that one file is made for."""


def fetch(project: Path, folder: Path, platforms: Sequence[str] = ()) -> None:
    """Make `folder/VERSION` for each Python, with the pip and the settings of this one.

    `platforms` are tags of wheels (`manylinux_2_28_aarch64`); none means this machine's.
    Raises `subprocess.CalledProcessError` when pip finds no wheel; there is no folder then.
    """
    needed = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        for python in PYTHONS:
            missing = sorted(needed["dependencies"])
            while missing:
                _install(missing, Path(made, "whole", python), python, platforms)
                missing = sorted(_missing(Path(made, "whole", python), python))
        Path(made, "whole").rename(folder)


def _install(names: Sequence[str], folder: Path, python: str, platforms: Sequence[str]) -> None:
    options = ["--python-version", python, "--only-binary", ":all:", "--no-compile", "--upgrade"]
    options += [word for one in platforms for word in ("--platform", one)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
    subprocess.run([*command, *options, *names], check=True)


def _missing(folder: Path, python: str) -> Iterator[str]:
    """What is still required: pip reads conditions as they are for the Python that it runs on."""
    found = list(distributions(path=[str(folder)]))
    names = {canonicalize_name(one.metadata["Name"]) for one in found}
    environment = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    for one in found:
        for requirement in map(Requirement, one.requires or ()):
            holds = requirement.marker is None or requirement.marker.evaluate(environment)
            if holds and canonicalize_name(requirement.name) not in names:
                yield f"{requirement.name}{requirement.specifier}"
