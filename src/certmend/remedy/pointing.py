"""The bundle in effect, and how a client is pointed at another: what the targets share.

The bundle that a setting names is mended in place where the person may write it and nobody else
makes it anew; else certmend keeps one with everything the client trusted before.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

from certmend.errors import UsageError
from certmend.model.client import ClientFacts, Trust
from certmend.model.finding import Owner
from certmend.model.plan import Advise, SetVariable, Step
from certmend.model.setting import Meaning, Origin, OriginKind, Role, Setting
from certmend.model.text import redact, visible
from certmend.remedy import keeping, system_store
from certmend.remedy.bundles import Member
from certmend.remedy.ground import Ground, Method, Scope, kept_by_others, refuse
from certmend.remedy.target import Wish

_SYSTEM = ("/etc/ssl/", "/etc/pki/", "/etc/ca-certificates/", "/usr/share/ca-certificates/")

_COMMENT = re.compile(r"\s[;#]")

Point = Callable[[str], tuple[Step, ...]]
"""Makes the steps that point a client at a bundle."""


def with_bundle(
    client: ClientFacts,
    trust: Trust,
    wish: Wish,
    ground: Ground,
    point: Point,
    *,
    base: tuple[Member, ...] | None = None,
    system: bool = False,
) -> tuple[Step, ...]:
    """The bundle in effect mended; or one that is kept, and the client pointed at it.

    `base` is what must not get lost, where a target knows better than `before`. `system`: what
    points at the bundle takes the system's store away from other clients.
    """
    base = before(client, trust, ground, system=system) if base is None else base
    named = _own(client, trust)
    if named:
        store = ground.facts.store(named)
        planned = os.path.realpath(named) in ground.planned
        if planned or (Path(named).exists() and store is not None and store.usable):
            return keeping.mended(named, wish, base, ground)
        if not Path(named).is_dir():
            return (keeping.anew(named, wish, (*base, *ground.members(named)), ground),)
    prefix = client.interpreter.prefix if client.interpreter else ""
    place = keeping.place(ground.scope or Scope.USER, prefix, ground)
    steps = point(place)
    base = (*base, *_read_by_others(steps, ground))
    return (keeping.whole(place, wish, base, ground), *steps)


def _read_by_others(steps: tuple[Step, ...], ground: Ground) -> tuple[Member, ...]:
    """What clients trust who share a variable that is to be set: it must not cost them anything."""
    names = dict.fromkeys(one.name for one in steps if isinstance(one, SetVariable))
    clients = [client for name in names for client in ground.neighbours(name)]
    paths = dict.fromkeys(
        path for one in clients for path in (*one.trust.stores, one.trust.bundle) if path
    )
    read = (one for path in paths if not _is_system(path) for one in ground.members(path))
    system = system_members(ground) if any(map(reads_system, clients)) else ()
    return (*read, *system)


def before(
    client: ClientFacts, trust: Trust, ground: Ground, *, system: bool = False
) -> tuple[Member, ...]:
    """What a bundle must not cost a client: the public roots, and all that it reads now.

    A bundle takes the place of a client's store in most, and of what other clients read who share
    a variable with it: what their settings name belongs to it too.
    """
    others = (one.trust.bundle for one in ground.facts.clients)
    paths = dict.fromkeys((*trust.stores, *client.trust.stores, trust.bundle, *others))
    read = (one for path in paths if path for one in ground.members(path))
    return (*ground.roots, *read, *(system_members(ground) if system else ()))


def system_members(ground: Ground) -> tuple[Member, ...]:
    """The certificates of the system's trust store."""
    paths = dict.fromkeys(one.path for one in ground.facts.stores if _is_system(one.path))
    return tuple(one for path in paths for one in ground.members(path))


def deciding(client: ClientFacts, trust: Trust) -> Setting | None:
    """The setting that names the bundle in effect; None: no setting does."""
    fits = (one for one in client.settings if str(one.origin) == trust.bundle_origin)
    return next((one for one in fits if one.role is Role.USED), None) if trust.bundle else None


def origin(client: ClientFacts, trust: Trust) -> Origin | None:
    """Where the bundle in effect was set; None: nowhere."""
    found = deciding(client, trust)
    return found.origin if found else None


def in_variable(client: ClientFacts, trust: Trust) -> str:
    """The variable that names the bundle in effect; empty when none does."""
    found = origin(client, trust)
    return found.name if found and found.kind is OriginKind.VARIABLE else ""


def variable(name: str, value: str, what: str) -> SetVariable:
    """A variable that points at a bundle or store, and why it is one."""
    return SetVariable(name=name, value=value, what=what)


def unverified(name: str, value: str, what: str) -> SetVariable:
    """A variable that switches verification off, which no profile gets."""
    return SetVariable(name=name, value=value, what=what, lasts=False)


def scope(client: ClientFacts, ground: Ground, *known: Scope) -> Scope:
    """The scope asked for, or the person's own. Raises `UsageError` where a client has none."""
    wanted = ground.scope or Scope.USER
    if wanted not in known:
        names = " or ".join(f"`--scope {one}`" for one in known)
        raise refuse(f"{client.name} has no such setting in the scope {wanted}", f"use {names}")
    return wanted


def by_method(
    client: ClientFacts, wish: Wish, ground: Ground, bundle: Callable[[], tuple[Step, ...]], no: str
) -> tuple[Step, ...]:
    """The steps of the method asked for; `no` says why the client has no truststore of its own."""
    match ground.method:
        case Method.SYSTEM_STORE:
            return through_system(client, wish, ground)
        case Method.TRUSTSTORE:
            if reads_system(client):
                raise refuse(
                    f"{client.label} reads the system's trust store already",
                    "install the CA there with `--method system-store`, or use `--method bundle`",
                )
            raise refuse(no, "use `--method bundle`")
        case _:
            return bundle()


def through_system(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The CA in the system's store, for a client that reads it. Raises `UsageError` for others."""
    if not reads_system(client):
        raise refuse(
            f"{client.label} does not read the system's trust store", "use `--method bundle`"
        )
    return system_store.steps(wish.anchors, ground)


def reads_system(client: ClientFacts) -> bool:
    """Whether the system's trust store is among what a client trusts as it is set now."""
    if client.trust.mechanism in ("truststore", "system"):
        return True
    return any(_is_system(one) for one in client.trust.stores)


def _is_system(path: str) -> bool:
    return f"{path}/".startswith(_SYSTEM)


def lacking(wish: Wish, ground: Ground) -> Member | None:
    """A CA of the wish that the system's trust store does not hold."""
    held = {
        der
        for store in ground.facts.stores
        if store.usable and _is_system(store.path)
        for der in store.anchors
    }
    return next((one for one in wish.anchors if one.der not in held), None)


def refuse_lacking(wish: Wish, ground: Ground) -> None:
    """Raise `UsageError` where the system's store would not do."""
    if missing := lacking(wish, ground):
        raise refuse(
            f'the system\'s trust store does not hold "{missing.label}"',
            "use `--method system-store` first, or `--method bundle`",
        )


def advice(subject: str, text: str) -> Advise:
    """What the person does, where certmend writes nothing for a client."""
    return Advise(to=Owner.YOU, subject=subject, text=text)


def no_host(client: ClientFacts, why: str) -> UsageError:
    """That a client cannot leave one host unverified, and why."""
    return refuse(f"{client.name} cannot leave one host unverified: {why}", "use `--ca FILE`")


def host_url(host: str) -> str:
    """The URL of a `host:port`, without the usual port."""
    return f"https://{host.removesuffix(':443')}/"


def _own(client: ClientFacts, trust: Trust) -> str:
    """The path of the bundle in effect, where it is the person's own to change; or nothing."""
    named = trust.bundle
    if not named:
        return ""
    set_by = deciding(client, trust)
    if set_by is not None and set_by.meaning is Meaning.FOLDER and not Path(named).is_dir():
        # A list of folders, or one that is not there: a file would be no folder.
        named = next((one for one in named.split(os.pathsep) if Path(one).is_dir()), "")
    if _COMMENT.search(named) and not Path(named).exists():
        return ""  # pip takes a comment behind a value for a part of it
    return named if named and not kept_by_others(named) and writable(named) else ""


def writable(named: str) -> bool:
    """Whether this user may write the bundle in effect, or make it where it is missing."""
    at = Path(named)
    if not at.is_absolute():
        return False
    while not at.exists():
        at = at.parent
    return os.access(at, os.W_OK)


def shown(text: str) -> str:
    """A path or a key as a step shows it: a key of git's may be a URL with credentials."""
    return redact(visible(text, 300))
