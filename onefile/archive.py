"""One file of certmend and its libraries, which a Python runs as it is."""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from onefile.libraries import PYTHONS

_START = Path(__file__).with_name("start.py")
_SKIPPED = ("bin/", "share/")
"""What wheels install beside their modules."""
_EXTENSIONS = (".so", ".pyd")
_MADE = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can tell: what is the same makes the same file."""


def make(project: Path, libraries: Path, target: Path) -> None:
    """Write the file: certmend as it is built from `project`, with what `libraries` holds.

    What is the same for every Python lies below `all` in it, the rest below the version.
    Raises `FileNotFoundError` where the libraries were not fetched.
    """
    trees = {python: dict(_files(libraries / python)) for python in PYTHONS}
    own = _built(project)
    content = {f"all/{name}": data for name, data in own.items()}
    for python, tree in trees.items():
        for name, data in tree.items():
            shared = all(other.get(name) == data for other in trees.values())
            content[f"{'all' if shared else python}/{name}"] = data
    suffixes = {_suffix(name) for tree in trees.values() for name in tree} - {""}
    content["onefile_contents.py"] = _contents(content, sorted(suffixes)).encode()
    content["__main__.py"] = _START.read_bytes()
    _write(content, target)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and "__pycache__" not in path.parts and not name.startswith(_SKIPPED):
            yield name, path.read_bytes()


def _built(project: Path) -> dict[str, bytes]:
    """The files of certmend's own wheel, but those it installs beside its modules."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", folder]
        subprocess.run(command, cwd=project, check=True, capture_output=True)
        (wheel,) = Path(folder).iterdir()
        with zipfile.ZipFile(wheel) as built:
            return {name: built.read(name) for name in built.namelist() if ".data/" not in name}


def _suffix(name: str) -> str:
    """How the extension modules of one Python end, where a file is such: what tells it apart."""
    base = name.rpartition("/")[2]
    suffix = base[base.find(".") :] if base.endswith(_EXTENSIONS) else ""
    return "" if suffix in (*_EXTENSIONS, ".abi3.so") else suffix


def _contents(content: Mapping[str, bytes], suffixes: list[str]) -> str:
    identity = hashlib.sha256()
    for name, data in sorted(content.items()):
        identity.update(f"{len(name)} {len(data)} {name}".encode() + data)
    told = {"IDENTITY": identity.hexdigest()[:16], "PYTHONS": PYTHONS, "SUFFIXES": suffixes}
    return "".join(f"{name} = {value!r}\n" for name, value in told.items())


def _write(content: Mapping[str, bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_name(f".{target.name}.{os.getpid()}")  # it appears whole or not at all
    with made.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in sorted(content.items()):
                archive.writestr(zipfile.ZipInfo(name, _MADE), data, zipfile.ZIP_DEFLATED)
    made.chmod(0o755)
    made.replace(target)
