"""Which kind a file is of, by its name, its place or its first line."""

import os
import re
from collections.abc import Iterable, Sequence
from fnmatch import translate
from functools import cache, cached_property
from itertools import compress, repeat
from operator import itemgetter, not_
from typing import TYPE_CHECKING

from certmend import registry
from certmend.model import lazy
from certmend.model.plugin import FileKind
from certmend.observe import requirement_lists

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

_PACKAGE = "certmend.observe.files"


_Patterns = list[tuple[str, FileKind]]


class _Index:
    """The kinds, arranged so that 50,000 names are told apart in milliseconds."""

    def __init__(self, kinds: tuple[FileKind, ...]) -> None:
        self.names: dict[str, FileKind] = {}
        self.suffixes: dict[str, FileKind] = {}
        self.shebangs: dict[str, FileKind] = {}
        self._names: _Patterns = []
        self._paths: _Patterns = []
        for kind in kinds:
            self._names += [(name, kind) for name in kind.names if "*" in name]
            self.names |= dict.fromkeys((name for name in kind.names if "*" not in name), kind)
            self._paths += [(path, kind) for path in kind.paths]
            self.suffixes |= dict.fromkeys(kind.suffixes, kind)
            self.shebangs |= dict.fromkeys(kind.shebangs, kind)
        wildcards = [pattern for pattern, _ in (*self._names, *self._paths)]
        self.endings = frozenset(ending for name in wildcards if (ending := _ending(name)))
        """What paths, and names with a wildcard, end in: only such names are compared with them."""
        self.parts = sorted({_mark(name) for name in wildcards if not _ending(name)})
        self.marks = re.compile("|".join(re.escape(mark) for mark in self.parts) or r"(?!)")
        """For the others, a text that must be in the name."""
        self._unions: dict[str, tuple[_Union, _Union]] = {}

    @cached_property
    def _automaton(self) -> "BytesAhoCorasick":
        from ahocorasick_rs import BytesAhoCorasick, MatchKind

        # Of this kind of match alone the crate's vector search takes part.
        return BytesAhoCorasick([part.encode() for part in self.parts], MatchKind.LeftmostFirst)

    def any_part(self, text: str) -> bool:
        """Whether one of the parts is in a text, however long it is."""
        return bool(self._automaton.find_matches_as_indexes(text.encode("utf-8", "replace")))

    def by_pattern(self, path: str, name: str, suffix: str) -> FileKind | None:
        """The kind by the patterns of a name with this suffix, those of paths first."""
        if suffix not in self._unions:
            named = _of(self._names, suffix)
            if suffix in self.suffixes:  # `dockerfile_lines.py` is a program about them
                named = [one for one in named if not one[0].endswith(("-*", "_*"))]
            self._unions[suffix] = (
                _Union((_path_pattern(one), kind) for one, kind in _of(self._paths, suffix)),
                _Union((translate(one)[:-2], kind) for one, kind in named),
            )
        paths, names = self._unions[suffix]
        return paths.kind_of(path) or names.kind_of(name)


class _Union:
    """Patterns as one; the number of its last group that matched tells the kind."""

    def __init__(self, patterns: Iterable[tuple[str, FileKind]]) -> None:
        listed = tuple(patterns)
        self._kinds = [kind for _, kind in listed]
        joined = "|".join(f"({pattern})" for pattern, _ in listed)
        self._pattern = re.compile(joined or r"(?!)", re.DOTALL)

    def kind_of(self, text: str) -> FileKind | None:
        match = self._pattern.fullmatch(text)
        return self._kinds[match.lastindex - 1] if match and match.lastindex else None


def _of(patterns: _Patterns, suffix: str) -> _Patterns:
    """Those that a name with this suffix may have."""
    return [one for one in patterns if _ending(one[0]) in ("", suffix)]


def _ending(pattern: str) -> str:
    """The suffix that every name of a pattern has, or nothing."""
    last = pattern.rsplit("*", 1)[-1]
    return last[last.rfind(".") :] if "." in last else ""


def _mark(pattern: str) -> str:
    """The longest part of a pattern's last name that stands there as it is."""
    return max(pattern.rsplit("/", 1)[-1].split("*"), key=len).strip(".-_")


def _path_pattern(path: str) -> str:
    return r"(?:.*/)?" + re.escape(path).replace(r"\*", "[^/]*")


@cache
def _index() -> _Index:
    return _Index(registry.load(_PACKAGE, FileKind))


@cache
def by_first_line(line: bytes) -> FileKind | None:
    """The kind that a first line tells: what it is run by, an image's begin, or cloud-init's."""
    if _FROM.match(line):
        return _by_own_name("Dockerfile")
    if _CLOUD_INIT.match(line):
        return _by_own_name("cloud-init.yaml")
    if not line.startswith(b"#!"):
        return None
    words = line[2:].decode("ascii", "replace").split()
    names = [word.rsplit("/", 1)[-1] for word in words]
    if names[:1] == ["env"]:
        names = [name for name in names[1:] if not name.startswith("-") and "=" not in name]
    program = re.sub(r"[\d.]+$", "", names[0]) if names else ""
    return _index().shebangs.get(program)


_FROM = lazy.regex(rb"FROM +[\w./:@${}-]+(?: +[Aa][Ss] +\S+)?\s*$")
"""The first instruction of a Dockerfile. Source: Docker's reference of the format, "FROM"."""


_CLOUD_INIT = lazy.regex(rb"#cloud-config\s*$|## template: jinja\s*$")
"""What cloud-init knows its YAML by. Source: its documentation, "User-data formats"."""
OVERRULING = (b"#cloud-config", b"## template: jinja")
"""First lines that tell more than a name like `init.cfg` does."""
TELLING = (b"#!", b"FROM ", *OVERRULING)
"""What a first line that tells a kind begins with."""
_TOLD = frozenset(
    (".slurm", ".sbatch", ".slm", ".srun", ".pbs", ".qsub", ".sge", ".lsf", ".bsub", ".sub",
     ".job", ".jobscript", ".run")
)  # fmt: skip
"""Endings of scripts that a batch system or a person starts: any language may be behind them."""
_FOR_CLOUD = lazy.regex(r"cloud|user[-_]?data|vendor[-_]?data", re.IGNORECASE)


def may_be_told(path: str) -> bool:
    """Whether the first line of a file may tell its kind, which its name does not."""
    name = path[max(path.rfind("/"), path.rfind("\\")) + 1 :]
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return not ending or ending in _TOLD or ending in _TEMPLATES or bool(_FOR_CLOUD.search(name))


def by_lines(head: bytes) -> FileKind | None:
    """The kind of a text file whose name does not tell: a list of requirements, or none."""
    return _by_own_name("requirements.txt") if requirement_lists.is_one(head) else None


def closer(kind: FileKind, path: str, content: bytes) -> FileKind:
    """The kind of a file whose name says only how it is written, by its text and what lies near.

    A manifest of Tekton's is a pipeline wherever it lies. The script that installs a feature of a
    development container is a part of its image. Sources: Tekton's "Tasks and Pipelines"; the
    devcontainer specification, "Features".
    """
    if kind.name == "yaml" and b"tekton.dev/" in content and _TEKTON.search(content):
        return _called("tekton")
    if kind.name == "shell" and path.endswith(_INSTALLER):
        folder = path[: -len(_INSTALLER)]
        if folder[-1:] in ("", "/", "\\") and os.path.isfile(folder + _FEATURE):  # noqa: PTH113
            return _called("feature-script")
    return kind


_TEKTON = lazy.regex(
    rb"^[ ]*(?:-[ ]+)?apiVersion:[ ]*[\"']?(?:triggers\.)?tekton\.dev/", re.MULTILINE
)
_INSTALLER = "install.sh"
_FEATURE = "devcontainer-feature.json"


@cache
def _called(name: str) -> FileKind:
    every: tuple[FileKind, ...] = registry.load(_PACKAGE, FileKind)
    return next(kind for kind in every if kind.name == name)


_TEMPLATES = frozenset(
    (".j2", ".jinja", ".jinja2", ".tmpl", ".template", ".tpl", ".tftpl", ".erb", ".example",
     ".sample", ".dist", ".in", ".symlink")
)  # fmt: skip
"""Endings of templates, samples and links: what they make is read as what it will be."""
_DOT = "dot_"
"""How chezmoi writes the dot of a name."""


_DOCUMENTATION = frozenset((".md", ".mdx", ".markdown", ".rst", ".adoc"))
"""Endings of what is read by people, whatever it is about: `dockerfile_stages.rst`."""


def is_documentation(path: str) -> bool:
    """Whether a file's name is that of one which people read."""
    return path[path.rfind(".") :].lower() in _DOCUMENTATION


def by_name(path: str) -> FileKind | None:
    """The kind of a file by its name and place; None when they do not tell."""
    if is_documentation(path):
        return None
    dot = path.rfind(".")
    kind = _by_own_name(path)
    if kind is None and dot > 0 and path[dot:].lower() in _TEMPLATES:
        return _by_own_name(path[:dot])
    if kind is None and "_vars" in path and INVENTORY.search(path):
        return _by_own_name("all.yml")
    return kind


INVENTORY = lazy.regex(r"(?:^|[/\\])(?:group|host)_vars[/\\](?:[^/\\]+[/\\])?[^/\\.]+$")
"""Ansible's variables of a group or a host, whose files need no ending: `group_vars/all`."""


def likely(paths: Sequence[str]) -> list[str]:
    """The paths whose names may tell a kind, or have no ending; the others have no kind."""
    if not paths:
        return []
    # A slash before each: what follows the last dot then tells a name without one.
    listed = "/" + "\0/".join(paths)
    rooted = listed.split("\0")
    endings = map(itemgetter(2), map(str.rpartition, rooted, repeat(".")))
    known = list(map(_Endings(_index()).__getitem__, endings))
    others = list(compress(rooted, map(not_, known)))
    if _index().any_part("\0".join(others).lower()):
        more = _with_part(others)
        known = [one or path in more for one, path in zip(known, rooted, strict=True)]
    return list(compress(paths, known))


def _with_part(paths: Sequence[str]) -> set[str]:
    """Those whose last names hold one of the parts."""
    names = [path[path.rfind("/") :].lower() for path in paths]
    every = "\0".join(names)
    parts = [part for part in _index().parts if part in every]
    return {path for part in parts for path, name in zip(paths, names, strict=True) if part in name}


def load() -> None:
    """Import every kind, while there is time."""
    _index()


class _Endings(dict[str, bool]):
    """Whether a name that ends so may be that of a kind; asked once for each ending.

    What has no dot ends in its whole path, which a slash tells.
    """

    def __init__(self, index: _Index) -> None:
        super().__init__()
        named = {name.rpartition(".")[2] for name in index.names if "." in name}
        self.known = named | {one.removeprefix(".") for one in (*index.suffixes, *index.endings)}
        self.known |= {one.removeprefix(".") for one in (*_TEMPLATES, *_TOLD)}

    def __missing__(self, ending: str) -> bool:
        self[ending] = known = "/" in ending or "\\" in ending or ending.lower() in self.known
        return known


def _by_own_name(path: str) -> FileKind | None:
    index = _index()
    name = path[max(path.rfind("/"), path.rfind("\\")) + 1 :].lower()
    if name.startswith(_DOT):
        name = "." + name.removeprefix(_DOT)
    if found := index.names.get(name):
        return found
    dot = name.rfind(".")
    suffix = name[dot:] if dot >= 0 else ""
    kind = index.suffixes.get(suffix)
    if suffix in index.endings or index.marks.search(name):
        return index.by_pattern(path.lower().replace("\\", "/"), name, suffix) or kind
    return kind
