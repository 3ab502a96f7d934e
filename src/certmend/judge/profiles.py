"""The verification profiles: which verifier, set up how. Clients name one of them."""

import msgspec

from certmend.judge.openssl import PARTIAL_CHAIN, STRICT
from certmend.model.client import OPENSSL, WEBPKI, Trust


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """How a kind of client verifies; what it trusts is another question."""

    name: str
    label: str
    """What findings call it."""
    whose: str
    """The clients that verify so."""
    verifier: str = OPENSSL
    flags: int = 0
    common_name: bool = True
    security_level: int = 2

    def trust(self, *stores: str) -> Trust:
        """A client's trust that verifies so, with these stores."""
        return Trust(
            verifier=self.verifier,
            mechanism="given",
            stores=stores,
            verify_flags=self.flags,
            security_level=self.security_level,
            reads_common_name=self.common_name,
        )


PLAIN = Profile(
    name="openssl",
    label="OpenSSL",
    whose="pip on every Python; urllib, httpx and aiohttp up to Python 3.12",
)
STRICT_CHECKS = Profile(
    name="openssl-strict",
    label="strict OpenSSL",
    whose="urllib, httpx, aiohttp and urllib3 2 on Python 3.13 and later",
    flags=STRICT | PARTIAL_CHAIN,
)
NO_COMMON_NAME = Profile(
    name="openssl-nocn",
    label="OpenSSL without common names",
    whose="urllib3 2: requests, Poetry, twine, up to Python 3.12",
    common_name=False,
)
RUSTLS = Profile(
    name="webpki",
    label="webpki",
    whose="uv",
    verifier=WEBPKI,
    common_name=False,
)
ALL = (PLAIN, STRICT_CHECKS, NO_COMMON_NAME, RUSTLS)
BY_NAME = {one.name: one for one in ALL}
