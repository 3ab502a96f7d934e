"""Which variable makes which client read a CA bundle, and how each shell sets one. Pure.

Measured: pip, requests and all that is built on it read REQUESTS_CA_BUNDLE before their own
settings; uv, httpx (hatch, pdm) and Python's ssl read SSL_CERT_FILE, which replaces their
store; Node adds NODE_EXTRA_CA_CERTS to its own. So one file, with the public roots in it, serves
them all.
"""

import json
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    """A variable that names a bundle, and the clients that read it."""

    name: str
    clients: tuple[str, ...]


VARIABLES = (
    Variable(name="PIP_CERT", clients=("pip", "pipenv", "pipx")),
    Variable(
        name="REQUESTS_CA_BUNDLE",
        clients=("requests", "pip", "poetry", "pdm", "pipenv", "twine", "flit", "conda"),
    ),
    Variable(name="SSL_CERT_FILE", clients=("uv", "hatch", "httpx", "urllib", "pip")),
    Variable(name="CURL_CA_BUNDLE", clients=("curl",)),
    Variable(name="GIT_SSL_CAINFO", clients=("git",)),
    Variable(name="NODE_EXTRA_CA_CERTS", clients=("npm",)),
)
CLIENTS = tuple(sorted({client for one in VARIABLES for client in one.clients}))


def wanted(clients: Iterable[str]) -> tuple[Variable, ...]:
    """The variables that these clients read; all of them when none is named."""
    named = set(clients)
    return tuple(one for one in VARIABLES if not named or named & set(one.clients))


def lines(shell: str, variables: Iterable[Variable], bundle: str) -> str:
    """The lines that set the variables to a bundle. Raises `KeyError` for an unknown shell."""
    head, form, comment = _SHELLS[shell]
    made = [head] if head else []
    for one in variables:
        if comment:
            made.append(f"{comment}{', '.join(one.clients)}")
        made.append(form(one.name, bundle))
    return "\n".join(made) + "\n"


def assignment(shell: str, name: str, value: str) -> str:
    """The line that sets one variable. Raises `KeyError` for an unknown shell."""
    _, form, _ = _SHELLS[shell]
    return form(name, value)


def merged(shell: str, old: str, values: Mapping[str, str]) -> str:
    """Lines that set variables, beside what the old lines set: each of them once."""
    return "\n".join(_merged(shell, old, values)) + "\n"


def _merged(shell: str, old: str, values: Mapping[str, str]) -> Iterator[str]:
    left = dict(values)
    for line in old.splitlines():
        name = set_in(line)
        if name in values:
            if name in left:
                yield assignment(shell, name, left.pop(name))
        else:
            yield line
    comment = _SHELLS[shell][2]
    for name, value in left.items():
        readers = next((one.clients for one in VARIABLES if one.name == name), ())
        if comment and readers:
            yield f"{comment}{', '.join(readers)}"
        yield assignment(shell, name, value)


_SETTING = re.compile(
    r"^\s*(?:\$env:|export\s+|set\s+-gx\s+)?(?P<name>[A-Za-z_]\w*)(?=\s*=|\s)", re.ASCII
)


def set_in(line: str) -> str:
    """The variable that a line of certmend's block sets; empty: none."""
    found = _SETTING.match(line)
    return found["name"] if found else ""


def quoted(shell: str, text: str) -> str:
    """A word of a command line."""
    return _fish_word(text) if shell == "fish" else shlex.quote(text)


def _posix(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}"


def _fish(name: str, value: str) -> str:
    return f"set -gx {name} {_fish_word(value)}"


def _fish_word(text: str) -> str:
    literal = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{literal}'"


def _powershell(name: str, value: str) -> str:
    quoted = value.replace("'", "''")
    return f"$env:{name} = '{quoted}'"


def _dotenv(name: str, value: str) -> str:
    # Single quotes are literal in every reader of .env files; double ones expand `$`.
    return f"{name}='{value}'" if "'" not in value else f"{name}={json.dumps(value)}"


def _github(name: str, value: str) -> str:
    return f"{name}={value}"


def _gitlab(name: str, value: str) -> str:
    # A `$` would be expanded (docs.gitlab.com, ci/variables); `$$` stands for itself.
    return f"  {name}: {json.dumps(value.replace('$', '$$'))}"


def _docker(name: str, value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return f'ENV {name}="{quoted}"'


_SHELLS: dict[str, tuple[str, Callable[[str, str], str], str]] = {
    "bash": ("", _posix, "# "),
    "zsh": ("", _posix, "# "),
    "fish": ("", _fish, "# "),
    "powershell": ("", _powershell, "# "),
    "dotenv": ("", _dotenv, "# "),
    "github": ("", _github, ""),
    "gitlab": ("variables:", _gitlab, "  # "),
    "docker": ("", _docker, "# "),
}
SHELLS = tuple(_SHELLS)
"""What `lines` can write for."""
