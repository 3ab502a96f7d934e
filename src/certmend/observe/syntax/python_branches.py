"""What a name in Python is unless a branch sets it: `verify = False; if ca: verify = ca`.

Nothing is verified there until somebody gives a CA. A branch that puts `True` in its place is an
option like any other: who calls decides.
"""

import ast
from bisect import bisect_left, bisect_right
from functools import cached_property

from certmend.observe.syntax import python_passed
from certmend.observe.syntax.python_expressions import constant
from certmend.observe.syntax.python_known import Known


class Branches:
    """The functions of one program, and what their branches set."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._sorted: dict[str, list[tuple[int, ast.expr]]] = {}

    def unless_set(self, node: ast.expr) -> ast.expr | None:
        """The value of a name before a branch may set it; None where that is not its only way."""
        if not isinstance(node, ast.Name) or node.id not in self.known.changed:
            return None
        function = self._around(node.lineno)
        if function is None:
            return None
        given = self._given(node.id)
        first = bisect_right(given, function.lineno, key=_line)
        inside = [value for _, value in given[first : bisect_left(given, node.lineno, key=_line)]]
        return inside[0] if _is_default(function, inside) else None

    def _given(self, name: str) -> list[tuple[int, ast.expr]]:
        """The values that a name is given, in the order of their lines."""
        if name not in self._sorted:
            given = self.known.given.get(name, ())
            known = [(line, value) for line, value in given if value is not None]
            self._sorted[name] = sorted(known, key=_line)
        return self._sorted[name]

    def _around(self, line: int) -> python_passed.Function | None:
        """The innermost function around a line."""
        at = bisect_right(self._functions, line, key=lambda one: one[0].lineno) - 1
        while at >= 0 and not _holds(self._functions[at][0], line):
            at = self._functions[at][1]
        return self._functions[at][0] if at >= 0 else None

    @cached_property
    def _functions(self) -> list[tuple[python_passed.Function, int]]:
        """In the order of their lines, each with the number of the one that it stands in, or -1."""
        nodes = self.known.source.nodes
        functions = [one for one in nodes if isinstance(one, python_passed.Function)]
        found: list[tuple[python_passed.Function, int]] = []
        for function in sorted(functions, key=lambda one: one.lineno):
            at = len(found) - 1
            while at >= 0 and not _holds(found[at][0], function.lineno):
                at = found[at][1]
            found.append((function, at))
        return found


def _line(given: tuple[int, ast.expr]) -> int:
    return given[0]


def _is_default(function: python_passed.Function, values: list[ast.expr]) -> bool:
    """Whether the first of the values is set whatever happens, and the others in branches alone."""
    if len(values) < 2 or any(constant(value) is True for value in values):
        return False
    branches = [one for one in ast.walk(function) if isinstance(one, ast.If)]
    first, *others = [any(_holds(one, value.lineno) for one in branches) for value in values]
    return not first and all(others)


def _holds(block: ast.stmt, line: int) -> bool:
    return block.lineno <= line <= (block.end_lineno or block.lineno)
