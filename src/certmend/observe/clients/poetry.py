"""Poetry: requests, with a certificate for each source.

Measured on 1.2 to 2.5 (poetry/utils/authenticator.py, poetry/config/config.py).
"""

from collections.abc import Mapping
from pathlib import Path

from certmend.model.client import Advice, Trust
from certmend.model.plugin import Client, Kind, Place, Resolved, Surroundings, Table
from certmend.model.setting import Meaning
from certmend.observe.tables import (
    NOT,
    PROXIES,
    REQUESTS,
    config_home,
    key,
    replacing,
    upward,
    variable,
)
from certmend.observe.versions import at_least

_M = Meaning


def _places(around: Surroundings) -> tuple[Place, ...]:
    named = around.environment.get("POETRY_CONFIG_DIR")
    user = named or f"{config_home(around)}/pypoetry"
    project = upward(around.folder, "pyproject.toml")
    local = str(Path(project).with_name("poetry.toml"))
    return (
        Place(name="pyproject.toml", path=project, format="toml", prefix="tool.poetry."),
        Place(name="poetry.toml", path=local, format="toml"),
        Place(name="auth.toml", path=f"{user}/auth.toml", format="toml"),
        Place(name="config.toml", path=f"{user}/config.toml", format="toml"),
    )


_FILES = ("poetry.toml", "auth.toml", "config.toml")


def _store(resolved: Resolved, scope: str) -> Trust:
    own = resolved.first(Meaning.BUNDLE, scope=scope) if scope else None
    if own is not None and own.scope == scope and own.value.lower() != "false":
        return replacing(resolved, own)
    return replacing(resolved, resolved.first(Meaning.BUNDLE))


def _drops_pypi(fields: Mapping[str, str], version: str) -> bool:
    """From 2.0 on any primary source takes the place of PyPI; before, only a default one."""
    priority = fields.get("priority", "").lower()
    if priority == "default" or fields.get("default") == "true":
        return True
    return priority in ("", "primary") and at_least(version, "2.0.0")


POETRY = Client(
    name="poetry",
    kind=Kind.INSTALLER,
    programs=("poetry",),
    traces=("poetry.lock", "poetry.toml", "pyproject.toml#tool.poetry"),
    sources=(
        variable(_M.BUNDLE, "POETRY_CERTIFICATES_*_CERT", group="cert"),
        key(_M.BUNDLE, "certificates.*.cert", *_FILES, group="cert"),
        key(_M.INSECURE, "certificates.*.cert", *_FILES, form=NOT, group="cert"),
        *REQUESTS,
        variable(_M.CLIENT_CERT, "POETRY_CERTIFICATES_*_CLIENT_CERT"),
        key(_M.CLIENT_CERT, "certificates.*.client-cert", *_FILES),
        *PROXIES,
    ),
    tables=(Table(key="source", drops_default=_drops_pypi),),
    places=_places,
    store=_store,
    inside="Poetry",
    advice=Advice(
        bundle="poetry config certificates.NAME.cert {path}",
        certificate="poetry config certificates.NAME.client-cert {path}",
    ),
    default_index="https://pypi.org/simple/",
)
