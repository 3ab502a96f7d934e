"""Where the value that a client is told to verify with comes from, in a Python program.

`requests.get(url, verify=verify)` in a function is told by the function's callers, `verify=
self.verify` by who makes the object or by the class, `verify=site["verify"]` by a table. Values are
followed back to the literals that stand for them; whatever else may happen on the way (a name that
a branch gives something else, a value from a file) ends it.
"""

import ast
from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from certmend.observe.syntax.python_callers import Callers
from certmend.observe.syntax.python_expressions import constant, is_off, path
from certmend.observe.syntax.python_handed import last_name
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_scopes import Binding, Function, Scopes
from certmend.observe.syntax.python_tables import Tables, address_of, addressed

_STEPS = 2000
"""So far the values of one program are followed."""
_PROPERTIES = ("property", "cached_property", "functools.cached_property")


class Origin(NamedTuple):
    """What stands around a literal."""

    place: ast.expr | ast.stmt
    what: str
    url: str
    """The address that stands beside it, where one does."""


class Literal(NamedTuple):
    """A literal that a value comes from."""

    node: ast.Constant
    origin: Origin


_Step = tuple[ast.expr, bool, Origin | None]
"""A value, what of it switches verification off, and where it stands."""


class Flow:
    """The ways of values through one program."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.scopes = Scopes(known.source)
        self._callers = Callers(known, self.scopes)
        self._tables = Tables(known, self.scopes)
        self._left = _STEPS
        self._only_return = cache(_only_return)
        self._by_default = cache(_by_default)

    def literals(self, node: ast.expr, *, off: bool) -> Iterator[Literal]:
        """The literals that a value comes from, of those that are `off`."""
        waiting: deque[_Step] = deque([(node, off, None)])
        seen: set[tuple[int, bool]] = set()
        while waiting and self._left > 0:
            self._left -= 1
            value, told, origin = waiting.popleft()
            if isinstance(value, ast.Constant):
                if origin is not None and (value.value is True if told else is_off(value)):
                    yield Literal(value, origin)
            elif (id(value), told) not in seen:
                seen.add((id(value), told))
                waiting.extend(self._step(value, off=told))

    def returned(self, node: ast.expr) -> Iterator[tuple[ast.Return, ast.expr]]:
        """What the functions of the file return that a call may be one of; nothing of several."""
        if not isinstance(node, ast.Call):
            return
        name, owner = last_name(node.func), path(node.func).rpartition(".")[0]
        if owner in ("self", "cls"):
            family = self.scopes.family(self.scopes.class_around(node.lineno))
            found = [self.scopes.method(one, name) for one in family]
        else:
            found = [*self.scopes.plain.get(name, ())] if not owner else []
        for function in found:
            if function is not None and (only := self._only_return(function)) is not None:
                yield only

    def called(self, call: ast.Call) -> Function | ast.ClassDef | None:
        """The function or class of the file that a call is of, where that is one."""
        if isinstance(call.func, ast.Name):
            name = call.func.id
            named = self.scopes.plain.get(name, ())
            return named[0] if len(named) == 1 else self.scopes.classes.get(name)
        if not isinstance(call.func, ast.Attribute):
            return None
        owner = path(call.func.value)
        held = self._callers.class_of(call.func.value, call.lineno)
        if owner in ("self", "cls"):
            held = self.scopes.class_around(call.lineno)
        above = self.scopes.above(held) if held else []
        methods = (self.scopes.method(one, call.func.attr) for one in above)
        return next((one for one in methods if one is not None), None)

    def _step(self, node: ast.expr, *, off: bool) -> Iterator[_Step]:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node.operand, not off, None
        elif isinstance(node, ast.BoolOp):
            if isinstance(node.op, ast.Or) == off:  # one of them is enough
                yield from ((one, off, None) for one in node.values)
        elif isinstance(node, ast.IfExp):
            yield from _of_condition(node, off=off)
        elif isinstance(node, ast.Name):
            yield from self._of_name(node, off=off)
        elif isinstance(node, ast.Attribute):
            yield from self._of_attribute(node.value, node.attr, node, off=off)
        elif isinstance(node, ast.Subscript):
            yield from self._of_item(node.value, node.slice, off=off)
        elif isinstance(node, ast.Call):
            yield from self._of_call(node, off=off)

    def _of_call(self, node: ast.Call, *, off: bool) -> Iterator[_Step]:
        name = last_name(node.func)
        if name == "bool" and node.args:
            yield node.args[0], off, None
        elif name == "getattr" and len(node.args) > 1:
            owner, attribute = node.args[0], str(constant(node.args[1]))
            yield from self._of_attribute(owner, attribute, node, off=off)
        elif name in ("get", "pop") and isinstance(node.func, ast.Attribute) and node.args:
            yield from self._of_item(node.func.value, node.args[0], off=off)
        else:
            for statement, value in self.returned(node):
                what = f"{name}() gives {ast.unparse(value)[:60]}"
                yield value, off, Origin(statement, what, "")

    def _of_name(self, node: ast.Name, *, off: bool) -> Iterator[_Step]:
        around = self.scopes.around(node.lineno)
        for function in around:
            bound = [
                one for one in self.scopes.bindings(function).get(node.id, ())
                if (node.id, id(one.statement)) not in self._by_default(function)
            ]  # fmt: skip
            taken = node.id in _parameters(function)
            if bound and not taken:
                yield from self._of_bindings(node, bound, off=off, here=function is around[0])
            elif taken and not bound:
                yield from self._passed(function, node.id, off=off)
            if bound or taken:
                return
        bound = self.scopes.bindings(None).get(node.id, [])
        if node.id not in self.scopes.shared:
            yield from self._of_bindings(node, bound, off=off, here=not around)

    def _of_bindings(
        self, node: ast.Name, bound: list[Binding], *, off: bool, here: bool
    ) -> Iterator[_Step]:
        loops = [one for one in bound if one.run_through is not None]
        if loops:
            for row, part in self._tables.run_through(loops) if loops == bound else ():
                yield part, off, _of_row(row, part)
            return
        last = [one for one in bound if one.statement.lineno < node.lineno][-1:] if here else bound
        value = last[0].value if len(last) == 1 else None
        if value is not None and all(one.is_direct for one in bound):
            yield value, off, Origin(last[0].statement, f"{node.id} = {_shown(value)}", "")

    def _passed(self, function: Function, parameter: str, *, off: bool) -> Iterator[_Step]:
        for call, value in self._callers.given(function, parameter):
            named = any(keyword.value is value for keyword in call.keywords)
            what = f"{parameter}={_shown(value)}" + ("" if named else ", by its place")
            yield value, off, Origin(call, what, addressed(self.known, call))

    def _of_attribute(
        self, owner: ast.expr, attribute: str, node: ast.expr, *, off: bool
    ) -> Iterator[_Step]:
        name = path(owner)
        if name in ("self", "cls"):
            yield from self._of_object(self.scopes.class_around(node.lineno), attribute, off=off)
            return
        if name in self.scopes.classes:
            yield from self._of_class(self.scopes.above(name), attribute, off=off)
            return
        held = self._callers.class_of(owner, node.lineno)
        if held:
            yield from self._of_object(held, attribute, off=off)
            return
        for row in self._tables.rows(owner):
            for value in self._tables.parts(row, ast.Constant(attribute)):
                yield value, off, _of_row(row, value)

    def _of_object(self, holder: str, attribute: str, *, off: bool) -> Iterator[_Step]:
        """What objects of a class, or of one above or below it, have under a name."""
        family = self.scopes.family(holder)
        stored = [one for one in self.scopes.stored.get(attribute, ()) if one.holder in family]
        for one in stored:
            value, statement = one.binding.value, one.binding.statement
            if value is None:
                continue
            settled = one.method.name == "__init__" and one.binding.is_direct
            alone = sum(other.holder == one.holder for other in stored) == 1
            origin = Origin(statement, f"self.{attribute} = {_shown(value)}", "")
            yield value, off, origin if settled and alone else None
        if not stored:
            yield from self._of_properties(family, attribute, off=off)
            yield from self._of_records(family, attribute, off=off)
            yield from self._of_class(family, attribute, off=off)

    def _of_properties(self, family: list[str], name: str, *, off: bool) -> Iterator[_Step]:
        for holder in family:
            function = self.scopes.method(holder, name)
            decorated = function.decorator_list if function is not None else ()
            if function is None or not any(path(one) in _PROPERTIES for one in decorated):
                continue
            if (only := self._only_return(function)) is not None:
                what = f"{holder}.{name} gives {_shown(only[1])}"
                yield only[1], off, Origin(only[0], what, address_of(self.scopes.classes[holder]))

    def _of_records(self, family: list[str], name: str, *, off: bool) -> Iterator[_Step]:
        for holder in family:
            fields = self.scopes.fields(holder) or []
            for call, value in self._callers.of_record(holder, name) if name in fields else ():
                origin = Origin(call, f"{name}={_shown(value)}", addressed(self.known, call))
                yield value, off, origin

    def _of_class(self, holders: list[str], name: str, *, off: bool) -> Iterator[_Step]:
        for holder in holders:
            body = self.scopes.classes[holder].body
            for one in body if self.scopes.fields(holder) is None else ():
                given: list[ast.expr] = one.targets if isinstance(one, ast.Assign) else []
                given = [one.target] if isinstance(one, ast.AnnAssign) else given
                value = one.value if isinstance(one, ast.Assign | ast.AnnAssign) else None
                if value is not None and any(path(target) == name for target in given):
                    what = f"{holder}.{name} = {_shown(value)}"
                    yield value, off, Origin(one, what, address_of(self.scopes.classes[holder]))

    def _of_item(self, owner: ast.expr, key: ast.expr, *, off: bool) -> Iterator[_Step]:
        if isinstance(owner, ast.Name):
            for function in self.scopes.around(owner.lineno):
                if function.args.kwarg is not None and function.args.kwarg.arg == owner.id:
                    yield from self._passed(function, str(constant(key)), off=off)
                    return
        for row in self._tables.rows(owner):
            for value in self._tables.parts(row, key):
                yield value, off, _of_row(row, value)


def _of_row(row: ast.expr, value: ast.expr) -> Origin:
    key = next((name for name, one in _named(row) if one is value), "")
    what = f'"{key}": {_shown(value)}' if key else f"{_shown(value)} in a table"
    return Origin(row, what, addressed(None, row))


def _named(row: ast.expr) -> list[tuple[object, ast.expr]]:
    if isinstance(row, ast.Dict):
        pairs = zip(row.keys, row.values, strict=True)
        return [(constant(key), value) for key, value in pairs if key is not None]
    return [(one.arg, one.value) for one in row.keywords] if isinstance(row, ast.Call) else []


def _of_condition(node: ast.IfExp, *, off: bool) -> Iterator[_Step]:
    """`ca if verify else False` is told by `verify`."""
    for side, told in ((node.orelse, False), (node.body, True)):
        if isinstance(side, ast.Constant):
            if side.value is True if off else is_off(side):
                yield node.test, told, None
        else:
            yield side, off, None


def _only_return(function: Function) -> tuple[ast.Return, ast.expr] | None:
    """The one `return` of a function that has no other."""
    found = [one for one in ast.walk(function) if isinstance(one, ast.Return)]
    value = found[0].value if len(found) == 1 else None
    return (found[0], value) if value is not None else None


def _parameters(function: Function) -> set[str]:
    given = function.args
    return {one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)}


def _by_default(function: Function) -> set[tuple[str, int]]:
    """What parameters are given only where nobody did, by name: `if verify is None:`."""
    found: set[tuple[str, int]] = set()
    for one in ast.walk(function):
        if not isinstance(one, ast.If) or not isinstance(one.test, ast.Compare):
            continue
        if isinstance(one.test.ops[0], ast.Is):
            found |= {(path(one.test.left), id(inner)) for inner in one.body}
    return found


def _shown(value: ast.expr) -> str:
    return ast.unparse(value)[:60]
