"""Plug-in discovery: every value of a type in the modules of a folder.

A plug-in is a frozen value of a known type in a file of its own. There are no
entry points and no list to edit: a new file is a new plug-in.
"""

import importlib
import pkgutil
from functools import cache
from typing import TypeVar

T = TypeVar("T")


@cache
def load(package: str, kind: type[T]) -> tuple[T, ...]:
    """Every module-level value of type `kind` below `package`, in the order of module names."""
    found: list[T] = []
    for name in module_names(package):
        module = importlib.import_module(name)
        found.extend(value for value in vars(module).values() if isinstance(value, kind))
    return tuple(found)


@cache
def module_names(package: str) -> tuple[str, ...]:
    """The names of all plug-in modules below `package`, without importing them."""
    folder = importlib.import_module(package)
    names: list[str] = []
    for entry in pkgutil.iter_modules(folder.__path__, package + "."):
        if entry.ispkg:
            names.extend(module_names(entry.name))
        else:
            names.append(entry.name)
    return tuple(sorted(names))


def named(package: str, name: str, kind: type[T]) -> T:
    """The plug-in in the module of that name, which alone is imported.

    Raises `KeyError` where there is none.
    """
    wanted = f"{package}.{name}"
    if wanted not in module_names(package):
        raise KeyError(name)
    module = importlib.import_module(wanted)
    return next(value for value in vars(module).values() if isinstance(value, kind))
