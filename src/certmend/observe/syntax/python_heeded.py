"""Whether code that is told by an attribute or a parameter verifies servers by it.

`requests.get(url, verify=self.verify)` does; `if verify: assert digest(path) == sum` does not.
"""

import ast
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeGuard

from certmend.model import lazy
from certmend.observe.syntax import python_aiohttp
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_scopes import Function

_WEAKENS = lazy.regex(
    r"CERT_NONE|_unverified|VERIFY_NONE|ssl\b|tls|cert|adapter|session|verif\w*\s*=|"
    r"['\"]verif\w*['\"]\s*[:\]]|insecure|disable_warnings",
    re.IGNORECASE,
)

_OF_FILES = lazy.regex(
    r"digest|checksum|sha\d|md5|hash|gpg|signature|integrity|unpack|untar|unzip", re.IGNORECASE
)
"""Functions that look at what was fetched, by their names."""
_RECORDS = frozenset(("dataclass", "NamedTuple", "BaseModel", "Struct", "define", "frozen"))
_DEPTH = 3


def tells_client(block: ast.AST, name: str) -> bool:
    """Whether a class or a function tells a client to verify with what has this name."""
    return any(_tells(node, name) for node in ast.walk(block))


def _tells(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Call):
        function = path(node.func)
        told = [one for one in node.keywords if names.is_switch(one.arg) and holds(one.value, name)]
        asks = any(one.arg != "ssl" or python_aiohttp.takes_switch(function) for one in told)
        return asks and not names.OTHER.search(function)
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


def _weakens(statements: Iterable[ast.AST]) -> bool:
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


def _tested(node: ast.If | ast.IfExp) -> ast.expr:
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


Called = Callable[[ast.Call], "Function | ast.ClassDef | None"]
"""The function or class that a call is of, where it is known."""


def is_heeded(
    block: Function | ast.ClassDef, name: str, called: Called | None = None, depth: int = 0
) -> bool | None:
    """Whether a function, or who makes a class's objects, verifies servers by a parameter.

    None where that cannot be told: the parameter goes on to something else.
    """
    function = block if not isinstance(block, ast.ClassDef) else _maker(block)
    if isinstance(block, ast.ClassDef) and function is None and _is_field(block, name):
        return None if not _only_gates(block, {f"self.{name}"}) else False
    if function is None or name not in _parameters(function):
        return None
    if tells_client(function, name):
        return True
    kept = {path(target) for target in _kept(function, name)} if block is not function else set()
    if any(tells_client(block, one) for one in kept):
        return True
    handed = _Handed(called, depth)
    if isinstance(block, ast.ClassDef) and kept and not _only_gates(block, kept):
        return None
    return False if _is_only_tested(function, name, handed, bool(kept)) else None


class _Handed:
    """Whether calls that a parameter goes on to verify nobody by it."""

    def __init__(self, called: Called | None, depth: int) -> None:
        self._called = called
        self._depth = depth

    def ends(self, call: ast.Call, name: str) -> bool:
        """Whether a call that is given a parameter verifies no server by it."""
        if _OF_FILES.search(path(call.func)):
            return True
        block = self._called(call) if self._called is not None and self._depth < _DEPTH else None
        taken = _taken_as(call, name, block) if block is not None else None
        if block is None or taken is None:
            return False
        return is_heeded(block, taken, self._called, self._depth + 1) is False


def _taken_as(call: ast.Call, name: str, block: Function | ast.ClassDef) -> str | None:
    """The parameter that a call gives a name to."""
    for keyword in call.keywords:
        if holds(keyword.value, name):
            return keyword.arg
    function = _maker(block) if isinstance(block, ast.ClassDef) else block
    if function is None:
        return None
    placed = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    placed = placed[1:] if placed[:1] in (["self"], ["cls"]) else placed
    pairs = zip(call.args, placed, strict=False)
    return next((parameter for value, parameter in pairs if holds(value, name)), None)


def _is_field(held: ast.ClassDef, name: str) -> bool:
    """Whether the objects of a class are made with its fields, and this is one of them."""
    by = (*held.decorator_list, *held.bases)
    made = any(path(one).rpartition(".")[2] in _RECORDS for one in by)
    fields = (one.target for one in held.body if isinstance(one, ast.AnnAssign))
    return made and any(path(one) == name for one in fields)


def _only_gates(held: ast.ClassDef, kept: Collection[str]) -> bool:
    """Whether a class does by what it keeps something without TLS, and nothing else.

    A class that only keeps it may be read by others, and one above may verify by it.
    """
    if any(path(one).rpartition(".")[2] not in (*_RECORDS, "object", "ABC") for one in held.bases):
        return False
    inside = list(ast.walk(held))
    used = sum(
        isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and path(node) in kept
        for node in inside
    )
    gates = [one for one in inside if any(_gated(one, name) for name in kept)]
    parts = [part for one in gates for part in _parts(one)]
    given = (one for part in parts for one in ast.walk(part) if isinstance(one, ast.Assign))
    hands_on = any(constant(one.value) is False for one in given)
    return 0 < used == len(gates) and not hands_on and not _weakens(parts)


def _gated(node: ast.AST, name: str) -> bool:
    """Whether a statement, or a choice that is none of values, is decided by a name alone."""
    if isinstance(node, ast.IfExp) and any(isinstance(one, ast.Constant) for one in _parts(node)):
        return False  # `ca if verify else False`
    return isinstance(node, ast.If | ast.IfExp) and path(_tested(node)) == name


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """What a statement, or a choice, does either way."""
    if isinstance(node, ast.If):
        yield from (*node.body, *node.orelse)
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)


def _maker(held: ast.ClassDef) -> Function | None:
    made = (one for one in held.body if isinstance(one, Function) and one.name == "__init__")
    return next(made, None)


def _kept(function: Function, name: str) -> Iterator[ast.expr]:
    """The attributes that a method keeps a parameter in."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one for one in targets if holds(node.value, name) and _is_own(one))


def _parameters(function: Function) -> set[str]:
    given = function.args
    return {one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)}


def _is_only_tested(function: Function, name: str, handed: _Handed, is_kept: bool) -> bool:
    """Whether a parameter decides nothing but what is done without TLS, or nothing at all.

    A function that does nothing stands for one that is written elsewhere.
    """
    if all(_is_empty(one) for one in function.body):
        return False
    inside = [node for statement in function.body for node in ast.walk(statement)]
    tests: list[ast.AST] = [
        one for one in inside
        if (isinstance(one, ast.If) and holds(_tested(one), name))
        or (isinstance(one, ast.IfExp) and _gated(one, name))
    ]  # fmt: skip
    ended = sum(_gives(one, name) and handed.ends(one, name) for one in inside)
    used = sum(isinstance(node, ast.Name) and node.id == name for node in inside)
    stored = sum(1 for _ in _kept(function, name)) if is_kept else 0
    harmless = not _weakens(part for one in tests for part in _parts(one))
    return used == len(tests) + ended + stored and harmless and not _takes_all(inside)


def _gives(node: ast.AST, name: str) -> TypeGuard[ast.Call]:
    """Whether a call is given a name, as it is, as one of its arguments."""
    if not isinstance(node, ast.Call):
        return False
    given = (*node.args, *(one.value for one in node.keywords))
    return sum(path(one) == name for one in given if isinstance(one, ast.Name)) == 1


def _is_empty(statement: ast.stmt) -> bool:
    is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_text or isinstance(statement, ast.Pass | ast.Raise)


def _takes_all(inside: list[ast.AST]) -> bool:
    """Whether a function hands on whatever it has: `locals()`."""
    return any(isinstance(node, ast.Call) and path(node.func) == "locals" for node in inside)
