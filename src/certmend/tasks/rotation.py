"""A CA is replaced by its successor: both trusted side by side until nobody needs the old one."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from certmend.errors import CertmendError, UsageError
from certmend.model.setting import OriginKind
from certmend.model.text import visible
from certmend.observe import bundle, gather
from certmend.observe.request import Request
from certmend.observe.stores.linux import BUNDLES, SOURCES
from certmend.remedy import bundles, files
from certmend.remedy.bundles import Member
from certmend.tasks import bundling

_TIMEOUT = 10.0


class HostState(msgspec.Struct, frozen=True, kw_only=True):
    """One index: whether it still needs the old CA."""

    host: str
    moved: bool
    """It verifies without the old CA."""
    needs_old: bool
    """It verifies with the old CA and not without it."""
    reason: str = ""
    reached: bool = True
    client: str = ""
    """Whose settings name it; empty where the person did."""


class Rotation(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done now."""

    retires: bool
    hosts: tuple[HostState, ...]
    contents: dict[str, bytes]
    """The bundles as they become."""
    left: tuple[str, ...]
    """Files that hold the old CA and belong to the system or a package: not changed here."""
    due: bool
    """Whether the date has come."""


def plan(
    add: Member,
    retire: Member,
    named: Sequence[str],
    hosts: Sequence[str],
    after: datetime | None,
    now: datetime,
    environment: Mapping[str, str],
) -> Rotation:
    """Look at indexes and bundles, and decide. Raises `UsageError` when nothing holds the CA.

    Beside `hosts`, the indexes that clients here are set to are looked at: none of them may break.
    """
    if add.sha256 == retire.sha256:
        raise UsageError("the new CA and the old one are the same", "give two certificates")
    used = _used(environment)
    if not hosts and not used and after is None:
        raise UsageError(
            "nothing says when the old CA is no longer needed",
            "name the indexes with `--host`, or a date with `--after`",
        )
    changed, left = _bundles(retire, named, environment)
    if not changed:
        words = f"; it is in {left[0]}, which the system keeps" if left else ""
        raise UsageError(
            f'no bundle here holds "{retire.label}"{words}', "name the bundle as an argument"
        )
    trusted = {der for path in changed for der in bundle.read(path, "a bundle").certificates}
    given = tuple(_state(host, trusted, add, retire, now) for host in hosts)
    seen = {one.host for one in given}
    own = (
        msgspec.structs.replace(_state(host, trusted, add, retire, now), client=client)
        for host, client in used.items()
        if host not in seen
    )
    # What neither CA helps has roots elsewhere; what does not answer may need the old one.
    states = (*given, *(one for one in own if one.moved or one.needs_old or not one.reached))
    due = after is not None and now >= after
    needed = any(one.needs_old for one in states)
    moved = bool(states) and all(one.moved for one in states)
    retires = not needed and (moved or due)
    drop = (retire.sha256,) if retires else ()
    contents = {
        path: bundles.removed(bundles.added(files.see(path).content or b"", (add,)), drop)
        for path in changed
    }
    return Rotation(retires=retires, hosts=states, contents=contents, left=left, due=due)


def _used(environment: Mapping[str, str]) -> dict[str, str]:
    """The `host:port` of the indexes that somebody set for a client here, and which client."""
    try:
        clients = gather.settings(Request(clients=("all",)), environment).clients
    except CertmendError:
        return {}
    return {
        index.url.endpoint: client.name
        for client in reversed(clients)
        for index in client.indexes
        if index.url.scheme == "https" and index.origin.kind is not OriginKind.DEFAULT
    }


def _bundles(
    retire: Member, named: Sequence[str], environment: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files to change, and those with the old CA that are somebody else's to change."""
    if named:
        return tuple(one for one in named if bundling.existing(one)), ()
    holding = [copy for copy in bundling.copies(environment) if retire.der in copy.certificates]
    ours = [copy.path for copy in holding if not _kept_by_others(copy.path)]
    left = [visible(copy.path, 300) for copy in holding if _kept_by_others(copy.path)]
    return tuple(ours), tuple(left)


def _kept_by_others(path: str) -> bool:
    """Whether the system or a package writes this file anew by itself."""
    place = Path(os.path.realpath(path))
    system = {Path(one).resolve() for one in (*BUNDLES.paths, *SOURCES.paths, "/etc/ssl/certs")}
    packaged = "site-packages" in place.parts or "dist-packages" in place.parts
    return packaged or bool(system & {place, *place.parents})


def _state(
    host: str,
    trusted: Iterable[bytes],
    add: Member,
    retire: Member,
    now: datetime,
) -> HostState:
    both = {*trusted, add.der, retire.der}
    without = bundling.verdict(host, both - {retire.der}, now, _TIMEOUT)
    if without.verified:
        return HostState(host=without.host, moved=True, needs_old=False)
    beside = bundling.verdict(host, both, now, _TIMEOUT)
    return HostState(
        host=without.host,
        moved=False,
        needs_old=beside.verified,
        reason=without.reason,
        reached=bool(without.chain),
    )
