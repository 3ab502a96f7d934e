"""Methods of requests' sessions and adapters that are replaced so that nothing is verified.

`cert_verify` tells a connection what to verify with; `send` and `merge_environment_settings` are
told, or tell, whether to verify at all. Source: requests/adapters.py and sessions.py of 2.32.
"""

import ast
from collections.abc import Iterator, Sequence

from certmend.observe.syntax import python_passed
from certmend.observe.syntax.python_expressions import constant, is_nothing, is_off

_TOLD = frozenset(("cert_verify", "send"))
"""Methods that have a parameter `verify`."""


def weakened(nodes: Sequence[ast.AST]) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Where such a method is made to verify nothing, and how that is shown."""
    for node in nodes:
        if isinstance(node, python_passed.Function):
            yield from _by_method(node)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            target = node.targets[0]
            named = isinstance(target, ast.Attribute) and target.attr == "cert_verify"
            if named and is_nothing(node.value.body):
                yield node, "cert_verify does nothing"


def _by_method(method: python_passed.Function) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    parameters = {one.arg for one in (*method.args.args, *method.args.kwonlyargs)}
    if method.name in _TOLD and "verify" in parameters:
        for one in method.body:
            if isinstance(one, ast.Assign) and is_off(one.value):
                target = one.targets[0]
                if isinstance(target, ast.Name) and target.id == "verify":
                    yield one, "verify = False"
        if method.name == "cert_verify" and "conn" in parameters and _is_empty(method.body):
            yield method, "cert_verify does nothing"
    elif method.name == "merge_environment_settings":
        for one in method.body:
            if isinstance(one, ast.Return) and isinstance(one.value, ast.Dict):
                pairs = zip(one.value.keys, one.value.values, strict=True)
                told = (value for key, value in pairs if key and constant(key) == "verify")
                yield from ((value, '"verify": False') for value in told if is_off(value))


def _is_empty(body: list[ast.stmt]) -> bool:
    """Whether a method does nothing: its text for people, `pass`, `return`."""
    return all(
        isinstance(one, ast.Pass)
        or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        or (isinstance(one, ast.Return) and (one.value is None or is_nothing(one.value)))
        for one in body
    )
