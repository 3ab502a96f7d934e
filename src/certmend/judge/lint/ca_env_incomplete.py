"""A variable names a CA, and a client that runs here does not read it.

## What
A CA variable is set, a client of Python packages runs under it, that client reads other variables,
and none of those is set: uv under REQUESTS_CA_BUNDLE, Poetry under PIP_CERT or SSL_CERT_FILE, pip
on an old Python under SSL_CERT_FILE.

## Why
Each client reads its own variables and says nothing about the others. The setting looks right and
does nothing; the client fails on the private index, or somebody switches verification off.

## Bad
```dockerfile
FROM python:3.13
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
RUN uv sync
```

## Good
```dockerfile
FROM python:3.13
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
RUN uv sync
```

## When to ignore
When that client only talks to hosts with public certificates.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting.ca_settings import (
    GENERAL,
    OF_ONE_CLIENT,
    READS,
    CaSetting,
    is_system,
    settings,
)
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model import lazy
from certmend.model.document import Assignment, Document, How, Key, Role, Span
from certmend.model.lint import Edit, Fix

_OLD_PYTHON = lazy.regex(r"(?:^|/)python:(?:2|3\.[0-9](?!\d))")
_OLD_IMAGE = lazy.regex(
    r"(?m)^[ -]*(?:image|container): *[\"']?(?:\S*/)?python:(?:2|3\.[0-9](?!\d))"
)
_OWN_FLAGS = frozenset(
    ("cert", "native-tls", "system-certs", "trusted-host", "insecure-host", "allow-insecure-host")
)
_FETCHING = frozenset(
    (
        "install",
        "download",
        "sync",
        "add",
        "update",
        "lock",
        "wheel",
        "pip",
        "upload",
        "publish",
        "run",
        "tool",
        "compile",
        "build",
        "export",
    )
)
_OF_INSTALLING = GENERAL | {"PIP_CERT"}
"""Who needs a CA to install with pip needs it to install with another client as well."""
_FILE = lazy.regex(r"/[\w./-]+\.(?:crt|pem)\b")
_BROUGHT = lazy.regex(
    r"\.(?:crt|cer|pem|der|p7b)\b|update-ca-(?:certificates|trust)|ca-trust|trust +anchor|"
    r"share/ca-certificates|openssl s_client",
    re.IGNORECASE,
)
"""What a file that copies, fetches or installs a CA holds."""


@rule(
    code="setting-ignored",
    literals=("ca_bundle", "ssl_cert_file", "pip_cert", "twine_cert"),
)
def check(reading: Reading) -> Iterator[Hit]:
    """One report for each variable and the first client that does not read it."""
    found = [s for s in settings(reading) if isinstance(s.entry, Assignment) and s.name != "cert"]
    if found and _has_public_cas_alone(reading):
        found = [one for one in found if not is_system(one.value.text)]
    used = {run.client for run in reading.runs if run.verb in _FETCHING}
    done: set[tuple[str, str]] = set()
    for run in reading.runs:
        reads = READS.get(run.client)
        if reads is None or run.verb not in _FETCHING or _has_own(run, reading):
            continue
        mine = [s for s in found if reading.holds(s.entry, run.command)]
        if any(s.name in reads for s in mine) or _is_modern_pip(run, reading, mine):
            continue
        for setting in mine:
            meant = setting.name in _OF_INSTALLING or (
                setting.name in OF_ONE_CLIENT and OF_ONE_CLIENT[setting.name] not in used
            )
            if meant and (run.client, setting.name) not in done:
                done.add((run.client, setting.name))
                yield _hit(setting, run.client, reads, reading.document)


def _has_public_cas_alone(reading: Reading) -> bool:
    """Whether the system's bundle is the distribution's: it is installed, and no CA is added."""
    installed = any(
        word.text == "ca-certificates" and command.words[0].text != "echo"
        for command in reading.commands
        for word in command.words[2:]
    )
    return installed and not _BROUGHT.search(_without_bundles(reading.document.text))


def _without_bundles(text: str) -> str:
    """A text without the paths of the system's own bundles."""
    return _FILE.sub(lambda match: "" if is_system(match.group()) else match.group(), text)


def _is_modern_pip(run: Run, reading: Reading, mine: list[CaSetting]) -> bool:
    """Pip from 24.2 on Python 3.10 and later reads SSL_CERT_FILE."""
    if run.client not in ("pip", "pipenv", "pipx", "pip-tools"):
        return False
    old = any(_OLD_PYTHON.search(stage.image) for stage in reading.stages) or bool(
        reading.document.role is Role.CI and _OLD_IMAGE.search(reading.document.text)
    )
    return not old and any(setting.name == "SSL_CERT_FILE" for setting in mine)


def _has_own(run: Run, reading: Reading) -> bool:
    """Whether the client has a setting of its own: a flag, a variable, a file."""
    for option in reading.options:
        mine = option.run is run or (option.client == run.client and isinstance(option.entry, Key))
        if mine and option.name in _OWN_FLAGS:
            return True
    names = {entry.name.upper() for entry in reading.variables if entry.how is not How.SHELL}
    names |= set(run.command.environment)
    if any(name in READS[run.client] for name in names):
        return True
    text = reading.document.text
    if run.client == "poetry":
        return bool(re.search(r"POETRY_CERTIFICATES|\bcertificates\.[\w-]+\.cert", text))
    return run.client == "uv" and bool(re.search(r"native-tls|system-certs", text))


def _hit(setting: CaSetting, client: str, reads: tuple[str, ...], document: Document) -> Hit:
    entry = setting.entry
    path = setting.value.text
    fix = None
    if isinstance(entry, Assignment) and is_system(path) and setting.value.is_written_here:
        line = _line_like(entry, reads[0], path, document)
        fix = Fix(summary=f"set {reads[0]} as well", edits=(line,)) if line else None
    return Hit(
        span=setting.span,
        message=f"{client} does not read {setting.name}",
        why=f"It reads {' and '.join(reads[:2])}; the CA is trusted by other clients only.",
        advice=f"Set {reads[0]} to the same file as well.",
        fix=fix,
    )


def _line_like(entry: Assignment, name: str, path: str, document: Document) -> Edit | None:
    """The same line for another variable, where the entry is a whole ENV line."""
    removal = entry.removal
    whole_line = removal is not None and removal.end - removal.start - (
        entry.span.end - entry.span.start
    ) in (4, 5, 6)
    if removal is None or not whole_line or entry.how is not How.ENV:
        return None
    end = removal.end - 1  # before the line's end
    return Edit(Span(end, end), document.below(end, f"ENV {name}={path}"))
