"""`certmend prefetch`: the packages of requirements in a folder that works without an index."""

import itertools
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certmend import api, flags, process, terminal
from certmend.errors import UsageError
from certmend.model.text import visible

if TYPE_CHECKING:
    from certmend.model.manifest import Manifest, Target
    from certmend.tasks.proving import Proof

_EXAMPLES = """\b
  certmend prefetch -r requirements.txt
  certmend prefetch -r requirements.txt --with-hashes --dest wheelhouse
  certmend prefetch -r requirements.txt --python-version 3.12 \\
      --platform manylinux2014_x86_64 --platform win_amd64
  certmend prefetch --verify wheelhouse    on the other side
"""


@click.command(
    short_help="Download packages into a folder that installs offline.",
    epilog="Exit status: 0 done, 1 an index or a file is not right, 2 wrong use, "
    "3 certmend's own failure.",
)
@click.option(
    "-r",
    "--requirement",
    "requirement_files",
    multiple=True,
    metavar="FILE",
    help="A requirements file; may be given several times.",
)
@click.option(
    "--dest",
    type=click.Path(path_type=Path),
    default=Path("wheelhouse"),
    show_default=True,
    metavar="FOLDER",
    help="Where the packages go.",
)
@click.option(
    "--python-version",
    "python_versions",
    multiple=True,
    metavar="V",
    help="A Python to download for, as pip's option; by default this one.",
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="P",
    help="A platform tag to download for; tags of one machine joined by commas.",
)
@click.option("--with-hashes", is_flag=True, help="Write pinned requirements with hashes too.")
@click.option(
    "--verify",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Prove that a folder is whole and that pip installs from it.",
)
@flags.python("used")
@flags.indexes
@flags.find_links
@flags.connection
@click.option(
    "--jobs",
    type=click.IntRange(1, 16),
    default=4,
    show_default=True,
    metavar="N",
    help="How many targets are downloaded for at once.",
)
@flags.timeout(15.0, "Seconds to wait for a server.")
def prefetch(*, verify: Path | None, python: str | None, **given: Any) -> int:
    """Download packages with pip into a folder that works offline, and prove it there."""
    process.end_on("SIGTERM", 143)
    process.end_on("SIGHUP", 129)
    if verify is not None:
        if given["requirement_files"]:
            raise UsageError("--verify and -r do not go together", "leave one of them out")
        return _prove(verify, python)
    if not given["requirement_files"]:
        raise UsageError(
            "nothing to download", "name a file with `-r requirements.txt`, or use `--verify`"
        )
    return _download(python=python, **given)


prefetch.help = f"{prefetch.help}\n\n{_EXAMPLES}"


def _download(
    *,
    dest: Path,
    python_versions: tuple[str, ...],
    platforms: tuple[str, ...],
    with_hashes: bool,
    jobs: int,
    **given: Any,
) -> int:
    request = api.Request(**given)
    facts = api.gather(request)
    report = api.report(facts)
    if api.prevents_download(report):
        terminal.out(api.render(report, "text"))
        terminal.talk("certmend: nothing was downloaded: an index cannot be used safely")
        return 1
    progress = _Progress()
    try:
        outcome = api.prefetch(
            request,
            facts,
            destination=dest,
            targets=_targets(python_versions, platforms),
            with_hashes=with_hashes,
            jobs=jobs,
            hear=progress.hear,
        )
    finally:
        progress.clear()
    _say(outcome.manifest, outcome.kept, outcome.fetched, dest)
    return 0


def _targets(versions: tuple[str, ...], platforms: tuple[str, ...]) -> "tuple[Target, ...]":
    from certmend.model.manifest import Target

    pairs = itertools.product(versions or ("",), platforms or ("",))
    return tuple(
        dict.fromkeys(
            Target(
                python_version=version, platforms=tuple(one for one in platform.split(",") if one)
            )
            for version, platform in pairs
        )
    )


class _Progress:
    """pip's words while it works: one changing line on a terminal, a few lines in a pipe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live = sys.stderr.isatty()
        self._file = ""

    def hear(self, target: "Target", line: str) -> None:
        """Show what a line of pip's tells of the progress, if anything."""
        words = line.strip()
        with self._lock:
            if words.startswith("Downloading "):
                self._file = words
                self._show(target, words, calm=True)
            elif words.startswith("Progress ") and self._live:
                _, done, _, total = (*words.split(), "", "", "", "")[:4]
                if done.isdigit() and total.isdigit() and int(total):
                    share = f"{self._file} {100 * int(done) // int(total)} %"
                    self._show(target, share, calm=False)
            elif words.startswith(("Collecting ", "Preparing ", "Getting ", "Installing ")):
                self._show(target, words, calm=False)

    def clear(self) -> None:
        """Take the changing line away."""
        terminal.status("")

    def _show(self, target: "Target", words: str, *, calm: bool) -> None:
        text = f"{target.label}: {words}"
        if self._live:
            terminal.status(text)
        elif calm:
            terminal.talk(text)


def _say(manifest: "Manifest", kept: int, fetched: int, dest: Path) -> None:
    folder = visible(str(dest), 300)
    checked = sum(bool(one.checked) for one in manifest.files)
    sources = [one.name for one in manifest.files if one.targets and not one.name.endswith(".whl")]
    lines = [
        f"{folder}: {fetched} downloaded, {kept} were there and right",
        f"  hashes    {checked} of {len(manifest.files)} are stated by an index or a --hash line",
        f"  manifest  certmend-manifest.json, SHA-256 {api.digest(dest)}",
        f"  settings  {', '.join(one.name for one in manifest.settings)}",
    ]
    if sources:
        lines.append(f"  built on  the other side, with their build tools: {', '.join(sources)}")
    lines.append(f"There, `certmend prefetch --verify {folder}` proves that it is whole.")
    terminal.out("\n".join(lines))


def _prove(folder: Path, python: str | None) -> int:
    proof = api.prove(folder, python)
    terminal.out("\n".join(_verdict(proof, visible(str(folder), 300))))
    return 0 if proof.ok else 1


def _verdict(proof: "Proof", folder: str) -> list[str]:
    lines = [f"fail  {problem}" for problem in proof.problems]
    if not lines:
        lines.append("ok    the files are those of the manifest, and nothing else is there")
    for one in proof.installs:
        mark, rest = ("ok  ", one.how) if one.ok else ("fail", one.reason)
        lines.append(f"{mark}  pip install --no-index for {one.target}: {rest}")
    lines.append(f"      manifest SHA-256 {proof.manifest_sha256}")
    if proof.ok:
        lines.append(f"Install with `pip install --no-index --find-links {folder} NAME`.")
    return lines
