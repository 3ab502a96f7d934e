"""A failure as a log tells it: where it stands, how often, and what else the lines say."""

import msgspec

from certmend.model.failure import Failure
from certmend.model.url import Url

UNKNOWN_HOST = "the index"
"""Stands for a host that the log does not name."""


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One failure of one host, with all its repetitions."""

    failure: Failure
    url: Url | None = None
    """Where it happened, without credentials; None when the log does not say."""
    client: str = ""
    """The client's name; empty when the log does not tell."""
    version: str = ""
    python: str = ""
    """The version of the Python that runs it."""
    openssl: str = ""
    file: str = ""
    """The log, as it was named; `-` is standard input."""
    lines: tuple[int, ...] = ()
    """The first lines that tell it, counted from 1."""
    count: int = 1
    """How often it is told: retries, and the same again for another package."""
    overcome: bool = False
    """Whether only retries tell it, and the client succeeded in the end."""
    several_indexes: bool = False
    """Whether the client was looking in more than one index."""

    @property
    def host(self) -> str:
        """The host, or words that stand for it."""
        return self.url.host if self.url is not None else UNKNOWN_HOST

    @property
    def endpoint(self) -> str:
        """`host:port`, or words that stand for it."""
        return self.url.endpoint if self.url is not None else UNKNOWN_HOST


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read from the logs given."""

    sightings: tuple[Sighting, ...] = ()
    files: tuple[str, ...] = ()
    size: int = 0
    """Bytes read."""
    skipped: int = 0
    """Places that look like more of the same, and were not read."""
