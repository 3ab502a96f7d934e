"""An index is used over plain HTTP.

## What
An `http://` URL as index, extra index, find-links or source of a Python client, or as a channel
of conda. Loopback hosts are left out: nobody is on the way to them. A variable of Ansible's that
evidently holds such a URL is told where it is defined.

## Why
Plain HTTP proves nothing about who answers: anyone on the way can replace packages. pip refuses
such an index unless its host is trusted, uv takes it without a word.

## Bad
```text
--index-url http://pypi.corp.example/simple/
```

## Good
```text
--index-url https://pypi.corp.example/simple/
```

## When to ignore
A registry that has no TLS yet, with a date.
"""

from collections.abc import Iterator

from certmend.judge.linting.channels import CHANNEL_WORDS, channels
from certmend.judge.linting.hosts import host_of, is_known, is_loopback, serves_tls
from certmend.judge.linting.indexes import INDEX_WORDS, Index, indexes
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model.document import Span
from certmend.model.lint import Edit, Fix
from certmend.model.text import redact, visible

_SCHEMES = ("=http\n", "=http\r", '"http"', "'http'", ": http\n", ":-http}", "=http ", "=http;")
"""A scheme that stands by itself, to be put in front of a host."""


@rule(
    code="insecure-http",
    strict=True,
    together=(
        (("http://",), INDEX_WORDS),
        (("http://",), CHANNEL_WORDS),
        (("://",), INDEX_WORDS, _SCHEMES),
    ),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every http:// index of a host that is not this machine."""
    seen: set[Span] = set()
    for index in (*indexes(reading), *channels(reading)):
        text = index.url.text
        host = host_of(text)
        if not text.lower().startswith("http://") or is_loopback(host) or not host:
            continue
        place = index.url.place()
        if index.role == "requirement" or place in seen:
            continue
        seen.add(place)
        shown = visible(redact(text), 120) if not is_known(host) else host
        yield Hit(
            span=index.span,
            message=f"the {_what(index)} on {shown} is used over plain HTTP",
            why="Anyone on the way can replace packages; nothing proves who answers.",
            advice="Use https:// and, if need be, have TLS set up on the registry.",
            fix=_fix(index, host),
        )


def _what(index: Index) -> str:
    return "channel" if index.role == "channel" else "index"


def _fix(index: Index, host: str) -> Fix | None:
    """`https` for hosts that are known to serve it; a port was for plain HTTP."""
    url = index.url
    standard = not url.text[7:].split("/", 1)[0].rpartition("@")[2].count(":")
    scheme = url.part(0, 4)
    written = url.at and url.is_written_here and scheme.is_literal
    if not (serves_tls(host) and standard and written):
        return None
    place = scheme.place()
    return Fix(summary=f"use https:// for {host}", edits=(Edit(place, "https"),))
