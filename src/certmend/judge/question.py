"""What is asked of a verifier, and what it answers: one chain, one store, one host, one time."""

from datetime import datetime

import msgspec

from certmend.model.client import OPENSSL

CA_AS_LEAF = 1001
"""webpki's `CaUsedAsEndEntity`; OpenSSL has no such error."""
UNREADABLE = 1002
"""A certificate that the verifier cannot parse, or of a version it does not take."""
NO_SUCH_HOST = 1003
"""A host that no client can ask for: empty, or no name that can be encoded."""
LIMIT = 1004
"""webpki gives up: too many signatures, paths or names to look at."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One chain, as sent, to be judged against anchors, a host and a time."""

    chain: tuple[bytes, ...]
    anchors: tuple[bytes, ...]
    host: str
    """A DNS name or an address; empty: the name is not checked."""
    at: datetime
    verifier: str = OPENSSL
    """`openssl` or `webpki`: whose rules."""
    flags: int = 0
    """X509_V_FLAG values; only strict and partial chain are taken from it."""
    security_level: int = 2
    common_name: bool = True
    """Whether a name in the subject counts when there is no DNS name among the others."""
    wants_path: bool = False
    """Whether the path is to be told, too."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong, and the certificate it is about.

    `code` is OpenSSL's X509_V_ERR number (`include/openssl/x509_vfy.h`). What webpki says is
    put in the same numbers where OpenSSL has the error, so that one judge serves both; the
    numbers above 1000 are certmend's own, for what OpenSSL has no error for.
    """

    code: int
    depth: int
    sha256: str
    word: str = ""
    """The verifier's own name of it, where that is not the number: `EndEntityUsedAsCa` …"""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A verifier's word on one question."""

    faults: tuple[Fault, ...] = ()
    """Every fault, in the order in which the verifier meets them."""
    path: tuple[bytes, ...] = ()
    """The certificates of the path that was looked at, leaf first, and its anchor where there
    is one; empty when the question does not want it."""

    @property
    def trusted(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def error(self) -> int | None:
        """OpenSSL's number of the first fault; None when there is none, or it has no number."""
        first = self.faults[0].code if self.faults else None
        return first if first is not None and first < CA_AS_LEAF else None
