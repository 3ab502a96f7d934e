"""Which functions of a test suite's file are tests or work for them alone, and what they are told.

A test asks what its suite put up, or a double, unless something says otherwise: an address that is
written down, or one that comes from outside. Source: the discovery rules of pytest and unittest.
"""

import ast
import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from certmend.model import lazy
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import path
from certmend.observe.syntax.python_handed import last_name
from certmend.observe.syntax.python_known import Known

_RUN = lazy.regex(
    r"test|(?:async)?_?(?:set_?up|tear_?down)(?:_?(?:class|method|module|function|testdata))?$",
    re.IGNORECASE,
)
"""Functions that the runner calls itself."""
_CLASS = lazy.regex(r"^Tests?(?![a-z])|Tests?(?:Case|Base|Mixin)?$|TestCase")
_SETUPS = frozenset(("setUp", "asyncSetUp", "setUpClass", "setup", "setup_method", "setup_class"))
"""What runs before each test of a class, or before all of them."""
_OUTSIDE = lazy.regex(
    r"\benviron\b|\bgetenv\b|\bgetoption\b|\bsys\.argv\b|\bparse_args\(|\binput\(|\bConfigParser\("
)
_SETTINGS = lazy.regex(
    r"(?:^|[._])(?:conf|config|configuration|settings|conftest|env|environment|constants?|consts|"
    r"credentials|secrets)(?:\.|$)"
)
"""Modules that hold what a person sets."""
_DEPTH = 3
"""So far the users of a function and the values of a name are followed."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Cases:
    """The tests of one file: its functions and classes, and who uses them."""

    def __init__(self, blocks: Sequence[ast.stmt], known: Known) -> None:
        self._run_here = frozenset(_called(known.source.tree))
        """Functions that the file itself runs when it is loaded: no runner calls them."""
        self._functions = [one for one in blocks if isinstance(one, Function)]
        self._classes = [one for one in blocks if isinstance(one, ast.ClassDef)]
        self._known = known
        self._asks_outside = cache(
            lambda block: any(self._goes_outside(call, block) for call in self.asking(block))
        )
        self._said = cache(_said)
        self.users = cache(self._find_users)
        """The functions that use what another makes: a fixture, a helper, a class's `setUp`."""

    def holds(self, block: ast.stmt) -> bool:
        """Whether a block is a test, belongs to one, or works for tests alone."""
        if isinstance(block, ast.ClassDef):
            return _is_case(block)
        return isinstance(block, Function) and self._works_for_tests(block, 0)

    def is_told_where(self, node: ast.AST, block: ast.stmt) -> bool:
        """Whether an address that a block asks, or a client is made with, comes from outside."""
        return self._asks_outside(block) or (
            isinstance(node, ast.Call) and self._goes_outside(node, block)
        )

    @staticmethod
    def asking(block: ast.stmt) -> list[ast.Call]:
        """The calls of a block that ask somebody, or make what asks."""
        calls = (one for one in ast.walk(block) if isinstance(one, ast.Call))
        return [one for one in calls if _asks(one)]

    def _works_for_tests(self, function: Function, depth: int) -> bool:
        if function.name in self._run_here:
            return False
        if _RUN.match(function.name) or is_fixture(function):
            return True
        users = self.users(function) if depth < _DEPTH else []
        return bool(users) and all(self._works_for_tests(one, depth + 1) for one in users)

    def _find_users(self, function: Function) -> list[Function]:
        if function.name in _SETUPS:
            body = [part for one in self._classes if function in one.body for part in one.body]
            methods = [one for one in body if isinstance(one, Function)]
            return [one for one in methods if one.name.startswith("test")]
        return [one for one in self._used.get(function.name, ()) if one is not function]

    @cached_property
    def _used(self) -> dict[str, list[Function]]:
        """The functions that take a fixture of each name, or call a function of it."""
        found: dict[str, list[Function]] = {}
        for function in self._functions:
            calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
            for name in {*parameters(function), *(last_name(call.func) for call in calls)}:
                found.setdefault(name, []).append(function)
        return found

    def _goes_outside(self, call: ast.Call, block: ast.stmt) -> bool:
        """Whether an address of a call is read from the environment or a file, through its names.

        Each name is looked at once: values that hold one another have no end.
        """
        taken = frozenset(parameters(block)) if isinstance(block, Function) else frozenset[str]()
        waiting = deque((one, 0) for one in _addresses(call))
        seen: set[str] = set()
        while waiting:
            node, depth = waiting.popleft()
            is_outside, read = self._said(node)
            fresh = read - seen
            seen |= fresh
            if is_outside or any(_SETTINGS.search(self._module(name)) for name in fresh):
                return True
            if depth < _DEPTH:
                values = (one for name in fresh for one in self._stands_for(name, taken))
                waiting.extend((one, depth + 1) for one in values)
                passed = (one for name in fresh & taken for one in self._passed(name, block))
                waiting.extend((one, depth + 1) for one in passed)
        return False

    def _stands_for(self, name: str, taken: frozenset[str]) -> Iterator[ast.expr]:
        """What a name holds in this file; for what a test takes, what its fixture makes."""
        first = name.partition(".")[0]
        held = self._known.returned if first in taken - {"self", "cls"} else self._known.values
        found = (held.get(one) for one in _spellings(name))
        yield from (one for one in found if one is not None)

    def _passed(self, parameter: str, block: ast.stmt) -> Iterator[ast.expr]:
        """What the calls of a helper pass for a parameter, or what a passed name holds."""
        given = self._known.passed.given(parameter, block.lineno)
        yield from (self._known.values.get(path(one), one) for one in given if one is not None)

    def _module(self, name: str) -> str:
        """The module that a name was imported from; nothing for a name of the file's own."""
        full = self._known.names.get(name.partition(".")[0], "")
        return full.rpartition(".")[0] or full


def _called(tree: ast.Module | None) -> Iterator[str]:
    """The functions that are called by a statement of a file's own, outside of all blocks."""
    for one in tree.body if tree is not None else ():
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            yield last_name(one.value.func)


def _said(node: ast.expr) -> tuple[bool, frozenset[str]]:
    """Whether a value is read from outside by its own words, and the names in it."""
    read = (path(one) for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute))
    return bool(_OUTSIDE.search(ast.unparse(node))), frozenset(read)


def is_fixture(function: Function) -> bool:
    """Whether a function makes what tests take: pytest's `fixture`, whatever it is called from."""
    return any("fixture" in ast.unparse(one) for one in function.decorator_list)


def parameters(function: Function) -> Iterator[str]:
    """The names of what a function takes."""
    given = function.args
    yield from (one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs))


def _is_case(block: ast.ClassDef) -> bool:
    return any(_CLASS.search(name) for name in (block.name, *map(path, block.bases)))


def _asks(call: ast.Call) -> bool:
    last = last_name(call.func)
    return last[:1].isupper() or last in names.METHODS or bool(names.VERB.search(last))


def _addresses(call: ast.Call) -> list[ast.expr]:
    named = [
        keyword.value for keyword in call.keywords if names.ADDRESSES.search(keyword.arg or "")
    ]
    return [*call.args[:2], *named]


def _spellings(name: str) -> tuple[str, ...]:
    """`self.host` may be an attribute of the class: `host = ...`."""
    owner, _dot, attribute = name.rpartition(".")
    return (name, attribute) if owner in ("self", "cls") else (name,)
