"""A CA is fetched over a connection that proves nothing, and then trusted.

## What
A CA certificate fetched over plain HTTP, with verification off, or taken from whatever
`openssl s_client` was shown, and then put into a trust store or named in a CA variable.

## Why
Who stands on the way when the build runs becomes a CA of the image, for all hosts, for as long as
the image lives.

## Bad
```dockerfile
RUN curl -o /usr/local/share/ca-certificates/corp.crt http://pki.corp.example/root.crt \
    && update-ca-certificates
```

## Good
```dockerfile
COPY corp-root.crt /usr/local/share/ca-certificates/corp.crt
RUN update-ca-certificates
```

## When to ignore
When the next line compares the file's SHA-256 fingerprint with one that is written down.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting import ca_folders, switches, written_files
from certmend.judge.linting.ca_folders import Placed
from certmend.judge.linting.ca_settings import settings
from certmend.judge.linting.hosts import host_of, is_loopback
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model import lazy
from certmend.model.commandline import base_name, program_at
from certmend.model.document import Command, Copied, Span
from certmend.model.finding import Severity

_CERTIFICATE = lazy.regex(
    r"\.(?:pem|crt|cer|cert|der|p7b|ca)(?:$|[?#])|/certs?/|cert|/ca\b", re.IGNORECASE
)
_INSECURE = lazy.regex(r"--insecure|-[a-zA-Z]*k[a-zA-Z]*|--no-check-\w+")
_AWK_FILE = lazy.regex(r"print\s*>+\s*\(?\s*\"([^\"]+)\"")
_CHECKED = lazy.regex(
    r"sha256sum|sha1sum|shasum|-fingerprint|openssl dgst|ADD --checksum|Get-FileHash"
)
_OFF = frozenset(("no", "false", "off", "0"))
_STORE = lazy.regex(
    r"curl-config --ca|certifi(?!c)|cacert\.pem|ca-bundle\.(?:crt|pem)|ca-certificates\.crt|"
    r"/etc/ssl/certs/|/etc/pki/tls/certs/|/etc/ssl/cert\.pem"
)
"""Files that a client of this machine trusts as a whole."""
_TRUSTING = lazy.regex(
    r"keytool|certutil|security add-trusted|certifi(?!c)|trust anchor|\bstep(?:-cli)? ca |"
    r"Import-Certificate|http\.(?:\S+\.)?sslCAInfo|\bconfig set (?:-g |--global )?cafile |"
    r"--set ssl_verify |certificates\.\S+\.cert ",
    re.IGNORECASE,
)
_DERIVING = frozenset(("openssl", "sed", "awk", "gawk", "cat", "cp", "mv", "ln", "tr", "csplit"))
"""What makes a file of another, with the same certificate in it."""
_HANDED_ON = lazy.regex(r"\bcreate (?:secret generic|configmap)\b.*--from-file")
"""How a file gets into a cluster, where other programs read it."""


@rule(
    severity=Severity.ERROR,
    together=(
        (("openssl s_client", "openssl' 's_client", "-connect"), ("s_client",)),
        (
            (
                "curl",
                "wget",
                "add http",
                "get_url",
                "uri:",
                "invoke-webrequest",
                "iwr ",
                "invoke-restmethod",
                "downloadfile",
                "start-bitstransfer",
            ),
            (
                "ca-certificates",
                "ca-trust",
                "trust-source",
                "ca_bundle",
                "pip_cert",
                "ssl_cert_file",
                "node_extra_ca_certs",
                "keytool",
                "certutil",
                "/etc/ssl/certs",
                "certifi",
                "cafile",
                "sslcainfo",
                "global.cert",
                "ssl_verify",
                "step ca ",
                "step-cli ca ",
                "--cert ",
                "--cert=",
                "trust anchor",
                "add-trusted",
                "import-certificate",
            ),
        ),
        (
            ("certificatevalidationcallback", "certificatepolicy"),
            ("import-certificate", "addstore"),
        ),
    ),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every such fetch whose file is trusted afterwards."""
    if _CHECKED.search(reading.document.text):
        return
    for number, command in enumerate(reading.commands):
        if found := _fetched(command, reading.commands[number + 1 : number + 8]):
            how, files = found
            if _is_trusted(files, command, reading):
                yield _hit(command.span, how)
    yield from _copied(reading)
    yield from _downloaded(reading)
    for one in ca_folders.placed(reading):
        if isinstance(one.entry, Command) and _prints_shown(one.entry):
            yield _hit(one.span, "taken from what `openssl s_client` was shown")


def _copied(reading: Reading) -> Iterator[Hit]:
    """What an image or a playbook fetches into the folders."""
    unverified = [
        key.span
        for key in reading.keys
        if key.client == "ansible" and len(key.values) > 1 and key.values[0].text.lower() in _OFF
    ]
    for copied in reading.copied:
        for source in copied.sources:
            plain = source.text.lower().startswith("http://")
            if not (plain or any(span.within(copied.span) for span in unverified)):
                continue
            if _is_trusted({copied.target.text}, copied, reading):
                how = "over plain HTTP" if plain else "with verification off"
                yield _hit(copied.span, f"fetched {how}")


def _downloaded(reading: Reading) -> Iterator[Hit]:
    """What a PowerShell script fetches over HTTP, or while it takes every certificate."""
    commands = reading.commands
    replaced = next((number for number, _command in switches.callbacks(reading)), len(commands))
    for number, command in enumerate(commands):
        following = commands[number + 1 : number + 2]
        if not (name := _saved_as(command, following)):
            continue
        words = [word.text for one in (command, *following) for word in one.words]
        urls = [word for word in words if word.lower().startswith("http://")]
        plain = any(not is_loopback(host_of(url)) for url in urls)
        off = number >= replaced or "-skipcertificatecheck" in (word.lower() for word in words)
        if (plain or off) and _is_trusted({name}, command, reading):
            how = "over plain HTTP" if plain else "with verification off"
            yield _hit(command.span, f"fetched {how}")


def _saved_as(command: Command, following: tuple[Command, ...]) -> str:
    """The name of the certificate that a PowerShell command saves; its arguments may follow it."""
    texts = [word.text for word in command.words]
    program = texts[0].lower() if texts else ""
    if program.endswith(".downloadfile"):
        target = "".join(word.text for one in following for word in one.words[-1:])
    elif program in _FETCHES:
        flags = [text.lower() for text in texts]
        at = next((n for n, flag in enumerate(flags) if flag in _FETCHES[program]), len(flags))
        target = "".join(texts[at + 1 :][:1])
    else:
        target = ""
    return _base(target) if _CERTIFICATE.search(target) else ""


_OUT_FILE = ("-outfile", "-out", "-o")
_FETCHES = {
    "invoke-webrequest": _OUT_FILE, "iwr": _OUT_FILE, "invoke-restmethod": _OUT_FILE,
    "irm": _OUT_FILE, "wget": ("-outfile",), "curl": ("-outfile",),
    "start-bitstransfer": ("-destination",),
}  # fmt: skip
"""PowerShell's programs that fetch, with the option that names the file."""


def _base(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _prints_shown(command: Command) -> bool:
    """Whether a command prints a variable that holds what `openssl s_client` was shown."""
    texts = [word.text for word in command.words]
    printed = texts[:1] in (["echo"], ["printf"])
    return printed and any("s_client" in text and "$(" in text for text in texts)


def _hit(span: Span, how: str) -> Hit:
    return Hit(
        span=span,
        message=f"a CA is {how}, and then trusted",
        why="Whoever is on the way at that moment becomes a CA for all hosts.",
        advice="Commit the certificate, or fetch it over https from a host that is trusted already "
        "and compare its SHA-256 fingerprint.",
    )


def _fetched(command: Command, following: tuple[Command, ...]) -> tuple[str, set[str]] | None:
    """How a CA is fetched by a command, and the files that it goes to."""
    texts = [word.text for word in command.words]
    if not texts:
        return None
    at = program_at(texts)
    name = base_name(texts[at])
    if name == "openssl" and "s_client" in texts[at:]:
        if not command.into and command.output is None:
            return None
        return "taken from what `openssl s_client` was shown", _files(command, following)
    if name not in ("curl", "wget"):
        return None
    insecure = any(_INSECURE.fullmatch(text) for text in texts[at + 1 :])
    kept = bool(ca_folders.folder_of(command.folder)) and written_files.keeps_name(name, command)
    urls = _urls(texts[at + 1 :], or_named=insecure, kept=kept)
    if not urls or all(is_loopback(host_of(url)) for url in urls):
        return None
    files = _files(command, following) | ({command.folder} if kept else set())
    if not kept and not any(_CERTIFICATE.search(text) for text in (*urls, *files)):
        return None
    if any(url.lower().startswith("http://") for url in urls):
        return "fetched over plain HTTP", files
    return ("fetched with verification off", files) if insecure else None


def _urls(texts: list[str], *, or_named: bool, kept: bool) -> list[str]:
    """The addresses among the words; else, where that is enough, what a variable may hold."""
    urls = [text for text in texts if "://" in text]
    if urls or not or_named:
        return urls
    return [text for text in texts if text[:1] in ("$", "{") and (kept or "/" in text)]


def _files(command: Command, following: tuple[Command, ...]) -> set[str]:
    """The files that a pipeline writes, and the name that a URL ends in."""
    found: set[str] = set()
    chain = [command]
    for entry in following:
        if not chain[-1].into or tuple(w.text for w in entry.words) != chain[-1].into:
            break
        chain.append(entry)
    for entry in chain:
        if entry.output is not None:
            found.add(entry.path(entry.output.text))
        words = [word.text for word in entry.words]
        found |= {entry.path(m[1]) for word in words[1:] for m in _AWK_FILE.finditer(word)}
        found |= {entry.path(word.text) for word in written_files.saved(entry)}
        if words and base_name(words[program_at(words)]) == "tee":
            found |= {word for word in words[1:] if not word.startswith("-")}
        found |= {
            w.split("?")[0].rsplit("/", 1)[-1]
            for w in words
            if w.startswith(("http://", "https://"))
        }
    return {path for path in found if path and path not in ("-", "/dev/null")}


def _is_next(one: Placed, command: Command | Copied) -> bool:
    """Whether a file of a name that only a run knows is put into the folders just after."""
    return one.entry.scope == command.scope and "$" in one.source + one.target.text


def _is_trusted(files: set[str], command: Command | Copied, reading: Reading) -> bool:
    """Whether one of the files ends up in a trust store or in a CA setting."""
    files = _with_derived(files, command, reading)
    if any(ca_folders.folder_of(path) or _STORE.search(path) for path in files):
        return True
    names = {_base(path) for path in files if len(path) > 2}
    for one in ca_folders.placed(reading):
        inside = one.source.rsplit("/", 1)[-1]
        if one.span.start > command.span.start and (
            inside in names or "*" in inside or _is_next(one, command)
        ):
            return True
    given = (one for one in settings(reading) if one.client not in ("curl", "wget"))
    if any(_base(one.value.text) in names for one in given):
        return True
    for later in reading.commands:
        text = " ".join(word.text for word in later.words)
        target = later.output.text if later.output is not None else ""
        if later.span.start <= command.span.start or not any(name in text for name in names):
            continue
        if _TRUSTING.search(f"{text} {target}") or "/etc/ssl/certs" in target:
            return True
        certificates = (name for name in names if _CERTIFICATE.search(name))
        if _HANDED_ON.search(text) and any(name in text for name in certificates):
            return True
    return False


def _with_derived(files: set[str], command: Command | Copied, reading: Reading) -> set[str]:
    """The files, and those that later commands make of them."""
    found = set(files)
    for later in reading.commands:
        if later.span.start <= command.span.start or not later.words:
            continue
        texts = [word.text for word in later.words]
        if base_name(texts[program_at(texts)]) not in _DERIVING:
            continue
        names = {_base(path) for path in found if len(path) > 2}
        if any(_base(text) in names for text in texts[1:]):
            copying = written_files.copying(later)
            found |= _files(later, ()) | ({copying.target.text} if copying is not None else set())
    return found
