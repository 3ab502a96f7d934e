"""A client: what its own interpreter said of it, and what it will trust."""

from enum import StrEnum

import msgspec

from certmend.model.index import Index
from certmend.model.setting import Setting

OPENSSL = "openssl"
WEBPKI = "webpki"


class ClientProblem(StrEnum):
    """Why a client cannot be used at all."""

    NO_SSL = "no-ssl"
    NO_PIP = "no-pip"
    BROKEN_PIP = "broken-pip"
    ABSENT = "absent"
    """The interpreter that was asked does not have it."""
    BROKEN = "broken"
    """It is installed, and does not come as far as a connection."""
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
    embedded: str = ""
    """What roots are built into the program, which no path names."""


class Scoped(msgspec.Struct, frozen=True, kw_only=True):
    """A client's trust on one of its indexes, where a setting is for that one alone."""

    url: str
    """The index's URL, redacted."""
    scope: str
    trust: Trust
    verifies: bool = True


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """How a client is made to trust a CA: `{path}` stands for the file, `{name}` for the index."""

    bundle: str = ""
    """The command or line that names a bundle."""
    system: str = ""
    """What makes it read the system's trust store; empty when nothing does, or when it does so."""
    replaces: bool = True
    """Whether the bundle so named takes the place of what the client trusts without it."""
    certificate: str = ""
    """The command or line that names a client certificate with its key; empty: the program does."""


class Child(msgspec.Struct, frozen=True, kw_only=True):
    """A process that a client starts, and what of the client's trust it does not see."""

    name: str
    """As in "build isolation"."""
    runs: str
    """The client that does the fetching there."""
    drops: tuple[str, ...] = ()
    """The settings that do not reach it: flags, variables, keys."""
    why: str = ""
    since: str = ""
    """From this version of the client on; empty: always."""
    until: str = ""
    """Before this version."""


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
    installed: bool = True
    """False: only its traces are here, and what it would do is predicted."""
    found_by: str = ""
    """What tells of it: a file, a program, or that it was asked for."""
    documented: str = ""
    """Why it is described from its documentation only; empty for one that was measured."""
    verifies: bool = True
    """Whether it verifies at all, where no single host is named."""
    scoped: tuple[Scoped, ...] = ()
    advice: Advice = Advice()
    children: tuple[Child, ...] = ()
    """Processes that it starts and that do not see all of its trust."""
    indexes: tuple[Index, ...] = ()
    """The indexes that it uses here, in its order."""
    mixes_indexes: bool = True
    """Whether it takes the highest version from any of them."""

    def trust_on(self, url: str) -> Trust:
        """What it verifies with on a URL: a setting for that index alone comes first."""
        found = [one for one in self.scoped if url.startswith(one.url)]
        return max(found, key=lambda one: len(one.url)).trust if found else self.trust

    @property
    def label(self) -> str:
        """Name and version, and the interpreter's version where one runs it."""
        words = f"{self.name} {self.version}".strip()
        return f"{words} (Python {self.interpreter.version})" if self.interpreter else words
