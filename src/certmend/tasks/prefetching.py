"""Download what requirements need, with the real pip, into a folder that works offline."""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from certmend.judge import provenance
from certmend.model.facts import Facts
from certmend.model.manifest import Manifest, Target
from certmend.observe import wheelhouse
from certmend.observe.offers import Pages
from certmend.observe.request import Request
from certmend.present import offline
from certmend.process import Crew
from certmend.tasks import staging
from certmend.tasks.collection import Collection, RefusedError
from certmend.tasks.real_pip import Pip, Said
from certmend.tasks.staging import Stage

_LONGEST = 6 * 3600.0
_LOCAL = re.compile(r"^\s*Processing (?P<path>.+?)(?: \(from .*)?$")
"""pip says so of a file or folder of this machine (operations/prepare.py)."""
_RAW_PROGRESS = (24, 1)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be downloaded, and how."""

    request: Request
    """Requirements files, pip options and the Python; its time-out is that of one stage."""
    destination: Path
    targets: tuple[Target, ...] = (Target(),)
    jobs: int = 4
    """How many pips run at once."""
    pip_version: str = ""


Hear = Callable[[Target, str], None]
"""Called with each line of pip's, from any thread."""


class Prefetched(msgspec.Struct, frozen=True, kw_only=True):
    """A finished prefetch."""

    manifest: Manifest
    kept: int
    """Files that were there already and right."""
    fetched: int


def prefetch(
    order: Order, facts: Facts, environment: Mapping[str, str], *, hear: Hear, with_hashes: bool
) -> Prefetched:
    """Download everything, with the settings that the facts are about.

    Raises `RefusedError` when pip cannot download or a file is not what it should be. What was
    finished stays, each file whole, and the next run goes on from there.
    """
    folder = str(order.destination)
    links = order.destination.resolve().as_uri() if len(folder.split()) != 1 else folder
    draft = _draft(order, facts)
    with (
        Pages(order.request, environment) as pages,
        staging.stage(order.destination) as stage,
    ):
        collection = Collection(draft, stage, pages)
        collection.refuse_foreign(offline.settings(draft, folder, links, hashes=with_hashes))
        collection.learn(pages.first())
        collection.save(complete=False)
        _download(order, environment, collection, stage, hear)
        whole = msgspec.structs.replace(draft, files=collection.files)
        made = collection.finish(offline.settings(whole, folder, links, hashes=with_hashes))
        return Prefetched(manifest=made, kept=collection.kept, fetched=collection.fetched)


def _draft(order: Order, facts: Facts) -> Manifest:
    """What is known before anything is downloaded."""
    bundle = facts.clients[0].trust.bundle
    path = Path(bundle).expanduser()
    digest = wheelhouse.sha256(path) if bundle and path.is_file() else ""
    return Manifest(
        version=facts.version,
        made=facts.now,
        complete=False,
        trust=provenance.trust(facts, digest),
        indexes=provenance.places(facts),
        targets=order.targets,
    )


def _download(
    order: Order, environment: Mapping[str, str], collection: Collection, stage: Stage, hear: Hear
) -> None:
    failures: list[RefusedError] = []
    with ThreadPoolExecutor(order.jobs, "certmend-pip") as pool, Crew() as crew:
        pip = Pip(order.request, environment, crew)
        running = [
            (target, room, pool.submit(_run, order, pip, collection, target, room, hear))
            for number, target in enumerate(order.targets)
            for room in (stage.room(str(number)),)
        ]
        for target, room, future in running:
            said, local = future.result()
            if said.ok:
                collection.take(room, target, local)
                continue
            failures.append(
                RefusedError(
                    f"pip could not download for {target.label}: {said.reason}",
                    "`certmend diagnose --package NAME` looks at one package",
                )
            )
    if failures:
        raise failures[0]


def _run(
    order: Order, pip: Pip, collection: Collection, target: Target, room: Path, hear: Hear
) -> tuple[Said, frozenset[str]]:
    """Let pip download for one target; also the names of the files that it took from here."""
    collection.seed(room)
    local: set[str] = set()

    def listen(line: str) -> None:
        match = _LOCAL.match(line)
        if match is not None:
            local.add(Path(match["path"]).name)
        hear(target, line)

    files = [word for one in order.request.requirement_files for word in ("-r", one)]
    said = pip.download(
        [*target.options, *files],
        room,
        limit=_LONGEST,
        hear=listen,
        progress="raw" if _at_least(_RAW_PROGRESS, order.pip_version) else "off",
    )
    return said, frozenset(local)


def _at_least(wanted: tuple[int, int], version: str) -> bool:
    numbers = re.findall(r"\d+", version)[:2]
    return tuple(int(number) for number in numbers) >= wanted
