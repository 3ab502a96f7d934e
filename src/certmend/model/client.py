"""A client: what its own interpreter said of it, and what it will trust."""

from enum import StrEnum

import msgspec

from certmend.model.setting import Setting

OPENSSL = "openssl"
WEBPKI = "webpki"


class ClientProblem(StrEnum):
    """Why a client cannot be used at all."""

    NO_SSL = "no-ssl"
    NO_PIP = "no-pip"
    BROKEN_PIP = "broken-pip"
    BAD_OPTION = "bad-option"


class Interpreter(msgspec.Struct, frozen=True, kw_only=True):
    """The Python that runs the client, as it described itself."""

    path: str
    version: str
    implementation: str = "CPython"
    prefix: str = ""
    openssl: str = ""
    """`ssl.OPENSSL_VERSION`; empty without an ssl module."""
    has_sni: bool = True
    default_verify_flags: int = 0
    """`ssl.create_default_context().verify_flags`."""
    platform: str = ""


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """What the client verifies with. `stores` are paths, in the order in which they are read."""

    verifier: str = OPENSSL
    """`openssl`, or `webpki`: the verifier of rustls, which uv uses."""
    mechanism: str = "certifi"
    """`certifi`: a bundle of its own; `truststore`: the system's store as well; `system`: the
    system's store alone."""
    stores: tuple[str, ...] = ()
    bundle: str = ""
    """The CA file or folder that a setting names; empty when none does."""
    bundle_origin: str = ""
    replaces: bool = False
    """Whether that bundle takes the place of the client's own store, or is added to it."""
    verify_flags: int = 0
    """The flags of the context the client connects with (0x20 is VERIFY_X509_STRICT)."""
    security_level: int = 2
    reads_common_name: bool = True


class ClientFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One client on this machine: name, version, interpreter, settings and trust."""

    name: str
    version: str = ""
    location: str = ""
    interpreter: Interpreter | None = None
    settings: tuple[Setting, ...] = ()
    trust: Trust = Trust()
    trust_behind_proxy: Trust | None = None
    """Where it is another behind a proxy; None: it is the same."""
    trusted_hosts: tuple[str, ...] = ()
    client_cert: str = ""
    problem: ClientProblem | None = None
    detail: str = ""
    """The client's own words on the problem."""

    @property
    def label(self) -> str:
        """Name and version, and the interpreter's version where one runs it."""
        words = f"{self.name} {self.version}".strip()
        return f"{words} (Python {self.interpreter.version})" if self.interpreter else words
