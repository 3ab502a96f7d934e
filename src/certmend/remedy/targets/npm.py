"""npm: `cafile` in an .npmrc, in the place of Node's roots and of NODE_EXTRA_CA_CERTS.

Measured on npm 11 with Node 20 and 24 (@npmcli/config): the variable npm_config_cafile beats the
project's file, which beats the person's.
"""

from pathlib import Path

from certmend.model.client import ClientFacts
from certmend.model.plan import EditFile, Step
from certmend.model.setting import OriginKind
from certmend.remedy import files, pointing
from certmend.remedy.edits import npmrc
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.target import Target, Wish

_SCOPES = (Scope.USER, Scope.PROJECT, Scope.SYSTEM)
_KEY = "cafile"


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The steps after which npm trusts what is wished for."""
    why = (
        "npm has no setting for the system's trust store: from Node 22.19 and 24.6 on, the "
        "variable NODE_USE_SYSTEM_CA=1 makes Node read it"
    )
    return pointing.by_method(client, wish, ground, lambda: _bundle(client, wish, ground), why)


def trust_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """Never: its `strict-ssl` is for every host."""
    del host, ground
    raise pointing.no_host(client, "its setting `strict-ssl` is for every host")


def _bundle(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    file = _file(client, ground)

    def point(path: str) -> tuple[Step, ...]:
        # npm passes over a cafile that is not there; it is the strongest one all the same.
        named = (one.origin for one in client.settings if one.origin.name.lower().endswith(_KEY))
        decides = next(named, None)
        if decides is not None and decides.kind is OriginKind.VARIABLE:
            what = "npm reads this variable before its files"
            return (pointing.variable(decides.name, path, what),)
        mine = decides is not None and files.replaceable(decides.path)
        target = decides.path if decides and mine and ground.scope is None else file
        old = ground.content(target)
        new = npmrc.set_key(old or b"", target, _KEY, path)
        what = f"cafile = {pointing.shown(path)}"
        return (EditFile(path=target, what=what, before=old, after=new),)

    return pointing.with_bundle(client, client.trust, wish, ground, point)


def _file(client: ClientFacts, ground: Ground) -> str:
    """The settings file of the scope (docs.npmjs.com, "npmrc")."""
    named = {name.lower(): value for name, value in ground.environment.items() if value}
    match pointing.scope(client, ground, *_SCOPES):
        case Scope.PROJECT:
            return str(_project() / ".npmrc")
        case Scope.SYSTEM:
            return named.get("npm_config_globalconfig") or str(_machine(client))
        case _:
            return named.get("npm_config_userconfig") or str(ground.home / ".npmrc")


def _machine(client: ClientFacts) -> Path:
    """In the prefix that npm stands in; Debian's own npm has a place of its own."""
    if Path("/usr/share/nodejs/npm").is_dir():
        return Path("/etc/npmrc")
    return Path(client.location).parent.resolve().parent / "etc" / "npmrc"


def _project() -> Path:
    """The nearest folder that npm takes for a project (@npmcli/config, `loadLocalPrefix`)."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "package.json").exists() or (folder / "node_modules").is_dir():
            return folder
    return here


NPM = Target(name="npm", trust=trust, trust_host=trust_host)
