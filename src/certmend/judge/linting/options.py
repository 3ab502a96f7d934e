"""Settings of clients, whatever they are written as: a flag, a variable, a key of a file.

Which names a client reads: `pip help install`, uv's settings reference, and the references of
Poetry, PDM, Pipenv, conda, npm, yarn and git.
"""

import re
from collections.abc import Iterator

import msgspec

from certmend.judge.linting import substituted
from certmend.judge.linting.programs import Run
from certmend.model import lazy
from certmend.model.commandline import base_name
from certmend.model.document import Assignment, Command, Document, Entry, How, Key, Span, Word

_SHORT = {
    "pip": {"-i": "index-url", "-f": "find-links", "-r": "requirement", "-c": "constraint"},
    "uv": {"-i": "index-url", "-f": "find-links", "-r": "requirement", "-c": "constraint"},
    "pip-tools": {"-i": "index-url", "-f": "find-links"},
    "pipenv": {"-i": "index-url"},
    "pipx": {"-i": "index-url"},
    "easy_install": {"-i": "index-url", "-f": "find-links"},
    "setuptools": {"-i": "index-url", "-f": "find-links"},
    "curl": {"-k": "insecure", "-o": "output", "-H": "header", "-u": "user", "-X": "request",
             "-d": "data", "-A": "user-agent", "-e": "referer", "-x": "proxy", "-E": "cert",
             "-m": "max-time", "-b": "cookie", "-c": "cookie-jar", "-w": "write-out",
             "-T": "upload-file"},
    "wget": {"-O": "output-document", "-P": "directory-prefix", "-o": "output-file"},
    "conda": {"-k": "insecure"},
}  # fmt: skip
_VALUED = frozenset(
    (
        "index-url",
        "extra-index-url",
        "find-links",
        "trusted-host",
        "cert",
        "client-cert",
        "proxy",
        "default-index",
        "index",
        "allow-insecure-host",
        "pypi-url",
        "requirement",
        "constraint",
        "pip-args",
        "extra-pip-args",
        "pypi-mirror",
        "pip-options",
        "index-strategy",
        "output",
        "cacert",
        "output-document",
        "ca-certificate",
        "header",
        "user",
        "request",
        "data",
        "target",
        "python",
        "user-agent",
        "referer",
        "max-time",
        "cookie",
        "cookie-jar",
        "write-out",
        "upload-file",
        "capath",
        "directory-prefix",
        "output-file",
        "retry",
        "connect-timeout",
        "verify",
        "pip-args",
        "name",
    )
)
_NAMES = {
    "pypi-url": "index-url", "pypi-mirror": "index-url", "default-index": "index-url",
    "allow-insecure-host": "insecure-host", "index": "extra-index-url",
    "extra-index-urls": "extra-index-url",
}  # fmt: skip
_ARGUMENT_LISTS = frozenset(("pip-args", "extra-pip-args", "pip-options"))
_VARIABLES = {
    "UV_INSECURE_HOST": ("uv", "insecure-host"),
    "UV_INDEX_URL": ("uv", "index-url"),
    "UV_DEFAULT_INDEX": ("uv", "index-url"),
    "UV_EXTRA_INDEX_URL": ("uv", "extra-index-url"),
    "UV_INDEX": ("uv", "extra-index-url"),
    "UV_FIND_LINKS": ("uv", "find-links"),
    "PIPENV_PYPI_MIRROR": ("pipenv", "index-url"),
    "PIPENV_TEST_INDEX": ("pipenv", "index-url"),
    "PDM_PYPI_URL": ("pdm", "index-url"),
}
_PIP_OPTIONS = frozenset(
    (
        "trusted-host",
        "index-url",
        "extra-index-url",
        "find-links",
        "cert",
        "proxy",
        "disable-pip-version-check",
        "no-index",
        "client-cert",
        "use-feature",
        "use-deprecated",
    )
)
_BEHIND = frozenset(("--build-arg", "-e", "--env", "set", "--opt"))
_ASSIGNED = lazy.regex(r"[A-Za-z_]\w*=")
_TELLS = frozenset(("echo", "echo.", "printf", "title", "error", "warning", "info", "write-host"))
"""What prints its words: programs, and functions of make."""
_SETTERS = frozenset(
    ("make", "gmake", "kubectl", "oc", "heroku", "gcloud", "sbatch", "srun", "qsub", "systemd-run",
     "fly", "flyctl", "railway", "az", "cf")
)  # fmt: skip
"""Programs whose words set variables, for what they run or deploy."""
_SET = lazy.regex(r"(?:--[\w-]+=)?(?:\w+(?:=[^,]*)?,)*[A-Z][A-Z0-9_]*=[^,]*(?:,[A-Z]+)?")
_EACH = lazy.regex(r"(?:^(?:--[\w-]+=)?|,)(?P<name>[A-Z][A-Z0-9_]+)=(?P<value>[^,]*)")
_VALUES = frozenset(("--set", "--set-string"))
_VALUE = lazy.regex(r"(?:^|[.,])([A-Z][A-Z0-9_]*)=([^,]*)")
"""A value of a chart whose last name is that of a variable: charts hand those on."""


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of one client, and where it is written."""

    client: str
    name: str
    values: tuple[Word, ...]
    span: Span
    """The flag with its value, the assignment, the key."""
    anchor: Span
    """Where a finding points: the flag or name itself."""
    entry: Entry
    removal: Span | None = None
    run: Run | None = None

    def place_of(self, value: Word) -> Span:
        """Where a finding about one of several values points: itself, if it is written here."""
        place = value.place()
        return place if value.at and place.within(self.span) else self.span


def flags(run: Run) -> Iterator[Option]:
    """The options that a client is run with."""
    client = "uv" if run.client == "uv" else run.client
    short = _SHORT.get(client, {})
    before = run.before
    words = list(run.arguments)
    at = 0
    while at < len(words):
        word = words[at]
        if word.text == "--" or not word.text.startswith("-") or len(word.text) < 2:
            before, at = word, at + 1
            continue
        name, value, used = _flag(words, at, short, client)
        last = words[at + used - 1]
        span = _extent(word, last)
        values = () if value is None else (value,)
        if name in _ARGUMENT_LISTS and value is not None:
            yield from _nested(run, value)
        yield Option(
            client=run.client,
            name=name,
            values=_split(value) if name in _LISTS else values,
            span=span if span.start < span.end else word.span,
            anchor=word.place() if word.at else word.span,
            entry=run.command,
            removal=_gap(before, word, last),
            run=run,
        )
        before, at = last, at + used


def _extent(first: Word, last: Word) -> Span:
    """From one word to another; where they stand, when both came from a variable."""
    if first.at and not first.is_written_here:
        start, end = first.place().start, last.place().end
        if start < end:
            return Span(start, end)
    return Span(first.span.start, last.span.end)


_LISTS = frozenset(("trusted-host", "insecure-host", "extra-index-url", "find-links"))


def _flag(
    words: list[Word], at: int, short: dict[str, str], client: str
) -> tuple[str, Word | None, int]:
    """Name and value of an option, and how many words it takes."""
    word = words[at]
    text = word.text
    following = words[at + 1] if at + 1 < len(words) else None
    if text.startswith("--"):
        written, equals, _ = text[2:].partition("=")
        name = _full_name(written, client)
        if equals:
            return name, word.part(len(written) + 3, len(text)), 1
        if _is_valued(name, written, client) and following is not None:
            return name, following, 2
        return name, None, 1
    letter = text[:2]
    if letter in short:
        name = short[letter]
        if name not in _VALUED:
            return name, None, 1
        if len(text) > 2:
            start = 3 if text[2] == "=" else 2
            return name, word.part(start, len(text)), 1
        return name, following, 2 if following is not None else 1
    return text[1:], None, 1


def _is_valued(name: str, written: str, client: str) -> bool:
    """Whether a value follows; `--user` has one for curl and wget, and none for pip."""
    if name == "user" and client not in ("curl", "wget", "httpie"):
        return False
    return name in _VALUED or written in _VALUED


def _full_name(name: str, client: str) -> str:
    """The option that a name stands for: uv's own names, and pip's may be cut short."""
    if client in ("uv", "pipenv"):
        return _NAMES.get(name, name)
    if client == "pip" and len(name) > 4:
        name = _NAMES.get(name, name)
        return next((full for full in _PIP_PREFIXES if full.startswith(name)), name)
    return name


_PIP_PREFIXES = ("trusted-host", "index-url", "extra-index-url", "find-links")
"""optparse takes any beginning of an option that no other one shares."""


def _nested(run: Run, value: Word) -> Iterator[Option]:
    """The options inside `--pip-args "..."`: pip's own."""
    words = tuple(value.part(m.start(), m.end()) for m in re.finditer(r"\S+", value.text))
    if words:
        inner = Run(
            client="pip", verb="install", arguments=words, before=value.part(0, 0),
            command=run.command,
        )  # fmt: skip
        yield from (msgspec.structs.replace(option, removal=None) for option in flags(inner))


def _split(value: Word | None) -> tuple[Word, ...]:
    """The values in a text: separated by blanks; an expression may hold some."""
    if value is None:
        return ()
    return tuple(value.part(m.start(), m.end()) for m in _UNBROKEN.finditer(value.text))


_UNBROKEN = lazy.regex(r"(?:" + substituted.EXPRESSION + r"|\$\([^\n]*?\)|[^\s])+", re.DOTALL)


def _gap(before: Word, first: Word, last: Word) -> Span | None:
    """From the end of the word before an option to the option's end: what to delete."""
    if not (first.is_written_here and last.is_written_here and last.is_literal):
        return None
    if before.span.end <= first.span.start <= last.span.end and before is not first:
        return Span(before.span.end, last.span.end)
    return None


def variables(document: Document) -> Iterator[Assignment]:
    """Every variable that gets a value, those that a command line hands on included."""
    for entry in document.entries:
        if isinstance(entry, Assignment):
            yield entry
        elif isinstance(entry, Command):
            yield from _handed_on(entry)


def _handed_on(command: Command) -> Iterator[Assignment]:
    """`docker build --build-arg NAME=value`, `docker run -e NAME=value`."""
    words = command.words
    if words[0].text.lower() in _TELLS:
        return
    sets = [word.text for word in words[1:3]] == ["set", "env"]  # of kubectl
    setter = base_name(words[0].text) in _SETTERS
    for number, word in enumerate(words):
        text, start = word.text, 0
        for flag in ("--build-arg=", "--env=", "-e="):
            if text.startswith(flag):
                start = len(flag)
        if number > 0 and words[number - 1].text in _VALUES:
            yield from _of_chart(word, command.scope)
        if number > 0 and setter and _SET.fullmatch(text):
            for one in _EACH.finditer(text):
                value = word.part(*one.span("value"))
                yield _assigned(one["name"], value, How.ENV, word, command)
            continue
        behind = number > 0 and (words[number - 1].text in _BEHIND or sets)
        match = _ASSIGNED.match(text, start)
        if match and (start or behind):
            how = How.ARG if "build-arg" in (text[:12] + words[number - 1].text) else How.ENV
            value = word.part(match.end(), len(text))
            yield _assigned(text[start : match.end() - 1], value, how, word, command)


def _assigned(name: str, value: Word, how: How, word: Word, command: Command) -> Assignment:
    """A variable that one word of a command sets."""
    return Assignment(
        name=name, value=value, how=how, span=word.span, scope=command.scope,
        inside=(str(command.span.start),),
    )  # fmt: skip


def _of_chart(word: Word, scope: str) -> Iterator[Assignment]:
    """`helm install --set env.NAME=value,other=value`."""
    for match in _VALUE.finditer(word.text):
        value = word.part(match.start(2), match.end(2))
        yield Assignment(name=match[1], value=value, how=How.ENV, span=word.span, scope=scope)


def of_variable(entry: Assignment) -> Option | None:
    """The setting that a variable is to its client."""
    if entry.how is How.SHELL:
        return None  # not handed to any program
    name = entry.name.upper()
    found = _VARIABLES.get(name)
    if found is None and name.startswith("PIP_"):
        option = name[4:].lower().replace("_", "-")
        found = ("pip", option) if option in _PIP_OPTIONS else None
    if found is None:
        return None
    client, option = found
    return Option(
        client=client,
        name=option,
        values=_split(_undoubled(entry.value))
        if option not in ("cert", "proxy")
        else (entry.value,),
        span=entry.span,
        anchor=entry.span,
        entry=entry,
        removal=entry.removal,
    )


def _undoubled(value: Word) -> Word:
    """An address behind a doubled sign: `ARG PIP_EXTRA_INDEX_URL==https://...`."""
    return value.part(1, len(value.text)) if value.text.startswith("=http") else value


def of_key(key: Key) -> Iterator[Option]:
    """The setting that a key is to its client."""
    client, path = _owner(key)
    if client == "pixi":  # it has uv's settings, in a table of its own
        client, path = ("uv", path[-1:]) if "pypi-options" in path[:-1] else ("", ())
    name = path[-1].lower().replace("_", "-").removeprefix("--") if path else ""
    name = _NAMES.get(name, name) if client == "uv" and name != "index" else name
    if client in ("pip", "uv", "setuptools", "tox"):
        yield Option(
            client=client,
            name=name,
            values=tuple(part for value in key.values for part in _split(value)),
            span=key.span,
            anchor=key.span,
            entry=key,
            removal=key.removal,
        )


def _owner(key: Key) -> tuple[str, tuple[str, ...]]:
    if key.client == "pyproject" and key.path[:1] == ("tool",) and len(key.path) > 2:
        owner = key.path[1] if key.path[1] != "pip" else ""  # pip has no table there
        return owner, key.path[2:]
    return key.client, key.path


def of_pip_config(run: Run) -> Iterator[Option]:
    """`pip config set global.trusted-host "a b"`."""
    if run.client != "pip" or run.verb != "config":
        return
    words = [word for word in run.arguments if not word.text.startswith("-")]
    texts = [word.text for word in words]
    if "set" not in texts[:3] or len(words) < texts.index("set") + 3:
        return
    at = texts.index("set") + 1
    name = texts[at].rsplit(".", 1)[-1].replace("_", "-")
    values = tuple(part for word in words[at + 1 : at + 2] for part in _split(word))
    yield Option(
        client="pip",
        name=name,
        values=values,
        span=Span(words[at].span.start, words[-1].span.end),
        anchor=run.before.span if run.before.at else words[at].span,
        entry=run.command,
    )
