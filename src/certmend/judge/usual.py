"""The usual clients: which profile each verifies with, and which store it reads.

Measured with the clients themselves on Linux. `replaces` says what a CA file does that the
client is told to use: it takes the store's place, or is added to it.
"""

from enum import StrEnum

import msgspec

from certmend.judge import profiles
from certmend.judge.openssl import PARTIAL_CHAIN
from certmend.judge.profiles import Profile


class Reads(StrEnum):
    """A store that clients come with, or find on the machine."""

    MOZILLA = "Mozilla's roots"
    """certifi, or the roots inside a program."""
    SYSTEM = "the system's store"


class Usual(msgspec.Struct, frozen=True, kw_only=True):
    """A client that many have, whether it is installed here or not."""

    name: str
    profile: Profile
    reads: tuple[Reads, ...]
    replaces: bool = True
    keeps_dot: bool = False
    """Whether it compares names with the dot at a host's end, which no certificate holds."""


_STRICT_NO_COMMON_NAME = msgspec.structs.replace(profiles.STRICT_CHECKS, common_name=False)
_CURL = msgspec.structs.replace(profiles.PLAIN, flags=PARTIAL_CHAIN)

CLIENTS = (
    Usual(
        name="pip 24.2+ on Python 3.10+",
        profile=profiles.PLAIN,
        reads=(Reads.MOZILLA, Reads.SYSTEM),
        replaces=False,
    ),
    Usual(name="pip before 24.2", profile=profiles.PLAIN, reads=(Reads.MOZILLA,)),
    Usual(name="pip of Debian", profile=profiles.PLAIN, reads=(Reads.SYSTEM,)),
    Usual(name="uv", profile=profiles.RUSTLS, reads=(Reads.MOZILLA,)),
    Usual(name="uv --system-certs", profile=profiles.RUSTLS, reads=(Reads.SYSTEM,)),
    Usual(
        name="requests, Poetry; Python 3.13",
        profile=_STRICT_NO_COMMON_NAME,
        reads=(Reads.MOZILLA,),
    ),
    Usual(
        name="requests, Poetry; up to 3.12",
        profile=profiles.NO_COMMON_NAME,
        reads=(Reads.MOZILLA,),
    ),
    Usual(
        name="httpx; Python 3.13",
        profile=profiles.STRICT_CHECKS,
        reads=(Reads.MOZILLA,),
        keeps_dot=True,
    ),
    Usual(
        name="urllib; Python 3.13",
        profile=profiles.STRICT_CHECKS,
        reads=(Reads.SYSTEM,),
        keeps_dot=True,
    ),
    Usual(name="urllib; up to 3.12", profile=profiles.PLAIN, reads=(Reads.SYSTEM,), keeps_dot=True),
    Usual(name="curl", profile=_CURL, reads=(Reads.SYSTEM,)),
)
