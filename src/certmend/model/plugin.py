"""The types that plug-ins export: a plug-in is one frozen value of one, in a file of its own."""

import re
from collections.abc import Callable, Iterable

import msgspec

from certmend.model.document import Entry, Role, Word
from certmend.model.explanation import Explanation
from certmend.model.gate import Gate
from certmend.model.lint import LintReport
from certmend.model.report import Report, View


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A registry product, and the marks it leaves (`registries`: headers, paths, hosts)."""

    name: str
    hosts: tuple[re.Pattern[str], ...] = ()
    paths: tuple[re.Pattern[str], ...] = ()
    headers: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """Lower-case header name and a pattern of its value, matched from its start."""
    chain_cure: str = ""
    """Where its admin installs the full chain, as a sentence."""


class Interceptor(msgspec.Struct, frozen=True, kw_only=True):
    """A product that re-signs TLS traffic, recognised by the issuer of what it shows."""

    name: str
    certain: bool = True
    """False: only general knowledge speaks for it; it is named as a possibility."""
    common_name: re.Pattern[str] | None = None
    organization: re.Pattern[str] | None = None
    organizational_unit: re.Pattern[str] | None = None
    email: re.Pattern[str] | None = None
    roots: tuple[str, ...] = ()
    """Files where its root usually lies on Linux, macOS and Windows."""
    note: str = ""


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """An output format: a report becomes text, as wide and as coloured as the view says."""

    name: str
    render: Callable[[Report, View], str]


class LintFormat(msgspec.Struct, frozen=True, kw_only=True):
    """An output format of a linter's report."""

    name: str
    render: Callable[[LintReport, View], str]


class GateFormat(msgspec.Struct, frozen=True, kw_only=True):
    """An output format of `certmend check`."""

    name: str
    render: Callable[[Gate, View], str]


class PinnedCa(msgspec.Struct, frozen=True, kw_only=True):
    """A CA file of the project, and the digest that its content must have."""

    path: str
    """Relative to the project, of characters that no shell or pipeline gives a meaning."""
    sha256: str


class Pipeline(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a pipeline that checks the package index, for one CI system."""

    name: str
    path: str
    """Where it goes in the project."""
    render: Callable[[PinnedCa | None], str]
    use: str
    """How it becomes part of a pipeline that is there already, as a sentence."""


class StorePlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where certificates that somebody trusts may lie on a machine."""

    name: str
    """What people call it; `{path}` stands for the path found."""
    paths: tuple[str, ...] = ()
    """Files and folders; `~` is the home folder."""
    variables: tuple[str, ...] = ()
    """Variables that name a file or folder."""
    patterns: tuple[str, ...] = ()
    """For a folder of loose certificates: which files in it count. Empty: a hashed folder."""


class ExplanationFormat(msgspec.Struct, frozen=True, kw_only=True):
    """An output format of `certmend explain`."""

    name: str
    render: Callable[[Explanation, View], str]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader is given: a file, or text that another file writes to one."""

    path: str
    text: Word
    scope: str = ""
    embedded: bool = False
    """Whether it is only a part of the file that it is for."""


class FileKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of file that a linter reads: how to recognise it, and its reader.

    Names come before paths, paths before suffixes; all are compared in lower case.
    """

    name: str
    role: Role
    read: Callable[[Source], Iterable[Entry]]
    names: tuple[str, ...] = ()
    """Whole file names, with `*` for anything."""
    paths: tuple[str, ...] = ()
    """Ends of paths with folders in them, `*` for anything but a slash."""
    suffixes: tuple[str, ...] = ()
    shebangs: tuple[str, ...] = ()
    """Programs in the first line of a file without a suffix."""
    comment: str = "#"
    """What begins a comment; empty where there is none."""
