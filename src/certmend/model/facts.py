"""Everything that was observed: the only argument of a judge.

The same facts give the same findings, on any machine and at any time: `now` is one of them.
A facts file is a bug report, and a bug report is a test.
"""

from datetime import datetime

import msgspec

from certmend.model.attempt import Attempt
from certmend.model.client import ClientFacts
from certmend.model.index import Index
from certmend.model.store import TrustStore

SCHEMA = "certmend/facts/1"


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """The machine that was observed."""

    platform: str = ""
    clock_floor: datetime | None = None
    """A time that is certainly past: the newest date in certmend's own public roots."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate fetched from an address that another certificate names (AIA)."""

    url: str
    certificates: tuple[bytes, ...] = ()
    problem: str = ""


class Revocation(msgspec.Struct, frozen=True, kw_only=True):
    """What a CA says of a certificate on its revocation list."""

    sha256: str
    """Of the certificate in question."""
    source: str
    """The list's address."""
    revoked_at: datetime | None = None
    """When it was revoked; None: it is not on the list."""
    signed: bool = False
    """Whether the list's signature was made by the certificate's issuer."""
    problem: str = ""


class FileProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a requirements file that is about TLS and does not do what it says."""

    path: str
    line: int
    text: str
    why: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that was observed in one run."""

    schema: str = SCHEMA
    version: str
    """certmend's own."""
    now: datetime
    """The local clock, or the time asked for; aware, in UTC."""
    machine: Machine = Machine()
    clients: tuple[ClientFacts, ...] = ()
    indexes: tuple[Index, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    stores: tuple[TrustStore, ...] = ()
    """Of the clients and of this machine, each once."""
    public_roots: tuple[bytes, ...] = ()
    """Those of Mozilla's roots that bear on the chains seen."""
    fetched: tuple[Fetched, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    file_problems: tuple[FileProblem, ...] = ()
    about_settings: bool = False
    """Whether the settings themselves were asked about, and nothing was connected to."""
    package: str = ""
    """The package that was looked for; empty when none was."""

    def client(self, name: str) -> ClientFacts:
        """The client of that name; raises `KeyError` when there is none."""
        for client in self.clients:
            if client.name == name:
                return client
        raise KeyError(name)

    def store(self, path: str) -> TrustStore | None:
        """The store at a path, if it was looked at."""
        return next((store for store in self.stores if store.path == path), None)
