"""One host and port, looked at through the route that the client takes."""

import socket
import ssl
from base64 import b64encode
from contextlib import closing
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import msgspec

from certmend.model import failure, url
from certmend.model.attempt import Probe, Proxy
from certmend.model.failure import Failure, Stage
from certmend.observe import handshake
from certmend.observe.deadline import Deadline
from certmend.observe.handshake import Broken, Stream

_HEAD_LIMIT = 1 << 16
_ALERT_SECONDS = 3.0
_SILENT = (failure.TIMEOUT, failure.CLOSED, failure.RESET, "WRONG_VERSION_NUMBER")


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What to look at: the host and port of a URL, through a proxy or directly."""

    host: str
    port: int
    proxy: str = ""
    """The proxy's URL with its credentials, for the parent's eyes only."""
    tls: bool = True


def probe(target: Target, timeout: float) -> Probe:
    """Look at a host; nothing is raised for a broken network, and it ends in time."""
    seen = _once(target, target.host, timeout)
    if not target.tls or seen.failure is not None or seen.sight is None:
        return seen
    return _ask_again(target, seen, timeout)


def _ask_again(target: Target, seen: Probe, timeout: float) -> Probe:
    """A second look where the first leaves a question open."""
    sight = seen.sight
    if sight is None:
        return seen
    if sight.failure is not None and sight.failure.reason not in _SILENT and not sight.chain:
        # A certificate that OpenSSL cannot parse is still readable in a TLS 1.2 handshake.
        older = _once(target, target.host, timeout, newest=ssl.TLSVersion.TLSv1_2)
        if older.sight and older.sight.chain:
            seen = msgspec.structs.replace(
                seen, sight=msgspec.structs.replace(older.sight, failure=sight.failure)
            )
    if _is_address(target.host) and (name := _name_of(target.host)):
        seen = msgspec.structs.replace(seen, other_name=_once(target, name, timeout).sight)
    return seen


def _name_of(address: str) -> str:
    """The name that this machine knows for an address; empty when it knows none."""
    try:
        return socket.gethostbyaddr(address)[0]
    except OSError:
        return ""


def asks_for_certificate(target: Target, timeout: float) -> bool:
    """Whether a server asks for a client certificate, as far as a client without one can see.

    Up to TLS 1.2 the request is sent in the clear. In TLS 1.3 it is not, and a server that cannot
    do without says so when the client thinks it is done (RFC 8446, section 4.4.2.4).
    """
    if target.proxy:
        return False
    older = _once(target, target.host, timeout, newest=ssl.TLSVersion.TLSv1_2).sight
    if older is not None and (older.wants_client_certificate or older.failure is None):
        return older.wants_client_certificate  # a server asks the same in both versions
    return _refuses_afterwards(target, timeout)


def _refuses_afterwards(target: Target, timeout: float) -> bool:
    deadline = Deadline(min(timeout, _ALERT_SECONDS))
    try:
        addresses = handshake.resolve(target.host, target.port, deadline)
        with closing(handshake.connect(addresses, target.port, deadline)) as peer:
            _, session = handshake.look(Stream(peer), _sni(target.host), deadline)
            if session is not None:
                session.receive(deadline)
    except ssl.SSLError as error:
        return "CERTIFICATE_REQUIRED" in str(error) or "BAD_CERTIFICATE" in str(error)
    except (Broken, OSError):
        return False
    return False


def _once(
    target: Target, server_name: str, timeout: float, newest: ssl.TLSVersion | None = None
) -> Probe:
    deadline = Deadline(timeout)
    found = Probe(host=target.host, port=target.port)
    try:
        if target.proxy:
            return _through_proxy(target, found, server_name, deadline, newest)
        addresses = handshake.resolve(target.host, target.port, deadline)
        found = msgspec.structs.replace(found, addresses=addresses)
        with closing(handshake.connect(addresses, target.port, deadline)) as peer:
            return _finish(target, found, Stream(peer), server_name, deadline, newest)
    except Broken as broken:
        return msgspec.structs.replace(found, failure=broken.failure)


def _finish(
    target: Target,
    found: Probe,
    stream: Stream,
    server_name: str,
    deadline: Deadline,
    newest: ssl.TLSVersion | None,
    *,
    early: bytes = b"",
) -> Probe:
    if not target.tls:
        return found
    sight, _ = handshake.look(stream, _sni(server_name), deadline, newest, early=early)
    return msgspec.structs.replace(found, sight=sight)


def _sni(name: str) -> str:
    """An address is never sent as a server name (RFC 6066, section 3)."""
    return "" if _is_address(name) else name


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _through_proxy(
    target: Target,
    found: Probe,
    server_name: str,
    deadline: Deadline,
    newest: ssl.TLSVersion | None,
) -> Probe:
    try:
        address = url.parse(target.proxy if "//" in target.proxy else "http://" + target.proxy)
        place = url.proxy_place(target.proxy)
    except ValueError:
        text = "the proxy's URL cannot be read"
        raise Broken(Failure(stage=Stage.PROXY, reason=failure.PROXY_URL, text=text)) from None
    proxy = Proxy(url=place)
    found = msgspec.structs.replace(found, proxy=proxy)
    if address.scheme not in ("http", "https"):
        return found  # SOCKS: a client that can use it tells more than a look at its port
    try:
        addresses = handshake.resolve(address.host, address.port, deadline)
        peer = handshake.connect(addresses, address.port, deadline)
    except Broken as broken:
        text = f"the proxy {place.endpoint}: {broken.failure.text}"
        return _at_proxy(found, failure.PROXY_UNREACHABLE, text)
    with closing(peer):
        stream: Stream | None = Stream(peer)
        if address.scheme == "https":
            sight, stream = handshake.look(Stream(peer), _sni(address.host), deadline)
            proxy = msgspec.structs.replace(proxy, sight=sight)
            found = msgspec.structs.replace(found, proxy=proxy)
            if sight.failure is not None:
                return _at_proxy(found, failure.PROXY_UNREACHABLE, sight.failure.text)
        if stream is None or not target.tls:
            return found
        proxy, early = _tunnel(target, proxy, stream, deadline)
        found = msgspec.structs.replace(found, proxy=proxy)
        if not 200 <= proxy.status < 300:
            text = f"the proxy answered {proxy.status or 'nothing'} to CONNECT"
            return _at_proxy(found, failure.TUNNEL, text)
        return _finish(target, found, stream, server_name, deadline, newest, early=early)


def _at_proxy(found: Probe, reason: str, text: str) -> Probe:
    what = Failure(stage=Stage.PROXY, reason=reason, text=text)
    return msgspec.structs.replace(found, failure=what)


def _proxy_password(proxy: str) -> tuple[str, ...]:
    """The header for a plain proxy's password, as the client sends it to that same proxy.

    Not for an https:// proxy: the session to it is not verified here, so nothing secret goes in.
    """
    parts = urlsplit(proxy if "//" in proxy else "http://" + proxy)
    if parts.scheme != "http" or parts.username is None:
        return ()
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return (f"Proxy-Authorization: Basic {b64encode(pair.encode()).decode()}",)


def _tunnel(
    target: Target, proxy: Proxy, stream: Stream, deadline: Deadline
) -> tuple[Proxy, bytes]:
    """How a proxy takes the request for a tunnel, and what came behind its answer."""
    where = url.endpoint(target.host, target.port)
    lines = (f"CONNECT {where} HTTP/1.1", f"Host: {where}", *_proxy_password(target.proxy))
    try:
        stream.send("\r\n".join((*lines, "", "")).encode("latin-1", "replace"), deadline)
        head = b""
        while b"\r\n\r\n" not in head and len(head) < _HEAD_LIMIT:
            data = stream.receive(deadline)
            if not data:
                break
            head += data
    except OSError:
        return proxy, b""
    head, _, early = head.partition(b"\r\n\r\n")
    answer = head.decode("latin-1").split("\r\n")
    words = answer[0].split(" ", 2)
    headers = {
        k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in answer[1:])
    }
    known = len(words) > 1 and words[1].isdigit() and words[0].startswith("HTTP/")
    answered = msgspec.structs.replace(
        proxy,
        status=int(words[1]) if known else 0,
        realm=headers.get("proxy-authenticate", "")[:200],
        server=(headers.get("x-squid-error") or headers.get("server") or headers.get("via") or "")[
            :200
        ],
    )
    return answered, early
