"""A trusted host is written in a way that its client never matches.

## What
A URL, a wildcard or a list with commas where pip takes host names separated by blanks; a list with
commas in UV_INSECURE_HOST. What a command prints (`$(…)`) or a template's expression stands for
(`{{ … }}`, `<%= … %>`) is not known, whatever its own words are.

## Why
The setting does nothing, and nothing says so. It was meant to switch verification off; somebody
will make it work later without a second look.

## Bad
```ini
[global]
trusted-host = https://pypi.corp.example/simple/
```

## Good
```ini
[global]
cert = /etc/ssl/certs/ca-certificates.crt
```

## When to ignore
Never: the setting does nothing.
"""

from collections.abc import Iterator

from certmend.judge.linting import unmatched
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule


@rule(
    code="setting-ignored",
    literals=("trusted-host", "trusted_host", "insecure_host", "insecure-host"),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every value that matches no host."""
    for option in reading.named("trusted-host", "insecure-host"):
        reasons = (unmatched.reason(option, value.text) for value in option.values)
        for words in dict.fromkeys(reasons):
            if words:
                yield Hit(
                    span=option.span,
                    message=f"{option.client} matches no host with this: {words}",
                    why="The setting does nothing, and nothing says so.",
                    advice="Leave it out, and have the client trust the host's CA.",
                )
