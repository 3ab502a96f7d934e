"""urllib: Python itself, with OpenSSL's default store.

Measured on 2.7.18 to 3.13 (Lib/ssl.py, `create_default_context`, which is strict from 3.13 on).
PYTHONHTTPSVERIFY does nothing in any of them.
"""

from certmend.model.client import Advice, Trust
from certmend.model.plugin import Client, Kind, Resolved
from certmend.model.setting import Meaning
from certmend.observe import openssl
from certmend.observe.tables import OPENSSL, PROXIES, told


def _store(resolved: Resolved, scope: str) -> Trust:
    del scope
    around = resolved.around
    named = resolved.first(Meaning.BUNDLE) or resolved.first(Meaning.FOLDER)
    stores = openssl.defaults(around.environment, around.python.get("ssl") or {}, around.system)
    return Trust(
        mechanism="openssl-defaults",
        stores=stores,
        bundle=named.value if named else "",
        bundle_origin=str(named.origin) if named else "",
        **told(around),  # type: ignore[arg-type]
    )


LIBRARY = Client(
    name="urllib",
    kind=Kind.LIBRARY,
    sources=(*OPENSSL, *PROXIES),
    store=_store,
    inside="Urllib",
    inert=("PYTHONHTTPSVERIFY",),
    advice=Advice(bundle="export SSL_CERT_FILE={path}", replaces=False),
)
