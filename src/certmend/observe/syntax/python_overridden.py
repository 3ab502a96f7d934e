"""Switches of a Python program that are set anew before anything is done with them.

`session.verify = False` and, in the next lines of the same block, `session.verify = True`: what
is asked then is verified.
"""

import ast
from collections.abc import Iterator, Sequence

from certmend.observe.syntax.python_expressions import constant, is_off, path

_BLOCKS = ("body", "orelse", "finalbody")
_ACTS = (ast.Call, ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Await, ast.Yield)
_AHEAD = 20
"""So many statements behind a switch are looked at."""


def overridden(tree: ast.Module) -> dict[int, str]:
    """What is set anew before it is used, by the ids of what holds the switch: its name."""
    found: dict[int, str] = {}
    for block in ast.walk(tree):
        for field in _BLOCKS:
            body = getattr(block, field, ())
            for number, statement in enumerate(body if isinstance(body, list) else ()):
                for node, owner, name in _switched_off(statement):
                    if _is_set_anew(body[number + 1 : number + 1 + _AHEAD], owner, name):
                        found[id(node)] = name
    return found


def _switched_off(statement: ast.stmt) -> Iterator[tuple[ast.AST, str, str]]:
    """What a statement switches off: the node, what it belongs to, and the switch's name."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return
    target, value = statement.targets[0], statement.value
    for owner, name, given in _given(statement):
        if is_off(given):
            yield statement, owner, name
    entries: list[tuple[object, ast.expr]] = []
    if isinstance(value, ast.Dict):
        pairs = zip(value.keys, value.values, strict=True)
        entries = [(constant(key), one) for key, one in pairs if key is not None]
    elif isinstance(value, ast.Call) and path(value.func) == "dict":
        entries = [(one.arg, one.value) for one in value.keywords]
    yield from ((value, path(target), str(key)) for key, one in entries if is_off(one))


def _given(statement: ast.stmt) -> Iterator[tuple[str, str, ast.expr]]:
    """The attributes and entries that a statement sets: their owner, their name, the value."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        if isinstance(target, ast.Attribute):
            yield path(target.value), target.attr, statement.value
        elif isinstance(target, ast.Subscript):
            yield path(target.value), str(constant(target.slice)), statement.value
    elif isinstance(statement, ast.Expr) and isinstance(call := statement.value, ast.Call):
        owner, _dot, last = path(call.func).rpartition(".")
        for one in call.keywords if last == "update" else ():
            yield owner, str(one.arg), one.value


def _is_set_anew(following: Sequence[ast.stmt], owner: str, name: str) -> bool:
    """Whether a switch is set to something else before anything is done."""
    for statement in following:
        values = [value for *held, value in _given(statement) if held == [owner, name]]
        if values:
            return not is_off(values[-1])
        if any(_does(part, owner) for part in _read(statement)):
            return False
    return False


def _read(statement: ast.stmt) -> list[ast.AST]:
    """What a statement reads; of one that sets something, what it is given."""
    given: list[ast.AST] = [value for _owner, _name, value in _given(statement)]
    return given or [statement]


def _does(node: ast.AST, owner: str) -> bool:
    """Whether something is called, the block is left, or an object is spoken of."""
    first = owner.partition(".")[0]
    return any(
        isinstance(one, _ACTS) or (isinstance(one, ast.Name) and one.id == first)
        for one in ast.walk(node)
    )
