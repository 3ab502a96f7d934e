"""What the arguments of a call say of where it goes, and of who verifies whom."""

import ast
from collections.abc import Iterator

from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, is_off, path


def goes_nowhere(call: ast.Call) -> bool:
    """Whether a client is made for an application in the same process (httpx, Starlette)."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    made = path(given["transport"]) if "transport" in given else ""
    return "app" in given or made.endswith(("ASGITransport", "WSGITransport", "MockTransport"))


def goes_without_tls(call: ast.Call) -> bool:
    """Whether a client is told not to speak TLS at all: then nobody is verified or not."""
    return any(names.TLS.fullmatch(one.arg or "") and is_off(one.value) for one in call.keywords)


def asks(call: ast.Call) -> bool:
    """Whether a call has an address: by its first argument's name or text, or by `url=`."""
    first = next((keyword.value for keyword in call.keywords if keyword.arg == "url"), None)
    first = call.args[0] if call.args and first is None else first
    return first is not None and bool(names.ADDRESS.search(ast.unparse(first)))


def is_given_an_address(call: ast.Call) -> bool:
    """Whether an argument is an address by its own name or that of what it holds."""
    named = [keyword.arg or "" for keyword in call.keywords]
    named += [path(one).rpartition(".")[2] for one in call.args[:1]]
    return any(names.ADDRESSES.search(name) for name in named)


def in_addresses(call: ast.Call) -> Iterator[tuple[ast.expr, str, str]]:
    """Switches in addresses of databases: `mongodb://...?tlsAllowInvalidCertificates=true`."""
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        texts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
        if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute):
            texts = [argument.func.value]  # "...".format(user)
        for one in texts:
            text = constant(one)
            switch = names.IN_ADDRESS.search(text) if isinstance(text, str) else None
            if switch is not None:
                yield one, switch[1], switch[0]


def serves(call: ast.Call) -> bool:
    """Whether a configuration of QUIC is made for a server."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    return "is_client" in given and is_off(given["is_client"])


def shown(node: ast.expr) -> str:
    """The beginning of a value as it is written."""
    return ast.unparse(node)[:60]
