"""What a Python program is built of: its functions, classes and calls, and what names are given.

A name belongs to the function that gives it a value, or to the module. Sources: Python's language
reference, "Naming and binding"; the documentation of dataclasses and collections.namedtuple.
"""

import ast
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from typing import Generic, NamedTuple, TypeVar

from certmend.observe.syntax import python_passed
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_handed import last_name
from certmend.observe.syntax.python_source import Python

Function = python_passed.Function
_RECORD = ("dataclass", "dataclasses.dataclass", "define", "frozen", "attr.s", "attrs")
_RECORDS = ("NamedTuple", "Struct", "BaseModel", "BaseSettings", "TypedDict")
_FAMILY_LIMIT = 50
"""More classes above or below one are not looked at."""
_BLOCKS = ("body", "orelse", "finalbody")


class Binding(NamedTuple):
    """A place where a name is given something."""

    statement: ast.stmt
    value: ast.expr | None
    """None where it is not written down: an import, a file that is opened, a sum."""
    is_direct: bool
    """Whether it happens whenever the body around it is run."""
    run_through: tuple[ast.expr, int] | None = None
    """What a loop runs through, and which part of each of it the name is; -1 for all."""


class Stored(NamedTuple):
    """A place where a method gives its object an attribute: `self.verify = verify`."""

    holder: str
    """The class."""
    method: Function
    binding: Binding


_Block = TypeVar("_Block", ast.ClassDef, Function)


class Nested(Generic[_Block]):
    """Blocks of one kind, which stand in one another or apart."""

    def __init__(self, blocks: Sequence[_Block]) -> None:
        self.blocks: list[_Block] = sorted(blocks, key=_line)
        self._outer: list[int] = []
        """The place of the block around each one; -1 for none."""
        open_: list[int] = []
        for number, one in enumerate(self.blocks):
            while open_ and (self.blocks[open_[-1]].end_lineno or 0) < one.lineno:
                open_.pop()
            self._outer.append(open_[-1] if open_ else -1)
            open_.append(number)

    def around(self, line: int) -> list[_Block]:
        """The blocks around a line, the inmost first."""
        found: list[_Block] = []
        number = bisect_right(self.blocks, line, key=_line) - 1
        while number >= 0:
            if line <= (self.blocks[number].end_lineno or 0):
                found.append(self.blocks[number])
            number = self._outer[number]
        return found


class Scopes:
    """The functions, classes and calls of one program."""

    def __init__(self, source: Python) -> None:
        self.source = source
        self._functions = Nested([one for one in source.nodes if isinstance(one, Function)])
        classes = [one for one in source.nodes if isinstance(one, ast.ClassDef)]
        self._classes = Nested(classes)
        self.classes = {one.name: one for one in classes}
        self.calls: dict[str, list[ast.Call]] = {}
        """The calls of each function, by its own name."""
        for node in source.nodes:
            if isinstance(node, ast.Call):
                self.calls.setdefault(last_name(node.func), []).append(node)
        self.holders: dict[int, ast.ClassDef] = {}
        """The class of each method, by the method's id."""
        self._methods: dict[tuple[str, str], Function] = {}
        self.plain: dict[str, list[Function]] = {}
        """The functions of each name that are no methods."""
        for held in self.classes.values():
            for one in held.body:
                if isinstance(one, Function):
                    self.holders[id(one)] = held
                    self._methods.setdefault((held.name, one.name), one)
        for function in self._functions.blocks:
            if id(function) not in self.holders:
                self.plain.setdefault(function.name, []).append(function)
        self._bindings: dict[int, dict[str, list[Binding]]] = {}
        self.above = cache(self._find_above)
        """A class of the file and those that it is derived from, the nearest first."""
        self.below = cache(self._find_below)
        """A class and those of the file that are derived from it."""

    def around(self, line: int) -> list[Function]:
        """The functions around a line, the inmost first."""
        return self._functions.around(line)

    def class_around(self, line: int) -> str:
        """The inmost class around a line; empty for none."""
        found = self._classes.around(line)
        return found[0].name if found else ""

    def _bases(self, name: str) -> list[str]:
        """The names of a class's bases, as far as they are names."""
        return [path(one).rpartition(".")[2] for one in self.classes[name].bases]

    def _find_above(self, name: str) -> list[str]:
        return self._reached(name, self._bases)

    def _find_below(self, name: str) -> list[str]:
        return self._reached(name, lambda one: self._derived.get(one, []))

    def _reached(self, name: str, following: Callable[[str], list[str]]) -> list[str]:
        found: dict[str, None] = {}
        waiting = deque([name])
        while waiting and len(found) < _FAMILY_LIMIT:
            one = waiting.popleft()
            if one in self.classes and one not in found:
                found[one] = None
                waiting.extend(following(one))
        return list(found)

    @cached_property
    def _derived(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.classes:
            for base in self._bases(name):
                found.setdefault(base, []).append(name)
        return found

    def family(self, name: str) -> list[str]:
        """A class with those above and below it."""
        return list(dict.fromkeys((*self.above(name), *self.below(name))))

    def method(self, holder: str, name: str) -> Function | None:
        """A method that a class has of its own."""
        return self._methods.get((holder, name))

    @cached_property
    def stored(self) -> dict[str, list[Stored]]:
        """The attributes that methods give their objects."""
        found: dict[str, list[Stored]] = {}
        for function in self._functions.blocks:
            holder = self.holders.get(id(function))
            for name, ones in self.bindings(function).items() if holder is not None else ():
                owner, _dot, attribute = name.partition(".")
                if owner in ("self", "cls") and attribute and holder is not None:
                    kept = found.setdefault(attribute, [])
                    kept += [Stored(holder.name, function, one) for one in ones]
        return found

    def bindings(self, function: Function | None) -> dict[str, list[Binding]]:
        """What the names of a function, or of the module, are given."""
        key = id(function)
        if key not in self._bindings:
            tree = self.source.tree
            body = function.body if function is not None else (tree.body if tree else [])
            self._bindings[key] = _bindings(body)
        return self._bindings[key]

    @cached_property
    def shared(self) -> set[str]:
        """Names that functions share with the module or with the function around them."""
        tree = self.source.tree
        text = self.source.word.text
        if tree is None or ("global " not in text and "nonlocal " not in text):
            return set()
        kinds = ast.Global | ast.Nonlocal
        return {name for one in ast.walk(tree) if isinstance(one, kinds) for name in one.names}

    def fields(self, name: str) -> list[str] | None:
        """The parameters of a record, in their order; None for what is none."""
        held = self.classes.get(name)
        if held is not None:
            if not _is_record(held):
                return None
            above = reversed(self.above(name))
            return list(dict.fromkeys(field for one in above for field in self._annotated(one)))
        made = self.bindings(None).get(name, ())
        value = made[0].value if len(made) == 1 else None
        return _of_tuple(value) if isinstance(value, ast.Call) else None

    def _annotated(self, name: str) -> list[str]:
        parts = (one for one in self.classes[name].body if isinstance(one, ast.AnnAssign))
        return [path(one.target) for one in parts]


def _line(block: ast.stmt) -> int:
    return block.lineno


def _is_record(held: ast.ClassDef) -> bool:
    decorated = any(path(one) in _RECORD for one in held.decorator_list)
    return decorated or any(path(one).rpartition(".")[2] in _RECORDS for one in held.bases)


def _of_tuple(call: ast.Call) -> list[str] | None:
    """The fields of `namedtuple("Target", "url verify")`, or of a list of names."""
    if last_name(call.func) != "namedtuple" or len(call.args) < 2:
        return None
    named = call.args[1]
    if isinstance(named, ast.List | ast.Tuple):
        return [str(constant(one)) for one in named.elts]
    return str(constant(named)).replace(",", " ").split()


def _bindings(body: Sequence[ast.stmt]) -> dict[str, list[Binding]]:
    """What names are given in a body; that of functions and classes in it is their own."""
    found: dict[str, list[Binding]] = {}
    waiting = deque((one, True) for one in body)
    while waiting:
        statement, is_direct = waiting.popleft()
        for name, binding in _of_statement(statement, is_direct=is_direct):
            found.setdefault(name, []).append(binding)
        if isinstance(statement, Function | ast.ClassDef):
            continue
        inside = is_direct and isinstance(statement, ast.With | ast.AsyncWith)
        waiting.extend((one, inside) for one in _parts(statement))
    for ones in found.values():
        ones.sort(key=lambda one: one.statement.lineno)
    return found


def _parts(statement: ast.stmt) -> Iterator[ast.stmt]:
    for field in _BLOCKS:
        yield from getattr(statement, field, ())
    for one in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield from one.body


def _of_statement(statement: ast.stmt, *, is_direct: bool) -> Iterator[tuple[str, Binding]]:
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _of_target(statement, target, statement.value, is_direct=is_direct)
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        yield path(statement.target), Binding(statement, statement.value, is_direct)
    elif isinstance(statement, ast.AugAssign):
        yield path(statement.target), Binding(statement, None, is_direct)
    elif isinstance(statement, ast.For | ast.AsyncFor):
        yield from _of_loop(statement)
    elif isinstance(statement, ast.With | ast.AsyncWith):
        held = ((one.optional_vars, one.context_expr) for one in statement.items)
        for name, value in held:
            if name is not None:
                yield path(name), Binding(statement, value, is_direct)
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        named = (one.asname or one.name.partition(".")[0] for one in statement.names)
        yield from ((name, Binding(statement, None, is_direct)) for name in named)


def _of_target(
    statement: ast.stmt, target: ast.expr, value: ast.expr, *, is_direct: bool
) -> Iterator[tuple[str, Binding]]:
    if not isinstance(target, ast.Tuple | ast.List):
        if not isinstance(target, ast.Subscript):
            yield path(target), Binding(statement, value, is_direct)
        return
    held = value.elts if isinstance(value, ast.Tuple | ast.List) else []
    for number, one in enumerate(target.elts):
        part = held[number] if len(held) == len(target.elts) else None
        yield path(one), Binding(statement, part, is_direct)


def _of_loop(loop: ast.For | ast.AsyncFor) -> Iterator[tuple[str, Binding]]:
    if isinstance(loop.target, ast.Tuple):
        for number, one in enumerate(loop.target.elts):
            yield path(one), Binding(loop, None, False, (loop.iter, number))
    else:
        yield path(loop.target), Binding(loop, None, False, (loop.iter, -1))
