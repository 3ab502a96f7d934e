"""Whether a constant of a Python module tells a client of another one not to verify.

`VERIFY_SSL = False` in `settings.py` says nothing alone; `requests.get(url, verify=settings.
VERIFY_SSL)` elsewhere does. Only the tree that is looked through is asked: regular files, the
nearest first, none above a megabyte and not without end. Tests that use a constant do not count.
Source: Python's language reference, "The import system"; Django's "Using settings in Python code".
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from certmend.model import lazy
from certmend.observe import project
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_trials import lies_in_tests

_SIZE_LIMIT = 1 << 20
_FILES_LIMIT = 5000
_TOLD_LIMIT = 100
"""Constants that are asked for; each is looked for in many files."""
_USED = lazy.regex(
    r"\b(?P<argument>verify(?:_\w+)?|\w{1,40}_verify|(?:ssl|tls|https|certs?|validate|check)_\w+)"
    r"(?:[ ]?:[ ]?[\w.]{1,30})?[ ]?=[ ]?(?:bool\()?"
    r"(?:getattr\((?P<owner>[\w.]{1,80}),\s?['\"](?P<attribute>\w+)['\"]|"
    r"(?P<name>(?:[A-Za-z_]\w*\.){0,5}[A-Za-z_]\w*)(?![\w.(\[]))"
)
_FROM = lazy.regex(
    r"^[ \t]*from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]+"
    r"(?:\((?P<several>[^)]*)\)|(?P<one>[^\n#]*))",
    re.MULTILINE,
)
_IMPORT = lazy.regex(r"^[ \t]*import[ \t]+(?P<modules>[\w., \t]+)", re.MULTILINE)
_SETTINGS = lazy.regex(r"(?:^|[/\\])(?:\w*settings\w*\.py|settings[/\\]\w+\.py)$")
_DJANGO = "django.conf.settings."


class _Use(NamedTuple):
    """What a module tells a client to verify with, under its full name."""

    path: str
    name: str


class Modules:
    """The Python modules of the trees that are looked through; keeps what it has read."""

    def __init__(self, listed: Sequence[str] = ()) -> None:
        self._listed = listed
        self._uses: dict[str, list[_Use]] = {}
        self._asked = 0

    def is_told(self, path: str, constant: str) -> bool:
        """Whether another module tells a client to verify with a constant of this one."""
        self._asked += 1
        if self._asked > _TOLD_LIMIT or lies_in_tests(project.inside(path)):
            return False
        uses = (use for other in self._near(path) for use in self._used_in(other))
        return any(_is_of(path, constant, use) for use in uses)

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

    def _used_in(self, path: str) -> list[_Use]:
        if path not in self._uses and len(self._uses) < _FILES_LIMIT:
            self._uses[path] = []
            if not lies_in_tests(project.inside(path)):
                self._uses[path] = list(_uses(path, _content(path)))
        return self._uses.get(path, [])


def _uses(path: str, content: bytes) -> Iterator[_Use]:
    if b"verif" not in content and b"ssl" not in content and b"cert" not in content:
        return
    text = content.decode("utf-8", "replace")
    found = [one for one in _USED.finditer(text) if names.is_switch(one["argument"])]
    if not found:
        return
    imported, stars = _imports(text)
    speaks = any(full.partition(".")[0] in names.HTTP_MODULES for full in imported.values())
    for one in found:
        if names.OTHER.search(_line(text, one)) or (one["argument"] == "verify" and not speaks):
            continue
        written = one["name"] or f"{one['owner']}.{one['attribute']}"
        first, dot, rest = written.partition(".")
        if first in imported:
            yield _Use(path, imported[first] + dot + rest)
        else:
            yield from (_Use(path, f"{star}.{written}") for star in stars)


def _imports(text: str) -> tuple[dict[str, str], list[str]]:
    """The names that a module imports, each with its full one, and the modules it takes whole."""
    found: dict[str, str] = {}
    stars: list[str] = []
    for match in _FROM.finditer(text):
        module = match["module"]
        for name, alias in _aliases(match["several"] or match["one"] or ""):
            if name == "*":
                stars.append(module)
            found[alias or name] = f"{module}{'' if module.endswith('.') else '.'}{name}"
    for match in _IMPORT.finditer(text):
        for name, alias in _aliases(match["modules"]):
            first = name.partition(".")[0]
            found[alias or first] = name if alias else first
    return found, stars


def _aliases(listed: str) -> Iterator[tuple[str, str]]:
    for one in listed.replace("\n", " ").split(","):
        words = one.split("#")[0].split()
        if words:
            yield words[0], words[2] if len(words) == 3 and words[1] == "as" else ""


def _line(text: str, match: re.Match[str]) -> str:
    return text[text.rfind("\n", 0, match.start()) + 1 : match.end()]


def _is_of(path: str, constant: str, use: _Use) -> bool:
    """Whether a full name is that of a constant in the module that a path is of."""
    if use.name.startswith(_DJANGO):
        return bool(_SETTINGS.search(path)) and use.name == _DJANGO + constant
    if not use.name.endswith(f".{constant}"):
        return False
    module = use.name[: -len(constant) - 1]
    folder, parts = os.path.dirname(use.path), _parts(path)  # noqa: PTH120
    relative = len(module) - len(module.lstrip("."))
    if relative:
        for _ in range(relative - 1):
            folder = os.path.dirname(folder)  # noqa: PTH120
        return _parts(f"{folder}/{module.lstrip('.').replace('.', '/')}") == parts
    named = module.split(".")
    if parts[-len(named) :] != named:
        return False
    root = "/".join(parts[: -len(named)])
    return len(named) > 1 or not root or f"{'/'.join(_parts(use.path))}".startswith(root + "/")


def _parts(path: str) -> list[str]:
    """A module's path in parts: that of a package is its folder's."""
    parts = [part for part in path.replace("\\", "/").removesuffix(".py").split("/") if part]
    parts = [part for part in parts if part != "."]
    return parts[:-1] if parts[-1:] == ["__init__"] else parts


def _content(path: str) -> bytes:
    """A file's bytes; none of a link, of a large one, or of what cannot be read."""
    try:
        state = os.lstat(path)
        if not stat.S_ISREG(state.st_mode) or state.st_size > _SIZE_LIMIT:
            return b""
        return Path(path).read_bytes()
    except OSError:
        return b""
