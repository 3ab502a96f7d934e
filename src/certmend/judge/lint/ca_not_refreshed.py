"""A CA is put into the system's folder, and nothing takes it up.

## What
A certificate copied to /usr/local/share/ca-certificates or /etc/pki/ca-trust/source/anchors, with
no `update-ca-certificates` or `update-ca-trust` after it in the same stage; or a client that runs
between the two.

## Why
The folder is only where the command looks. Until it has run, no client sees the CA; nothing says
so, and the first sign is a failed build or a running service that trusts nothing.

## Bad
```dockerfile
FROM python:3.13
RUN apt-get update && apt-get install -y ca-certificates
COPY corp-ca.crt /usr/local/share/ca-certificates/corp-ca.crt
RUN pip install billing
```

## Good
```dockerfile
FROM python:3.13
RUN apt-get update && apt-get install -y ca-certificates
COPY corp-ca.crt /usr/local/share/ca-certificates/corp-ca.crt
RUN update-ca-certificates
RUN pip install billing
```

## When to ignore
When the image's start-up script refreshes the store.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting import ca_folders
from certmend.judge.linting.ca_folders import Placed
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model import lazy
from certmend.model.document import Copied, Role, Span
from certmend.model.lint import Edit, Fix
from certmend.model.text import visible

_ELSEWHERE = lazy.regex(
    r"^[ -]*(?:notify|[\w.]*(?:include|import)_(?:tasks|role)|include):", re.MULTILINE
)
"""A handler or the tasks of another file, which may be what refreshes the store."""
_SCRIPTS = ("shell", "feature-script")


@rule(
    code="setting-ignored",
    literals=("ca-certificates", "ca-trust", "trust-source", "pki/trust"),
)
def check(reading: Reading) -> Iterator[Hit]:
    """The last file put there before a client runs, or before the end."""
    found = [
        one
        for one in ca_folders.placed(reading)
        if one.folder != "/usr/share/ca-certificates"
        and not _is_mounted(one)
        and not ca_folders.PRIVATE_KEY.fullmatch(one.name.lower())
    ]
    for number, one in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if (
            following is not None
            and following.entry.scope == one.entry.scope
            and (
                not _refreshed(reading, one, following.span.start)
                and following.folder == one.folder
            )
        ):
            continue  # one report for several files in a row
        yield from _judged(reading, one)


def _is_mounted(one: Placed) -> bool:
    """Whether it is there for one instruction, which may read it as it is."""
    return isinstance(one.entry, Copied) and one.entry.mounted


def _refreshed(reading: Reading, one: Placed, end: int) -> int:
    """Where the store is refreshed after a file was put there; 0 when it is not."""
    scope = one.entry.scope
    heirs = {scope, *(stage.scope for stage in reading.stages if scope in stage.parents)}
    for entry in reading.commands:
        later = one.span.start < entry.span.start < end and entry.scope in heirs
        if later and ca_folders.refreshes(entry):
            return entry.span.start
    for copied in reading.copied:
        if copied.scope in heirs and ca_folders.copies_store(copied) and copied.span.start < end:
            return copied.span.start
    return 0


def _judged(reading: Reading, one: Placed) -> Iterator[Hit]:
    end = len(reading.document.text) + 1
    at = _refreshed(reading, one, end)
    client = ca_folders.client_between(reading, one.span.start, at or end, one.entry.scope)
    if client and "flush_handlers" in reading.document.text[one.span.end : at or end]:
        client = ""  # of Ansible: what is notified runs there
    name = visible(one.name or one.target.text, 80)
    if at and client:
        yield Hit(
            span=one.span,
            message=f"{client} runs before the system's store takes {name} up",
            why="Until the store is refreshed, no client sees the CA.",
            advice="Refresh the store before the first client runs.",
        )
    elif not at and not _is_handed_on(reading, one):
        yield Hit(
            span=one.span,
            message=f"{name} is put into {one.folder} and never taken up",
            why="The folder is only where the command looks; no client reads it.",
            advice=f"Run `{_command(one)}` afterwards.",
            fix=_fix(reading, one),
        )


def _is_handed_on(reading: Reading, one: Placed) -> bool:
    """A script that is only one step of several may leave the refresh to another."""
    if any(ca_folders.runs_own(reading, one, command) for command in reading.commands):
        return True
    later = (command for command in reading.commands if command.span.start > one.span.start)
    may_hand_on = reading.document.kind in _SCRIPTS or _is_by_cloud_init(reading, one)
    if may_hand_on and any(ca_folders.script_of(command) for command in later):
        return True
    if reading.document.kind == "yaml" and _ELSEWHERE.search(reading.document.text):
        return True
    runs_nothing = not any(c for c in reading.commands if c is not one.entry)
    return reading.document.role is Role.CONFIG and runs_nothing


def _is_by_cloud_init(reading: Reading, one: Placed) -> bool:
    """Whether cloud-init writes the file: what it runs later may be a script of the image."""
    return isinstance(one.entry, Copied) and "write_files:" in reading.document.text


def _command(one: Placed) -> str:
    debian = one.folder in (
        ca_folders.DEBIAN,
        "/etc/pki/trust/anchors",
        "/usr/share/pki/trust/anchors",
    )
    return "update-ca-certificates" if debian else "update-ca-trust"


def _fix(reading: Reading, one: Placed) -> Fix | None:
    """A line after the COPY, where the program is known to be there and the user to be root."""
    document = reading.document
    if document.kind != "dockerfile" or not isinstance(one.entry, Copied):
        return None
    has_program = any(
        ca_folders.refreshes(command)
        for command in reading.commands
        if command.scope == one.entry.scope
    )
    if not has_program or "\nUSER " in document.text[: one.span.start]:
        return None
    end = one.span.end
    return Fix(
        summary=f"run {_command(one)} after it",
        edits=(Edit(Span(end, end), document.below(end, f"RUN {_command(one)}")),),
    )
