"""Whether a Python program only looks at a server's certificate, and sends nothing over TLS.

Who watches expiry, compares a fingerprint or collects a chain has to switch verification off: a
certificate that is not trusted is what they are after. Such a program reads the peer's
certificate as bytes, and hands no context to anything that makes requests. Source: the
documentation of ssl (`getpeercert` gives a certificate without verification in binary form only).
"""

import ast
from collections.abc import Sequence

from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_handed import last_name

_CHAINS = frozenset(("get_unverified_chain", "get_peer_cert_chain", "get_peer_certificate"))
_CARRIERS = frozenset(("context", "ssl", "ssl_context", "sslcontext", "_context"))
_CLIENTS = frozenset(
    ("urllib", "urllib3", "http", "aiohttp", "websockets", "websocket", "smtplib", "ftplib")
)

_SERVING = frozenset(("set_accept_state", "accept", "listen"))
_SENDING = frozenset(("send", "sendall", "write", "makefile"))


def only_looks(nodes: Sequence[ast.AST], modules: set[str]) -> bool:
    """Whether the certificate is read as bytes, and no client is imported or given a context."""
    if modules & (names.HTTP_MODULES | names.AIO | _CLIENTS):
        return False
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    handed = any(word.arg in _CARRIERS for call in calls for word in call.keywords)
    if handed or _sends(nodes, calls):
        return False
    return any(_reads_certificate(call) for call in calls)


def asks_by_openssl(nodes: Sequence[ast.AST]) -> bool:
    """Whether something is sent through a connection of pyOpenSSL's, and nobody is served."""
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    serves = any(last_name(call.func) in _SERVING for call in calls)
    methods = (node.attr for node in nodes if isinstance(node, ast.Attribute))
    return _sends(nodes, calls) and not serves and "TLS_SERVER_METHOD" not in methods


def _sends(nodes: Sequence[ast.AST], calls: Sequence[ast.Call]) -> bool:
    """Whether something is sent through a socket that was wrapped."""
    wrapped: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Assign) and _wraps(node.value):
            wrapped |= {ast.unparse(target) for target in node.targets}
        elif isinstance(node, ast.withitem) and node.optional_vars and _wraps(node.context_expr):
            wrapped.add(ast.unparse(node.optional_vars))
    return any(
        isinstance(call.func, ast.Attribute) and call.func.attr in _SENDING
        and ast.unparse(call.func.value) in wrapped
        for call in calls
    )  # fmt: skip


def _wraps(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and last_name(node.func) in ("wrap_socket", "Connection")


def _reads_certificate(call: ast.Call) -> bool:
    name = last_name(call.func)
    if name == "getattr":  # of what a Python may not have
        return any(isinstance(one, ast.Constant) and one.value in _CHAINS for one in call.args)
    given = (*call.args, *(word.value for word in call.keywords if word.arg == "binary_form"))
    binary = any(isinstance(one, ast.Constant) and one.value is True for one in given)
    return name in _CHAINS or (name == "getpeercert" and binary)
