"""A file as a linter sees it: the things it says, each with the place it says them at.

A reader per kind of file makes the same entries, so that a rule is written once. Texts remember
where each of their characters stands in the file, through quoting, joined lines and expanded
variables: a finding points at the very word, and an edit replaces nothing else.
"""

import posixpath
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise

import msgspec

from certmend.model import lazy


class Span(msgspec.Struct, frozen=True):
    """A place in a file's text: offsets of its first character and of the one after its last."""

    start: int
    end: int

    def within(self, other: "Span") -> bool:
        """Whether the other place holds this one."""
        return other.start <= self.start and self.end <= other.end


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A text as its reader understands it: unquoted, joined and expanded."""

    text: str
    at: Sequence[int]
    """The offset in the file of each character; those of a variable stand in its definition."""
    span: Span
    """The place of the whole, quotes included."""
    quoted: bool = False
    dynamic: bool = False
    """Whether a part of it is known only when it runs; that part stands as it is written."""

    def part(self, start: int, end: int) -> "Word":
        """The characters from `start` up to `end`, as a word of their own."""
        return Word(
            text=self.text[start:end],
            at=self.at[start:end],
            span=self.place(start, end),
            quoted=self.quoted,
            dynamic=self.dynamic,
        )

    def place(self, start: int = 0, end: int | None = None) -> Span:
        """Where these characters stand in the file; the whole's place when they lie scattered."""
        size, at = len(self.text), self.at
        if end is None or end > size:
            end = size
        if start >= end or end > len(at):
            return self.span
        if isinstance(at, range):  # a stretch of the file, as nearly all are
            return Span(at.start + start, at.start + end)
        first, last = at[start], at[end - 1] + 1
        return Span(first, last) if 0 <= last - first <= 4 * (end - start) + 200 else self.span

    @property
    def is_written_here(self) -> bool:
        """Whether its characters stand at its place: nothing came from a variable."""
        return not self.at or self.place().within(self.span)

    @property
    def is_literal(self) -> bool:
        """Whether each character stands at a place of its own: no field's value is among them."""
        at = self.at
        return isinstance(at, range) or all(one < after for one, after in pairwise(at))


class How(StrEnum):
    """By what means a variable gets its value."""

    SHELL = "shell"
    EXPORT = "export"
    PREFIX = "prefix"
    """In front of one command, for that command alone."""
    ENV = "env"
    """In an environment that is declared: ENV, a pipeline's `env:`, a compose file."""
    ARG = "arg"
    """A Dockerfile's ARG, or an argument of a build."""
    CODE = "code"
    """`os.environ[...] = ...`"""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a file says."""

    span: Span
    scope: str = ""
    """The stage, job or cell that it belongs to; empty for the whole file."""
    removal: Span | None = None
    """What to delete to take it away and leave the file valid; None where that is not known."""


class Assignment(Entry, frozen=True, kw_only=True):
    """A variable gets a value."""

    name: str
    value: Word
    how: How
    inside: tuple[str, ...] | None = None
    """The part of the file that it is declared for, as a path: a step, a job, a container.

    None where it holds from its line on.
    """

    def meets(self, other: "Assignment") -> bool:
        """Whether both are declared for one part: for the same, or for a part of the other's."""
        if self.inside is None or other.inside is None:
            return True
        size = min(len(self.inside), len(other.inside))
        return self.inside[:size] == other.inside[:size]


class Key(Entry, frozen=True, kw_only=True):
    """A key of a configuration file, and its values: one, or the items of a list."""

    client: str
    """Whose configuration it is: `pip`, `uv`, `conda` ..."""
    path: tuple[str, ...]
    """Its section or tables, then its own name; items of a list of tables are numbered."""
    values: tuple[Word, ...]


class InFolder(Entry, frozen=True, kw_only=True):
    """What names files, seen from a folder."""

    folder: str = ""
    """The folder that it runs in, where the file says so."""

    def path(self, name: str) -> str:
        """A file's path, seen from the folder that this runs in."""
        if not self.folder or name.startswith(("/", "~", "$")) or ":" in name:
            return name
        return posixpath.normpath(posixpath.join(self.folder, name))


class Command(InFolder, frozen=True, kw_only=True):
    """A command line, after the shell's own work: program and arguments."""

    words: tuple[Word, ...]
    environment: Mapping[str, Word] = msgspec.field(default_factory=dict)
    """The variables that the file gives to it."""
    into: tuple[str, ...] = ()
    """The words of the command that reads its output."""
    output: Word | None = None
    """The file that its output goes to."""


class Copied(InFolder, frozen=True, kw_only=True):
    """Files that an image or a playbook puts somewhere."""

    sources: tuple[Word, ...]
    target: Word
    remote: bool = False
    """Whether the source is another stage or image."""
    mounted: bool = False
    """Whether it is there for one instruction alone."""


class Call(Entry, frozen=True, kw_only=True):
    """Something that a Python program does to its TLS."""

    about: str = "verification"
    """What it weakens: `verification`, or `level` for OpenSSL's security level."""

    what: str
    """The function, attribute or argument, as it is written."""
    url: str = ""
    """The address it is about, where the program says it."""


class Stage(Entry, frozen=True, kw_only=True):
    """A stage of a Dockerfile begins."""

    image: str
    parents: tuple[str, ...] = ()
    """The scopes of the stages it continues."""


class Image(Entry, frozen=True, kw_only=True):
    """The image that a job, a service or a step runs in."""

    name: str


class Comment(Entry, frozen=True, kw_only=True):
    """A comment, without the mark it begins with; told where one may be `heeded`."""

    text: Word


HEEDED = ("certmend:", "seclevel")
"""What a file holds, in lower case, in which a rule or an ignore looks at comments."""


def heeded(text: str) -> bool:
    """Whether anything looks at the comments of a file: to make them takes as long as the rest."""
    lower = text.lower()
    return any(one in lower for one in HEEDED)


class Role(StrEnum):
    """What a file is for."""

    CI = "ci"
    IMAGE = "image"
    CONFIG = "config"
    SCRIPT = "script"
    CODE = "code"


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A file, and all that it says, in the order of its lines."""

    path: str
    kind: str
    role: Role
    text: str
    entries: tuple[Entry, ...]
    searched: str = ""
    """The text with what other files put into it, where they do."""
    filled: tuple[Span, ...] = ()
    """The places of what came from other files, or from elsewhere in this one."""

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both from 1; columns count characters."""
        starts = self._starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def _starts(self) -> Sequence[int]:
        return _line_starts(self.text, self.kind in _RETURNS and "\r" in self.text)

    def below(self, end: int, line: str) -> str:
        """The text to put in at a line's end so that `line` stands below it, ended like it."""
        return f"\n{line}\r" if self.text[end - 1 : end] == "\r" else f"\n{line}"

    def line(self, offset: int) -> str:
        """The line that an offset stands on, without its end."""
        place = self.extent(offset)
        return self.text[place.start : place.end]

    def extent(self, offset: int) -> Span:
        """Where the line that an offset stands on begins and ends, without its end."""
        starts = self._starts()
        line = bisect_right(starts, offset)
        start, end = starts[line - 1], starts[line] if line < len(starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)


_RETURNS = frozenset(("python", "pip-conf", "setup-cfg", "pypirc", "tox"))
"""Kinds in which a carriage return alone ends a line, as in all that Python reads as text."""


@lru_cache(2)
def _line_starts(text: str, returns: bool) -> Sequence[int]:
    """Where each line begins; found once for all that a file has on its lines."""
    if returns:
        return [0, *(match.end() for match in _END.finditer(text))]
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


_END = lazy.regex(r"\r\n?|\n")


def whole(text: str) -> Word:
    """A file's text as one word."""
    return Word(text=text, at=range(len(text)), span=Span(0, len(text)))
