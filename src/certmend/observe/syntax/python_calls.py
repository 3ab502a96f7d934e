"""What the arguments of a call say of where it goes, and of who verifies whom."""

import ast
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from certmend.observe.syntax import python_handed
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


def by_place(call: ast.Call, last: str, resolved: Callable[[ast.expr], ast.expr]) -> str:
    """The switch that a call's unnamed arguments are, as it is shown; empty for none."""
    first, second, third = (*call.args, None, None, None)[:3]
    option = path(first).rpartition(".")[2] if first is not None else ""
    if last in names.WITHOUT:
        return f"{last}()"
    of_library = path(call.func).startswith("self.tls_")  # paho's own, as its caller told it
    told = last in names.TOLD_TRUE and not of_library
    if told and first is not None and constant(first) is True:
        return f"{last}(True)"
    if last == "setopt" and option in names.CURL_OPTIONS and second is not None:
        return f"{option} off" if is_off(second) else ""
    if last == "set_option" and option == names.LDAP_OPTION and second is not None:
        return is_ldap_off(second)
    if last == "set_verify" and first is not None and constant(first) is False:
        return "set_verify(False)"  # of MechanicalSoup's browsers
    if (at := _of_adapter(call, last)) and len(call.args) > at and is_off(call.args[at]):
        return f"{last}(…, False, …)"
    if last in names.SESSIONS_OF_HOME and second is not None and is_off(second):
        return f"{last}(…, False)"
    off = last in names.TOLD_BY_SSL and third is not None and is_off(resolved(third))
    return f"{last}(…, False)" if off else ""


def _of_adapter(call: ast.Call, last: str) -> int:
    """Which argument of a method of requests' adapters is `verify`; 0 for any other function.

    Their `send` is called as a derived class calls it: others send something else.
    """
    if last == "cert_verify":
        return 2
    return 3 if path(call.func) == "super.send" and len(call.args) >= 5 else 0


def is_of_server(told: AbstractSet[object], taker: str) -> bool:
    """Whether what is told is for a server: it has a certificate of its own, and is one by name."""
    if taker in names.ASK_CLIENTS:
        return True
    serves = bool(names.SERVES.search(taker)) or taker.endswith(("Server", "ServerSocket"))
    return "ssl_certfile" in told or ("certfile" in told and serves)


def is_ldap_off(value: ast.expr) -> str:
    """The value with which python-ldap accepts any certificate; empty for another."""
    if is_off(value):
        return "OPT_X_TLS_NEVER"  # which is 0
    option = path(value).rpartition(".")[2]
    return option if option in names.LDAP_OFF else ""


def handed_function(call: ast.Call) -> ast.expr | None:
    """A function that a call is given, to be run with its other arguments."""
    last = python_handed.last_name(call.func)
    given = call.args[:1] if last in ("partial", "partialmethod") else ()
    methods = (one for one in call.args[:2] if isinstance(one, ast.Attribute))
    found = [*given, *(one for one in methods if one.attr in names.METHODS)]
    return found[0] if found else None


def asks(call: ast.Call) -> bool:
    """Whether a call has an address: by its first argument's name or text, or by `url=`.

    A method may stand before it: `request("GET", url)`.
    """
    first = next((keyword.value for keyword in call.keywords if keyword.arg == "url"), None)
    if is_method(call):
        return True
    first = call.args[0] if call.args and first is None else first
    return first is not None and bool(names.ADDRESS.search(ast.unparse(first)))


def is_given_an_address(call: ast.Call) -> bool:
    """Whether an argument is an address by its own name or that of what it holds."""
    named = [keyword.arg or "" for keyword in call.keywords]
    named += [path(one).rpartition(".")[2] for one in call.args[:1]]
    return any(names.ADDRESSES.search(name) for name in named)


def is_method(call: ast.Call) -> bool:
    """Whether the first argument is one of HTTP's methods."""
    first = call.args[0] if len(call.args) > 1 else ast.Constant(None)
    text = constant(first)
    named = isinstance(text, str) and text.lower() in names.METHODS
    return named or path(first).endswith("method")


def serves(call: ast.Call) -> bool:
    """Whether a call says of itself that it is a server's: that of QUIC, of eventlet."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    is_client = "is_client" not in given or not is_off(given["is_client"])
    return not is_client or ("server_side" in given and constant(given["server_side"]) is True)


def shown(node: ast.expr) -> str:
    """The beginning of a value as it is written."""
    return ast.unparse(node)[:60]
