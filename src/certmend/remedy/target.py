"""A target: how one client, in its version, is made to trust CAs. One file for each client."""

from collections.abc import Callable

import msgspec

from certmend import registry
from certmend.model.client import ClientFacts
from certmend.model.need import Need
from certmend.model.plan import Step
from certmend.remedy.bundles import Member
from certmend.remedy.ground import Ground


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a client is to trust in addition."""

    anchors: tuple[Member, ...]
    public: bool = False
    """Whether the public roots are missing as well."""
    hosts: tuple[str, ...] = ()
    """The `host:port` that the client refuses for want of it."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A plug-in of `certmend.remedy.targets`."""

    name: str
    """The client's name, as in `ClientFacts.name`."""
    trust: Callable[[ClientFacts, Wish, Ground], tuple[Step, ...]]
    """The steps after which the client trusts what is wished for.

    Raises `UsageError` where the method or scope asked for cannot work with this version.
    """
    trust_host: Callable[[ClientFacts, str, Ground], tuple[Step, ...]] | None = None
    """The steps that switch verification off for one `host:port`; None: never."""
    verify_host: Callable[[ClientFacts, str, Ground], tuple[Step, ...]] | None = None
    """The steps that take that back; none where no file says it. None: the person does it."""


def find(client: str) -> Target | None:
    """The target of a client; None for one that certmend points at nothing."""
    known: tuple[Target, ...] = registry.load("certmend.remedy.targets", Target)
    return next((one for one in known if one.name == client), None)


def can_act(need: Need, ground: Ground) -> bool:
    """Whether trust is all that a host needs, and can be had: of one that is reached unverified.

    Its switch must stand in a file, and nothing else may be wrong with its chain.
    """
    if not need.unverified:
        return True
    clients = (one for one in ground.facts.clients if one.name == need.client)
    client, target = next(clients, None), find(need.client)
    if client is None or target is None or target.verify_host is None or need.remaining:
        return False
    return bool(target.verify_host(client, need.host, ground))
