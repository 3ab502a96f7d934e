"""requests: the library that most Python tools fetch with.

Measured on 2.25 to 2.34: two variables, each in the place of certifi (sessions.py,
`merge_environment_settings`). An empty CURL_CA_BUNDLE switched verification off before 2.28.
"""

from certmend.model.client import Advice, Trust
from certmend.model.plugin import Client, Kind, Resolved
from certmend.model.setting import Meaning
from certmend.observe.tables import PROXIES, REQUESTS, replacing


def _store(resolved: Resolved, scope: str) -> Trust:
    del scope
    return replacing(resolved, resolved.first(Meaning.BUNDLE))


LIBRARY = Client(
    name="requests",
    kind=Kind.LIBRARY,
    sources=(*REQUESTS, *PROXIES),
    store=_store,
    inside="Requests",
    inert=("PYTHONHTTPSVERIFY",),
    advice=Advice(bundle="export REQUESTS_CA_BUNDLE={path}"),
)
