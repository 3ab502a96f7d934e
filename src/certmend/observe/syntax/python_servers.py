"""Which mappings of a Python program are the options of a server: it asks clients for nothing.

`CERT_NONE` beside a server's own certificate says that whoever connects needs none. Sources: the
documentation of tornado's HTTPServer, of gunicorn's settings, of ssl.wrap_socket.
"""

import ast
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from certmend.observe.syntax import python_calls, python_handed
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_known import Known


def needs_no_chain(known: Known, node: ast.Dict) -> bool:
    """Whether a mapping is that of a server, by its entries or its taker, or pins a certificate."""
    told = _entries(node)
    if told.get("server_side") is True or "assert_fingerprint" in told:
        return True
    caller = known.callers.get(id(node))
    if caller is not None:
        return python_calls.is_of_server(told.keys(), python_handed.last_name(caller.func))
    owners = known.held.get(id(node), set())
    return _is_for_server(known, told.keys(), owners, node.lineno)


def is_told(known: Known, call: ast.Call) -> bool:
    """Whether the keywords of a call are a server's: its own, or those of `dict()`, `.update()`."""
    told = {one.arg for one in call.keywords}
    last = python_handed.last_name(call.func)
    if last == "update":
        return are_options(known, path(call.func).rpartition(".")[0], call.lineno)
    if last != "dict":
        return python_calls.is_of_server(told, last)
    caller = known.callers.get(id(call))
    if caller is not None:
        return python_calls.is_of_server(told, python_handed.last_name(caller.func))
    return _is_for_server(known, told, known.held.get(id(call), set()), call.lineno)


def are_options(known: Known, owner: str, line: int) -> bool:
    """Whether a name holds in a line what a server is made with: `options["cert_reqs"] = ...`."""
    made = known.context(owner, line)
    told: AbstractSet[object] = set()
    if isinstance(made, ast.Dict):
        told = _entries(made).keys()
    elif isinstance(made, ast.Call) and path(made.func) == "dict":
        told = {one.arg for one in made.keywords}
    return _is_for_server(known, told, {owner}, line)


def _is_for_server(
    known: Known, told: AbstractSet[object], owners: AbstractSet[str], line: int
) -> bool:
    if python_calls.is_of_server(told, "") or {"bind", "certfile"} <= told:  # uvicorn, gunicorn
        return True
    takers = [one for owner in owners for one in _takers(known, owner, line)]
    return bool(takers) and all(python_calls.is_of_server(told, one) for one in takers)


def _takers(known: Known, owner: str, line: int) -> Iterator[str]:
    """The functions that are given what a name holds, whole or as their arguments."""
    for call in known.calls_after(owner, line):
        given = (*call.args, *(keyword.value for keyword in call.keywords))
        if any(path(one) == owner for one in given):
            yield python_handed.last_name(call.func)


def _entries(node: ast.Dict) -> dict[object, object]:
    pairs = zip(node.keys, node.values, strict=True)
    return {constant(key): constant(value) for key, value in pairs if key is not None}
