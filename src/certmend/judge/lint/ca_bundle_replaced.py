"""A client of the public index is given one private CA as its whole trust store.

## What
`--cert`, `cert`, PIP_CERT or REQUESTS_CA_BUNDLE at the file of a single private CA, while a client
that uses the public index runs under it.

## Why
requests, Poetry, twine and pip before 24.2 take the file instead of their own roots: from then on
the public index no longer verifies. pip from 24.2 on Python 3.10 adds the file, and loses its
roots again with an older pip, or under Poetry.

## Bad
```dockerfile
COPY corp-ca.pem /certs/corp-ca.pem
ENV REQUESTS_CA_BUNDLE=/certs/corp-ca.pem
RUN pip install requests
```

## Good
```dockerfile
COPY corp-ca.pem /usr/local/share/ca-certificates/corp-ca.crt
RUN update-ca-certificates
ENV REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt
RUN pip install requests
```

## When to ignore
When the file holds the public roots as well and its name does not say so, or when a proxy re-signs
all traffic with that CA.
"""

from collections.abc import Iterator

from certmend.judge.linting.ca_settings import CaSetting, is_lone, settings
from certmend.judge.linting.hosts import is_public
from certmend.judge.linting.indexes import Index, indexes
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model.document import Command, Key
from certmend.model.text import visible

_REPLACES = {
    "PIP_CERT": ("pip", "pipx", "pip-tools", "pipenv"),
    "REQUESTS_CA_BUNDLE": ("pip", "poetry", "twine", "pipenv", "pipx", "pip-tools", "flit"),
    "CURL_CA_BUNDLE": ("pip", "poetry", "twine", "pipenv"),
    "SSL_CERT_FILE": ("uv",),
}
_FETCHING = frozenset(
    ("install", "download", "sync", "add", "update", "lock", "wheel", "pip", "upload")
)


@rule(
    code="bundle-incomplete",
    literals=("ca_bundle", "ssl_cert_file", "pip_cert"),
    together=(
        (("--cert", "cert =", "cert=", "global.cert", "cert:"), ("pip", "[global]", "[install]")),
    ),
)
def check(reading: Reading) -> Iterator[Hit]:
    """Every such setting under which the public index would be lost."""
    found = indexes(reading)
    for setting in settings(reading):
        if not is_lone(setting.value.text, reading) or not setting.value.text:
            continue
        if _serves_public(setting, reading, found):
            path = visible(setting.value.text, 100)
            yield Hit(
                span=setting.span,
                message=f"{path} replaces the public roots, and the public index is used under it",
                why="requests, Poetry and pip before 24.2 trust this file alone.",
                advice="Put the CA into the system's store and name the system's bundle, or join "
                "the CA with certifi's roots in one file.",
            )


def _serves_public(setting: CaSetting, reading: Reading, found: list[Index]) -> bool:
    entry, option = setting.entry, setting.option
    if option is not None and option.run is not None:
        return option.client == "pip" and _goes_public(option.run, found)
    if isinstance(entry, Key):
        own = [i for i in found if not isinstance(i.entry, Command)]
        return setting.client == "pip" and _any_public(own)
    if isinstance(entry, Command):
        return setting.client == "pip" and _any_public(
            [i for i in found if i.option is None or i.option.run is None]
        )
    clients = _REPLACES.get(setting.name, ())
    return any(
        run.client in clients and run.verb in _FETCHING and _goes_public(run, found)
        for run in reading.runs
        if reading.holds(entry, run.command)
    )


def _goes_public(run: Run, found: list[Index]) -> bool:
    """Whether a run uses the public index: its own options, else those of the file."""
    own = [i for i in found if i.entry is run.command and i.role != "links"]
    if any(i.role == "index" for i in own):
        return any(is_public(i.url.text) for i in own)
    rest = [i for i in found if not isinstance(i.entry, Command) and i.role != "requirement"]
    configured = [
        i
        for i in found
        if i.option is not None and i.option.run is None and i.entry is not run.command
    ]
    return _any_public([*own, *rest, *configured])


def _any_public(found: list[Index]) -> bool:
    """Without an index the public one is the default; a source is as good as an index."""
    if not any(i.role in ("index", "source") for i in found):
        return True
    return any(is_public(i.url.text) for i in found if i.role != "links")
