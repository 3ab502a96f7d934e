"""curl: `cacert` in its own file, which beats every variable (measured on 7.88 of Debian).

It takes the place of the system's bundle; where the system has a hashed folder too, that stays.
"""

from pathlib import Path

from certmend.model.client import ClientFacts
from certmend.model.plan import EditFile, Step
from certmend.model.setting import OriginKind
from certmend.remedy import pointing
from certmend.remedy.edits import curlrc
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.target import Target, Wish


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The steps after which curl trusts what is wished for."""
    why = "curl has no option for the system's trust store on this system"
    return pointing.by_method(client, wish, ground, lambda: _bundle(client, wish, ground), why)


def trust_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """Never: its `insecure` is for every host."""
    del host, ground
    raise pointing.no_host(client, "its option `insecure` is for every host")


def _bundle(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    pointing.scope(client, ground, Scope.USER)

    def point(path: str) -> tuple[Step, ...]:
        decides = pointing.origin(client, client.trust)
        in_file = decides is not None and decides.kind is OriginKind.FILE
        file = decides.path if decides and in_file else _file(ground)
        old = ground.content(file)
        new = curlrc.set_key(old or b"", file, "cacert", path)
        what = f'cacert = "{pointing.shown(path)}"'
        return (EditFile(path=file, what=what, before=old, after=new),)

    return pointing.with_bundle(client, client.trust, wish, ground, point)


def _file(ground: Ground) -> str:
    """The file that curl reads: of these the first that is there, and that alone.

    Measured with strace on 7.88; with XDG_CONFIG_HOME set, `~/.config/curlrc` is not looked for.
    """
    named = ground.environment.get("CURL_HOME", "")
    config = ground.environment.get("XDG_CONFIG_HOME", "")
    own = ground.home / ".curlrc"
    places = [
        *([Path(named) / ".curlrc"] if named else []),
        *([Path(config) / ".curlrc"] if config else []),
        own,
        *([] if config else [ground.home / ".config" / "curlrc"]),
    ]
    there = (one for one in places if ground.content(str(one)) is not None)
    return str(next(there, places[0] if named else own))


CURL = Target(name="curl", trust=trust, trust_host=trust_host)
