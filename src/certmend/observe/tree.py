"""The files of a project that a linter reads: chosen by name, then by what is in them."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from certmend.model import lazy
from certmend.model.document import Document, whole
from certmend.model.lint import Skipped
from certmend.model.plugin import FileKind, Source
from certmend.observe import kinds, requirement_lists, tree_files
from certmend.observe.ansible import Variables
from certmend.observe.listing import Listing
from certmend.observe.syntax import templates

SIZE_LIMIT = 10 << 20
"""Bytes; a larger file is skipped, with a note."""
_HEAD = 8000
_BLOCK = 1 << 16
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_LIBRARY = lazy.regex(r"(?<![^/\\])(?:[Ll]ib|(?:python|pypy)[\d.]+)[/\\]")
"""Where an interpreter's own modules may lie: `Lib` on Windows, `lib/python3.13` elsewhere."""


class Candidate(msgspec.Struct, frozen=True):
    """A file of a kind that is read, and its bytes."""

    path: str
    kind: FileKind
    content: bytes


class Found:
    """The files below some paths; their listing begins when it is made."""

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._listings = [Listing(path) for path in paths]
        self.given = frozenset(one.path for one in self._listings if one.is_file)
        """Files that were named themselves."""
        self.tops = tuple({_top(one) for one in self._listings})
        """What the paths of each tree begin with; a file that was named lies in its project's."""

    def names(self) -> list[str]:
        """The paths of all files whose names may tell a kind, each once."""
        kinds.load()  # git lists meanwhile
        found: dict[str, None] = {}
        for listing in self._listings:
            for listed in listing.names():
                rest = listed if listing.is_file else kinds.likely(listed)
                found |= dict.fromkeys(listing.top + name for name in rest)
        return list(found)


class Reader:
    """Reads files of a kind that is known, and keeps count of them and of those it skipped."""

    def __init__(
        self,
        wanted: Callable[[FileKind, bytes], bool],
        given: Collection[str] = (),
        variables: Variables | None = None,
        begun: Callable[[FileKind, bytes], bool] = lambda *_: False,
    ) -> None:
        self._begun = begun
        """Whether it may be one once the values of its variables are known."""
        self._variables = variables
        self._wanted = wanted
        """Whether a file of a kind is a candidate, by its content in lower case."""
        self._given = given
        self.skipped: list[Skipped] = []
        self.files = 0

    def candidates(self, names: Iterable[str]) -> Iterator[Candidate]:
        """Every file that may have something in it, of those with these names."""
        for name in names:
            if candidate := self._candidate(name, given=name in self._given):
                yield candidate

    def _candidate(self, name: str, *, given: bool) -> Candidate | None:
        kind = kinds.by_name(name)
        is_list = kind is None and requirement_lists.may_be(name)
        if kind is None and not (given or is_list or kinds.may_be_told(name)):
            return None
        try:
            content = _content(name, is_kind=kind is not None, is_list=is_list)
        except OSError as error:
            gone = isinstance(error, FileNotFoundError) and not given
            if not (gone or os.path.islink(name) or os.path.isdir(name)):  # noqa: PTH112, PTH114
                self.skipped.append(Skipped(path=name, why=(error.strerror or str(error)).lower()))
            return None
        head = (content or b"")[:200]
        if kind is None or head.startswith(kinds.OVERRULING):
            kind = kinds.by_first_line(head.partition(b"\n")[0]) or kind
        if kind is None and is_list:
            kind = kinds.by_lines((content or b"")[:_BLOCK])
        elif kind is not None:
            kind = kinds.closer(kind, name, content or b"")
        return self._relevant(name, kind, content) if kind is not None else None

    def _relevant(self, name: str, kind: FileKind, content: bytes | None) -> Candidate | None:
        self.files += 1
        if content is None:
            self.skipped.append(Skipped(path=name, why="larger than 10 MiB"))
            return None
        if b"\0" in content[:_HEAD]:
            if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
                return None
            lower = text_of(content)[0].lower().encode("utf-8", "surrogatepass")
        else:
            lower = content.lower()
        if not self.may_find(name, kind, content, lower):
            return None
        if name not in self._given and _is_of_python(name):
            return None
        return Candidate(name, kind, content)

    def may_find(self, name: str, kind: FileKind, content: bytes, lower: bytes) -> bool:
        """Whether a file, or what it is once the values of its variables are known, is wanted."""
        if self._wanted(kind, lower):
            return True
        variables = self._variables
        if variables is None or not variables.concern(name, kind.name, content):
            return False
        if not (self._begun(kind, lower) or variables.may_define(name, kind.name, lower)):
            return False
        filled = variables.filled(name, kind.name, text_of(content)[0])
        return filled is not None and self._wanted(
            kind, filled.searched.lower().encode("utf-8", "surrogatepass")
        )


def _top(listing: Listing) -> str:
    """What the paths of a tree begin with; a file lies in the current folder's, or in its own."""
    if not listing.is_file or not os.path.isabs(listing.path):  # noqa: PTH117
        return listing.top
    here = os.getcwd() + "/"  # noqa: PTH109
    return here if listing.path.startswith(here) else listing.path[: listing.path.rfind("/") + 1]


def _is_of_python(name: str) -> bool:
    """Whether a file is one of an interpreter's own modules, which come with some projects.

    Python finds them by `os.py` (Modules/getpath.py); it cannot start without `encodings`.
    """
    for match in _LIBRARY.finditer(name):
        folder = name[: match.end()]
        if os.path.isfile(folder + "os.py") and os.path.isdir(folder + "encodings"):  # noqa: PTH112, PTH113
            return True
    return False


def _content(name: str, *, is_kind: bool, is_list: bool) -> bytes | None:
    """A file's bytes, or None when it is too large.

    Nothing of a file that has no kind by its name and cannot have one by its first line, or by
    its lines where it may be a list of requirements.
    """
    file = os.open(name, _READING)  # a third of the time of `open`, many thousand times
    try:
        blocks = [os.read(file, _BLOCK)]
        if not is_kind and not _may_tell(blocks[0], is_list=is_list):
            return b""
        if len(blocks[0]) == _BLOCK and os.fstat(file).st_size > SIZE_LIMIT:
            return None
        while blocks[-1]:
            blocks.append(os.read(file, _BLOCK))
    finally:
        os.close(file)
    return b"".join(blocks)


def _may_tell(head: bytes, *, is_list: bool) -> bool:
    """Whether a file's beginning may tell its kind."""
    return head.startswith(kinds.TELLING) or (is_list and requirement_lists.is_one(head))


def text_of(content: bytes) -> tuple[str, str]:
    """A file's text and its encoding; bytes that are no UTF-8 come back as they were."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    return content.decode("utf-8", "surrogateescape"), "utf-8"


def read(path: str, kind: FileKind, content: bytes, variables: Variables | None = None) -> Document:
    """A file taken apart by its kind's reader; with `variables`, their values are put in first."""
    text, _ = text_of(content)
    word = whole(text)
    if text.startswith("\ufeff"):
        word = word.part(1, len(text))
    filled = None
    if variables is not None and variables.concern(path, kind.name, content):
        filled = variables.filled(path, kind.name, text)
    if filled is None:
        source = Source(path=path, text=templates.without_remarks(path, word))
        if variables is not None:
            source = msgspec.structs.replace(
                source,
                is_told=partial(variables.modules.is_told, path),
                copied=partial(tree_files.copied, path, variables.tops),
                verifies_with=partial(variables.definitions.verifies_with, path),
                heeds=partial(variables.definitions.heeds, path),
            )
        entries = tuple(kind.read(source))
        return Document(path=path, kind=kind.name, role=kind.role, text=text, entries=entries)
    return Document(
        path=path,
        kind=kind.name,
        role=kind.role,
        text=text,
        entries=tuple(
            kind.read(Source(path=path, text=templates.without_remarks(path, filled.text)))
        ),
        searched=filled.searched,
        filled=filled.places,
    )
