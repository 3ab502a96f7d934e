"""The system's folders for CAs of one's own: what is put there, and when it is taken up.

Debian and Ubuntu: update-ca-certificates(8) takes files ending in `.crt` below
/usr/local/share/ca-certificates; installing the package ca-certificates runs it. Alpine's own
update-ca-certificates takes any name. RHEL, Fedora, Arch: update-ca-trust(8), any name. SUSE:
update-ca-certificates, any name.
"""

import re
from collections.abc import Iterator

import msgspec

from certmend.judge.linting import written_files
from certmend.judge.linting.programs import PYTHON_CLIENTS
from certmend.judge.linting.reading import Reading
from certmend.model import images, lazy
from certmend.model.commandline import base_name, program_at
from certmend.model.document import Command, Copied, Entry, InFolder, Span, Word
from certmend.model.lint import Edit

DEBIAN = "/usr/local/share/ca-certificates"
_FOLDERS = (
    DEBIAN,
    "/etc/pki/ca-trust/source/anchors",
    "/etc/pki/ca-trust/source",
    "/etc/ca-certificates/trust-source/anchors",
    "/etc/pki/trust/anchors",
    "/usr/share/pki/trust/anchors",
    "/usr/share/pki/ca-trust-source/anchors",
    "/usr/share/ca-certificates",
)
_REFRESHERS = frozenset(("update-ca-certificates", "update-ca-trust"))
_SHELLS = frozenset(("sh", "bash", "ash", ".", "source"))
_STORE = lazy.regex(r"/etc/ssl/certs|/etc/pki/tls/certs|/etc/pki/ca-trust/extracted")
_CERTIFICATE = lazy.regex(r"\.(?:pem|crt|cer|cert|der|p7b|ca)$", re.IGNORECASE)
PRIVATE_KEY = lazy.regex(
    r".*\.key|.*[-_.](?:private|priv)[-_.]?key.*|.*[-_]key\.pem|privkey.*|.*\.(?:p12|pfx|jks)|"
    r"(?:.*[-_.])?private[-_.](?:\w+[-_.])?key"
)
"""The name of a private key, in lower case."""
_INSTALLERS = frozenset(("apt-get", "apt", "apk", "aptitude", "yum", "dnf", "microdnf", "zypper"))


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A file is put into one of the folders."""

    name: str
    """Its name there; empty when it is a folder's content or not known."""
    folder: str
    source: str
    entry: Entry
    target: Word
    span: Span
    to_folder: bool = False
    """Whether the target names the folder, so that the file keeps its name."""


def name_that_counts(one: Placed) -> str:
    """The name that Debian's program takes: it ends in `.crt`."""
    return one.name.rsplit(".", 1)[0] + ".crt"


def renamed(one: Placed) -> tuple[Edit, ...]:
    """What gives a file that name, where it is one that is copied by its name; else nothing."""
    if "*" in one.name or not isinstance(one.entry, Copied) or len(one.entry.sources) > 1:
        return ()
    target = one.target
    if not target.at or not target.is_written_here or "$" in one.name or one.name.endswith(".der"):
        return ()
    name, place = name_that_counts(one), target.place()
    if one.to_folder:
        end = Span(place.end, place.end)
        return (Edit(end, name if target.text.endswith("/") else "/" + name),)
    return (Edit(Span(place.end - len(one.name), place.end), name),)


def folder_of(path: str) -> str:
    """Which of the folders a path lies in, or nothing."""
    clean = re.sub(r"/{2,}", "/", path.strip("'\""))
    return next((folder for folder in _FOLDERS if (clean + "/").startswith(folder + "/")), "")


def placed(reading: Reading) -> list[Placed]:
    """Every file that is put into one of the folders."""
    found: list[Placed] = []
    for copied in reading.copied:
        found += _placed(list(copied.sources), copied.target, copied)
    for command in reading.commands:
        found += _by_command(command)
    return sorted(found, key=lambda one: one.span.start)


def _by_command(command: Command) -> Iterator[Placed]:
    texts = [word.text for word in command.words]
    if not texts:
        return
    at = program_at(texts)
    name = base_name(texts[at])
    words = [word for word in command.words[at + 1 :] if not word.text.startswith("-")]
    if command.output is not None and not _stays_inside(words, command):
        yield from _placed([], command.output, command)
    if "tee" in (base_name(word) for word in command.into):
        for path in command.into:
            if folder_of(path):
                yield from _placed([], Word(text=path, at=[], span=command.span), command)
    if copying := written_files.copying(command):
        yield from _placed(copying.sources, copying.target, command)
    for word in written_files.saved(command):
        yield from _placed([], word, command)
    if name in ("curl", "wget"):
        yield from _saved(name, words, command)


def _stays_inside(words: list[Word], command: Command) -> bool:
    """Whether a file is made of those that lie in the folders already."""
    return bool(words) and all(folder_of(command.path(word.text)) for word in words)


def _saved(program: str, words: list[Word], command: Command) -> Iterator[Placed]:
    """What is fetched under its own name, in one of the folders."""
    if not folder_of(command.folder) or not written_files.keeps_name(program, command):
        return
    for word in words:
        name = word.text.split("?")[0].rsplit("/", 1)[-1]
        if "/" in word.text and _CERTIFICATE.search(name):
            yield from _placed([], Word(text=name, at=[], span=word.span), command)


def _placed(sources: list[Word], target: Word, entry: InFolder) -> Iterator[Placed]:
    path = entry.path(target.text)
    folder = folder_of(path)
    if not folder:
        return
    last = path.rstrip("/").rsplit("/", 1)[-1]
    is_folder = "." not in last and not last.endswith("}}")  # a template's name is not known
    to_folder = target.text.endswith("/") or is_folder or len(sources) > 1
    if not to_folder or not sources:
        yield Placed(
            name=last if not to_folder else "", folder=folder,
            source=sources[0].text if sources else "", entry=entry, target=target, span=entry.span,
        )  # fmt: skip
        return
    for source in sources:
        name = source.text.rstrip("/").rsplit("/", 1)[-1]
        yield Placed(
            name=name, folder=folder, source=source.text, entry=entry, target=target,
            span=entry.span, to_folder=True,
        )  # fmt: skip


def refreshes(command: Command) -> bool:
    """Whether a command takes the folders' files into the system's store."""
    texts = [word.text for word in command.words]
    if not texts:
        return False
    at = program_at(texts)
    name = base_name(texts[at])
    if command.output is not None and _STORE.match(command.output.text):
        return True  # by hand: `cat a.crt >> /etc/ssl/certs/ca-certificates.crt`
    if any(base_name(text) in _REFRESHERS for text in texts):
        return name not in ("echo", "which", "command", "apt-get")
    if name == "trust":
        return any(word in ("extract-compat", "anchor") for word in texts)
    if name in _INSTALLERS:
        adds = any(word in ("install", "add", "reinstall") for word in texts)
        return adds and "ca-certificates" in texts
    return name == "dpkg-reconfigure" and "ca-certificates" in texts


def runs_own(reading: Reading, one: Placed, command: Command) -> bool:
    """Whether a command after it runs a script that is copied too: what that does is not read."""
    if command.scope != one.entry.scope or command.span.start < one.span.start:
        return False
    script = script_of(command)
    return bool(script) and any(
        base_name(script) in (base_name(word.text) for word in (*copied.sources, copied.target))
        for copied in reading.copied
        if copied.scope == one.entry.scope
    )


def script_of(command: Command) -> str:
    """The shell script that a command runs, as it is named there; or nothing."""
    texts = [word.text for word in command.words]
    at = program_at(texts) if texts else 0
    shell = bool(texts[at + 1 :]) and base_name(texts[at]) in _SHELLS
    script = texts[at + 1 if shell else at] if texts else ""
    return script if script.endswith(".sh") else ""


def copies_store(entry: Entry) -> bool:
    """Whether an entry copies a whole store that was refreshed elsewhere."""
    return isinstance(entry, Copied) and bool(_STORE.search(entry.target.text)) and entry.remote


def is_alpine(reading: Reading, scope: str) -> bool:
    """Whether a stage is Alpine: by its image, or because it runs apk or adds users as busybox."""
    for stage in reading.stages:
        seen = stage.scope == scope or reading.sees(scope, stage.scope)
        if seen and images.is_alpine(stage.image):
            return True
    if _runs_in_alpine(reading, scope):
        return True
    return any(
        _is_of_alpine([word.text for word in command.words])
        for command in reading.commands
        if reading.sees(scope, command.scope)
    )


def _runs_in_alpine(reading: Reading, scope: str) -> bool:
    """Whether a job's own image, else that of all jobs, is Alpine.

    What no job owns runs in each of them.
    """
    own = [image for image in reading.images if image.scope == scope]
    shared = [image for image in reading.images if image.scope in ("", "default")]
    each = scope in ("", "default") or scope.startswith(".")
    known = reading.images if each else own or shared
    return bool(known) and all(images.is_alpine(image.name) for image in known)


def _is_of_alpine(texts: list[str]) -> bool:
    """Whether a command is Alpine's: `apk`, or busybox' `adduser -D`, which Debian's has not."""
    names = [base_name(text) for text in texts[:2]]
    users = "adduser" in names or "addgroup" in names
    return "apk" in names or (users and not {"-D", "-S"}.isdisjoint(texts))


def client_between(reading: Reading, start: int, end: int, scope: str) -> str:
    """The first Python client that runs between two places, or nothing."""
    for run in reading.runs:
        inside = start < run.command.span.start < end and run.command.scope == scope
        if inside and run.client in PYTHON_CLIENTS and run.verb in _FETCHING:
            return run.client
    return ""


_FETCHING = frozenset(
    ("install", "download", "sync", "add", "update", "lock", "wheel", "pip", "run")
)
