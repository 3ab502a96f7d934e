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
from certmend.model.commandline import base_name
from certmend.model.document import Command, Comment, Role, Span

_LEVEL = lazy.regex(r"SECLEVEL\s*=\s*[01]\b|SECLEVEL(?:\s*=\s*)?\\\)(?:=?\d)[^\n]?\\1=?[01]\b")
"""As it is written out, or what `sed` puts behind a group that ends there."""
_LOOKS = frozenset(("grep", "egrep", "fgrep", "rg", "ag", "ack", "test", "[", "[[", "!"))
_OF_OPENSSL = frozenset(("ciphers", "s_server", "s_client", "version"))
_SAYS = frozenset(("echo", "printf", "write-host", "log", "info", "warn", "warning"))
_WRITES = lazy.regex(r">|\|\s*(?:sudo\s+)?(?:tee|sed|patch)\b")
_FOR_PEOPLE = lazy.regex(
    r"^\s*(?:-\s*)?[\"']?(?:name|msg|message|fail_msg|success_msg|description|title|summary|help|label"
    r"|LABEL|Description)\b[\"']?\s*(?:[:=]|\s\w+=)"
)
"""The beginning of a line whose text is for people alone."""


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
        if _FOR_PEOPLE.match(line) or any(_only_looks(one, line) for one in _around(reading, span)):
            continue
        yield _hit(span)


def _around(reading: Reading, span: Span) -> list[Command]:
    return [one for one in reading.commands if span.within(one.span)]


def _only_looks(command: Command, line: str) -> bool:
    """Whether a command looks for the text, or says it without writing it anywhere."""
    names = [base_name(word.text).lower() for word in command.words[:2]]
    if names[0] in _LOOKS or names == ["git", "grep"]:
        return True
    if names[0] == "openssl":
        return names[-1] in _OF_OPENSSL
    return names[0] in _SAYS and not _WRITES.search(line)


def _hit(span: Span) -> Hit:
    return Hit(
        span=span,
        message="OpenSSL accepts keys and signatures that can be forged",
        why="Below level 2 it takes 1024-bit RSA keys and SHA-1 signatures.",
        advice="Have the server's certificate issued anew with a key of 2048 bits or more.",
    )
