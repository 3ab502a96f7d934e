"""An inspection: what was looked at, and what is said of it."""

from datetime import datetime

import msgspec

from certmend.model.attempt import Probe
from certmend.model.facts import Fetched, Revocation
from certmend.model.finding import Finding
from certmend.model.store import TrustStore


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to inspect: a server, or the files that hold a chain."""

    server: str = ""
    """`HOST`, `HOST:PORT` or a URL."""
    files: tuple[str, ...] = ()
    trust: str = ""
    """A CA file or folder; empty: what this machine has."""
    host: str | None = None
    at: datetime
    proxy: str = ""
    timeout: float = 10.0
    fetch: bool = True
    """Whether a server's missing certificates and revocation lists are fetched."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a Python of this machine said of the chain, whatever its dates."""

    path: str
    version: str
    openssl: str
    flags: int
    """Of its `ssl.create_default_context()`."""
    with_given: bool
    """Whether it was asked with the store given, or with what it finds itself."""
    code: int | None
    """OpenSSL's number; 0 for a chain it takes, None when it did not come to verify it."""
    text: str = ""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What an inspection judges: a chain, a host, a time, and what this machine trusts."""

    target: str
    """The host and port, the URL or the files, fit to be shown."""
    host: str
    """The name that the certificate should be for; empty: the name is not judged."""
    port: int = 443
    at: datetime
    chain: tuple[bytes, ...] = ()
    """As sent, leaf first."""
    notes: tuple[str, ...] = ()
    """What is worth saying of the input: a block that was skipped, PKCS#7 …"""
    probe: Probe | None = None
    """How the host was reached; None for files."""
    given: TrustStore | None = None
    """What `--trust` names; its certificates are all there."""
    system: TrustStore
    """The system's trust store, cut down to what bears on the chain."""
    mozilla: TrustStore
    """Mozilla's roots, likewise."""
    others: tuple[TrustStore, ...] = ()
    """Every other store of this machine, likewise."""
    fetched: tuple[Fetched, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    asked: tuple[Asked, ...] = ()


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate of the tree, from the server's own upwards."""

    der: bytes
    position: int = 0
    """Its place in what was sent, from 1; 0 when it was not sent."""
    role: str = ""
    """`leaf`, `intermediate` or `root`."""
    state: str = ""
    """`sent`, `missing`, `superfluous`, `repeated`, or `anchor`: trusted, and not sent."""
    signed: bool = True
    """Whether the certificate above it in the tree made its signature."""
    stores: tuple[str, ...] = ()
    """The stores of this machine that hold it."""


class FaultLine(msgspec.Struct, frozen=True, kw_only=True):
    """One fault in its verifier's words."""

    code: int | None
    """OpenSSL's number, where it is OpenSSL's."""
    text: str
    depth: int
    subject: str
    sha256: str


class ProfileVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one profile says."""

    profile: str
    whose: str
    trusted: bool
    error: int | None
    faults: tuple[FaultLine, ...] = ()
    anchor: str = ""
    """The certificate that ends the path; empty when none does."""


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """One client with one store at one time."""

    client: str
    profile: str
    store: str
    at: datetime
    works: bool
    code: str = ""
    """The first cause of the failure."""
    error: str = ""
    """The verifier's own first error."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A finding, and the profiles that it is for."""

    finding: Finding
    profiles: tuple[str, ...]


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer."""

    material: Material
    ordered: bool = True
    """Whether each certificate that counts was sent right after the one it signed."""
    links: tuple[Link, ...] = ()
    verdicts: tuple[ProfileVerdict, ...] = ()
    findings: tuple[Told, ...] = ()
    table: tuple[WhatIf, ...] = ()
