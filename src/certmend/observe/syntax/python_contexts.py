"""Whether a TLS context or a session of a Python program is used for this machine alone.

Neither has an address of its own. Where it goes is told by the calls that are given the context
or are made on the session, also on what a function of the same file returns: all of them have to
stay here. Source: the documentation of ssl, asyncio, http.client, httpx and websockets.
"""

import ast
import re
from collections.abc import Iterator

from certmend.model import lazy
from certmend.observe.syntax import python_handed
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_known import Known

_HOST = lazy.regex(r"\w+://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)", re.IGNORECASE)


def stays_here(known: Known, context: str, line: int) -> bool:
    """Whether every call that a context goes to reaches this machine."""
    hosts = list(_hosts(known, context, line))
    for function in known.returning(context, line):
        hosts += _asked_with(known, function)
        for name, since in known.results.get(function, ()):
            hosts += _hosts(known, name, since)
    return bool(hosts) and all(host in names.LOOPBACK for host in hosts)


def is_handed_to_nobody(known: Known, made: ast.expr | ast.stmt) -> bool:
    """Whether nothing is told a context, nor returned or wrapped with it: it is only looked at."""
    held = known.held.get(id(made), set())
    return bool(held) and not any(_uses(node, held) for node in known.source.nodes)


def _uses(node: ast.AST, contexts: set[str]) -> bool:
    if isinstance(node, ast.Call):
        owner, _dot, method = path(node.func).rpartition(".")
        wraps = owner in contexts and method.startswith("wrap_")
        return wraps or any(path(one) in contexts for one in _given_to(node))
    value = node.value if isinstance(node, ast.Return | ast.Yield | ast.Assign) else None
    return value is not None and path(value) in contexts


_TAKERS = frozenset(
    (
        "urlopen", "HTTPSHandler", "HTTPSConnection", "starttls", "SMTP_SSL", "IMAP4_SSL",
        "POP3_SSL", "FTP_TLS", "open_connection", "create_connection", "TCPConnector",
        "tls_set_context",
    )
)  # fmt: skip
"""What takes a context to ask a server with it, in any place."""
_TOLD = frozenset(
    (
        "ssl", "ssl_context", "sslcontext", "sslContext", "context", "tls_context", "verify",
    )
)  # fmt: skip
_ASKS = lazy.regex(
    r"^(?:ws_|async_)?(?:get|post|put|patch|delete|head|options|request|fetch|connect|urlopen)$|"
    r"(?:Client|Session|Connection|Connector|Pool|Producer|Consumer|ServerProxy|Cluster)$|"
    r"(?:^|_)(?:pool|client|session)$|^SmartConnect$"
)
"""What asks a server with the context that it is told by one of these names: methods of sessions,
clients, pools of databases. urllib3's managers do not: requests tells them whom to verify."""
_IMPORTERS = frozenset(("__import__", "importlib.import_module", "import_module"))
_VERIFYING = frozenset(("PROTOCOL_TLS_CLIENT", "PROTOCOL_TLS_SERVER"))


def verifies_nobody(known: Known, function: str, call: ast.Call) -> str:
    """The function of ssl that makes a context which asks without verification; empty if none.

    Other modules hand ssl on (`urllib.request.ssl`), and a name may stand for the function.
    """
    if isinstance(call.func, ast.Name) and call.func.id in known.values:
        function = known.full(known.resolved(call.func))
    owner, _dot, last = function.rpartition(".")
    if isinstance(call.func, ast.Attribute) and isinstance(made := call.func.value, ast.Call):
        imports = path(made.func) in _IMPORTERS and made.args
        owner, last = (str(constant(made.args[0])), call.func.attr) if imports else (owner, last)
    if last in names.UNVERIFIED and owner.rpartition(".")[2] == "ssl":
        return "" if names.SERVER.search(ast.unparse(call)) else last
    return last if function == "ssl.SSLContext" and _is_bare(known, call) else ""


def _is_bare(known: Known, made: ast.Call) -> bool:
    """Whether a context that verifies nobody, as it was made, is what a client asks with.

    Only PROTOCOL_TLS_CLIENT begins with CERT_REQUIRED (the documentation of ssl.SSLContext).
    """
    given = [*made.args, *(one.value for one in made.keywords)]
    if given and path(given[0]).rpartition(".")[2] in _VERIFYING:
        return False
    held = known.held.get(id(made), set())
    if any(f"{name}.verify_mode" in known.given for name in held) or held & known.serving:
        return False
    return any(
        any(one is made or path(one) in held for one in _asks_with(call))
        for call in known.source.nodes
        if isinstance(call, ast.Call)
    )


def _asks_with(call: ast.Call) -> list[ast.expr]:
    """What a call may ask a server with: each of its arguments, or those that name a context."""
    last = python_handed.last_name(call.func)
    if last in _TAKERS:
        return _given_to(call)
    told = [one.value for one in call.keywords if one.arg in _TOLD]
    return told if told and _ASKS.search(last) else []


def asks_here(known: Known, call: ast.Call) -> bool:
    """Whether a session that a call makes is asked for this machine alone."""
    hosts = list(_asked_by(known, call))
    return bool(hosts) and all(host in names.LOOPBACK for host in hosts)


def asked_away(known: Known, call: ast.Call) -> str:
    """An address elsewhere that a session is asked for, as it is written down; empty if none."""
    hosts = (host for host in _asked_by(known, call) if isinstance(host, str) and host)
    return next((f"https://{host}" for host in hosts if host not in names.LOOPBACK), "")


def _asked_by(known: Known, call: ast.Call) -> Iterator[object]:
    """Where a session is asked that a call makes, or that is made of it: `Session(Connector())`.

    A fixture of a test is asked under its own name.
    """
    owner, _dot, method = path(call.func).rpartition(".")
    if owner and method.startswith("tls_"):  # paho's client is told how, then where to
        yield from _connected(known, owner, call.lineno)
    made = {id(call), id(known.callers.get(id(call), call))}
    for name in {name for one in made for name in known.held.get(one, ())}:
        yield from _asked(known, name, call.lineno)
    for function in (name for one in made for name in known.makers.get(one, ())):
        taken = (since for since, value in known.given.get(function, ()) if value is None)
        for since in (0, *taken):
            yield from _asked(known, function, since)
        for name, since in known.results.get(function, ()):
            yield from _asked(known, name, since)


def _connected(known: Known, client: str, line: int) -> Iterator[object]:
    """Where a client is connected to afterwards: `client.connect(host, port)`."""
    connects = (f"{client}.connect", f"{client}.connect_async")
    for call in known.calls_after(client, line):
        if path(call.func) in connects:
            yield _host(known, call)


def _asked(known: Known, session: str, line: int) -> Iterator[object]:
    """Where a session's requests go; None where it is handed on."""
    for call in known.calls_with(session, line):
        owner, _dot, method = path(call.func).rpartition(".")
        if owner == session:
            if method in names.METHODS or method in ("request", "stream"):
                yield _host(known, call)
        elif any(path(one) == session for one in _given_to(call)):
            yield None


def _asked_with(known: Known, function: str) -> Iterator[object]:
    """Where the calls go that are given what a function returns: `connect(url, ssl=made())`."""
    for call in known.calls_with_results.get(function, ()):
        yield _host(known, call)


def _given_to(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _hosts(known: Known, context: str, line: int) -> Iterator[object]:
    """Where the calls go that are given a context; None for what is not written down."""
    for call in known.calls_with(context, line):
        owner, _dot, method = path(call.func).rpartition(".")
        if owner == context:
            if method == "wrap_socket":
                yield _peer(known, call)
        elif any(path(one) == context for one in _given_to(call)):
            if python_handed.last_name(call.func) == "HTTPSHandler":
                yield from _opened(known, call)
            else:
                yield _host(known, call)


def _opened(known: Known, handler: ast.Call) -> Iterator[object]:
    """Where the openers go that are built with a handler: `build_opener(HTTPSHandler(...))`."""
    for name, given in known.given.items():
        for since, value in given:
            if isinstance(value, ast.Call) and handler in value.args:
                opened = (one for one in known.calls_after(name, since))
                yield from (_host(known, one) for one in opened if path(one.func) == f"{name}.open")


def _host(known: Known, call: ast.Call) -> object:
    url = known.url(call)
    if match := _HOST.match(url):
        return match[1]
    return url or (_plain(known, call.args[0]) if call.args else None)


def _peer(known: Known, call: ast.Call) -> object:
    """The host that a wrapped socket is connected to, before it is wrapped or after."""
    made = known.nearest(call.args[0]) if call.args else None
    if isinstance(made, ast.Call) and made.args and path(made.func).endswith("create_connection"):
        return _first(known, made.args[0])
    for name in known.held.get(id(call), ()):
        for one in known.calls_after(name, call.lineno):
            if path(one.func) == f"{name}.connect" and one.args:
                return _first(known, one.args[0])
    return None


def _first(known: Known, place: ast.expr) -> object:
    """The host of `(host, port)`."""
    pair = known.resolved(place)
    if not isinstance(pair, ast.Tuple) or not pair.elts:
        return None
    return _plain(known, pair.elts[0])


def _plain(known: Known, node: ast.expr) -> object:
    """A host that is written down, or what a parameter or an option is by default."""
    return constant(known.by_default(known.nearest(known.resolved(node))))
