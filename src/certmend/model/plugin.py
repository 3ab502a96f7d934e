"""The types that plug-ins export: a plug-in is one frozen value of one, in a file of its own."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from certmend.model.client import Advice, Child, Trust
from certmend.model.constant import Constant
from certmend.model.document import Entry, Role, Word
from certmend.model.setting import Active, Meaning, OriginKind
from certmend.model.view import View

if TYPE_CHECKING:
    # What formats are given: one command needs one of these, and facts bring every sign of failure.
    from certmend.model.explanation import Explanation
    from certmend.model.gate import Gate
    from certmend.model.lint import LintReport
    from certmend.model.report import Report


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
    render: "Callable[[Report, View], str]"


class LintFormat(msgspec.Struct, frozen=True, kw_only=True):
    """An output format of a linter's report."""

    name: str
    render: "Callable[[LintReport, View], str]"


class GateFormat(msgspec.Struct, frozen=True, kw_only=True):
    """An output format of `certmend check`."""

    name: str
    render: "Callable[[Gate, View], str]"


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
    each: bool = False
    """Whether each of those files is a place of its own: its name says something."""
    only_where: str = ""
    """A path by which the systems are told that this is true of; empty: everywhere."""


class ExplanationFormat(msgspec.Struct, frozen=True, kw_only=True):
    """An output format of `certmend explain`."""

    name: str
    render: "Callable[[Explanation, View], str]"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader is given: a file, or text that another file writes to one."""

    path: str
    text: Word
    scope: str = ""
    embedded: bool = False
    """Whether it is only a part of the file that it is for."""
    is_told: Callable[[Constant], bool] | None = None
    """Whether other modules of its tree tell a client to verify with a constant of this one."""
    copied: Callable[[str], bytes] | None = None
    """The content of a file of its tree that the build of this one copies."""
    verifies_with: Callable[[str, str], bool | None] | None = None
    """Whether objects of an imported class verify with an attribute; None where nobody knows."""
    heeds: Callable[[str, str], bool | None] | None = None
    """Whether an imported function or class verifies servers by a parameter of it."""


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


class Form(StrEnum):
    """How the value of a setting is read."""

    VALUE = "value"
    SWITCH = "switch"
    """On for a true value."""
    NOT = "not"
    """On for a false value: `strict-ssl=false` switches verification off."""
    HOSTS = "hosts"
    """Hosts, separated by blanks."""


class SettingSource(msgspec.Struct, frozen=True, kw_only=True):
    """One setting that a client reads: where it may stand and what it decides."""

    meaning: Meaning
    kind: OriginKind
    name: str
    """The flag, the variable or the dotted key; `*` stands for a name, such as a source's."""
    places: tuple[str, ...] = ()
    """The files it is read from; empty: all of the client's."""
    since: str = ""
    """The first version that reads it; empty: every one."""
    until: str = ""
    """The first version that reads it no more."""
    form: Form = Form.VALUE
    group: str = ""
    """Rows of one group are one setting with several meanings: its strongest place alone counts."""
    scope: str = ""
    """The name of the one index that it is for; empty where its own name tells, or for all."""
    home: bool = False
    """Whether the client takes `~/` at its beginning for the home folder."""
    any_case: bool = False
    """For a variable: its name counts in any case, the last one in the environment decides."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A list of tables that name indexes, each with settings for that index alone."""

    key: str
    """The dotted key of the list."""
    fields: Mapping[str, tuple[Meaning, Form]] = {}
    """What a field of such a table decides; `name` and `url` are read in any case."""
    drops_default: Callable[[Mapping[str, str], str], bool] = lambda _, __: True
    """Whether an index with these fields takes the place of the default one, by version."""
    named: bool = False
    """Whether it is a mapping from names to tables instead of a list."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a client reads, or that people take for one of its files."""

    name: str
    path: str
    format: str
    """How it is written: toml, ini, npmrc, curlrc, yaml, git."""
    prefix: str = ""
    """The table that is the client's own in a shared file, with its dot: `tool.uv.`."""
    why_not: str = ""
    """Why the client does not read it; empty when it does."""


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What a client finds around it: variables, folders, its own interpreter."""

    environment: Mapping[str, str]
    folder: str
    """The current folder, absolute."""
    home: str
    version: str = ""
    """The client's own; empty when it is not installed."""
    python: Mapping[str, Any] = {}
    """What its interpreter said of itself (`op: about`); empty without one."""
    system: tuple[str, str] = ("", "")
    """The bundle file and the hashed folder of the system's trust store."""
    flags: tuple[tuple[str, str], ...] = ()
    """Options as they would stand on the client's command line: name and value."""


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """A client's settings in force: what `store` makes its trust of."""

    around: Surroundings
    active: tuple[Active, ...] = ()
    """Strongest first; those that are out of range or unread are not here."""

    def first(self, *meanings: Meaning, scope: str = "") -> Active | None:
        """The strongest setting of these meanings; one for `scope` before one for every index."""
        fits = [one for one in self.active if one.meaning in meanings]
        own = [one for one in fits if scope and one.scope == scope]
        return next(iter(own or [one for one in fits if not one.scope]), None)

    def on(self, meaning: Meaning, scope: str = "") -> bool:
        """Whether the strongest switch of this meaning is on."""
        found = self.first(meaning, scope=scope)
        return found is not None and found.on


class Kind(StrEnum):
    """What a client is to a person who installs packages."""

    INSTALLER = "installer"
    LIBRARY = "library"
    NEIGHBOUR = "neighbour"
    """No Python client, but it shares the machine's trouble."""


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A command that makes a client try a URL, and how its answer is read."""

    command: Callable[[str, str, str, int], tuple[str, ...]]
    """From the program, the URL, the client's version and the seconds it may take."""
    variables: Mapping[str, str] = {}
    reached: re.Pattern[str] = re.compile(r"(?!)")
    """What it says when it fails, though it trusted the server."""
    status: re.Pattern[str] = re.compile(r"(?!)")
    """What it says of an answer that it does not take: the `status`."""
    place: re.Pattern[str] = re.compile(r"(?!)")
    """How it names the `url` where it stopped, which may be where a redirect led."""
    again: Callable[[str, str, str, int], tuple[str, ...]] | None = None
    """Another command, where the first may be told of a page that is not there."""
    credentials: re.Pattern[str] = re.compile(r"(?!)")
    """The variables with credentials that it does not use when it is asked like this."""
    refuses: re.Pattern[str] = re.compile(r"(?!)")
    """What it says of its own settings when it stops at them and tries nothing."""


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A client: how it is found, what it reads, strongest first, and what it then trusts."""

    name: str
    kind: Kind
    programs: tuple[str, ...] = ()
    """Its command on PATH; empty for a library."""
    traces: tuple[str, ...] = ()
    """Files in a project that tell of it; `FILE#TABLE` means a table in a TOML file."""
    sources: tuple[SettingSource, ...] = ()
    tables: tuple[Table, ...] = ()
    places: Callable[[Surroundings], tuple[Place, ...]] = lambda _: ()
    """Strongest first."""
    store: Callable[[Resolved, str], Trust] = lambda _, __: Trust()
    """The trust for an index of a scope (a source's name or URL); "" for every other."""
    inside: str = ""
    """What asks it in its own Python: a class of `observe/inside_clients.py`."""
    asking: Asking | None = None
    advice: Advice = Advice()
    default_index: str = ""
    """What it uses when no index is set."""
    default_name: str = ""
    """The name of that index, where settings can be for it alone."""
    mixes_indexes: bool = True
    """Whether it takes the highest version from any of its indexes."""
    children: tuple[Child, ...] = ()
    inert: tuple[str, ...] = ()
    """Variables that are said to switch its verification off, and do nothing."""
    settings_files: tuple[str, ...] = ()
    """Variables that name a settings file to read in place of another, or beside it."""
    stops_without: bool = False
    """Whether it stops where such a file is not there, instead of passing it over."""
    documented: str = ""
    """Why it is described from its documentation only, and never asked."""
