"""npm: Node's own roots; a `cafile` takes their place, NODE_EXTRA_CA_CERTS adds to them.

Measured on npm 11 with Node 20 and 24 (@npmcli/config, @npmcli/agent).
"""

import re

from certmend.model.client import Advice, Trust
from certmend.model.plugin import Asking, Client, Kind, Place, Resolved, Surroundings
from certmend.model.setting import Meaning
from certmend.observe.files import keyed
from certmend.observe.tables import NOT, PROXIES, key, upward, variable

_M = Meaning


def _places(around: Surroundings) -> tuple[Place, ...]:
    environment = around.environment
    user = environment.get("npm_config_userconfig") or f"{around.home}/.npmrc"
    machine = environment.get("npm_config_globalconfig") or "/etc/npmrc"
    paths = dict.fromkeys((upward(around.folder, ".npmrc"), user, machine))
    return tuple(Place(name=".npmrc", path=path, format="npmrc") for path in paths)


def _store(resolved: Resolved, scope: str) -> Trust:
    del scope
    around = resolved.around
    own = resolved.first(Meaning.BUNDLE)
    options = around.environment.get("NODE_OPTIONS", "").split()
    system = tuple(path for path in around.system if path)
    extra = resolved.first(Meaning.EXTRA)
    if own is not None and keyed.exists(own.value):
        return Trust(
            mechanism="bundle",
            stores=(own.value,),
            bundle=own.value,
            bundle_origin=str(own.origin),
            replaces=True,
        )
    stores = (extra.value,) if extra else ()
    embedded = "Mozilla's roots, built into Node"
    if "--use-openssl-ca" in options:
        file = around.environment.get("SSL_CERT_FILE") or system[0]
        stores, embedded = (*stores, file, *system[1:]), ""
    elif "--use-system-ca" in options or around.environment.get("NODE_USE_SYSTEM_CA") == "1":
        stores = (*stores, *system)
    return Trust(
        mechanism="node",
        stores=stores,
        bundle=extra.value if extra else "",
        bundle_origin=str(extra.origin) if extra else "",
        embedded=embedded,
    )


def _command(program: str, url: str, version: str, seconds: int) -> tuple[str, ...]:
    del version
    milliseconds = str(seconds * 1000)
    bounded = ("--fetch-retries=0", f"--fetch-timeout={milliseconds}", "--no-update-notifier")
    # It is asked, and leaves no log behind.
    return (program, "ping", "--registry", url, *bounded, "--logs-max=0")


NPM = Client(
    name="npm",
    kind=Kind.NEIGHBOUR,
    programs=("npm",),
    traces=(".npmrc", "package-lock.json", "package.json"),
    sources=(
        variable(_M.BUNDLE, "npm_config_cafile", any_case=True, home=True),
        key(_M.BUNDLE, "cafile", home=True),
        variable(_M.EXTRA, "NODE_EXTRA_CA_CERTS"),
        variable(_M.INSECURE, "npm_config_strict_ssl", form=NOT, any_case=True),
        key(_M.INSECURE, "strict-ssl", form=NOT),
        key(_M.PROXY, "https-proxy"),
        key(_M.PROXY, "proxy"),
        *PROXIES,
        variable(_M.INDEX, "npm_config_registry", any_case=True),
        key(_M.INDEX, "registry"),
        # Packages of a scope come from its own registry (npm-registry-fetch, `pickRegistry`).
        key(_M.EXTRA_INDEX, "@*:registry"),
        key(_M.CLIENT_CERT, "//*:certfile"),
    ),
    places=_places,
    store=_store,
    asking=Asking(
        command=_command, reached=re.compile(r"\bcode E\d{3}\b|npm notice PONG|invalid json")
    ),
    inert=("NODE_TLS_REJECT_UNAUTHORIZED",),
    settings_files=("npm_config_userconfig",),
    advice=Advice(
        bundle="npm config set cafile {path}",
        certificate="npm config set //HOST/:certfile {path}, and :keyfile",
    ),
    mixes_indexes=False,
    default_index="https://registry.npmjs.org/",
)
