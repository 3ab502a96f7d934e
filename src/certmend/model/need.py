"""What a client would have to trust to reach a host, and who vouches for it."""

from enum import StrEnum

import msgspec


class Voucher(StrEnum):
    """Why a CA may be trusted."""

    PERSON = "person"
    """The person gave its file, or its fingerprint."""
    MACHINE = "machine"
    """A trust store of this machine holds it already."""
    PUBLIC = "public"
    """It is one of Mozilla's roots."""
    NOBODY = "nobody"
    """Only the server, or an address in its certificate, shows it."""


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """One host that a client refuses for want of trust, and the CA that would end that."""

    client: str
    """The client's name."""
    host: str
    """`host:port`, as in the findings."""
    index: int
    """Which of the facts' indexes led here."""
    ca: bytes | None = None
    """DER; None where nothing here knows the CA."""
    voucher: Voucher = Voucher.NOBODY
    source: str = ""
    """Where the CA was found, fit to be shown."""
    issuer: str = ""
    """The name of the CA that issued what the server shows, fit to be shown."""
    refusal: str = ""
    """Why the CA cannot be trusted though it is known: it is a leaf, or it has expired."""
    remaining: str = ""
    """What the client would still object to, in OpenSSL's words; empty: it would connect."""
    unfit: str = ""
    """A certificate of this chain that the person gave, and that is not enough; fit to be shown."""
    unverified: bool = False
    """Whether the client reaches the host because a setting keeps it from verifying it."""
    proxied: bool = False
    """Whether the way to the host leads through a proxy."""
