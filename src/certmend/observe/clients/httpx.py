"""httpx: certifi, or what OpenSSL's two variables name in its place.

Measured on 0.23 to 0.28 (httpx/_config.py, `create_ssl_context`): the file comes first, then the
folder; the system's store and requests' variables are not read.
"""

from certmend.model.client import Advice, Trust
from certmend.model.plugin import Client, Kind, Resolved
from certmend.model.setting import Meaning
from certmend.observe.tables import OPENSSL, PROXIES, replacing


def _store(resolved: Resolved, scope: str) -> Trust:
    del scope
    return replacing(resolved, resolved.first(Meaning.BUNDLE) or resolved.first(Meaning.FOLDER))


LIBRARY = Client(
    name="httpx",
    kind=Kind.LIBRARY,
    sources=(*OPENSSL, *PROXIES),
    store=_store,
    inside="Httpx",
    inert=("PYTHONHTTPSVERIFY",),
    advice=Advice(bundle="export SSL_CERT_FILE={path}"),
)
