"""The files of a project that a linter reads, found fast: by name first, then by what is in them.

In a git work tree git itself says which files are not ignored; elsewhere `.gitignore` files are
read here. Symbolic links to folders are not followed, so a loop cannot catch anyone.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from certmend import process
from certmend.model.document import Document, whole
from certmend.model.lint import Skipped
from certmend.model.plugin import FileKind, Source
from certmend.observe import kinds

SIZE_LIMIT = 10 << 20
"""Bytes; a larger file is skipped, with a note."""
_SKIPPED_FOLDERS = frozenset(
    (
        ".git",
        ".hg",
        ".svn",
        "node_modules",
        ".venv",
        "venv",
        ".tox",
        ".nox",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        "site-packages",
        ".eggs",
    )
)
_HEAD = 8000
_GIT_SECONDS = 60.0


_Ignoring = tuple[str, Any]
"""A folder, and the patterns of its `.gitignore`."""


class Sieve(msgspec.Struct, frozen=True):
    """Texts in lower case: one of the first, or one of each group of one of the others."""

    single: tuple[bytes, ...]
    together: tuple[tuple[tuple[bytes, ...], ...], ...]
    gates: tuple[bytes, ...] = ()
    """A few texts of which every file that is held has one; none means that all are looked at."""

    def holds(self, lower: bytes) -> bool:
        """Whether a file's content, in lower case, may have something in it."""
        if self.gates and not any(gate in lower for gate in self.gates):
            return False
        for text in self.single:
            if text in lower:
                return True
        return any(
            all(any(text in lower for text in group) for group in groups)
            for groups in self.together
        )


class Candidate(msgspec.Struct, frozen=True):
    """A file of a kind that is read, and its bytes."""

    path: str
    kind: FileKind
    content: bytes


class Found:
    """What a walk gives: candidates one by one, and the files that it skipped."""

    def __init__(
        self, paths: Sequence[Path], sieve: Callable[[FileKind], "Sieve"] | None = None
    ) -> None:
        self.paths = paths
        self.sieve = sieve
        """For a kind of file: what must be in one for it to be read; None lets all through."""
        self._listings = [_Listing(path) for path in paths]
        self.skipped: list[Skipped] = []
        self.files = 0

    def candidates(self) -> Iterator[Candidate]:
        """Every file that may have something in it, each once."""
        seen: set[str] = set()
        for path, listing in zip(self.paths, self._listings, strict=True):
            given = path.is_file()
            for name in [str(path)] if given else listing.names():
                if name in seen:
                    continue
                seen.add(name)
                if candidate := self._candidate(name, given=given):
                    yield candidate

    def _candidate(self, name: str, *, given: bool) -> Candidate | None:
        kind = kinds.by_name(name)
        if kind is None and not given and "." in name[name.rfind("/") + 1 :]:
            return None
        try:
            with open(name, "rb") as stream:  # noqa: PTH123  50,000 times
                size = os.fstat(stream.fileno()).st_size
                if kind is None:
                    head = stream.readline(200)
                    kind = kinds.by_shebang(head)
                    if kind is None:
                        return None
                    stream.seek(0)
                content = stream.read() if size <= SIZE_LIMIT else b""
        except OSError as error:
            gone = isinstance(error, FileNotFoundError) and not given
            if not (gone or os.path.islink(name) or os.path.isdir(name)):  # noqa: PTH112, PTH114
                self.skipped.append(Skipped(path=name, why=(error.strerror or str(error)).lower()))
            return None
        return self._relevant(name, kind, content, size)

    def _relevant(self, name: str, kind: FileKind, content: bytes, size: int) -> Candidate | None:
        self.files += 1
        if size > SIZE_LIMIT:
            self.skipped.append(Skipped(path=name, why="larger than 10 MiB"))
            return None
        if b"\0" in content[:_HEAD]:
            if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
                return None
            lower = text_of(content)[0].lower().encode("utf-8", "surrogatepass")
        else:
            lower = content.lower()
        if self.sieve is not None and not self.sieve(kind).holds(lower):
            return None
        return Candidate(name, kind, content)


class _Listing:
    """The files of a folder that may be of a kind; git is asked while others work."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.listed: list[str] | None = None
        self.asking = threading.Thread(target=self._ask, daemon=True) if path.is_dir() else None
        if self.asking is not None:
            self.asking.start()

    def _ask(self) -> None:
        self.listed = _of_git(self.path)

    def names(self) -> Iterable[str]:
        if self.asking is None:
            return [str(self.path)]
        self.asking.join()
        return kinds.likely(self.listed if self.listed is not None else _of_folder(self.path))


def _of_git(folder: Path) -> list[str] | None:
    """The files that git knows or would take; None where there is no work tree."""
    command = ["git", "-C", str(folder), "ls-files", "-z", "-co", "--exclude-standard", "."]
    try:
        done = process.run(command, timeout=_GIT_SECONDS)
    except (OSError, ValueError):
        return None
    if done.returncode != 0:
        return None
    prefix = "" if str(folder) == "." else str(folder).rstrip("/") + "/"
    # None at all: the folder itself is ignored, and was asked for all the same.
    return [prefix + name for name in done.stdout.split("\0") if name] or None


def _of_folder(folder: Path) -> Iterator[str]:
    """All files below a folder, as its `.gitignore` files allow."""
    yield from _walk(str(folder), "" if str(folder) == "." else str(folder) + "/", [])


def _walk(folder: str, prefix: str, above: list[_Ignoring]) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder or "."), key=lambda entry: entry.name)
    except OSError:
        return
    ignoring = [*above, *_patterns(folder, prefix, entries)]
    for entry in entries:
        path = prefix + entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if _is_ignored(path + "/" * is_folder, ignoring):
            continue
        if is_folder:
            if entry.name not in _SKIPPED_FOLDERS:
                yield from _walk(entry.path, path + "/", ignoring)
        elif entry.is_file():
            yield path


def _patterns(folder: str, prefix: str, entries: list["os.DirEntry[str]"]) -> Iterator[_Ignoring]:
    if not any(entry.name == ".gitignore" for entry in entries):
        return
    import pathspec

    try:
        lines = (Path(folder) / ".gitignore").read_text("utf-8", "replace").splitlines()
        yield prefix, pathspec.GitIgnoreSpec.from_lines(lines)
    except (OSError, ValueError):
        return


def _is_ignored(path: str, ignoring: list[_Ignoring]) -> bool:
    return any(spec.match_file(path[len(prefix) :]) for prefix, spec in ignoring)


def text_of(content: bytes) -> tuple[str, str]:
    """A file's text and its encoding; bytes that are no UTF-8 come back as they were."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    return content.decode("utf-8", "surrogateescape"), "utf-8"


def read(path: str, kind: FileKind, content: bytes) -> Document:
    """A file taken apart by its kind's reader."""
    text, _ = text_of(content)
    word = whole(text)
    if text.startswith("\ufeff"):
        word = word.part(1, len(text))
    entries = tuple(kind.read(Source(path=path, text=word)))
    return Document(path=path, kind=kind.name, role=kind.role, text=text, entries=entries)
