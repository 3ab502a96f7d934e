"""pip's verification is switched off for the public index.

## What
pypi.org, files.pythonhosted.org or an old name of theirs (pypi.python.org) as a trusted host, in
any of the places where pip takes one.

## Why
These hosts have certificates that every client trusts. The setting is a remedy for something else
(a proxy that re-signs the traffic, an old Python), and opens all of the public index's packages to
whoever is on the way.

## Bad
```dockerfile
RUN pip install --trusted-host pypi.python.org -r requirements.txt
```

## Good
```dockerfile
RUN pip install -r requirements.txt
```

## When to ignore
Hardly ever. Behind a proxy that re-signs traffic, trust the proxy's CA instead.
"""

from collections.abc import Iterator

from certmend.judge.linting.hosts import is_pypi
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.judge.linting.trusted import trusted, without
from certmend.model.lint import Fix


@rule(
    code="verification-disabled",
    strict=True,
    literals=("trusted-host", "trusted_host"),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every trusted host that is the public index or its file host."""
    public = [found for found in trusted(reading) if is_pypi(found.host)]
    plain = any(
        value.text.startswith("http://")
        for option in reading.named("index-url", "extra-index-url")
        for value in option.values
    )
    for found in public:
        edits = () if plain else without(found, public, reading.document.text)
        yield Hit(
            span=found.span,
            message=f"pip verifies nothing of {found.host}, which every client trusts",
            why="Anyone on the way can replace any public package.",
            advice="Leave it out; behind a proxy that re-signs traffic, trust the proxy's CA.",
            fix=Fix(summary=f"leave {found.host} out", edits=edits) if edits else None,
        )
