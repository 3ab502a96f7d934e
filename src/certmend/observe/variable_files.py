"""The files that hold Ansible's variables: found beside and above a file, and read.

Regular files inside the tree that is looked through, none above a megabyte and not without end.
What cannot be read holds nothing.
"""

import os
import re
from collections.abc import Iterable, Iterator
from enum import IntEnum

import msgspec

from certmend.model import lazy
from certmend.model.document import whole
from certmend.observe import kinds
from certmend.observe.syntax import jinja, yaml_tree
from certmend.observe.syntax.tree import Node
from certmend.observe.tree_files import content_inside, top_of

_BYTES_LIMIT = 20 << 20
_FILES_LIMIT = 500
_FOLDER_LIMIT = 2000
_ABOVE_LIMIT = 10
_NAMES_LIMIT = 20_000
_VALUES_LIMIT = 20
"""Values of one name that are kept: a name may stand in the file of every host."""
_TEXT_LIMIT = 1000
_DEPTH_LIMIT = 4
_PLAY = lazy.regex(rb"^[ -]*hosts:(?s:.*)^[ -]*vars:", re.MULTILINE)
_ENDINGS = ("", ".yml", ".yaml")
_BESIDE = ("vars.yml", "vars.yaml", "variables.yml")
"""Files of variables beside playbooks, which name them in `vars_files`."""
_INVENTORIES = ("inventory", "inventories", "environments", "playbooks")
"""Folders that hold inventories, or folders of them, and playbooks with variables of their own."""


class Level(IntEnum):
    """How far up in Ansible's order a file stands: the first counts most."""

    MAIN = 0
    PLAYS = 1
    INCLUDED = 2
    SOME_HOSTS = 3
    ALL_HOSTS = 4
    DEFAULTS = 5

    @property
    def is_for_all(self) -> bool:
        """Whether what it sets hides, for every host, what stands further down."""
        return self in (Level.MAIN, Level.ALL_HOSTS)


class Raw(msgspec.Struct, frozen=True):
    """A value as it is written, its own `{{ }}` included."""

    text: str
    is_linted: bool
    """Whether a linter reads the file that it stands in."""


Names = dict[str, list[Raw]]
"""Values by name, those of mappings by dotted names."""


class Folder(msgspec.Struct, frozen=True):
    """The variables that a folder gives to the files below it."""

    levels: dict[Level, Names]


class VariableFiles:
    """Finds and reads them, each once."""

    def __init__(self, tops: Iterable[str]) -> None:
        self._tops = tuple(tops)
        self._folders: dict[str, Folder] = {}
        self._read: dict[str, Names] = {}
        self._bytes = 0

    def above(self, path: str) -> list[Folder]:
        """The folders with variables for a file, the nearest first."""
        top = top_of(path, self._tops)
        if top is None:
            return []
        found: list[Folder] = []
        folder = os.path.dirname(path)  # noqa: PTH120  as it was listed, nothing resolved
        for _ in range(_ABOVE_LIMIT):
            if folder not in self._folders:
                self._folders[folder] = self._folder(folder, top)
            found.append(self._folders[folder])
            if folder == top or len(folder) <= len(top):
                break
            folder = os.path.dirname(folder)  # noqa: PTH120
        return found

    def holds(self, path: str) -> bool:
        """Whether a file is one of those that were read."""
        return bool(self._read.get(path))

    def _folder(self, folder: str, top: str) -> Folder:
        levels: dict[Level, Names] = {}
        for level, path in _files(folder):
            names = levels.setdefault(level, {})
            for name, values in self._names(path, top, level).items():
                kept = names.setdefault(name, [])
                kept += values[: _VALUES_LIMIT - len(kept)]
        return Folder(levels)

    def _names(self, path: str, top: str, level: Level) -> Names:
        if path not in self._read and len(self._read) < _FILES_LIMIT:
            self._read[path] = {}
            content = content_inside(path, top) if self._bytes < _BYTES_LIMIT else b""
            if content and (level is not Level.PLAYS or _PLAY.search(content)):
                self._bytes += len(content)
                text = content.decode("utf-8", "replace")
                nodes = yaml_tree.read(whole(text))
                is_linted = path.endswith((".yml", ".yaml")) or bool(kinds.INVENTORY.search(path))
                self._read[path] = scalars(nodes, is_linted=is_linted)
                self._read[path] |= of_playbook(nodes)[0]
        return self._read.get(path, {})


def scalars(nodes: Iterable[Node], *, is_linted: bool) -> Names:
    """The texts of a variables file, by name."""
    found: Names = {}
    for name, text in _scalars(nodes, "", 0):
        if len(found) < _NAMES_LIMIT and len(text) <= _TEXT_LIMIT:
            found.setdefault(name, []).append(Raw(text, is_linted))
    return found


def of_playbook(nodes: Iterable[Node]) -> tuple[Names, set[str]]:
    """What a playbook's `vars:` hold, and the names that its tasks give a value to."""
    own: Names = {}
    made: set[str] = set()
    for path, pair in (one for node in nodes if node.items for one in node.walk()):
        if path[-1] == "vars":
            for name, values in scalars([pair.value], is_linted=True).items():
                own.setdefault(name, []).extend(values)
        elif path[-1].rpartition(".")[2] == "set_fact":
            made |= {inner.key.text for inner in pair.value.pairs or ()}
    return own, made


def _scalars(nodes: Iterable[Node], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for node in nodes:
        for pair in node.pairs or ():
            name = before + pair.key.text
            listed = pair.value.scalars()
            if pair.value.scalar is not None:
                yield name, pair.value.scalar.text
            elif listed and len(listed) == len(pair.value.items or ()):
                yield name, jinja.of_list([word.text for word in listed])
            elif depth < _DEPTH_LIMIT:
                yield from _scalars([pair.value], f"{name}.", depth + 1)


def _files(folder: str) -> Iterator[tuple[Level, str]]:
    """The files of a folder that may hold variables, with what they are for."""
    for path in _below(_in(folder, "vars")):
        main = _is_in(path, _in(folder, "vars"), "main")
        yield Level.MAIN if main else Level.INCLUDED, path
    for name in _BESIDE:
        if os.path.isfile(path := _in(folder, name)):  # noqa: PTH113
            yield Level.INCLUDED, path
    if os.path.isdir(_in(folder, "roles")):  # noqa: PTH112
        for path in (*_playbooks(folder), *_playbooks(_in(folder, "playbooks"))):
            yield Level.PLAYS, path
    yield from _of_inventory(folder, Level.ALL_HOSTS)
    for name in _INVENTORIES:
        inside = _in(folder, name)
        yield from _of_inventory(inside, Level.SOME_HOSTS)
        for child in _children(inside):
            if child.is_dir(follow_symlinks=False):
                yield from _of_inventory(child.path, Level.SOME_HOSTS)
    for path in _below(_in(folder, "defaults")):
        yield Level.DEFAULTS, path


def _playbooks(folder: str) -> Iterator[str]:
    """The files of a folder that look like playbooks with variables."""
    for entry in _children(folder or "."):
        if entry.name.endswith((".yml", ".yaml")):
            yield _in(folder, entry.name)


def _of_inventory(folder: str, of_all: Level) -> Iterator[tuple[Level, str]]:
    groups = _in(folder, "group_vars")
    for path in _below(groups):
        yield of_all if _is_in(path, groups, "all") else Level.SOME_HOSTS, path
    for path in _below(_in(folder, "host_vars")):
        yield Level.SOME_HOSTS, path


def _in(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _is_in(path: str, folder: str, name: str) -> bool:
    """Whether a file is that of a name in a folder, or lies in a folder of that name."""
    first = path[len(folder) + 1 :].partition("/")[0]
    return first.removesuffix(".yml").removesuffix(".yaml") == name


def _below(folder: str, depth: int = 0) -> Iterator[str]:
    for entry in _children(folder):
        if entry.is_dir(follow_symlinks=False):
            if depth < _DEPTH_LIMIT:
                yield from _below(entry.path, depth + 1)
        elif os.path.splitext(entry.name)[1].lower() in _ENDINGS:  # noqa: PTH122
            yield entry.path


def _children(folder: str) -> "list[os.DirEntry[str]]":
    """What lies in a folder, in the order of the names; nothing where it is none."""
    try:
        with os.scandir(folder) as listed:
            entries = [entry for _, entry in zip(range(_FOLDER_LIMIT), listed, strict=False)]
    except OSError:
        return []
    return sorted((one for one in entries if one.name[:1] != "."), key=lambda one: one.name)
