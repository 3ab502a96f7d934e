"""Clients with a setting for each source: which sources are meant, and what each is pointed at."""

from collections.abc import Callable, Iterable

from certmend.model.client import ClientFacts
from certmend.model.index import Index
from certmend.model.plan import Step, each_file_once
from certmend.remedy import pointing
from certmend.remedy.ground import Ground
from certmend.remedy.target import Wish

PointSources = Callable[[tuple[Index, ...], str, Ground], tuple[Step, ...]]
"""Makes the steps that point these sources at a bundle."""


def named(client: ClientFacts, hosts: Iterable[str]) -> tuple[Index, ...]:
    """The client's sources on these hosts that have a name, each name once."""
    wanted = set(hosts)
    found = {one.name: one for one in client.indexes if one.name and one.url.endpoint in wanted}
    return tuple(found.values())


def unnamed(client: ClientFacts, hosts: Iterable[str]) -> tuple[str, ...]:
    """The hosts that no source with a name stands for: a default index, a host of files."""
    covered = {one.url.endpoint for one in named(client, hosts)}
    return tuple(one for one in hosts if one not in covered)


def with_bundles(
    client: ClientFacts,
    wish: Wish,
    ground: Ground,
    point_sources: PointSources,
    point_rest: pointing.Point,
) -> tuple[Step, ...]:
    """Every bundle in effect mended once; the sources and hosts that have none are pointed at one.

    `point_rest` is for hosts without a source.
    """
    steps: list[Step] = []
    aimed: list[Index] = []
    kept: list[str] = []

    def later(path: str) -> tuple[Step, ...]:
        kept.append(path)
        return ()

    for one in named(client, wish.hosts):
        before = len(kept)
        found = pointing.with_bundle(
            client, client.trust_on(str(one.url)), wish, ground.after(steps), later
        )
        steps += found
        aimed += [one] if len(kept) > before else []
    if unnamed(client, wish.hosts):
        steps += pointing.with_bundle(client, client.trust, wish, ground.after(steps), point_rest)
    if aimed:
        steps += point_sources(tuple(aimed), kept[0], ground.after(steps))
    return each_file_once(steps)
