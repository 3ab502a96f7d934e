"""One try to reach an index, stage by stage; a broken connection is a fact, not an exception."""

import msgspec

from certmend.model.failure import Failure
from certmend.model.index import Purpose, Reply
from certmend.model.url import Url


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """What a server showed in one TLS handshake that trusted anything and sent no request."""

    server_name: str = ""
    """The name sent (RFC 6066, section 3); empty when none was."""
    protocol: str = ""
    cipher: str = ""
    group: int = 0
    """The curve of a TLS 1.2 key exchange (IANA, "TLS Supported Groups"); 0: none was seen."""
    scheme: int = 0
    """What signs that key exchange (IANA, "TLS SignatureScheme")."""
    chain: tuple[bytes, ...] = ()
    """DER, as sent, leaf first."""
    failure: Failure | None = None
    first_bytes: bytes = b""
    """The start of what the server sent when that is no TLS."""
    wants_client_certificate: bool = False


class Proxy(msgspec.Struct, frozen=True, kw_only=True):
    """The proxy between, and how it took the request for a tunnel."""

    url: Url
    status: int = 0
    """The status of its answer to CONNECT; 0 when there was none."""
    realm: str = ""
    server: str = ""
    """Its own words in Server, Via or X-Squid-Error."""
    sight: Sight | None = None
    """Its certificate, for an https:// proxy."""


class Probe(msgspec.Struct, frozen=True, kw_only=True):
    """One host and port, looked at from here: names, route, TLS with the chain."""

    host: str
    port: int
    proxy: Proxy | None = None
    addresses: tuple[str, ...] = ()
    failure: Failure | None = None
    """What stopped it before or in TLS."""
    sight: Sight | None = None
    other_name: Sight | None = None
    """For a host given as an address: with the name its address has (see `Sight.server_name`)."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What one client met with one URL."""

    client: str
    """The client's name, as in `ClientFacts.name`."""
    url: Url
    purpose: Purpose
    index: int
    """Which of the facts' indexes led here."""
    via: str = ""
    """The proxy that the client used, redacted; empty for a direct connection."""
    bundle: str = ""
    """The CA file or folder that the client loaded for it; empty for its own store."""
    verifies: bool = True
    """Whether the client checks certificates on this host at all."""
    asked: bool = True
    """False: the client is not here, and what it would do follows from its settings."""
    failure: Failure | None = None
    reply: Reply | None = None
    probe: Probe | None = None
