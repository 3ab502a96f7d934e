"""curl: its own file, then variables; the system's folder stays trusted beside a file.

Measured on 7.88 of Debian (src/tool_operate.c, `get_url_file_name` and what follows).
"""

import re

from certmend.model import curlrc
from certmend.model.client import Advice, Trust
from certmend.model.plugin import Asking, Client, Kind, Place, Resolved, Surroundings
from certmend.model.setting import Meaning
from certmend.observe.files import keyed
from certmend.observe.tables import PARTIAL_CHAIN, PROXIES, SWITCH, key, variable
from certmend.observe.versions import at_least

_M = Meaning
_LARGEST = "1000000"
"""Bytes of a page that are fetched; of a larger one the headers alone."""


def _places(around: Surroundings) -> tuple[Place, ...]:
    """The one file that is read."""
    there = filter(keyed.exists, curlrc.places(around.environment, around.home))
    path = next(there, f"{around.home}/.curlrc")
    return (Place(name=".curlrc", path=path, format="curlrc"),)


def _store(resolved: Resolved, scope: str) -> Trust:
    """A file replaces the system's bundle, a folder its folder; the other one stays."""
    del scope
    file, folder = resolved.first(Meaning.BUNDLE), resolved.first(Meaning.FOLDER)
    if any(one is not None and one.origin.path for one in (file, folder)):
        # With an option of either kind no variable is read.
        file = file if file and file.origin.path else None
        folder = folder if folder and folder.origin.path else None
    elif file is not None and file.origin.name == "CURL_CA_BUNDLE":
        folder = None
    elif folder is not None:
        file = None
    named = file or folder
    bundle, hashed = resolved.around.system
    stores = (file.value if file else bundle, *(folder.value.split(":") if folder else (hashed,)))
    return Trust(
        mechanism="openssl",
        stores=tuple(path for path in stores if path),
        bundle=named.value if named else "",
        bundle_origin=str(named.origin) if named else "",
        verify_flags=PARTIAL_CHAIN,  # since 7.68 (lib/vtls/openssl.c)
    )


def _command(program: str, url: str, version: str, seconds: int) -> tuple[str, ...]:
    alone = ("--suppress-connect-headers",) if at_least(version, "7.54.0") else ()
    # The headers come first, then the page: both are read as an answer. The root page of a large
    # index has 40 MB: its headers are enough.
    bounds = ("--max-time", str(seconds), "--max-filesize", _LARGEST)
    return (program, "-sS", "-i", *alone, *bounds, "--no-netrc", url)


CURL = Client(
    name="curl",
    kind=Kind.NEIGHBOUR,
    programs=("curl",),
    traces=(),
    sources=(
        key(_M.BUNDLE, "cacert"),
        key(_M.FOLDER, "capath"),
        variable(_M.BUNDLE, "CURL_CA_BUNDLE"),
        variable(_M.FOLDER, "SSL_CERT_DIR"),
        variable(_M.BUNDLE, "SSL_CERT_FILE"),
        key(_M.INSECURE, "insecure", form=SWITCH),
        key(_M.CLIENT_CERT, "cert"),
        key(_M.PROXY, "proxy"),
        *PROXIES,
    ),
    places=_places,
    store=_store,
    asking=Asking(command=_command, reached=re.compile(r"(?!)")),
    advice=Advice(
        bundle="export CURL_CA_BUNDLE={path}", replaces=False, certificate="curl --cert {path}"
    ),
)
