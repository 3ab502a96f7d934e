"""conda: described from its documentation and source (26.7), never run here.

conda/gateways/connection/session.py: requests, with `ssl_verify` as the session's own; so the two
variables of requests beat it.
"""

from certmend.model.client import Advice, Trust
from certmend.model.plugin import Client, Kind, Place, Resolved, Surroundings
from certmend.model.setting import Meaning
from certmend.observe.tables import NOT, PROXIES, REQUESTS, key, replacing, variable

_M = Meaning


def _places(around: Surroundings) -> tuple[Place, ...]:
    prefix = around.environment.get("CONDA_PREFIX")
    paths = (
        *((f"{prefix}/.condarc",) if prefix else ()),
        f"{around.home}/.condarc",
        f"{around.home}/.conda/.condarc",
        "/etc/conda/.condarc",
    )
    return tuple(Place(name=".condarc", path=path, format="yaml") for path in paths)


_WORDS = frozenset({"true", "false", "<system>", "truststore"})


def _store(resolved: Resolved, scope: str) -> Trust:
    del scope
    named = next(
        (
            one
            for one in resolved.active
            if one.meaning is Meaning.BUNDLE and one.value.lower() not in _WORDS
        ),
        None,
    )
    asked = resolved.first(Meaning.BUNDLE)
    if named is None and asked is not None and asked.value.lower() == "truststore":
        stores = tuple(path for path in resolved.around.system if path)
        return Trust(mechanism="system", stores=stores, bundle_origin=str(asked.origin))
    return replacing(resolved, named)


CONDA = Client(
    name="conda",
    kind=Kind.INSTALLER,
    programs=("conda", "mamba", "micromamba"),
    traces=("environment.yml", "environment.yaml", "conda-lock.yml", ".condarc"),
    sources=(
        *REQUESTS,
        variable(_M.BUNDLE, "CONDA_SSL_VERIFY"),
        key(_M.BUNDLE, "ssl_verify", group="ssl_verify"),
        key(_M.INSECURE, "ssl_verify", form=NOT, group="ssl_verify"),
        key(_M.CLIENT_CERT, "client_ssl_cert"),
        *PROXIES,
        key(_M.INDEX, "channels"),
    ),
    places=_places,
    store=_store,
    advice=Advice(
        bundle="conda config --set ssl_verify {path}",
        certificate="conda config --set client_ssl_cert {path}",
    ),
    documented="conda is not in the package registries: this is what its documentation says",
)
