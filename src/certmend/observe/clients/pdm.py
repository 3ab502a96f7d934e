"""PDM: a setting for each source, then requests' variables, then everything this machine trusts.

Measured on 2.20 to 2.29 (pdm/models/session.py, pdm/models/repositories).
"""

from collections.abc import Mapping
from pathlib import Path

from certmend.model.client import Advice, Trust
from certmend.model.plugin import Client, Form, Kind, Place, Resolved, Surroundings, Table
from certmend.model.setting import Meaning
from certmend.observe import openssl
from certmend.observe.tables import (
    NOT,
    OPENSSL,
    PROXIES,
    REQUESTS,
    certifi,
    config_home,
    key,
    replacing,
    told,
    upward,
    variable,
)

_M = Meaning
_FIELDS = {
    "ca_certs": (_M.BUNDLE, Form.VALUE),
    "verify_ssl": (_M.INSECURE, Form.NOT),
    "client_cert": (_M.CLIENT_CERT, Form.VALUE),
}
_DEFAULT = "pypi"
_FILES = ("pdm.toml", "config.toml")


def _places(around: Surroundings) -> tuple[Place, ...]:
    project = upward(around.folder, "pyproject.toml")
    local = str(Path(project).with_name("pdm.toml"))
    user = around.environment.get("PDM_CONFIG_FILE") or f"{config_home(around)}/pdm/config.toml"
    return (
        Place(name="pyproject.toml", path=project, format="toml", prefix="tool.pdm."),
        Place(name="pdm.toml", path=local, format="toml"),
        Place(name="config.toml", path=user, format="toml"),
        Place(name="config.toml", path="/etc/xdg/pdm/config.toml", format="toml"),
    )


def _store(resolved: Resolved, scope: str) -> Trust:
    """A source's own bundle, a variable's, or all; `[pypi]` is for the default source alone."""
    around = resolved.around
    bundles = [one for one in resolved.active if one.meaning is Meaning.BUNDLE]
    in_files = [one for one in bundles if one.origin.path]
    # Hosts without a source are met as the default source is.
    own = [one for one in in_files if one.scope == (scope or _DEFAULT)]
    own += [one for one in bundles if one.origin.name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")]
    named = next(iter(own), None)
    if named is not None:
        return replacing(resolved, named, "bundle")
    system = openssl.defaults(around.environment, around.python.get("ssl") or {}, around.system)
    ssl_file = resolved.first(Meaning.EXTRA)
    return Trust(
        mechanism="truststore",
        stores=tuple(path for path in dict.fromkeys((*system, certifi(around))) if path),
        bundle=ssl_file.value if ssl_file else "",
        bundle_origin=str(ssl_file.origin) if ssl_file else "",
        **told(around),  # type: ignore[arg-type]
    )


def _drops_pypi(fields: Mapping[str, str], version: str) -> bool:
    del version
    return fields.get("name") == _DEFAULT


PDM = Client(
    name="pdm",
    kind=Kind.INSTALLER,
    programs=("pdm",),
    traces=("pdm.lock", "pdm.toml", "pyproject.toml#tool.pdm"),
    sources=(
        key(_M.BUNDLE, "pypi.*.ca_certs", *_FILES),
        key(_M.BUNDLE, "pypi.ca_certs", *_FILES, scope=_DEFAULT),
        key(_M.INSECURE, "pypi.*.verify_ssl", *_FILES, form=NOT),
        key(_M.INSECURE, "pypi.verify_ssl", *_FILES, form=NOT, scope=_DEFAULT),
        *REQUESTS,
        variable(_M.EXTRA, OPENSSL[0].name),
        variable(_M.EXTRA, OPENSSL[1].name),
        *PROXIES,
        variable(_M.INDEX, "PDM_PYPI_URL"),
        key(_M.INDEX, "pypi.url", *_FILES),
    ),
    tables=(Table(key="source", fields=_FIELDS, drops_default=_drops_pypi),),
    places=_places,
    store=_store,
    inside="Pdm",
    advice=Advice(
        bundle="pdm config pypi.ca_certs {path}",
        certificate='client_cert = "{path}" in its [[tool.pdm.source]]',
    ),
    default_index="https://pypi.org/simple/",
    default_name=_DEFAULT,
)
