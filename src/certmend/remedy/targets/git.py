"""git: `http.sslCAInfo`, beside the system's folder; GIT_SSL_CAINFO beats it.

Measured on 2.39 with libcurl-GnuTLS (http.c): a setting for a URL beats one for all.
"""

from functools import partial
from pathlib import Path

from certmend.model.client import ClientFacts, Trust
from certmend.model.plan import EditFile, Step, each_file_once
from certmend.model.setting import OriginKind
from certmend.model.text import redact, visible
from certmend.remedy import files, pointing
from certmend.remedy.edits import gitconfig
from certmend.remedy.ground import Ground, Scope, refuse
from certmend.remedy.target import Target, Wish

_SCOPES = (Scope.USER, Scope.PROJECT, Scope.SYSTEM)


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The steps after which git trusts what is wished for."""
    why = "git has no setting for the system's trust store on this system"
    return pointing.by_method(client, wish, ground, lambda: _bundle(client, wish, ground), why)


def trust_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """Verification off for the URLs of one host and port."""
    url = pointing.host_url(host)
    what = f"http.{pointing.shown(url)}.sslVerify = false: verification is off for it"
    return (_edit(_file(client, ground), url, "sslVerify", "false", what, ground),)


def _bundle(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """What decides for each refused URL, mended or pointed elsewhere."""
    file = _file(client, ground)
    urls = (
        str(one.url)
        for one in ground.facts.attempts
        if one.client == client.name and one.url.endpoint in wish.hosts
    )
    steps: tuple[Step, ...] = ()
    for trust in dict.fromkeys(client.trust_on(url) for url in urls) or (client.trust,):
        now = ground.after(steps)
        point = partial(_point, client, trust, file, now)
        steps = (*steps, *pointing.with_bundle(client, trust, wish, now, point))
    return each_file_once(steps)


def _point(
    client: ClientFacts, trust: Trust, file: str, ground: Ground, path: str
) -> tuple[Step, ...]:
    decides = pointing.origin(client, trust)
    if decides is not None and decides.kind is OriginKind.VARIABLE:
        what = "git reads this variable before its files"
        return (pointing.variable("GIT_SSL_CAINFO", path, what),)
    target, part = file, ""
    if decides is not None and decides.name.endswith(".sslcainfo"):
        written = decides.name.removeprefix("http.").rpartition(".")[0]
        # The system's file is beaten by the person's own, in a section for the same URL.
        others = not files.replaceable(decides.path)
        if decides.path == file or (ground.scope is None and not others):
            target = decides.path
        if target == decides.path or (ground.scope is None and others):
            part = _part(decides.path, written, ground)
    key = f"http.{part}.sslCAInfo" if part else "http.sslCAInfo"
    what = f"{pointing.shown(key)} = {pointing.shown(path)}"
    return (_edit(target, part, "sslCAInfo", path, what, ground),)


def _part(path: str, shown: str, ground: Ground) -> str:
    """The URL of a section as it is written: a fact shows it without its credentials."""
    known = gitconfig.parts(ground.content(path) or b"", path, "http")
    return next((one for one in known if redact(visible(one)) == shown), shown)


def _edit(path: str, part: str, key: str, value: str, what: str, ground: Ground) -> Step:
    old = ground.content(path)
    new = gitconfig.set_key(old or b"", path, "http", part, key, value)
    return EditFile(path=path, what=what, before=old, after=new)


def _file(client: ClientFacts, ground: Ground) -> str:
    """The settings file of the scope (git-config(1), "FILES")."""
    environment = ground.environment
    match pointing.scope(client, ground, *_SCOPES):
        case Scope.SYSTEM:
            return environment.get("GIT_CONFIG_SYSTEM") or "/etc/gitconfig"
        case Scope.PROJECT:
            return _repository(ground)
        case _:
            if named := environment.get("GIT_CONFIG_GLOBAL"):
                return named
            own = ground.home / ".gitconfig"
            config = Path(environment.get("XDG_CONFIG_HOME") or ground.home / ".config")
            shared = config / "git" / "config"
            only_shared = ground.content(str(own)) is None is not ground.content(str(shared))
            return str(shared if only_shared else own)


def _repository(ground: Ground) -> str:
    """The settings of the repository around the current folder; a worktree's are its parent's."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        place = folder / ".git"
        if place.is_dir():
            return str(place / "config")
        if pointer := ground.content(str(place)):
            words = pointer.decode("utf-8", "replace").removeprefix("gitdir:").strip()
            own = (folder / words).resolve()
            common = ground.content(str(own / "commondir"))
            base = own / common.decode("utf-8", "replace").strip() if common else own
            return str(base.resolve() / "config")
    raise refuse("there is no git repository here", "`--scope user` is for all of yours")


GIT = Target(name="git", trust=trust, trust_host=trust_host)
