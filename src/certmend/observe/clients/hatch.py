"""Hatch: `hatch publish` with httpx; its environments call pip or uv, whose own rows apply.

Measured on 1.9.7 (httpx: certifi) and 1.18.2 (httpx2: the system's store).
"""

from certmend.model.client import Advice, Child, Trust
from certmend.model.plugin import Client, Kind, Resolved
from certmend.model.setting import Meaning
from certmend.observe import openssl
from certmend.observe.tables import OPENSSL, PROXIES, certifi, replacing, told, variable

_M = Meaning


def _store(resolved: Resolved, scope: str) -> Trust:
    del scope
    around = resolved.around
    named = resolved.first(Meaning.BUNDLE) or resolved.first(Meaning.FOLDER)
    if named is not None or certifi(around):
        return replacing(resolved, named)
    stores = openssl.defaults({}, around.python.get("ssl") or {}, around.system)
    return Trust(mechanism="system", stores=stores, **told(around))  # type: ignore[arg-type]


HATCH = Client(
    name="hatch",
    kind=Kind.INSTALLER,
    programs=("hatch",),
    traces=("hatch.toml", "pyproject.toml#tool.hatch.envs"),
    sources=(
        variable(_M.BUNDLE, "HATCH_INDEX_CA_CERT"),
        *OPENSSL,
        variable(_M.CLIENT_CERT, "HATCH_INDEX_CLIENT_CERT"),
        *PROXIES,
        variable(_M.INDEX, "HATCH_INDEX_REPO"),
    ),
    store=_store,
    inside="Hatch",
    advice=Advice(
        bundle="export HATCH_INDEX_CA_CERT={path}",
        certificate="export HATCH_INDEX_CLIENT_CERT={path}",
    ),
    children=(
        Child(
            name="environments",
            runs="pip or uv",
            drops=("HATCH_INDEX_CA_CERT", "HATCH_INDEX_CLIENT_CERT"),
            why="`hatch env` installs with pip or uv, which read their own settings",
        ),
    ),
)
