"""The files of one prefetch: what is right already, what comes, what each is compared with."""

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from certmend.errors import CertmendError, UsageError
from certmend.model import manifest as manifests
from certmend.model.manifest import File, Manifest, Target, Written
from certmend.model.text import visible
from certmend.observe import offers, wheelhouse
from certmend.observe.offers import Offer, Pages
from certmend.tasks.staging import Stage


class RefusedError(CertmendError):
    """What came is not what it should be, or did not come; the destination is whole."""

    exit_status = 1


class Collection:
    """One prefetch under way: what is known of the files, and what has come."""

    def __init__(self, draft: Manifest, stage: Stage, pages: Pages) -> None:
        self._stage = stage
        self._pages = pages
        self._draft = draft
        self._earlier = wheelhouse.manifest(stage.destination)
        self._required = offers.stated_hashes(pages.lines)
        self._offers: dict[str, list[Offer]] = {}
        self._files = {one.name: one for one in self._still_right()}
        self.kept = 0
        self.fetched = 0

    @property
    def files(self) -> tuple[File, ...]:
        """All that the folder holds by now, by name."""
        return tuple(self._files[name] for name in sorted(self._files))

    def _still_right(self) -> list[File]:
        """The files of an earlier run that are unchanged."""
        return [
            msgspec.structs.replace(one, targets=())
            for one in (self._earlier.files if self._earlier else ())
            if _is(self._stage.destination / one.name, one)
        ]

    def learn(self, found: Sequence[Offer]) -> None:
        """Take note of offers. Raises `RefusedError` for a name that leads out of the folder."""
        for one in found:
            if any(mark in one.name for mark in "/\\\0") or one.name in ("", ".", ".."):
                raise RefusedError(
                    f"{one.index} offers a file named {visible(one.name)!r}",
                    "a name with a path in it would be written elsewhere; tell the index's admin",
                )
            self._offers.setdefault(one.name, []).append(one)

    def seed(self, room: Path) -> None:
        """Give pip the files that are already there and right, so that it does not fetch them.

        One that no manifest tells of is right where an index or the requirements state its digest.
        """
        for entry in wheelhouse.entries(self._stage.destination):
            source = self._stage.destination / entry.name
            if entry.name in self._files or (entry.regular and self._stated(source, entry.name)):
                _link(source, room / entry.name)

    def _stated(self, source: Path, name: str) -> bool:
        said = {one.sha256 for one in self._offers.get(name, ()) if one.sha256}
        said |= self._required.get(wheelhouse.named(name)[0], frozenset())
        return bool(said) and wheelhouse.sha256(source) in said

    def take(self, room: Path, target: Target, local: frozenset[str]) -> None:
        """Verify what pip left in a room, and put it into the destination, with the manifest.

        What pip took from a `local` file is compared with no index.
        """
        came = [one for one in wheelhouse.entries(room) if not one.name.startswith(".")]
        projects = {wheelhouse.named(one.name)[0] for one in came} - {""}
        self.learn(self._pages.of(sorted(projects)))
        ready = [self._verified(room, entry, target, local) for entry in came]
        for one in ready:
            known = self._files.get(one.name)
            if known is not None and known.sha256 == one.sha256:
                self.kept += not known.targets
                targets = tuple(dict.fromkeys((*known.targets, target.label)))
                self._files[one.name] = msgspec.structs.replace(one, targets=targets)
                continue
            if known is not None and known.targets:
                raise RefusedError(
                    f"{visible(one.name)} is not the same for every target",
                    "two indexes offer other files under one name; use one of them",
                )
            there = self._stage.destination / one.name
            if _is(there, one):
                self.kept += 1
            else:
                self._stage.publish(room / one.name)
                self.fetched += 1
            self._files[one.name] = one
        self.save(complete=False)

    def _verified(
        self, room: Path, entry: wheelhouse.Entry, target: Target, local: frozenset[str]
    ) -> File:
        if not entry.regular or not manifests.plain_name(entry.name):
            raise RefusedError(
                f"pip left {visible(entry.name)!r}, which is no plain file", "nothing of it is kept"
            )
        project, version = wheelhouse.named(entry.name)
        digest = wheelhouse.sha256(room / entry.name)
        elsewhere = ("", False)
        origin, by_index = elsewhere if entry.name in local else self._origin(entry.name, digest)
        required = self._required.get(project, frozenset())
        if required and digest not in required:
            raise RefusedError(
                f"{visible(entry.name)} has the SHA-256 {digest}, which no --hash line states",
                "compare it with the index; the file was not kept",
            )
        said = {"index": by_index, "requirements": bool(required)}
        return File(
            name=entry.name,
            project=project,
            version=version,
            size=entry.size,
            sha256=digest,
            index=origin,
            checked=tuple(name for name, so in said.items() if so),
            targets=(target.label,),
        )

    def _origin(self, name: str, digest: str) -> tuple[str, bool]:
        """The index that a file is from, and whether that states its digest."""
        known = self._offers.get(name, [])
        for one in known:
            if one.sha256 == digest:
                return one.index, True
        silent = next((one for one in known if not one.sha256), None)
        if known and silent is None:
            raise RefusedError(
                f"{visible(name)} has the SHA-256 {digest}, and {known[0].index} states "
                f"{known[0].sha256}",
                "the file was changed on its way or on the index; it was not kept",
            )
        return (silent.index if silent else ""), False

    def save(self, *, complete: bool, written: tuple[Written, ...] | None = None) -> Manifest:
        """Write the manifest of what is there by now."""
        if written is None:
            written = self._earlier.settings if self._earlier else ()
        made = msgspec.structs.replace(
            self._draft, complete=complete, files=self.files, settings=written
        )
        self._stage.write(manifests.NAME, manifests.encode(made))
        return made

    def refuse_foreign(self, names: Iterable[str]) -> None:
        """Raise `UsageError` where settings would take the place of somebody else's file."""
        ours = {one.name for one in self._earlier.settings} if self._earlier else set()
        for name in names:
            path = self._stage.destination / name
            if name not in ours and path.exists():
                raise UsageError(
                    f"{visible(str(path), 300)} is there already, and not certmend's",
                    "name a folder for the packages alone with `--dest`",
                )

    def finish(self, contents: Mapping[str, bytes]) -> Manifest:
        """Write the settings and the whole manifest; settings of an earlier run alone go.

        The manifest names them first: whatever ends the program, they are known as certmend's.
        """
        written = tuple(
            Written(name=name, sha256=hashlib.sha256(content).hexdigest())
            for name, content in contents.items()
        )
        before = self._earlier.settings if self._earlier else ()
        gone = [one for one in before if one.name not in contents]
        self.save(complete=False, written=(*written, *gone))
        for name, content in contents.items():
            self._stage.write(name, content)
        for one in gone:
            (self._stage.destination / one.name).unlink(missing_ok=True)
        return self.save(complete=True, written=written)


def _link(source: Path, there: Path) -> None:
    try:
        there.hardlink_to(source)
    except OSError:  # a file system without links
        shutil.copyfile(source, there)


def _is(path: Path, wanted: File) -> bool:
    try:
        right = not path.is_symlink() and path.stat().st_size == wanted.size
        return right and wheelhouse.sha256(path) == wanted.sha256
    except OSError:
        return False
