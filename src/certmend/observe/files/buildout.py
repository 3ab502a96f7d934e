"""Configuration of zc.buildout: the index and the links that it installs eggs from.

Source: zc.buildout's documentation, "Options reference": `index`, `find-links` of `[buildout]`.
Its files may have any name that ends in .cfg, and name one another by `extends`.
"""

import re
from collections.abc import Iterable

import msgspec

from certmend.model import lazy
from certmend.model.document import Entry, Key, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import ini_lines
from certmend.observe.syntax.config import in_order, keys

_SECTION = lazy.regex(r"^\[buildout[]:]", re.MULTILINE)
_OPTIONS = {"index": "index-url", "find-links": "find-links"}


def read(source: Source) -> Iterable[Entry]:
    """The options of `[buildout]` that say where eggs come from; nothing of another program's."""
    if not _SECTION.search(source.text.text):
        return []
    tree = ini_lines.read(source.text, folded=True)
    found = [one for key in keys("setuptools", tree, scope=source.scope) for one in _of(key)]
    return in_order(found, ini_lines.comments(source.text))


def _of(key: Key) -> Iterable[Key]:
    section, option = key.path[0], key.path[-1].rstrip("+- ").lower()
    if section.partition(":")[0] == "buildout" and option in _OPTIONS:
        yield msgspec.structs.replace(key, path=(section, _OPTIONS[option]))


BUILDOUT = FileKind(name="buildout", role=Role.CONFIG, read=read, suffixes=(".cfg",))
