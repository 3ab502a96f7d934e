"""What the processes that pip's user starts will trust, where that differs from pip itself.

- A new virtual environment has the pip that its Python carries (`ensurepip`), which may be older
  and read other settings; a `pip.conf` in this environment is not the new one's.
- `python -m build` installs with the pip beside it from 22.3 on, else with the new environment's
  (build/env.py, `_PipBackend`).
- tox passes some variables on and drops the rest (tox/tox_env/api.py, `_default_pass_env`, 4.67).
"""

import fnmatch
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from certmend.model.client import Child, ClientFacts
from certmend.model.setting import OriginKind, Role, Setting
from certmend.observe.versions import at_least

_TOX_PASSES = (
    "https_proxy",
    "http_proxy",
    "no_proxy",
    "CURL_CA_BUNDLE",
    "SSL_CERT_FILE",
    "PIP_*",
    "VIRTUALENV_*",
    "REQUESTS_CA_BUNDLE",
)


def of_pip(facts: ClientFacts, answer: Mapping[str, Any]) -> Iterator[Child]:
    """The children of a pip that will trust something else."""
    used = [one for one in facts.settings if one.role is Role.USED and one.meaning.is_trust]
    python = answer.get("python") or {}
    prefix = str(python.get("prefix") or "")
    bundled = _bundled(str(python.get("base_prefix") or ""), str(python.get("version") or ""))
    if child := _virtual(facts, used, prefix, bundled):
        yield child
    dropped = tuple(one.origin.name for one in used if _dropped_by_tox(one))
    if dropped:
        yield Child(
            name="tox",
            runs="pip",
            drops=dropped,
            why="tox passes only some variables on: `pass_env` in its configuration names more",
        )


def _bundled(base: str, version: str) -> str:
    """The version of the pip that a Python puts into a new environment; empty when not known.

    Lib/ensurepip keeps its wheel in `_bundled`; Debian keeps it in /usr/share/python-wheels.
    """
    minor = ".".join(version.split(".")[:2])
    folders = (f"{base}/lib/python{minor}/ensurepip/_bundled", "/usr/share/python-wheels")
    for folder in folders[: 2 if base == "/usr" else 1]:
        for wheel in sorted(Path(folder).glob("pip-*.whl")):
            return wheel.name.split("-")[1]
    return ""


def _virtual(facts: ClientFacts, used: list[Setting], prefix: str, bundled: str) -> Child | None:
    own = [one for one in used if one.origin.path.startswith(f"{prefix}/")]
    drops = [str(one.origin) for one in own]
    why = ["the pip.conf of this environment is not the new one's"] if own else []
    python = facts.interpreter.version if facts.interpreter else ""
    if bundled and _reads_system(facts.version, python) and not _reads_system(bundled, python):
        drops += ["the system's store"]
        drops += [one.origin.name for one in used if one.origin.name.startswith("SSL_CERT_")]
        why.append(f"a new environment begins with pip {bundled}, which trusts its own roots alone")
    if not drops:
        return None
    return Child(
        name="a new virtual environment, python -m build with it",
        runs=f"pip {bundled}" if bundled else "pip",
        drops=tuple(drops),
        why="; ".join(why),
    )


def _reads_system(pip: str, python: str) -> bool:
    try:
        return at_least(pip, "24.2") and Version(python) >= Version("3.10")
    except InvalidVersion:
        return False


def _dropped_by_tox(one: Setting) -> bool:
    name = one.origin.name
    is_variable = one.origin.kind is OriginKind.VARIABLE
    return is_variable and not any(fnmatch.fnmatchcase(name, pattern) for pattern in _TOX_PASSES)
