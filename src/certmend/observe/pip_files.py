"""Files that people take for pip's, and that this pip does not read: another interpreter's.

Which files pip reads it says itself (`inside_pip.py`); any other that is there, and speaks of
indexes or trust, does nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from certmend.model.setting import Meaning, Origin, OriginKind, Role, Setting
from certmend.model.text import redact, visible
from certmend.model.url import secrets_in
from certmend.observe.files import keyed

_FOREIGN = "it is the file of another interpreter"
_UNKNOWN = "pip reads no file of that name there"


def unread(
    answer: Mapping[str, Any], environment: Mapping[str, str], meanings: Mapping[str, Meaning]
) -> Iterator[Setting]:
    """The settings about indexes and trust in files that this pip does not read."""
    read = {_real(one["path"]) for one in answer.get("settings") or () if one.get("path")}
    prefix = str((answer.get("python") or {}).get("prefix") or "")
    for path, why in _candidates(answer, environment, prefix):
        if _real(path) in read or _real(path) == _real(f"{prefix}/pip.conf"):
            continue
        for entry in keyed.read(path, "ini", environment):
            section, _, key = entry.key.rpartition(".")
            name = key.replace("_", "-")
            if section in ("global", "install", "download") and name in meanings:
                yield Setting(
                    key=name,
                    value=redact(visible(entry.value, 300), secrets_in(entry.value)),
                    origin=Origin(
                        kind=OriginKind.FILE,
                        name=f"{section}.{key}",
                        path=visible(path, 300),
                        line=entry.line,
                    ),
                    role=Role.IGNORED,
                    why=why,
                    harmful=meanings[name] is Meaning.BUNDLE,
                    meaning=meanings[name],
                )


def _candidates(
    answer: Mapping[str, Any], environment: Mapping[str, str], prefix: str
) -> Iterable[tuple[str, str]]:
    """Where a pip.conf may lie that another pip reads, or none, each with the reason."""
    home = environment.get("HOME") or str(Path.home())
    config = environment.get("XDG_CONFIG_HOME") or f"{home}/.config"
    base = str((answer.get("python") or {}).get("base_prefix") or "")
    here = str(Path.cwd())
    own = environment.get("PIP_CONFIG_FILE")
    others = (environment.get("VIRTUAL_ENV"), base, f"{here}/.venv", f"{here}/venv")
    found = [(f"{one}/pip.conf", _FOREIGN) for one in others if one and _real(one) != _real(prefix)]
    if own and Path(own).exists():
        why = "PIP_CONFIG_FILE names another file, so that the user's are not read"
        found += [(f"{config}/pip/pip.conf", why), (f"{home}/.pip/pip.conf", why)]
    stray = (f"{here}/pip.conf", f"{here}/pip.ini", f"{home}/pip.conf", f"{home}/.pip.conf")
    found += [(one, _UNKNOWN) for one in stray]
    found += [(f"{config}/pip/pip.ini", _UNKNOWN), (f"{home}/.pip/pip.ini", _UNKNOWN)]
    return dict(found).items()


def _real(path: str) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError):
        return path
