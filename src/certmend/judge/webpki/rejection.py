"""What webpki says no with: its errors, how specific each is, and OpenSSL's number for it."""

import msgspec

from certmend.judge.question import CA_AS_LEAF, LIMIT, UNREADABLE


class Kind(msgspec.Struct, frozen=True):
    """An error of webpki's (`error.rs`)."""

    word: str
    """As rustls shows it (`webpki/mod.rs`, `pki_error`)."""
    code: int
    """OpenSSL's number of the same fault, or one of certmend's own."""
    rank: int = 0
    """The more specific of two errors is kept: the one with the higher rank."""
    fatal: bool = False
    """Whether it ends the search for another path."""


NOT_YET_VALID = Kind("NotValidYet", 9, 290)
EXPIRED = Kind("Expired", 10, 290)
OTHER_NAME = Kind("NotValidForName", 62, 280)
OTHER_ADDRESS = Kind("NotValidForName", 64, 280)
BAD_SIGNATURE = Kind("BadSignature", 7, 260)
ALGORITHMS_DIFFER = Kind("SignatureAlgorithmMismatch", UNREADABLE, 250)
NO_USAGE = Kind("EmptyEkuExtension", 26, 245)
OTHER_USAGE = Kind("InvalidPurpose", 26, 240)
NAME_CONSTRAINT = Kind("NameConstraintViolation", 47, 230)
PATH_LENGTH = Kind("PathLenConstraintViolated", 25, 220)
CA_IS_LEAF = Kind("CaUsedAsEndEntity", CA_AS_LEAF, 210)
NOT_A_CA = Kind("EndEntityUsedAsCa", 79, 210)
DATES_REVERSED = Kind("Expired", 10, 190)
NOT_YET_REVERSED = Kind("Expired", 9, 190)
"""A validity that ends before it begins: rustls has one word for it, whatever the time is."""
BAD_MASK = Kind("InvalidNetworkMaskConstraint", 53, 180)
WRONG_KEY_KIND = Kind("UnsupportedSignatureAlgorithmForPublicKey", 67, 150)
ALGORITHM = Kind("UnsupportedSignatureAlgorithm", 68, 140)
CRITICAL = Kind("UnsupportedCriticalExtension", 34, 130)
VERSION = Kind("UnsupportedCertVersion", UNREADABLE, 130)
TOO_DEEP = Kind("MaximumPathDepthExceeded", 22, 61)
BAD_DNS_NAME = Kind("MalformedDnsIdentifier", 53, 60)
BAD_CONSTRAINT = Kind("MalformedNameConstraint", 53, 50)
TRAILING = Kind("BadEncoding", UNREADABLE, 40)
TWICE = Kind("ExtensionValueInvalid", UNREADABLE, 30)
BAD_TIME = Kind("BadEncoding", UNREADABLE, 20)
BAD_DER = Kind("BadEncoding", UNREADABLE, 10)
UNKNOWN_ISSUER = Kind("UnknownIssuer", 20)
SELF_SIGNED = Kind("UnknownIssuer", 18)
SELF_SIGNED_ROOT = Kind("UnknownIssuer", 19)
"""webpki has one word where OpenSSL tells three ends of a chain apart."""
SIGNATURES = Kind("MaximumSignatureChecksExceeded", LIMIT, fatal=True)
PATHS = Kind("MaximumPathBuildCallsExceeded", LIMIT, fatal=True)
COMPARISONS = Kind("MaximumNameConstraintComparisonsExceeded", LIMIT, fatal=True)
SMALL_KEY = Kind("BadSignature", 67, 260)
"""An RSA key of another size than 2048 to 8192 bits makes no signature that counts."""
LEAF_KEY = Kind("BadSignature", 66)
"""The handshake's own signature: a key that rustls does not take, or not of this size."""


class Rejection(Exception):  # noqa: N818  it carries a verdict, it is no error of ours
    """A path is refused; `kind` says why, `der` which certificate it is about."""

    def __init__(self, kind: Kind, der: bytes = b"") -> None:
        super().__init__(kind.word)
        self.kind = kind
        self.der = der


def most_specific(one: Rejection, other: Rejection) -> Rejection:
    """The error that is kept of two (`Error::most_specific`): the first, when they are equal."""
    return one if one.kind.rank >= other.kind.rank else other
