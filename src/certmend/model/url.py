"""URLs of indexes, proxies and files: taken apart, and shown without their secrets."""

from urllib.parse import quote, unquote, urlsplit, urlunsplit

import msgspec

from certmend.model.text import MASK, redact, visible

_PORTS = {"http": 80, "https": 443}


class Url(msgspec.Struct, frozen=True, kw_only=True):
    """A URL without its credentials; `has_credentials` says that there were some."""

    scheme: str
    host: str
    """In lower case, without a dot at its end."""
    port: int
    path: str = "/"
    query: str = ""
    has_credentials: bool = False
    rooted: bool = False
    """Whether a dot stood at the end of the host: a name without search domains (RFC 1034, 3.1)."""

    @property
    def endpoint(self) -> str:
        """`host:port`, an IPv6 address in brackets."""
        return endpoint(self.host, self.port)

    @property
    def is_http(self) -> bool:
        """Whether it is fetched over the network by HTTP, with or without TLS."""
        return self.scheme in _PORTS

    def __str__(self) -> str:
        netloc = self.host if ":" not in self.host else f"[{self.host}]"
        netloc += "." if self.rooted else ""
        if self.port and self.port != _PORTS.get(self.scheme):
            netloc = f"{netloc}:{self.port}"
        if self.has_credentials:
            netloc = f"{MASK}@{netloc}"
        return redact(urlunsplit((self.scheme, netloc, self.path, self.query, "")))


def endpoint(host: str, port: int) -> str:
    """`host:port`, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def parse(text: str) -> Url:
    """Read a URL; raises `ValueError` when it has no scheme or host, or a port that is none."""
    parts = urlsplit(text.strip())
    if parts.scheme == "file":
        return Url(scheme="file", host=parts.hostname or "", port=0, path=parts.path)
    if not parts.scheme or not parts.hostname:
        raise ValueError("not a URL with a scheme and a host")
    port = parts.port or _PORTS.get(parts.scheme.lower(), 0)
    host = parts.hostname.rstrip(".")
    return Url(
        scheme=parts.scheme.lower(),
        host=host.lower() or parts.hostname,
        port=port,
        path=parts.path or "/",
        query=redact(f"?{parts.query}")[1:],
        has_credentials=parts.username is not None or parts.password is not None,
        rooted=bool(host) and parts.hostname.endswith("."),
    )


def proxy_place(text: str) -> Url:
    """A proxy's URL for showing; raises `ValueError` when it is none.

    Its path means nothing, so all up to the last `@` is taken for credentials: a `/` or `@` in a
    password is often not quoted, and then no parser finds the host.
    """
    scheme, _, rest = text.strip().rpartition("://")
    place = rest.rpartition("@")[2]
    return parse(f"{scheme or 'http'}://{'-@' if '@' in rest else ''}{place}")


def shown_proxy(text: str) -> str:
    """A proxy without its credentials, as text; empty for none."""
    if not text:
        return ""
    try:
        return str(proxy_place(text))
    except ValueError:
        return visible(text.rpartition("@")[2])


def secrets_in(text: str) -> tuple[str, ...]:
    """The user name and password in a URL, as written and decoded; a lone user name is one too."""
    netloc = urlsplit(text.strip()).netloc if "//" in text else ""
    user_info, at, _ = netloc.rpartition("@")
    if not at:
        return ()
    user, _, password = user_info.partition(":")
    # In `token@host` the user name is the secret; beside a password it is only a name.
    found = [password] if password else [user]
    return tuple(
        {secret for raw in found for secret in (raw, unquote(raw), quote(unquote(raw), safe=""))}
    )


def without_credentials(text: str) -> str:
    """The URL as text with nothing before its host; text that is no URL is returned as it is."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return text
    netloc = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=netloc))
