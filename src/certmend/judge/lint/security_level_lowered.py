"""OpenSSL's security level is lowered for everything.

## What
`SECLEVEL=0` or `SECLEVEL=1` written to openssl.cnf, or given as the ciphers of a client or of a
Python context.

## Why
Level 2 refuses 1024-bit RSA keys and SHA-1 signatures, which can be forged. Lowered in openssl.cnf
it is lowered for every connection of every program.

## Bad
```dockerfile
RUN sed -i 's/SECLEVEL=2/SECLEVEL=1/' /etc/ssl/openssl.cnf
```

## Good
```dockerfile
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
```

## When to ignore
A server that cannot be renewed yet, in code that talks to that server alone.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model import lazy
from certmend.model.document import Comment, Role, Span

_LEVEL = lazy.regex(r"SECLEVEL\s*=\s*[01]\b")


@rule(code="weak-crypto", strict=True, literals=("seclevel",))
def check(reading: Reading) -> Iterator[Hit]:
    """Every place that is not a comment."""
    document = reading.document
    if document.role is Role.CODE:
        yield from (_hit(call.span) for call in reading.calls if call.about == "level")
        return
    comments = [entry.span for entry in document.entries if isinstance(entry, Comment)]
    for match in _LEVEL.finditer(document.text):
        span = Span(match.start(), match.end())
        line = document.line(match.start())
        replaced = re.search(
            r"s(.)[^\n]*?SECLEVEL\s*=\s*[01][^\n]*?\1[^\n]*?SECLEVEL\s*=\s*2", line
        )
        if replaced or any(span.within(comment) for comment in comments):
            continue
        yield _hit(span)


def _hit(span: Span) -> Hit:
    return Hit(
        span=span,
        message="OpenSSL accepts keys and signatures that can be forged",
        why="Below level 2 it takes 1024-bit RSA keys and SHA-1 signatures.",
        advice="Have the server's certificate issued anew with a key of 2048 bits or more.",
    )
