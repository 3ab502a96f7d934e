"""A private index stands beside the public one, and the client may take a name from either.

## What
pip with a private `--extra-index-url` beside PyPI (or PyPI as the extra of a private index), PDM
or Poetry with sources of equal rank, uv with an `unsafe-` index strategy or a public index that
is asked first.

An index counts as private when it is asked with credentials, named after a registry product, or
not known as public. The wheel folders and object stores of a maker are public.

## Why
pip asks all indexes and takes the highest version. Whoever registers the private name on the
public index with a high version is installed instead. The same happens when the private index
cannot be verified: pip skips it with one line and takes the other's package.

## Bad
```text
--extra-index-url https://pypi.corp.example/simple/
billing==1.4
```

## Good
```text
--index-url https://pypi.corp.example/simple/
billing==1.4
```

## When to ignore
When every private name is registered on the public index as well, by you.
"""

from collections.abc import Iterator

from certmend.judge.linting.confusion import confusions
from certmend.judge.linting.hosts import host_named
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule


@rule(
    code="mixed-indexes",
    literals=(
        "extra-index-url", "extra_index_url", "uv_index", "tool.uv", "tool.poetry.source",
        "tool.pdm.source", "[[index]]", "--index", "install_search_all_sources",
    ),
)  # fmt: skip
def check(reading: Reading) -> Iterator[Hit]:
    """Each index that makes a pair with one of the other sort."""
    for index, other in confusions(reading):
        here = host_named(index.url.text)
        beside = f"{here} stands beside {other}"
        if here == other:
            beside = f"{here} holds an own index and a proxy of the public one"
        yield Hit(
            span=index.option.place_of(index.url) if index.option is not None else index.span,
            message=f"{index.client} may take a private name from a public index: {beside}",
            why="Whoever registers a private name on the public index can have their package "
            "installed.",
            advice="Use one index that serves both (a proxying repository), or pin packages to "
            "their index (uv and Poetry: explicit).",
        )
