"""twine: requests, so its variables beat `--cert`, as they beat pip's.

Measured on 4.0 to 7.0 (twine/utils.py, twine/settings.py): `.pypirc` counts with `-r NAME` only.
"""

from certmend.model.client import Advice, Trust
from certmend.model.plugin import Client, Kind, Place, Resolved, Surroundings
from certmend.model.setting import Meaning
from certmend.observe.tables import PROXIES, REQUESTS, flag, key, replacing, variable

_M = Meaning


def _places(around: Surroundings) -> tuple[Place, ...]:
    return (Place(name=".pypirc", path=f"{around.home}/.pypirc", format="ini"),)


def _store(resolved: Resolved, scope: str) -> Trust:
    own = resolved.first(Meaning.BUNDLE, scope=scope) if scope else None
    plain = resolved.first(Meaning.BUNDLE)
    strongest = (
        plain if plain and plain.origin.name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE") else None
    )
    return replacing(resolved, strongest or own or plain)


TWINE = Client(
    name="twine",
    kind=Kind.INSTALLER,
    programs=("twine",),
    traces=(".pypirc",),
    sources=(
        *REQUESTS,
        flag(_M.BUNDLE, "--cert"),
        variable(_M.BUNDLE, "TWINE_CERT"),
        key(_M.BUNDLE, "*.ca_cert"),
        flag(_M.CLIENT_CERT, "--client-cert"),
        variable(_M.CLIENT_CERT, "TWINE_CLIENT_CERT"),
        key(_M.CLIENT_CERT, "*.client_cert"),
        *PROXIES,
        flag(_M.INDEX, "--index-url"),
        variable(_M.INDEX, "TWINE_REPOSITORY_URL"),
    ),
    places=_places,
    store=_store,
    inside="Twine",
    advice=Advice(bundle="export TWINE_CERT={path}", certificate="export TWINE_CLIENT_CERT={path}"),
)
