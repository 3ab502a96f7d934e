"""What the classes of a Python tree verify with: `verify=self.verify` of a base elsewhere.

A class in one file switches off what its base in another one verifies with. Only the tree that is
looked through is asked: regular files, none above a megabyte, and not without end.
Source: Python's language reference, "The import system".
"""

import ast
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from certmend.model.document import whole
from certmend.observe.syntax import python_derived
from certmend.observe.syntax.python_heeded import is_heeded, tells_client
from certmend.observe.syntax.python_source import Python
from certmend.observe.tree_files import content, module_parts

_ASKED_LIMIT = 200
"""Classes that are asked for; each may lead through several files."""
_FILES_LIMIT = 400
_DEPTH = 5


class _Module(NamedTuple):
    """The classes and functions of a module, and the full names of what it imports."""

    path: str
    defined: dict[str, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]
    imported: dict[str, str]


class Definitions:
    """The classes of the trees that are looked through; keeps what it has read."""

    def __init__(self, listed: Sequence[str] = ()) -> None:
        self._listed = listed
        self._named: dict[str, list[str]] = {}
        """The modules' files by the last part of their names."""
        self._modules: dict[str, _Module] = {}
        self._asked = 0

    def verifies_with(self, path: str, held: str, attribute: str) -> bool | None:
        """Whether objects of a class verify with an attribute; None where that is not known."""
        self._asked += 1
        if self._asked > _ASKED_LIMIT:
            return None
        waiting, answers = [(path, held)], []
        for _ in range(_DEPTH):
            above = [one for place, name in waiting for one in self._above(place, name, attribute)]
            answers += [one for one in above if not isinstance(one, tuple)]
            waiting = [one for one in above if isinstance(one, tuple)]
        return True if True in answers else (None if None in answers else False)

    def heeds(self, path: str, called: str, parameter: str) -> bool | None:
        """Whether an imported function or class verifies by a parameter; None: not known."""
        self._asked += 1
        found = self._find(path, called) if self._asked <= _ASKED_LIMIT else None
        heeded = is_heeded(found[1], parameter) if found is not None else None
        if found is not None and isinstance(found[1], ast.ClassDef) and found[1].bases:
            return heeded or None  # one above may verify by it
        return heeded

    def _above(
        self, path: str, held: str, attribute: str
    ) -> Iterator[bool | tuple[str, str] | None]:
        """What a class says itself, and the bases that it leaves that to."""
        found = self._find(path, held)
        if found is None:
            yield True if attribute == "verify" and python_derived.is_session(held) else None
            return
        module, block = found
        if tells_client(block, f"self.{attribute}"):
            yield True
            return
        yield False
        for base in block.bases if isinstance(block, ast.ClassDef) else ():
            if name := python_derived.full(base, module.imported, module.defined):
                yield module.path, name

    def _find(
        self, path: str, held: str
    ) -> tuple[_Module, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef] | None:
        """What has a full name where a file uses it; a package may hand it on."""
        for _ in range(_DEPTH):
            named, _dot, name = held.rpartition(".")
            file = self._file(path, named) if named else path
            module = self._module(file) if file is not None else None
            if module is None:
                return None
            if name in module.defined:
                return module, module.defined[name]
            if name not in module.imported or not named:
                return None
            path, held = module.path, module.imported[name]
        return None

    def _file(self, path: str, module: str) -> str | None:
        """The file of a module: the nearest of those whose path ends in its name."""
        if not self._named:
            for one in self._listed:
                for last in module_parts(one)[-1:] if one.endswith(".py") else ():
                    self._named.setdefault(last, []).append(one)
        wanted = module.split(".")
        fit = [one for one in self._named.get(wanted[-1], ()) if _is_at(one, wanted, path)]
        return max(fit, key=lambda one: _shared(one, path), default=None)

    def _module(self, path: str) -> _Module | None:
        if path not in self._modules:
            if len(self._modules) >= _FILES_LIMIT:
                return None
            source = Python(whole(content(path).decode("utf-8", "replace")))
            kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
            body = source.tree.body if source.tree is not None else ()
            defined = {one.name: one for one in body if isinstance(one, kinds)}
            imported = python_derived.imported(source.nodes)
            self._modules[path] = _Module(path, defined, imported)
        return self._modules[path]


def _is_at(file: str, wanted: Sequence[str], path: str) -> bool:
    """Whether a file is the module of a name where another file imports it."""
    found = module_parts(file)
    if found[-len(wanted) :] != list(wanted):
        return False
    root = found[: -len(wanted)]
    return len(wanted) > 1 or module_parts(path)[: len(root)] == root


def _shared(one: str, other: str) -> int:
    """How many folders two files have in common."""
    pairs = zip(module_parts(one), module_parts(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
