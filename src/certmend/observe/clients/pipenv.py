"""Pipenv: a pip of its own inside, with pip's settings; its sources stand in the Pipfile.

Measured on 2024.4 and 2026.10 (pipenv/patched/pip).
"""

from certmend.model.client import Advice
from certmend.model.plugin import Client, Form, Kind, Place, Surroundings, Table
from certmend.model.setting import Meaning
from certmend.observe.tables import HOSTS, OPENSSL, PROXIES, REQUESTS, upward, variable

_M = Meaning


def _places(around: Surroundings) -> tuple[Place, ...]:
    named = around.environment.get("PIPENV_PIPFILE")
    path = named or upward(around.folder, "Pipfile")
    return (Place(name="Pipfile", path=path, format="toml"),)


PIPENV = Client(
    name="pipenv",
    kind=Kind.INSTALLER,
    programs=("pipenv",),
    traces=("Pipfile", "Pipfile.lock"),
    sources=(
        *REQUESTS,
        variable(_M.BUNDLE, "PIP_CERT"),
        *OPENSSL,
        variable(_M.INSECURE, "PIP_TRUSTED_HOST", form=HOSTS),
        *PROXIES,
        variable(_M.INDEX, "PIPENV_PYPI_MIRROR"),
    ),
    tables=(Table(key="source", fields={"verify_ssl": (_M.INSECURE, Form.NOT)}),),
    places=_places,
    inside="PipenvPip",
    advice=Advice(
        bundle="export PIP_CERT={path}", replaces=False, certificate="export PIP_CLIENT_CERT={path}"
    ),
    mixes_indexes=False,
    default_index="https://pypi.org/simple/",
)
