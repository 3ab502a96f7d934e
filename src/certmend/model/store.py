"""A trust store: the certificates that one client, or one place of this machine, trusts."""

from enum import StrEnum

import msgspec


class StoreProblem(StrEnum):
    """What is wrong with a CA file or folder."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    DER = "der"
    PKCS7 = "pkcs7"
    PKCS12 = "pkcs12"
    PRIVATE_KEY = "private-key"
    HTML = "html"
    UTF16 = "utf-16"
    CUT_SHORT = "cut-short"
    DAMAGED = "damaged"
    NO_CERTIFICATE = "no-certificate"
    NO_HASH_LINKS = "no-hash-links"
    TOO_LARGE = "too-large"


class StoreKind(StrEnum):
    """Where a store's certificates stand."""

    FILE = "file"
    FOLDER = "folder"


class TrustStore(msgspec.Struct, frozen=True, kw_only=True):
    """A CA file or folder. `anchors` holds only what bears on the chains seen, as DER.

    Leaving the rest out does not change a verdict: OpenSSL looks anchors up by the issuer's
    name (`X509_STORE_CTX_get1_issuer`), and every certificate whose subject is such a name is here.
    """

    name: str
    """What people call it: "pip's certifi", "the system's bundle" …"""
    path: str
    kind: StoreKind = StoreKind.FILE
    count: int = 0
    anchors: tuple[bytes, ...] = ()
    problem: StoreProblem | None = None
    detail: str = ""
    """More on the problem, as half a sentence."""
    usable: bool = True
    """Whether OpenSSL takes it: a damaged block makes it refuse a whole file."""
    generated: bool = False
    """Whether the system's own program writes it anew: what is edited in it is lost."""
