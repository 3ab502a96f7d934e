"""What a person needs to meet a scenario: indexes, files, and the exact environment."""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

# What a client reads from the environment (clients.md: pip, uv, requests, httpx, curl, Node):
# none of it may come from the machine that the lab runs on.
_READ_BY_CLIENTS = re.compile(
    r"PIP_.*|UV_.*|.*_PROXY|SSL_.*|SSLKEYLOGFILE|.*_CA_BUNDLE|.*_CA_CERTS|GIT_SSL_.*"
    r"|PYTHONHTTPSVERIFY|POETRY_.*|TWINE_.*|.*_SSL_CERT_FILE|PDM_.*|PIPENV_.*|HATCH_INDEX_.*"
    r"|NPM_CONFIG_.*|NODE_OPTIONS|NODE_USE_SYSTEM_CA",
    re.IGNORECASE,
)

BASE: Mapping[str, str] = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
}
"""In every scenario: no question is asked."""

SETTINGS = """\
# The lab's own: no user's file is read beside it, and it takes the machine's settings back.
[global]
cert =
client-cert =
proxy =
extra-index-url =
find-links =
constraint =
"""
"""The settings file of a scenario, which PIP_CONFIG_FILE names: the strongest from pip 10 on."""

PYTHON = "CERTMEND_LAB_PYTHON"
"""The variable that names the interpreter which a broken one stands for."""


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario that is up."""

    index_urls: tuple[str, ...]
    """The first is the index, the others are extra indexes."""
    ca_file: Path | None = None
    """The CA file that a person would trust to get through, where there is one."""
    environment: dict[str, str]
    """The variables that make up the scenario, all of them."""
    package: str = "billing"
    """The package to ask for."""
    arguments: tuple[str, ...] = ()
    """Further arguments for `pip download`, for instance `-r FILE`."""
    python: Path | None = None
    """A wrapper to run instead of the interpreter, where the interpreter is what is broken.

    It starts the interpreter that the variable `PYTHON` names, else the `python3` on PATH. A
    `pip` lies beside it.
    """


def disturbing(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The variables of a machine that would change what a client does in a scenario."""
    return tuple(sorted(name for name in environment if _READ_BY_CLIENTS.fullmatch(name)))


def environment_for(setup: Setup, machine: Mapping[str, str]) -> dict[str, str]:
    """The environment of a command that is to meet a scenario: the machine's, cleaned.

    Where the interpreter is what is broken, it comes first on PATH.
    """
    dropped = disturbing(machine)
    kept = {name: value for name, value in machine.items() if name not in dropped}
    if setup.python is not None:
        path = kept.get("PATH", os.defpath)
        kept.setdefault(PYTHON, shutil.which("python3", path=path) or "python3")
        kept["PATH"] = f"{setup.python.parent}{os.pathsep}{path}"
        kept.pop("VIRTUAL_ENV", None)
    return {**kept, **setup.environment}
