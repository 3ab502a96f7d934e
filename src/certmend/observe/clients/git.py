"""git: libcurl with its own settings; a file is added to the system's folder, a folder replaces.

Measured on 2.39 with libcurl-GnuTLS (http.c): curl's and OpenSSL's variables are not read.
"""

import re
from pathlib import Path

from certmend import process
from certmend.model.client import Advice, Trust
from certmend.model.plugin import Asking, Client, Kind, Place, Resolved, Surroundings
from certmend.model.setting import Meaning
from certmend.observe.tables import (
    NOT,
    PARTIAL_CHAIN,
    PROXIES,
    SWITCH,
    config_home,
    key,
    upward,
    variable,
)

_M = Meaning
_SECONDS = 10.0


def _places(around: Surroundings) -> tuple[Place, ...]:
    paths = _asked(around) or _documented(around)
    return tuple(Place(name="gitconfig", path=path, format="git") for path in paths)


def _asked(around: Surroundings) -> tuple[str, ...]:
    """The files that git reads here, strongest first: it follows `include` and `includeIf`.

    A file counts as late as its last setting of `http`: an included file is read where it is named.
    """
    command = ("git", "config", "--list", "--show-origin", "--null")
    try:
        done = process.run(
            command, timeout=_SECONDS, environment=around.environment, folder=Path(around.folder)
        )
    except (OSError, process.TimeoutExpired):
        return ()
    words = done.stdout.split("\0")
    order: dict[str, None] = {}
    for origin, setting in zip(words[::2], words[1::2], strict=False):
        path = str(Path(around.folder, origin.removeprefix("file:")))
        if origin.startswith("file:") and (setting.startswith("http.") or path not in order):
            order.pop(path, None)
            order[path] = None
    return tuple(reversed(order))


def _documented(around: Surroundings) -> tuple[str, ...]:
    """The files of git-config(1), "FILES"."""
    own = upward(around.folder, ".git/config")
    machine = around.environment.get("GIT_CONFIG_SYSTEM") or "/etc/gitconfig"
    if around.environment.get("GIT_CONFIG_NOSYSTEM"):
        machine = ""
    if named := around.environment.get("GIT_CONFIG_GLOBAL"):
        users: tuple[str, ...] = (named,)
    else:
        users = (f"{around.home}/.gitconfig", f"{config_home(around)}/git/config")
    return (own, *users, *((machine,) if machine else ()))


def _store(resolved: Resolved, scope: str) -> Trust:
    file = resolved.first(Meaning.BUNDLE, scope=scope)
    if (named := resolved.first(Meaning.BUNDLE)) and named.origin.name == "GIT_SSL_CAINFO":
        file = named
    folder = resolved.first(Meaning.FOLDER)
    bundle, hashed = resolved.around.system
    if folder is not None:
        stores: tuple[str, ...] = ((file.value,) if file else ()) + (folder.value,)
    else:
        stores = (file.value if file else bundle, hashed)
    one = file or folder
    return Trust(
        mechanism="gnutls",
        stores=tuple(path for path in stores if path),
        bundle=one.value if one else "",
        bundle_origin=str(one.origin) if one else "",
        replaces=folder is not None,
        verify_flags=PARTIAL_CHAIN,  # GnuTLS takes every certificate of a bundle for an anchor
    )


def _command(program: str, url: str, version: str, seconds: int) -> tuple[str, ...]:
    del version, seconds
    return (program, "-c", "credential.helper=", "ls-remote", url)


GIT = Client(
    name="git",
    kind=Kind.NEIGHBOUR,
    programs=("git",),
    sources=(
        variable(_M.BUNDLE, "GIT_SSL_CAINFO"),
        key(_M.BUNDLE, "http.*.sslcainfo", home=True),
        key(_M.BUNDLE, "http.sslcainfo", home=True),
        variable(_M.FOLDER, "GIT_SSL_CAPATH"),
        key(_M.FOLDER, "http.sslcapath", home=True),
        variable(_M.INSECURE, "GIT_SSL_NO_VERIFY", form=SWITCH),
        key(_M.INSECURE, "http.*.sslverify", form=NOT),
        key(_M.INSECURE, "http.sslverify", form=NOT),
        variable(_M.CLIENT_CERT, "GIT_SSL_CERT"),
        key(_M.CLIENT_CERT, "http.sslcert", home=True),
        key(_M.PROXY, "http.proxy"),
        *PROXIES,
    ),
    places=_places,
    store=_store,
    asking=Asking(
        command=_command,
        variables={"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true", "LC_ALL": "C"},
        reached=re.compile(
            r"repository '.*' not found|not valid: is this a git repository"
            r"|Authentication failed|returned error: \d{3}|terminal prompts disabled"
        ),
        refuses=re.compile(r"^(?:fatal|error): bad .{0,20}config ", re.MULTILINE),
    ),
    settings_files=("GIT_CONFIG_GLOBAL",),
    advice=Advice(
        bundle="git config --global http.sslCAInfo {path}",
        replaces=False,
        certificate="git config --global http.sslCert {path}",
    ),
)
