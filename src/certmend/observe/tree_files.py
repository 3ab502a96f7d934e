"""Files of the trees that are looked through, read for what another file says of them.

Regular files inside the tree alone, none above a megabyte: a link leads nowhere else.
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

_SIZE_LIMIT = 1 << 20
_ABOVE_LIMIT = 10


def top_of(path: str, tops: Iterable[str]) -> str | None:
    """The folder that the tree of a file begins at, of several; None where it lies in none."""
    is_relative = not os.path.isabs(path)  # noqa: PTH117
    above = (top for top in tops if path.startswith(top) and (top or is_relative))
    longest = max(above, key=len, default=None)
    return longest if longest is None else longest.rstrip("/") or longest


def content_inside(path: str, top: str) -> bytes:
    """A file's bytes; none of one that lies outside, is large, or is no regular file."""
    try:
        real, inside = Path(path).resolve(strict=True), Path(top or ".").resolve(strict=True)
        state = real.stat()
        if not real.is_relative_to(inside) or not stat.S_ISREG(state.st_mode):
            return b""
        return real.read_bytes() if state.st_size <= _SIZE_LIMIT else b""
    except (OSError, ValueError, RuntimeError):
        return b""


def content(path: str) -> bytes:
    """The bytes of a file that was listed; none of a link, a large one, or what cannot be read."""
    try:
        state = os.lstat(path)
        if not stat.S_ISREG(state.st_mode) or state.st_size > _SIZE_LIMIT:
            return b""
        return Path(path).read_bytes()
    except OSError:
        return b""


def module_parts(path: str) -> list[str]:
    """A Python module's path in parts: that of a package is its folder's."""
    parts = [part for part in path.replace("\\", "/").removesuffix(".py").split("/") if part]
    parts = [part for part in parts if part != "."]
    return parts[:-1] if parts[-1:] == ["__init__"] else parts


def copied(path: str, tops: Iterable[str], name: str) -> bytes:
    """What a Dockerfile copies under a name: from its own folder, or the nearest above with it.

    The context of a build is one of them; which, only the command tells that builds.
    """
    top = top_of(path, tops)
    folder = os.path.dirname(path)  # noqa: PTH120  as it was listed, nothing resolved
    for _ in range(_ABOVE_LIMIT if top is not None else 0):
        if found := content_inside(f"{folder or '.'}/{name.lstrip('/')}", top or ""):
            return found
        if folder == top or len(folder) <= len(top or ""):
            break
        folder = os.path.dirname(folder)  # noqa: PTH120
    return b""
