"""uv: its own roots, unless a variable or the system's store takes their place.

Measured on 0.1.45 to 0.13.9; everything replaces (crates/uv-client/src/base_client.rs, tls.rs).
"""

import re

from certmend.model.client import WEBPKI, Advice, Trust
from certmend.model.plugin import Asking, Client, Kind, Place, Resolved, Surroundings, Table
from certmend.model.setting import Active, Meaning
from certmend.observe.files import keyed
from certmend.observe.indexes import package_page
from certmend.observe.tables import (
    HOSTS,
    PROXIES,
    SWITCH,
    config_home,
    flag,
    key,
    upward,
    variable,
)
from certmend.observe.versions import at_least

_M = Meaning
_PACKAGE = "certmend-asks"
"""A name that no index has."""
_SOURCES = (
    flag(_M.BUNDLE, "--cert", since="0.12.0"),
    variable(_M.BUNDLE, "SSL_CERT_FILE"),
    variable(_M.FOLDER, "SSL_CERT_DIR", since="0.9.10"),
    flag(_M.SYSTEM, "--system-certs", since="0.11.0", form=SWITCH),
    variable(_M.SYSTEM, "UV_SYSTEM_CERTS", since="0.11.0", form=SWITCH),
    flag(_M.SYSTEM, "--native-tls", form=SWITCH),
    variable(_M.SYSTEM, "UV_NATIVE_TLS", form=SWITCH),
    key(_M.SYSTEM, "system-certs", since="0.11.0", form=SWITCH),
    key(_M.SYSTEM, "native-tls", form=SWITCH),
    flag(_M.INSECURE, "--trusted-host", since="0.3.5", form=HOSTS),
    variable(_M.INSECURE, "UV_INSECURE_HOST", since="0.3.5", form=HOSTS),
    key(_M.INSECURE, "allow-insecure-host", since="0.4.0", form=HOSTS),
    key(_M.INSECURE, "pip.allow-insecure-host", since="0.4.0", until="0.5.0", form=HOSTS),
    variable(_M.CLIENT_CERT, "SSL_CLIENT_CERT", since="0.2.0"),
    *PROXIES,
    flag(_M.INDEX, "--index-url"),
    variable(_M.INDEX, "UV_DEFAULT_INDEX", since="0.4.23"),
    variable(_M.INDEX, "UV_INDEX_URL"),
    key(_M.INDEX, "index-url"),
    key(_M.INDEX, "pip.index-url"),
    flag(_M.EXTRA_INDEX, "--extra-index-url"),
    variable(_M.EXTRA_INDEX, "UV_INDEX", since="0.4.23"),
    variable(_M.EXTRA_INDEX, "UV_EXTRA_INDEX_URL"),
    key(_M.EXTRA_INDEX, "extra-index-url"),
    key(_M.EXTRA_INDEX, "pip.extra-index-url"),
)


def _places(around: Surroundings) -> tuple[Place, ...]:
    """The project's file, the user's, the machine's; `uv.toml` shuts `[tool.uv]` out."""
    user, named = config_home(around), around.environment.get("UV_CONFIG_FILE")
    if named:
        return (Place(name="uv.toml", path=named, format="toml"),)
    if around.environment.get("UV_NO_CONFIG", "").lower() in ("1", "true"):
        return ()
    own = upward(around.folder, "uv.toml")
    project = upward(around.folder, "pyproject.toml")
    beside = keyed.exists(project.removesuffix("pyproject.toml") + "uv.toml")
    why = "a uv.toml beside it is read in its place" if beside else ""
    machine = "" if at_least(around.version, "0.4.0") else "read only since version 0.4.0"
    return (
        Place(name="uv.toml", path=own, format="toml"),
        Place(name="pyproject.toml", path=project, format="toml", prefix="tool.uv.", why_not=why),
        Place(name="uv.toml", path=f"{user}/uv/uv.toml", format="toml"),
        Place(name="uv.toml", path="/etc/uv/uv.toml", format="toml", why_not=machine),
    )


def _store(resolved: Resolved, scope: str) -> Trust:
    del scope
    version = resolved.around.version
    flagged = [one for one in resolved.active if one.origin.name == "--cert"]
    file = resolved.first(Meaning.BUNDLE)
    folder = resolved.first(Meaning.FOLDER) if at_least(version, "0.9.10") else None
    named = flagged[:1] or [one for one in (file, folder) if one is not None]
    usable = [one for one in named if _usable(one, version)]
    if named and (usable or at_least(version, "0.12.0")):
        return _replaced(named, resolved.around)
    if resolved.on(Meaning.SYSTEM) and not named:
        # rustls-native-certs reads the variable itself, where uv does not yet.
        listed = resolved.around.environment.get("SSL_CERT_DIR")
        stores = tuple(path for path in resolved.around.system if path)
        stores = tuple(listed.split(":")) if listed else stores
        on = resolved.first(Meaning.SYSTEM)
        return Trust(
            mechanism="system",
            stores=stores,
            bundle_origin=str(on.origin) if on else "",
            verifier=WEBPKI,
            reads_common_name=False,
        )
    return Trust(
        mechanism="embedded",
        embedded="Mozilla's roots, built into uv",
        verifier=WEBPKI,
        reads_common_name=False,
    )


def _replaced(named: list[Active], around: Surroundings) -> Trust:
    folders = [part for one in named for part in one.value.split(":")]
    if named[0].origin.name == "SSL_CERT_FILE" and not at_least(around.version, "0.9.10"):
        # The file makes uv ask rustls-native-certs, which then reads the other variable too.
        folders += [one for one in around.environment.get("SSL_CERT_DIR", "").split(":") if one]
    return Trust(
        mechanism="bundle",
        stores=tuple(folders),
        bundle=named[0].value,
        bundle_origin=str(named[0].origin),
        replaces=True,
        verifier=WEBPKI,
        reads_common_name=False,
    )


def _usable(one: Active, version: str) -> bool:
    """Before 0.12 a path that is not there leaves the built-in roots; in 0.11 a bad file too."""
    from certmend.observe import bundle

    found = [bundle.read(path, "") for path in one.value.split(":")]
    if at_least(version, "0.11.0"):
        return any(one.certificates for one in found)
    return any(one.store.problem != "absent" for one in found)


def _command(program: str, url: str, version: str, seconds: int) -> tuple[str, ...]:
    """A dry run that looks at one page, for a package that no index has.

    It is the page that uv would ask for: the root page of a large index has 40 MB.
    """
    return _look(program, package_page(url, _PACKAGE), version, seconds)


def _look(program: str, page: str, version: str, seconds: int) -> tuple[str, ...]:
    """By `--find-links`, so that it asks no other index that its files name."""
    del seconds
    new = ("--no-progress",) if at_least(version, "0.2.0") else ()
    words = ("pip", "install", "--dry-run", "--no-index", "--no-cache", "--no-deps", *new)
    return (program, *words, "--find-links", page, "--python", "{python}", _PACKAGE)


UV = Client(
    name="uv",
    kind=Kind.INSTALLER,
    programs=("uv",),
    traces=("uv.lock", "uv.toml", "pyproject.toml#tool.uv"),
    sources=_SOURCES,
    tables=(Table(key="index", drops_default=lambda fields, _: fields.get("default") == "true"),),
    places=_places,
    store=_store,
    asking=Asking(
        command=_command,
        variables={"UV_HTTP_RETRIES": "0", "UV_PYTHON_DOWNLOADS": "never"},
        # What it says of a page that it got; all else is about the way there. A warning is not: it
        # may be about a bundle that is passed over.
        reached=re.compile(
            r"\A(?!(?s:.*)^(?!\s*warning\b)[^\n]*(?:error sending request|error decoding response"
            r"|client error \((?!\d)"
            r"|invalid peer|dns error|tcp connect|timed? ?out|handshake|certificate))",
            re.IGNORECASE | re.MULTILINE,
        ),
        status=re.compile(r"HTTP status (?:client|server) error \((?P<status>[45]\d\d)\b"),
        place=re.compile(
            r"(?:error sending request|error \([45]\d\d\b[^)]{0,60}\)) for url "
            r"\((?P<url>https?://[^\s)]+)\)"
        ),
        # A folder of files, as S3 has it, forbids what is not there; others redirect to PyPI.
        again=_look,
        credentials=re.compile(r"UV_INDEX_.+_(?:USERNAME|PASSWORD)"),
        refuses=re.compile(
            r"^error: (?:failed to (?:parse|read|open)(?: environment variable|:? .*\.toml)"
            r"|unexpected argument|invalid value|no (?:virtual environment|interpreter) found"
            r"|failed to (?:inspect|query) python)",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    settings_files=("UV_CONFIG_FILE",),
    stops_without=True,
    advice=Advice(
        bundle="export SSL_CERT_FILE={path}",
        system="export UV_SYSTEM_CERTS=1 (before 0.11: UV_NATIVE_TLS=1)",
        certificate="export SSL_CLIENT_CERT={path}",
    ),
    mixes_indexes=False,
    default_index="https://pypi.org/simple/",
)
