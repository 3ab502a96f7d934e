"""A key or section of a pip.conf that pip does not know.

## What
A misspelt key (`trusted-hosts`, `extra-index-urls`, `ssl_verify`) or a section that pip does not
read (`[pip]`, `[default]`).

## Why
pip ignores what it does not know, without a word: the index or the CA is not the one that the file
seems to set.

## Bad
```ini
[global]
ca-cert = /etc/ssl/certs/ca-certificates.crt
```

## Good
```ini
[global]
cert = /etc/ssl/certs/ca-certificates.crt
```

## When to ignore
Keys that another program reads from the same file.
"""

from collections.abc import Iterator
from functools import lru_cache

from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.model.document import Span
from certmend.model.text import visible

_MISSPELT = {
    "trusted-hosts": "trusted-host",
    "trustedhost": "trusted-host",
    "trust-host": "trusted-host",
    "extra-index-urls": "extra-index-url",
    "extra-index": "extra-index-url",
    "extra-url": "extra-index-url",
    "indexurl": "index-url",
    "index-urls": "index-url",
    "index": "index-url",
    "ca-cert": "cert",
    "cacert": "cert",
    "ca-bundle": "cert",
    "ca-certs": "cert",
    "certs": "cert",
    "cert-file": "cert",
    "ssl-verify": "",
    "verify-ssl": "",
    "verify": "",
    "ssl-cert-file": "cert",
    "client-certs": "client-cert",
    "find-link": "find-links",
    "http-proxy": "proxy",
    "https-proxy": "proxy",
}
_ABOUT_TRUST = (
    "trusted-host", "index-url", "extra-index-url", "find-links", "cert", "client-cert",
)  # fmt: skip
_NEAR = 0.75
"""How much of a name a misspelt one has of it: one letter of `cert`; pip's other keys have less."""
_SECTIONS = frozenset(("pip", "default", "defaults", "pypi", "config"))


@rule(
    code="setting-ignored",
    literals=(
        *sorted(_MISSPELT), *sorted(name.replace("-", "_") for name in _MISSPELT if "-" in name),
        *(f"[{name}]" for name in sorted(_SECTIONS)), "[global]", "[install]",
    ),
    kinds=("pip-conf",),
)  # fmt: skip
def check(reading: Reading) -> Iterator[Hit]:
    """Every key that looks like one of pip's and is none."""
    names = {key.path[-1].lower().replace("_", "-") for key in reading.keys}
    for key in reading.keys:
        name = key.path[-1].lower().replace("_", "-")
        meant = _MISSPELT.get(name, _near(name))
        section = key.path[0].lower() if len(key.path) > 1 else ""
        if name == "index" and (section == "search" or "index-url" in names):
            continue  # the address that `pip search` asks
        if meant is not None:
            advice = (
                f"Write `{meant}`." if meant else "pip has no such key: name a bundle in `cert`."
            )
            yield _hit(key.span, f"pip knows no key {visible(key.path[-1], 40)}", advice)
        elif section in _SECTIONS:
            yield _hit(
                key.span,
                f"pip reads no section [{visible(key.path[0], 40)}]",
                "Put the key into [global], or into a section named after a command.",
            )


@lru_cache(maxsize=1000)
def _near(name: str) -> str | None:
    """The key that a name is a slip of the hand away from."""
    import difflib

    near = difflib.get_close_matches(name, _ABOUT_TRUST, 1, _NEAR)
    return near[0] if near and name not in _ABOUT_TRUST else None


def _hit(span: Span, message: str, advice: str) -> Hit:
    return Hit(
        span=span,
        message=message,
        why="pip ignores what it does not know, without a word.",
        advice=advice,
    )
