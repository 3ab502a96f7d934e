"""A secret is written into the URL of an index.

## What
A password or token between `://` and `@` of an index URL: as text, or in a Dockerfile from an ARG
or ENV, which every user of the image can read back with `docker history`.

## Why
The file is in the history of the repository, in the image's layers and in logs of builds. pip
shows the URL in its messages.

## Bad
```dockerfile
ARG TOKEN
RUN pip install --index-url https://ci:${TOKEN}@pypi.corp.example/simple/ billing
```

## Good
```dockerfile
RUN --mount=type=secret,id=netrc,target=/root/.netrc \
    pip install --index-url https://pypi.corp.example/simple/ billing
```

## When to ignore
A password that is public: a read-only demo account.
"""

import itertools
import re
from collections.abc import Iterator
from urllib.parse import unquote

from certmend.judge.linting.hosts import host_named, host_of, is_loopback
from certmend.judge.linting.indexes import INDEX_WORDS, indexes
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model import lazy
from certmend.model.document import How, Role, Span, Word
from certmend.model.finding import Severity

_USER_INFO = lazy.regex(
    r"^(?:git\+|hg\+|svn\+)?https?://(?P<user>[^/@\s]*(?:\$\{\{.*?\}\}[^/@\s]*)*)@"
)
_REFERENCE = lazy.regex(r"\$\{?([A-Za-z_]\w*)")
_OPEN = lazy.regex(r"\$|\{|%\w+%|<|>|\*{3}|\[|\]|\.\.\.")
_PLACEHOLDER = lazy.regex(
    r"x{3,}|y{3,}|(?:your|my|the)[-_]?\w*|[A-Z][A-Z_]*|change[-_]?me|example|redacted|dummy|"
    r"(?:access|personal|deploy|api|auth)[-_]?(?:access)?[-_]?(?:token|key)|placeholder",
)
_EXAMPLE = lazy.regex(
    r"(?:user(?:[-_]?name)?|login|name):(?:token|pass(?:word|wd)?|pwd|secret|(?:api[-_]?)?key)",
    re.IGNORECASE,
)
"""A user's name and a secret that only say what belongs there."""
_TOKEN = lazy.regex(r"(?=.*\d)(?=.*[A-Za-z])[\w.-]{16,}|(?:gh[pousr]|glpat|pypi|AKC)[-_][\w-]{6,}")
_LETTERS = lazy.regex(r"[A-Za-z]{16,}")
_NAMES = lazy.regex(r"(?:[A-Z]?[a-z]{2,})+")
"""Words of a name: `OurReadOnlyUserName`."""
_USERS = lazy.regex(r"user(?:_?name)?|login|name|token|pass(?:word)?|account|key", re.IGNORECASE)


@rule(severity=Severity.ERROR, together=((("@",), ("://",), INDEX_WORDS),))
def check(reading: Reading) -> Iterator[Hit]:
    """Every index URL with a secret that can be read."""
    seen: set[Span] = set()
    urls = [(index.url, index.span) for index in indexes(reading)]
    for url, span in (*urls, *_searched(reading)):
        match = _USER_INFO.match(url.text)
        if match is None or is_loopback(host_of(url.text)):
            continue
        place = url.place()
        words = _secret(match["user"], host_of(url.text), reading)
        if words and not (url.at and place in seen):
            seen.add(place)
            yield Hit(
                span=span,
                message=f"{words} in the URL of {host_named(url.text)}",
                why="Whoever reads the repository, the image's history or a build's log has it.",
                advice="Take it from a build secret, a netrc file, the keyring or a variable of "
                "the pipeline, and change it: it is known now.",
            )


def _searched(reading: Reading) -> Iterator[tuple[Word, Span]]:
    """What `pip search` asks, and old versions of pip with it: the key `index`."""
    for option in reading.named("index"):
        if option.client == "pip":
            yield from ((value, option.span) for value in option.values)


def _secret(user_info: str, host: str, reading: Reading) -> str:
    """What is wrong with the part before the host, or nothing."""
    user, colon, password = user_info.partition(":")
    if reading.document.role is Role.IMAGE:
        names = _REFERENCE.findall(user_info)
        declared = {entry.name for entry in reading.variables if entry.how in (How.ARG, How.ENV)}
        if found := next(
            (name for name in names if name in declared and _secretive(name, user_info)), None
        ):
            return f"the build argument or variable {found} stands"
    if colon and password:
        literal = not (
            _OPEN.search(password)
            or _PLACEHOLDER.fullmatch(unquote(password))
            or _EXAMPLE.fullmatch(user_info)
        )
        return "a password stands" if literal else ""
    literal = not _OPEN.search(user) and not _PLACEHOLDER.fullmatch(user)
    return "a token stands" if literal and _is_token(user, host) else ""


def _is_token(user: str, host: str) -> bool:
    """Whether a user without a password is a token; on Gemfury it always is one.

    Source: Gemfury's documentation, "Install private Python packages".
    """
    if host == "pypi.fury.io":
        return not _USERS.fullmatch(user) and bool(user)
    return bool(_TOKEN.fullmatch(user) or _is_of_letters(user))


def _is_of_letters(user: str) -> bool:
    """Whether letters alone are a token: their case changes as it does in no name."""
    changes = sum(one.isupper() != other.isupper() for one, other in itertools.pairwise(user))
    return bool(_LETTERS.fullmatch(user)) and changes > 2 and not _NAMES.fullmatch(user)


def _secretive(name: str, user_info: str) -> bool:
    """A lone user name is no secret; one before a password is none either."""
    user, colon, password = user_info.partition(":")
    if colon and password:
        return name in password
    return (
        bool(re.search(r"TOKEN|PASS|SECRET|KEY|PAT|CRED|AUTH", name, re.IGNORECASE))
        and name in user
    )
