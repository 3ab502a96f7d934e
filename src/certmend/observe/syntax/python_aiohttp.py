"""Which calls of a Python program take `ssl=False` as "without verification": those of aiohttp.

To databases, brokers and mail servers it says "without TLS": then nobody is verified or not.
Sources: "Client Reference" of aiohttp (`ClientSession.request`, `ws_connect`, `TCPConnector`), the
documentation of gql (`AIOHTTPTransport`), asyncpg, aiomysql, PyMongo, redis-py and aio-pika.
"""

import ast
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from certmend.model import lazy
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import path

MODULES = frozenset(("aiohttp", "aiohttp_socks"))
_ASKS = lazy.regex(
    r"(?:^|_)(?:get|post|put|patch|delete|head|options|ws_connect|fetch|download|upload|stream)$|"
    r"(?:^|_)request(?:_|$)|Connector$|^AIOHTTP\w*Transport$"
)
"""Methods of sessions, functions that make a request by their name, and what is given to one."""


def takes_switch(function: str) -> bool:
    """Whether a function, by its full name, asks an HTTP server by such an argument."""
    owner, _dot, last = function.rpartition(".")
    if last.startswith("from_"):  # `ProxyConnector.from_url(...)`
        last = owner.rpartition(".")[2]
    return bool(_ASKS.search(last)) and not names.DOUBLE.search(owner)


def asks(modules: AbstractSet[str], function: str) -> bool:
    """Whether a function of a program with these imports asks so, or one of a session does."""
    speaks = modules & MODULES or names.FACTORY.search(function.rpartition(".")[0])
    return bool(speaks) and takes_switch(function)


def is_for_request(mapping: str, calls: Iterable[ast.Call]) -> bool:
    """Whether a mapping of arguments is for a request: by what is given it, else by its name."""
    takers = [call for call in calls if _takes(call, mapping)]
    if takers:
        return any(takes_switch(path(call.func)) for call in takers)
    return bool(names.OF_REQUESTS.search(mapping) or names.KEYWORD_NAMES.search(mapping))


def _takes(call: ast.Call, mapping: str) -> bool:
    """Whether a call is told what a mapping holds; of a class it has another name there."""
    unpacked = (path(one.value) for one in call.keywords if one.arg is None)
    return any(one.rpartition(".")[2] == mapping.rpartition(".")[2] for one in unpacked)
