"""uv: SSL_CERT_FILE, in the place of its own roots; or the system's store, by its version.

Measured on 0.1.45 to 0.13.9: no file of uv's names a bundle. `system-certs` is read from 0.11 on,
`native-tls` before; both are beaten by SSL_CERT_FILE and SSL_CERT_DIR.
"""

from pathlib import Path

from packaging.version import InvalidVersion, Version

from certmend.model.client import ClientFacts
from certmend.model.plan import Advise, EditFile, Step
from certmend.remedy import folders, pointing, system_store
from certmend.remedy.edits import toml
from certmend.remedy.edits.toml_statements import Keys
from certmend.remedy.ground import Ground, Method, Scope, refuse
from certmend.remedy.target import Target, Wish

_NATIVE_TLS = Version("0.1.18")
_SCOPES = (Scope.USER, Scope.PROJECT, Scope.SYSTEM)


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The steps after which uv trusts what is wished for."""
    match ground.method:
        case Method.SYSTEM_STORE:
            return _system_store(client, wish, ground)
        case Method.TRUSTSTORE:
            if pointing.reads_system(client):
                raise refuse(
                    f"{client.label} reads the system's trust store already",
                    "install the CA there with `--method system-store`",
                )
            step = _system_certs(client, ground)
            pointing.refuse_lacking(wish, ground)
            return (step,)
        case None if _system_does(client, wish, ground):
            return (_system_certs(client, ground),)
        case _:
            return _bundle(client, wish, ground)


def trust_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """Verification off for one host and port."""
    version = _version(client)
    if version < Version("0.3.5"):
        raise pointing.no_host(client, "uv can from 0.3.5 on")
    place = _file(client, ground)
    if version < Version("0.4.0") or place is None:
        have = ground.environment.get("UV_INSECURE_HOST", "").split()
        why = "switches verification off for this host; uv reads no file for it here"
        words = " ".join(dict.fromkeys((*have, host)))
        return (pointing.unverified("UV_INSECURE_HOST", words, why),)
    path, table = place
    old = ground.content(path)
    new = toml.add_word(old or b"", path, (*table, "allow-insecure-host"), host)
    what = f"allow-insecure-host: verification is off for {pointing.shown(host)}"
    return (EditFile(path=path, what=what, before=old, after=new),)


def _bundle(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    pointing.scope(client, ground, Scope.USER)

    def point(path: str) -> tuple[Step, ...]:
        what = "uv reads a bundle from this variable, and from no file"
        return (pointing.variable("SSL_CERT_FILE", path, what),)

    return pointing.with_bundle(client, client.trust, wish, ground, point, system=True)


def _system_store(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The CA in the system's store, and uv told to read it."""
    steps = system_store.steps(wish.anchors, ground)
    if pointing.reads_system(client) or any(isinstance(one, Advise) for one in steps):
        return steps
    return (*steps, _system_certs(client, ground))


def _system_does(client: ClientFacts, wish: Wish, ground: Ground) -> bool:
    """Whether the system's store holds the CAs and the public roots: then a file cures uv for good.

    A bundle takes a variable, which each shell has to set.
    """
    if client.trust.bundle or pointing.reads_system(client) or pointing.lacking(wish, ground):
        return False
    if _version(client) < _NATIVE_TLS or _file(client, ground) is None:
        return False
    held = {one.sha256 for one in pointing.system_members(ground)}
    # A distribution is some releases behind or ahead of certifi, and holds nearly all of them.
    return len(held & {one.sha256 for one in ground.roots}) * 2 > len(ground.roots)


def _system_certs(client: ClientFacts, ground: Ground) -> Step:
    if client.trust.bundle:
        raise refuse(
            f"{client.trust.bundle_origin} beats every other store of uv",
            "unset it, or use `--method bundle`, which adds the CA to what it names",
        )
    version = _version(client)
    if version < _NATIVE_TLS:
        raise refuse(f"{client.label} has no setting for it", "use `--method bundle`")
    new_name = version >= Version("0.11.0")
    place = _file(client, ground)
    if place is None:
        name = "UV_SYSTEM_CERTS" if new_name else "UV_NATIVE_TLS"
        return pointing.variable(name, "true", "UV_NO_CONFIG switches uv's files off")
    path, table = place
    key = "system-certs" if new_name else "native-tls"
    old = ground.content(path)
    new = toml.set_value(old or b"", path, (*table, key), True)
    what = f"{key} = true: the system's trust store in the place of uv's own roots"
    return EditFile(path=path, what=what, before=old, after=new)


def _file(client: ClientFacts, ground: Ground) -> tuple[str, Keys] | None:
    """The settings file of the scope and uv's table in it; None where uv reads no file.

    Beside a uv.toml, `[tool.uv]` is not read.
    """
    scope = pointing.scope(client, ground, *_SCOPES)
    if named := ground.environment.get("UV_CONFIG_FILE"):
        return named, ()
    if ground.environment.get("UV_NO_CONFIG", "").lower() in ("1", "true"):
        return None
    if scope is Scope.SYSTEM:
        return "/etc/uv/uv.toml", ()
    if scope is Scope.PROJECT:
        own, project = folders.upward("uv.toml"), folders.upward("pyproject.toml")
        beside = project.with_name("uv.toml")
        if project.exists() and not own.exists() and not beside.exists():
            return str(project), ("tool", "uv")
        return str(own), ()
    # On macOS too, uv follows the rules of XDG (crates/uv-dirs).
    config = Path(ground.environment.get("XDG_CONFIG_HOME") or ground.home / ".config")
    place = folders.config("uv", ground) if ground.platform == "win32" else config / "uv"
    return str(place / "uv.toml"), ()


def _version(client: ClientFacts) -> Version:
    try:
        return Version(client.version)
    except InvalidVersion:
        return Version("0")


UV = Target(name="uv", trust=trust, trust_host=trust_host)
