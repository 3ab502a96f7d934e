"""A target: how one client, in its version, is made to trust CAs. One file for each client."""

from collections.abc import Callable

import msgspec

from certmend.model.client import ClientFacts
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
