"""A CA in the system's folder has a name that the system ignores.

## What
A file in /usr/local/share/ca-certificates whose name does not end in `.crt`, on Debian, Ubuntu and
their like.

## Why
update-ca-certificates takes files ending in `.crt` and no others. It prints `0 added`, ends well,
and no client trusts the CA.

## Bad
```dockerfile
COPY corp-ca.pem /usr/local/share/ca-certificates/
RUN update-ca-certificates
```

## Good
```dockerfile
COPY corp-ca.pem /usr/local/share/ca-certificates/corp-ca.crt
RUN update-ca-certificates
```

## When to ignore
When a script that runs after the refresh renames it and refreshes again.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting import ca_folders
from certmend.judge.linting.ca_folders import Placed
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model import lazy
from certmend.model.lint import Fix
from certmend.model.text import visible

_NAME = lazy.regex(
    r".*\.(?:pem|cer|cert|der|p7b|p7c|ca|crt\.pem|txt|ca-bundle|bundle|key)", re.IGNORECASE
)


@rule(
    code="setting-ignored",
    literals=("/share/ca-certificates",),
    together=((("workdir /usr/local",), ("ca-certificates",)),),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every file with such a name that nothing renames."""
    for one in ca_folders.placed(reading):
        if one.folder != ca_folders.DEBIAN or not _NAME.fullmatch(one.name):
            continue
        if one.name.lower().endswith(".key") or _renamed(reading, one):
            continue
        if ca_folders.is_alpine(reading, one.entry.scope):
            continue
        name = visible(one.name, 80)
        edits = ca_folders.renamed(one)
        better = visible(ca_folders.name_that_counts(one), 80)
        yield Hit(
            span=one.span,
            message=f"update-ca-certificates ignores {name}: its name does not end in .crt",
            why="It says `0 added` and ends well; no client trusts the CA.",
            advice="Give it a name that ends in .crt; the content stays PEM.",
            fix=Fix(summary=f"name it {better}", edits=edits) if edits else None,
        )


def _renamed(reading: Reading, one: Placed) -> bool:
    """Whether a later command gives it another name or makes a `.crt` of it."""
    stem = one.name.rsplit(".", 1)[0].strip("*")
    suffix = one.name.rsplit(".", 1)[-1]
    for command in reading.commands:
        if command.span.start < one.span.start or command is one.entry:
            continue
        text = " ".join(word.text for word in command.words)
        names_it = (stem and stem in text) or f".{suffix}" in text or "$" in text
        program = re.search(
            r"(?:^|\s|/)(?:mv|cp|openssl|rename|ln|install|csplit|awk|split)\b", text
        )
        if (
            names_it
            and program
            and ".crt" in text + (command.output.text if command.output else "")
        ):
            return True
    return _script_between(reading, one)


def _script_between(reading: Reading, one: Placed) -> bool:
    """Whether a script of the repository, which is not read here, runs before the refresh."""
    for command in reading.commands:
        if command.span.start < one.span.start or command.scope != one.entry.scope:
            continue
        if ca_folders.refreshes(command):
            return False
        alone = reading.document.kind != "dockerfile" and ca_folders.script_of(command)
        if alone or ca_folders.runs_own(reading, one, command):
            return True
    return False
