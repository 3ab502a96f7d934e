"""Who calls a function of a Python program, or makes an object of a class, and with what.

A call reaches a method by its object: `self`, `super()`, a name that holds what the class made.
What has the function's name alone may be another's: `get(...)` of a session is no `get` of a class.
"""

import ast
from collections.abc import Iterator

from certmend.observe.syntax.python_expressions import path
from certmend.observe.syntax.python_handed import last_name
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_scopes import Function, Scopes

_CALLS_LIMIT = 200
"""More calls of one name are not looked through."""


class Callers:
    """The calls of one program."""

    def __init__(self, known: Known, scopes: Scopes) -> None:
        self._known = known
        self._scopes = scopes

    def given(self, function: Function, parameter: str) -> Iterator[tuple[ast.Call, ast.expr]]:
        """What each call of a function passes for one of its parameters."""
        placed = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        holder = self._scopes.holders.get(id(function))
        if holder is None:
            calls = [(call, 0) for call in self._named(function.name)]
        else:
            bound = not any(path(one) == "staticmethod" for one in function.decorator_list)
            placed = placed[1:] if bound else placed
            calls = list(self._of_method(holder.name, function))
        number = placed.index(parameter) if parameter in placed else -1
        for call, skipped in calls:
            place = number + skipped if number >= 0 else -1
            if (value := _argument(call, parameter, place)) is not None:
                yield call, value

    def of_record(self, name: str, field: str) -> Iterator[tuple[ast.Call, ast.expr]]:
        """What a field is when an object of a record is made."""
        fields = self._scopes.fields(name) or []
        for call in self._named(name):
            if (value := _argument(call, field, fields.index(field))) is not None:
                yield call, value

    def class_of(self, node: ast.expr, line: int) -> str:
        """The class of the file that an expression is an object of; empty if that is not known."""
        if isinstance(node, ast.Call):
            made = last_name(node.func)
            return made if path(node.func) == made and made in self._scopes.classes else ""
        name = path(node)
        owner, _dot, attribute = name.partition(".")
        if owner in ("self", "cls"):
            return self._of_attribute(self._scopes.class_around(line), attribute)
        for function in self._scopes.around(line):
            given = function.args
            for one in (*given.posonlyargs, *given.args, *given.kwonlyargs):
                if one.arg == name:
                    return self._annotated(one.annotation)
        made = self._known.made_by(name)
        return made if made in self._scopes.classes and name not in self._known.changed else ""

    def _of_attribute(self, holder: str, attribute: str) -> str:
        family = self._scopes.family(holder)
        for one in self._scopes.stored.get(attribute, ()):
            value = one.binding.value
            if one.holder in family and isinstance(value, ast.Name | ast.Call):
                return self.class_of(value, one.binding.statement.lineno)
        return ""

    def _annotated(self, annotation: ast.expr | None) -> str:
        """The class of the file that an annotation names, alone or in `Optional[...]`."""
        if annotation is None:
            return ""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            return annotation.value if annotation.value in self._scopes.classes else ""
        parts = (one for one in ast.walk(annotation) if isinstance(one, ast.Name))
        return next((one.id for one in parts if one.id in self._scopes.classes), "")

    def _named(self, name: str) -> list[ast.Call]:
        """The calls of a name itself, and of what fills in its arguments: `partial(name, ...)`."""
        calls = self._scopes.calls.get(name, [])
        found = [call for call in calls if isinstance(call.func, ast.Name)]
        filled = self._scopes.calls.get("partial", [])
        found += [one for one in filled if one.args and path(one.args[0]) == name]
        return found if len(found) <= _CALLS_LIMIT else []

    def _of_method(self, holder: str, function: Function) -> Iterator[tuple[ast.Call, int]]:
        """The calls of a method, and how many arguments stand before its own."""
        below = self._scopes.below(holder)
        if function.name == "__init__":
            for name in below:
                if self._inherited(name, "__init__") == holder:
                    yield from ((call, 0) for call in self._named(name))
            yield from ((call, 0) for call in self._scopes.calls.get("cls", ()) if self._is_in(
                call, below))  # fmt: skip
        calls = self._scopes.calls.get(function.name, [])
        for call in calls if len(calls) <= _CALLS_LIMIT else ():
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            if owner is None:
                continue
            name = path(owner)
            if name == "super":
                base = self._above(self._scopes.class_around(call.lineno), function.name)
                reaches = base == holder
            elif name == holder and function.name == "__init__":
                yield call, 1
                continue
            elif name in ("self", "cls"):
                reaches = self._is_in(call, self._scopes.family(holder))
            else:
                reaches = name in below or self.class_of(owner, call.lineno) in below
            if reaches:
                yield call, 0

    def _is_in(self, call: ast.Call, holders: list[str]) -> bool:
        return self._scopes.class_around(call.lineno) in holders

    def _inherited(self, name: str, method: str) -> str:
        """The class whose method an object of a class has."""
        above = self._scopes.above(name)
        return next((one for one in above if self._scopes.method(one, method)), "")

    def _above(self, name: str, method: str) -> str:
        """The class whose method `super()` calls."""
        above = self._scopes.above(name)[1:]
        return next((one for one in above if self._scopes.method(one, method)), "")


def _argument(call: ast.Call, name: str, number: int) -> ast.expr | None:
    """What a call passes for a parameter, by its name or its place, where that is known."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    before = call.args[: number + 1]
    if number < 0 or len(before) <= number or last_name(call.func) == "partial":
        return None
    return None if any(isinstance(one, ast.Starred) for one in before) else call.args[number]
