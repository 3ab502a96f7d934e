"""Whether a constant of a Python module tells a client of another one not to verify.

`VERIFY_SSL = False` in `settings.py` says nothing alone; `requests.get(url, verify=settings.
VERIFY_SSL)` elsewhere does. Only the tree that is looked through is asked: regular files, the
nearest first, none above a megabyte and not without end. Tests that use a constant do not count.
Source: Python's language reference, "The import system"; Django's "Using settings in Python code";
Flask's "Configuration Handling".
"""

import os
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from certmend.model import lazy
from certmend.model.constant import Constant
from certmend.observe import project
from certmend.observe.syntax import python_uses
from certmend.observe.syntax.python_trials import lies_in_tests
from certmend.observe.syntax.python_uses import Use
from certmend.observe.tree_files import content, module_parts

_FILES_LIMIT = 10_000
"""Files that are read; those with mappings that are unpacked count again."""
_TOLD_LIMIT = 200
"""Constants that are asked for."""
_ABOVE_LIMIT = 3
"""So far a package may hand on what stands in one of its modules."""
_SIGNS = (b"verif", b"ssl", b"cert", b"tls", b"insecure")
_SETTINGS = lazy.regex(r"(?:^|[/\\])(?:\w*settings\w*\.py|settings[/\\]\w+\.py)$")
_CONFIGURES = lazy.regex(r"conf|settings", re.IGNORECASE)
_FOLDERS = frozenset(("config", "configs", "conf", "settings", "instance"))
_DJANGO = "django.conf.settings."


class _Used(NamedTuple):
    path: str
    use: Use


class Modules:
    """The Python modules of the trees that are looked through; keeps what it has read."""

    def __init__(self, listed: Sequence[str] = ()) -> None:
        self._listed = listed
        self._uses: dict[tuple[str, bool], list[_Used]] = {}
        self._all: dict[bool, list[_Used]] = {}
        """Everything that is used, once all was read; of mappings, and of what is none."""
        self._asked = 0

    def is_told(self, path: str, constant: Constant) -> bool:
        """Whether another module tells a client to verify with a constant of this one."""
        self._asked += 1
        if self._asked > _TOLD_LIMIT or lies_in_tests(project.inside(path)):
            return False
        handed_on, is_own = _packages(path), constant.holder.endswith(".config")
        return any(
            _is_of(path, handed_on, constant, used)
            for used in self._used(path, is_mapping=bool(constant.argument))
            if is_own or used.use.key or used.path != path
        )

    def _used(self, path: str, *, is_mapping: bool) -> Iterator[_Used]:
        """What all modules use, those near a path first."""
        if is_mapping in self._all:
            yield from self._all[is_mapping]
            return
        for other in (path, *self._near(path)):
            yield from self._used_in(other, is_mapping=is_mapping)
        read = self._uses.items()
        self._all[is_mapping] = [one for key, ones in read if key[1] is is_mapping for one in ones]

    def _near(self, path: str) -> Iterator[str]:
        """The other modules, those of the same folder first."""
        folder = os.path.dirname(path)  # noqa: PTH120  as it was listed, nothing resolved
        above = os.path.dirname(folder)  # noqa: PTH120
        others = [one for one in self._listed if one.endswith(".py") and one != path]
        told: set[str] = set()
        for begin in (folder, above, ""):
            for one in others:
                if one not in told and one.startswith(begin):
                    told.add(one)
                    yield one

    def _used_in(self, path: str, *, is_mapping: bool) -> list[_Used]:
        key = (path, is_mapping)
        if key not in self._uses and len(self._uses) < _FILES_LIMIT:
            self._uses[key] = []
            if not lies_in_tests(project.inside(path)):
                self._uses[key] = [_Used(path, use) for use in _uses(path, is_mapping=is_mapping)]
        return self._uses.get(key, [])


def _uses(path: str, *, is_mapping: bool) -> Iterator[Use]:
    text = content(path)
    if is_mapping:
        found = python_uses.unpacked if b"**" in text else None
    else:
        found = python_uses.told if any(sign in text for sign in _SIGNS) else None
    return iter(found(text.decode("utf-8", "replace")) if found is not None else ())


def _packages(path: str) -> list[tuple[str, frozenset[str]]]:
    """The packages around a module that hand on its names, with those names; `*` is all."""
    found: list[tuple[str, frozenset[str]]] = []
    folder, name = os.path.split(path.removesuffix(".py"))
    handed = frozenset(("*",))
    for _ in range(_ABOVE_LIMIT):
        package = os.path.join(folder, "__init__.py")  # noqa: PTH118
        text = b"" if name == "__init__" else content(package)
        names = _handed_on(text.decode("utf-8", "replace"), f".{name}")
        if "*" in handed:
            handed = names
        elif "*" not in names:
            handed &= names
        if not handed:
            break
        found.append((package, handed))
        folder, name = os.path.split(folder)
    return found


def _handed_on(package: str, module: str) -> frozenset[str]:
    """The names that a package takes from a module of its own; `*` is all."""
    if module not in package:
        return frozenset()
    imports = python_uses.Imports(package)
    named = {one.partition(f"{module}.")[2] for one in imports.full.values()} - {"", "*"}
    every = any(f".{one}".endswith(module) for one in imports.stars)
    return frozenset({"*"} if every else named)


def _is_of(
    path: str, packages: list[tuple[str, frozenset[str]]], constant: Constant, used: _Used
) -> bool:
    """Whether a client is told what a constant of the module is that a path is of."""
    use = used.use
    if not constant.argument and use.off != constant.off:
        return False
    if constant.argument in ("verify", "ssl") and constant.argument not in use.takes:
        return False
    if use.key or not constant.names:
        return use.key == constant.key and bool(use.key) and _configures(path, constant, used.path)
    if use.name.startswith(_DJANGO):
        settings = bool(_SETTINGS.search(path))
        return settings and use.name.removeprefix(_DJANGO) in constant.names
    last = constant.names[0].rpartition(".")[2]
    for name in constant.names if use.name.endswith(last) else ():
        if not use.name.endswith(f".{name}"):
            continue
        module, first = use.name[: -len(name) - 1], name.partition(".")[0]
        places = [path, *(one for one, handed in packages if handed & {first, "*"})]
        if any(_is_module(place, module, used.path) for place in places):
            return True
    return False


def _configures(path: str, constant: Constant, user: str) -> bool:
    """Whether a module is one that the application which another belongs to is configured by."""
    ours, theirs = module_parts(project.inside(path)), module_parts(project.inside(user))
    said = bool(_CONFIGURES.search("/".join((*ours[-2:], constant.holder))))
    apart = len(ours) > 1 and len(theirs) > 1 and ours[0] != theirs[0]
    return said and (not apart or ours[0] in _FOLDERS)


def _is_module(path: str, module: str, user: str) -> bool:
    """Whether a path is that of a module by the name that another gives it."""
    folder, parts = os.path.dirname(user), module_parts(path)  # noqa: PTH120
    relative = len(module) - len(module.lstrip("."))
    if relative:
        for _ in range(relative - 1):
            folder = os.path.dirname(folder)  # noqa: PTH120
        return module_parts(f"{folder}/{module.lstrip('.').replace('.', '/')}") == parts
    named = module.split(".")
    if parts[-len(named) :] != named:
        return False
    root = "/".join(parts[: -len(named)])
    return len(named) > 1 or not root or f"{'/'.join(module_parts(user))}".startswith(root + "/")
