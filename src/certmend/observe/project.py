"""Where in its project a file lies: what is above the project says nothing of the file."""

import os
from functools import lru_cache

_ROOTS = (".git", "pyproject.toml", "setup.py", "setup.cfg")


def inside(path: str) -> str:
    """A file's path below its project; as it is where it is relative.

    Of `/home/tests/project/app.py` the part above the project would make a test suite of it.
    """
    if not os.path.isabs(path):  # noqa: PTH117  for thousands of files
        return path
    folder, name = os.path.split(path)
    here = os.getcwd()  # noqa: PTH109
    if not (root := _root(folder)):
        is_below = here != os.path.dirname(here) and path.startswith(here + os.sep)  # noqa: PTH120
        root = here if is_below else folder
    return os.path.relpath(path, root) if root != folder else name


@lru_cache(maxsize=10_000)
def _root(folder: str) -> str:
    """The nearest folder from here upwards that begins a project; empty when there is none."""
    if any(os.path.exists(f"{folder}/{name}") for name in _ROOTS):  # noqa: PTH110
        return folder
    above = os.path.dirname(folder)  # noqa: PTH120
    return _root(above) if above != folder else ""
