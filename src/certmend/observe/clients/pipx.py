"""pipx: the pip of its shared environment fetches; every setting is that pip's."""

from certmend.model.client import Advice
from certmend.model.plugin import Client, Kind
from certmend.model.setting import Meaning
from certmend.observe.tables import HOSTS, OPENSSL, PROXIES, REQUESTS, variable

_M = Meaning

PIPX = Client(
    name="pipx",
    kind=Kind.INSTALLER,
    programs=("pipx",),
    sources=(
        *REQUESTS,
        variable(_M.BUNDLE, "PIP_CERT"),
        *OPENSSL,
        variable(_M.INSECURE, "PIP_TRUSTED_HOST", form=HOSTS),
        *PROXIES,
        variable(_M.INDEX, "PIP_INDEX_URL"),
        variable(_M.EXTRA_INDEX, "PIP_EXTRA_INDEX_URL"),
    ),
    inside="Pip",
    advice=Advice(bundle="export PIP_CERT={path}", certificate="export PIP_CLIENT_CERT={path}"),
    default_index="https://pypi.org/simple/",
)
