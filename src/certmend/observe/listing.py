"""The names of a project's files: git's own list in a work tree, elsewhere a walk.

Git is asked before anything else is done, and lists while the rules are loaded. The walk follows
`.gitignore` files, and no symbolic link to a folder, so a loop cannot catch anyone.
"""

import atexit
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from certmend import process

if TYPE_CHECKING:
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
_GIT_SECONDS = 60.0
_NOTHING_TO_LIST = frozenset({"--list", "--explain", "--help", "-h"})
_ahead: dict[Path, process.Process] = {}


def start_ahead(arguments: Sequence[str]) -> None:
    """Ask git while the command line is still being read; these are its arguments.

    What is taken for a folder and is none of them is ended at the exit.
    """
    if not _NOTHING_TO_LIST.isdisjoint(arguments):
        return
    named = [path for one in arguments if (path := Path(one)).exists()]
    for path in named or [Path()]:
        if path.is_dir() and path not in _ahead and (started := _ask(path)):
            _ahead[path] = started
    atexit.register(_end_unasked)


def _end_unasked() -> None:
    for started in _ahead.values():
        process.end(started)


class Listing:
    """The files below a folder, or one file; git is asked when it is made."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.is_file = path.is_file()
        self._asked = None if self.is_file else _ahead.pop(path, None) or _ask(path)

    def names(self) -> tuple[str, Sequence[str]]:
        """What all paths begin with, and the rest of each."""
        if self.is_file:
            return "", [self.path]
        top = "" if self.path == "." else self.path.rstrip("/") + "/"
        return top, self._of_git() or Walk(self.path).names()

    def _of_git(self) -> list[str]:
        """The files that git knows or would take; none where there is no work tree.

        None at all: the folder itself is ignored, and was asked for all the same.
        """
        if self._asked is None:
            return []
        try:
            done = process.finish(self._asked, timeout=_GIT_SECONDS)
        except process.TooSlow:
            return []
        listed = done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
        return listed.split("\0")[:-1]


def _ask(folder: Path) -> process.Process | None:
    command = ["git", "-C", str(folder), "ls-files", "-z", "-co", "--exclude-standard", "."]
    try:
        return process.begin(command)
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
    from pathspec import GitIgnoreSpec

    try:
        lines = (Path(folder) / ".gitignore").read_text("utf-8", "replace").splitlines()
        return [(start, GitIgnoreSpec.from_lines(lines))]
    except (OSError, ValueError):
        return []


def _is_ignored(path: str, ignoring: list[tuple[int, "GitIgnoreSpec"]]) -> bool:
    return any(spec.match_file(path[start:]) for start, spec in ignoring)
