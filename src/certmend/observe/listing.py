"""The names of a project's files: git's own list in a work tree, elsewhere a walk.

Git is asked before anything else is done or imported, and lists while the rules are loaded. What
it knows comes from its index at once; the rest it has to look for, and that is asked beside it.
The walk follows `.gitignore` files and no symbolic link to a folder: a loop cannot catch anyone.
"""

import atexit
import os
from collections.abc import Iterator, Sequence

from certmend import early

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from pathspec import GitIgnoreSpec

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
_INSTALLED = ("node_modules/", "site-packages/")
"""Folders of packages that were installed; a folder `venv` may be a project's own."""
_GIT_SECONDS = 60.0
_NOTHING_TO_LIST = frozenset({"--list", "--explain", "--help", "-h"})
_Asked = tuple[early.Started, early.Started]
"""Git, asked for the files that it knows, and for those that it would take."""
_ahead: dict[str, _Asked] = {}


def start_ahead(arguments: Sequence[str]) -> None:
    """Ask git while the command line is still being read; these are its arguments.

    What is taken for a folder and is none of them is ended at the exit.
    """
    if not _NOTHING_TO_LIST.isdisjoint(arguments):
        return
    named = [one for one in arguments if os.path.exists(one)]  # noqa: PTH110  no pathlib yet
    for path in named or ["."]:
        if os.path.isdir(path) and path not in _ahead and (asked := _ask(path)):  # noqa: PTH112
            _ahead[path] = asked
    atexit.register(_end_unasked)


def _end_unasked() -> None:
    for asked in _ahead.values():
        for started in asked:
            started.end()


class Listing:
    """The files below a folder, or one file; git is asked when it is made."""

    def __init__(self, path: "str | Path") -> None:
        from pathlib import Path

        named = Path(path)
        self.path = str(named)
        self.is_file = named.is_file()
        self.top = "" if self.is_file or self.path == "." else self.path.rstrip("/") + "/"
        """What all paths begin with."""
        given = os.fspath(path)
        self._asked = None if self.is_file else _ahead.pop(given, None) or _ask(given)

    def names(self) -> Iterator[Sequence[str]]:
        """The rest of each path; those that are known first, while the others are looked for."""
        if self.is_file:
            yield [self.path]
            return
        known, others = self._asked or (None, None)
        tracked = _listed(known)
        if tracked:
            yield tracked
        new = _listed(others)
        # None at all: the folder itself is ignored, and was asked for all the same.
        yield new if new is not None and (tracked or new) else Walk(self.path).names()


def _listed(asked: early.Started | None) -> list[str] | None:
    """What git listed; None where there is no work tree."""
    printed = asked.printed(_GIT_SECONDS) if asked is not None else None
    return _own(printed.decode("utf-8", "replace")) if printed is not None else None


def _own(listed: str) -> list[str]:
    """The paths that git lists, without what was installed and then committed.

    Nobody mends a package there: the next installation undoes it. The walk leaves the same out.
    """
    paths = listed.split("\0")[:-1]
    there = ["/" + name for name in _INSTALLED if name in listed]
    if not there:
        return paths
    return [path for path in paths if not any(name in f"/{path}" for name in there)]


def _ask(folder: str) -> _Asked | None:
    command = ["git", "-C", folder, "ls-files", "-z"]
    try:
        known = early.start([*command, "-c", "."])
        return known, early.start([*command, "-o", "--exclude-standard", "."])
    except (OSError, ValueError):
        return None


class Walk:
    """All files below a folder, as its `.gitignore` files allow, in the order of their names."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._found: list[str] = []

    def names(self) -> list[str]:
        """Their paths, seen from the folder."""
        self._walk(self._folder, "", [])
        return self._found

    def _walk(self, folder: str, prefix: str, above: list[tuple[int, "GitIgnoreSpec"]]) -> None:
        try:
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError:
            return
        ignoring = above
        if any(entry.name == ".gitignore" for entry in entries):
            ignoring = [*above, *_patterns(folder, len(prefix))]
        for entry in entries:
            path = prefix + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if ignoring and _is_ignored(path + "/" * is_folder, ignoring):
                continue
            if is_folder:
                if entry.name not in _SKIPPED_FOLDERS:
                    self._walk(entry.path, path + "/", ignoring)
            elif entry.is_file():
                self._found.append(path)


def _patterns(folder: str, start: int) -> list[tuple[int, "GitIgnoreSpec"]]:
    """The patterns of a folder's `.gitignore`, and how long the folder's path is."""
    from pathlib import Path

    from pathspec import GitIgnoreSpec

    try:
        lines = (Path(folder) / ".gitignore").read_text("utf-8", "replace").splitlines()
        return [(start, GitIgnoreSpec.from_lines(lines))]
    except (OSError, ValueError):
        return []


def _is_ignored(path: str, ignoring: list[tuple[int, "GitIgnoreSpec"]]) -> bool:
    return any(spec.match_file(path[start:]) for start, spec in ignoring)
