"""What a person asks to be diagnosed."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from certmend.observe.pip_settings import Raw


class Request(NamedTuple):
    """What to diagnose. Everything may be left out: then it is what is used here.

    A named tuple, since msgspec is not imported before the client's interpreter is started.
    """

    urls: tuple[str, ...] = ()
    clients: tuple[str, ...] = ("pip",)
    """Names of clients, or `all`; empty: pip, and every installer with a trace here."""
    requirement_files: tuple[str, ...] = ()
    index_url: str | None = None
    extra_index_urls: tuple[str, ...] = ()
    find_links: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    python: str | None = None
    program: str = ""
    """The command of the one client that is asked for; empty: the one on PATH."""
    cert: str | None = None
    client_cert: str | None = None
    proxy: str | None = None
    switches: tuple[str, ...] = ()
    """Options without a value, as in `native-tls`."""
    package: str = ""
    timeout: float = 10.0
    """Seconds for each stage; the whole takes at most three times that."""
    at: datetime | None = None
    fetch: bool = True
    """Whether missing certificates and revocation lists are fetched."""

    @property
    def asks_pip(self) -> bool:
        """Whether pip is among the clients."""
        return not self.clients or "pip" in self.clients or "all" in self.clients

    def flags(self) -> "tuple[Raw, ...]":
        """The pip options among it, as settings whose origin is the flag."""
        from certmend.model.setting import Origin, OriginKind
        from certmend.observe.pip_settings import Raw

        single = {
            "index-url": self.index_url,
            "cert": self.cert,
            "client-cert": self.client_cert,
            "proxy": self.proxy,
        }
        many = {
            "extra-index-url": self.extra_index_urls,
            "find-links": self.find_links,
            "trusted-host": self.trusted_hosts,
        }
        given = [(key, value) for key, value in single.items() if value is not None]
        given += [(key, value) for key, values in many.items() for value in values]
        given += [(key, "true") for key in self.switches]
        return tuple(
            Raw(key=key, value=value, origin=Origin(kind=OriginKind.FLAG, name=f"--{key}"))
            for key, value in given
        )
