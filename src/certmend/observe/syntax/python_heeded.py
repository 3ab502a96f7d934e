"""Whether code that is told by an attribute or a parameter verifies servers by it.

`requests.get(url, verify=self.verify)` does; `if verify: assert digest(path) == sum` does not.
"""

import ast
import re
from collections.abc import Iterable, Iterator

from certmend.model import lazy
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_scopes import Function

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
    if isinstance(node, ast.If) and holds(_tested(node), name):
        return _weakens((*node.body, *node.orelse))
    return False


def _weakens(statements: Iterable[ast.stmt]) -> bool:
    """Whether statements do something to TLS; what is too deep to be written out is data."""
    try:
        return bool(_WEAKENS.search("\n".join(map(ast.unparse, statements))))
    except RecursionError:
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


def _tested(node: ast.If) -> ast.expr:
    return node.test.operand if isinstance(node.test, ast.UnaryOp) else node.test


def _is_own(target: ast.expr) -> bool:
    """Whether a target is what an object keeps for itself: `self.verify = verify`."""
    return isinstance(target, ast.Attribute) and path(target.value) in ("self", "cls")


def _last(target: ast.expr) -> str:
    if isinstance(target, ast.Subscript):
        return _text(target.slice)
    return path(target).rpartition(".")[2]


def _text(key: ast.expr) -> str:
    return str(constant(key))


def is_heeded(block: Function | ast.ClassDef, name: str) -> bool | None:
    """Whether a function, or who makes a class's objects, verifies servers by a parameter.

    None where that cannot be told: the parameter goes on to something else.
    """
    function = block if not isinstance(block, ast.ClassDef) else _maker(block)
    if function is None or name not in _parameters(function):
        return None
    if tells_client(function, name):
        return True
    kept = {path(target) for target in _kept(function, name)} if block is not function else set()
    if any(tells_client(block, one) for one in kept):
        return True
    return False if _is_only_tested(function, name) else None


def _maker(held: ast.ClassDef) -> Function | None:
    made = (one for one in held.body if isinstance(one, Function) and one.name == "__init__")
    return next(made, None)


def _kept(function: Function, name: str) -> Iterator[ast.expr]:
    """The attributes that a method keeps a parameter in."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and holds(node.value, name):
            yield from (one for one in node.targets if _is_own(one))


def _parameters(function: Function) -> set[str]:
    given = function.args
    return {one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)}


def _is_only_tested(function: Function, name: str) -> bool:
    """Whether a parameter decides nothing but what is done without TLS, or nothing at all.

    A function that does nothing stands for one that is written elsewhere.
    """
    if all(_is_empty(one) for one in function.body):
        return False
    inside = [node for statement in function.body for node in ast.walk(statement)]
    tests = [node for node in inside if isinstance(node, ast.If) and holds(_tested(node), name)]
    used = sum(isinstance(node, ast.Name) and node.id == name for node in inside)
    told = [part for one in tests for part in (*one.body, *one.orelse)]
    return used == len(tests) and not _weakens(told) and not _takes_all(inside)


def _is_empty(statement: ast.stmt) -> bool:
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_text or isinstance(statement, ast.Pass | ast.Raise)


def _takes_all(inside: list[ast.AST]) -> bool:
    """Whether a function hands on whatever it has: `locals()`."""
    return any(isinstance(node, ast.Call) and path(node.func) == "locals" for node in inside)
