"""Whether code that is told by an attribute or a parameter verifies servers by it.

`requests.get(url, verify=self.verify)` does; `if verify: assert digest(path) == sum` does not.
"""

import ast
import re

from certmend.model import lazy
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, path

_WEAKENS = lazy.regex(
    r"CERT_NONE|_unverified|VERIFY_NONE|ssl\b|tls|cert|adapter|session|verif\w*\s*=|"
    r"['\"]verif\w*['\"]\s*[:\]]|insecure",
    re.IGNORECASE,
)


def tells_client(block: ast.AST, name: str) -> bool:
    """Whether a class or a function tells a client to verify with what has this name."""
    return any(_tells(node, name) for node in ast.walk(block))


def _tells(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Call):
        told = any(names.is_switch(one.arg) and holds(one.value, name) for one in node.keywords)
        return told and not names.OTHER.search(path(node.func))
    if isinstance(node, ast.Assign) and holds(node.value, name):
        return any(names.is_switch(_last(one)) and not _is_own(one) for one in node.targets)
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return any(
            key is not None and names.is_switch(_text(key)) and holds(value, name)
            for key, value in pairs
        )
    if isinstance(node, ast.If) and _is_test_of(node.test, name):
        return bool(_WEAKENS.search("\n".join(map(ast.unparse, (*node.body, *node.orelse)))))
    return False


def holds(value: ast.expr, name: str) -> bool:
    """Whether a value is what has a name, or chosen by it: `ca if verify else False`."""
    if isinstance(value, ast.IfExp):
        return any(holds(one, name) for one in (value.test, value.body, value.orelse))
    if isinstance(value, ast.BoolOp):
        return any(holds(one, name) for one in value.values)
    if isinstance(value, ast.Call) and path(value.func) in ("bool", "getattr") and value.args:
        named = [path(value.args[0])]
        named += [f"{named[0]}.{constant(one)}" for one in value.args[1:2]]
        return name in named
    return path(value.operand if isinstance(value, ast.UnaryOp) else value) == name


def _is_test_of(test: ast.expr, name: str) -> bool:
    operand = test.operand if isinstance(test, ast.UnaryOp) else test
    return holds(operand, name)


def _is_own(target: ast.expr) -> bool:
    """Whether a target is what an object keeps for itself: `self.verify = verify`."""
    return isinstance(target, ast.Attribute) and path(target.value) in ("self", "cls")


def _last(target: ast.expr) -> str:
    if isinstance(target, ast.Subscript):
        return _text(target.slice)
    return path(target).rpartition(".")[2]


def _text(key: ast.expr) -> str:
    return str(constant(key))
