"""Prove a wheelhouse: nothing altered, nothing missing, nothing extra, and pip installs from it."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from certmend.errors import UsageError
from certmend.model import manifest as manifests
from certmend.model.manifest import Manifest, Target
from certmend.model.text import redact, visible
from certmend.observe import starting, wheelhouse
from certmend.process import Crew

_LIMIT = 1800.0
_DRY_RUN = (22, 2)


class Install(msgspec.Struct, frozen=True, kw_only=True):
    """Whether pip would install all files of a target, and its words where it would not."""

    target: str
    ok: bool
    how: str
    reason: str = ""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a folder, and what pip says; pip is asked only where nothing is."""

    manifest: Manifest
    manifest_sha256: str
    problems: tuple[str, ...]
    installs: tuple[Install, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it can be relied on."""
        return not self.problems and all(one.ok for one in self.installs)


def prove(folder: Path, python: str | None, environment: Mapping[str, str]) -> Proof:
    """Compare a folder with its manifest, then let pip try an installation without an index.

    Raises `UsageError` when there is no manifest.
    """
    found = wheelhouse.manifest(folder)
    if found is None:
        raise UsageError(
            f"there is no {manifests.NAME} in {visible(str(folder), 300)}",
            "give the folder that `certmend prefetch` wrote",
        )
    problems = tuple(_problems(folder, found))
    digest = wheelhouse.sha256(folder / manifests.NAME)
    proof = Proof(manifest=found, manifest_sha256=digest, problems=problems)
    if problems:
        return proof
    used = starting.find(python, environment)
    with tempfile.TemporaryDirectory(prefix="certmend-") as made, Crew() as crew:
        trial = _Trial(used, folder.resolve(), Path(made), environment, crew)
        installs = tuple(trial.install(found, target) for target in found.targets)
    return msgspec.structs.replace(proof, installs=installs)


def _problems(folder: Path, manifest: Manifest) -> Iterator[str]:
    if not manifest.complete:
        yield "the download did not come to its end; run `certmend prefetch` again"
    wanted = manifest.digests
    there = {one.name: one for one in wheelhouse.entries(folder)}
    for name, digest in wanted.items():
        entry = there.get(name)
        if entry is None:
            yield f"{visible(name)} is missing"
        elif not entry.regular:
            yield f"{visible(name)} is no plain file"
        elif (now := wheelhouse.sha256(folder / name)) != digest:
            yield f"{visible(name)} was altered: its SHA-256 is {now}, the manifest says {digest}"
    for name in there.keys() - wanted.keys() - {manifests.NAME}:
        yield f"{visible(name)} is not in the manifest"


class _Trial:
    """A throw-away environment in which pip may try."""

    def __init__(
        self, python: str, folder: Path, room: Path, environment: Mapping[str, str], crew: Crew
    ) -> None:
        self._folder = folder
        self._room = room
        self._crew = crew
        kept = {name: value for name, value in environment.items() if not name.startswith("PIP_")}
        self._environment = {
            **kept,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
            "PIP_PROGRESS_BAR": "off",
            "NO_COLOR": "1",
        }
        inner = room / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        made, _ = self._run(python, "-m", "venv", str(room / "env"))
        self._separate = made == 0 and inner.exists()
        self._python = str(inner) if self._separate else python

    def install(self, manifest: Manifest, target: Target) -> Install:
        """Let pip install a target's files: a dry run where it has one, else for real."""
        needed = [one for one in manifest.files if target.label in one.targets]
        pins = [
            f"{one.project}=={one.version}" if one.project else str(self._folder / one.name)
            for one in needed
        ]
        if not pins:
            return Install(target=target.label, ok=True, how="nothing to install")
        dry = self._has_dry_run()
        options = ["--no-index", "--find-links", str(self._folder), *target.options]
        options += ["--dry-run"] if dry else []
        if target.options or not self._separate:
            # pip takes options for another machine with a folder of their own alone.
            options += ["--ignore-installed", "--target", tempfile.mkdtemp(dir=self._room)]
        status, lines = self._run(self._python, "-m", "pip", "install", *options, *pins)
        errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
        reason = (errors or lines or ["it said nothing"])[0 if errors else -1]
        return Install(
            target=target.label,
            ok=status == 0,
            how="dry run" if dry else "installed in a throw-away environment",
            reason="" if status == 0 else reason,
        )

    def _has_dry_run(self) -> bool:
        _, lines = self._run(self._python, "-m", "pip", "--version")
        match = re.match(r"pip (\d+)\.(\d+)", lines[-1] if lines else "")
        return match is not None and (int(match[1]), int(match[2])) >= _DRY_RUN

    def _run(self, *command: str) -> tuple[int, list[str]]:
        lines: list[str] = []
        status = self._crew.follow(
            command,
            environment=self._environment,
            hear=lambda line: lines.append(redact(visible(line, 500))),
            timeout=_LIMIT,
        )
        return status, [line for line in lines if line.strip()]
