"""curl: `cacert` in its own file, which beats every variable (measured on 7.88 of Debian).

It takes the place of the system's bundle; where the system has a hashed folder too, that stays.
"""

from certmend.model import curlrc as curl_files
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
    """The file that curl reads, else the one that it would."""
    own = str(ground.home / ".curlrc")
    places = curl_files.places(ground.environment, str(ground.home))
    there = (one for one in places if ground.content(one) is not None)
    return next(there, places[0] if ground.environment.get("CURL_HOME") else own)


CURL = Target(name="curl", trust=trust, trust_host=trust_host)
