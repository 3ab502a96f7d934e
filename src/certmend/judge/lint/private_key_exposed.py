"""A private key is copied into the folder for CA certificates.

## What
A file ending in `.key`, or with `key` in its name, put into the system's folder for CAs.

## Why
The folder is readable by everyone, and in an image it goes wherever the image goes. No client
needs the key of a CA to trust it: whoever has it can sign for every host.

## Bad
```dockerfile
COPY corp-ca.key /usr/local/share/ca-certificates/
```

## Good
```dockerfile
COPY corp-ca.crt /usr/local/share/ca-certificates/
RUN update-ca-certificates
```

## When to ignore
Never; replace the CA if the image was published.
"""

from collections.abc import Iterator

from certmend.judge.linting import ca_folders
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model.document import Command, Entry
from certmend.model.finding import Severity
from certmend.model.text import visible


@rule(
    severity=Severity.ERROR,
    literals=("ca-certificates", "ca-trust", "trust-source", "trust/anchors"),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every such file."""
    for one in ca_folders.placed(reading):
        names = (one.name, *_fetched(one.entry))
        key = next((name for name in names if ca_folders.PRIVATE_KEY.fullmatch(name.lower())), "")
        if key:
            yield Hit(
                span=one.span,
                message=f"{visible(key, 80)} is a private key among CA certificates",
                why="Everyone can read it there; with a CA's key anyone signs for every host.",
                advice="Copy the certificate alone, and replace a key that was published.",
            )


def _fetched(entry: Entry) -> list[str]:
    """The names that what a command fetches has at its addresses."""
    words = entry.words if isinstance(entry, Command) else ()
    return [word.text.rpartition("/")[2] for word in words if "://" in word.text]
