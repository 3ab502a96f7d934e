"""What a name in Python is unless a branch sets it: `verify = False; if ca: verify = ca`.

Nothing is verified there until somebody gives a CA. A branch that puts `True` in its place is an
option like any other: who calls decides.
"""

import ast
from functools import cached_property

from certmend.observe.syntax import python_passed
from certmend.observe.syntax.python_expressions import constant
from certmend.observe.syntax.python_known import Known


class Branches:
    """The functions of one program, and what their branches set."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def unless_set(self, node: ast.expr) -> ast.expr | None:
        """The value of a name before a branch may set it; None where that is not its only way."""
        if not isinstance(node, ast.Name) or node.id not in self.known.changed:
            return None
        around = [one for one in self._functions if _holds(one, node.lineno)]
        function = max(around, key=lambda one: one.lineno, default=None)
        if function is None:
            return None
        given = self.known.given.get(node.id, ())
        inside = [
            value for line, value in sorted(given, key=lambda one: one[0])
            if value is not None and function.lineno < line < node.lineno
        ]  # fmt: skip
        return inside[0] if _is_default(function, inside) else None

    @cached_property
    def _functions(self) -> list[python_passed.Function]:
        return [one for one in self.known.source.nodes if isinstance(one, python_passed.Function)]


def _is_default(function: python_passed.Function, values: list[ast.expr]) -> bool:
    """Whether the first of the values is set whatever happens, and the others in branches alone."""
    if len(values) < 2 or any(constant(value) is True for value in values):
        return False
    branches = [one for one in ast.walk(function) if isinstance(one, ast.If)]
    first, *others = [any(_holds(one, value.lineno) for one in branches) for value in values]
    return not first and all(others)


def _holds(block: ast.stmt, line: int) -> bool:
    return block.lineno <= line <= (block.end_lineno or block.lineno)
