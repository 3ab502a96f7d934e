"""What a Python program passes for a parameter, and what the objects of a list are made with.

A helper that waits for a server is told its address: `wait_for(f"{BASE}/health")`. Where all that
this file passes is an address of this machine, so is the parameter.
"""

import ast
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from certmend.model import lazy
from certmend.observe.syntax import python_names as names

_AUTHORITY = lazy.regex(r"\w+://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)")
_CALLS_LIMIT = 40
"""More calls are not looked through: each may lead to those of another function."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Passed:
    """The parameters of a file's functions, and the calls of these."""

    def __init__(self) -> None:
        self._parameters: dict[str, list[tuple[Function, int]]] = {}
        """The functions that have a parameter of a name, and which one of theirs it is."""
        self._ordered: dict[str, tuple[list[int], list[int], list[tuple[Function, int]]]] = {}
        """The same by their lines, made when one is first asked for."""
        self._calls: dict[str, list[ast.Call]] = {}
        """The calls of each function, by its own name."""

    def learn_function(self, node: Function) -> None:
        """Keep what a function takes; what a method belongs to is not passed."""
        placed = [*node.args.posonlyargs, *node.args.args]
        placed = placed[1:] if placed and placed[0].arg in ("self", "cls") else placed
        for number, one in enumerate(placed):
            self._parameters.setdefault(one.arg, []).append((node, number))

    def learn_call(self, name: str, node: ast.Call) -> None:
        """Keep a call of a function, by the function's own name."""
        self._calls.setdefault(name, []).append(node)

    def is_given(self, parameter: str, node: ast.expr, value: ast.expr) -> bool:
        """Whether a name is a parameter where a node stands, and another one where a value does."""
        around = self._around(parameter, node.lineno)
        return bool(around) and around[-1] not in self._around(parameter, value.lineno)

    def _around(self, parameter: str, line: int) -> list[tuple[Function, int]]:
        """The functions around a line that have a parameter, the inmost last."""
        starts, ends, functions = self._in_order(parameter)
        found: list[tuple[Function, int]] = []
        number = bisect_right(starts, line) - 1
        while number >= 0 and ends[number] >= line:
            if (functions[number][0].end_lineno or 0) >= line:
                found.append(functions[number])
            number -= 1
        return found[::-1]

    def _in_order(self, parameter: str) -> tuple[list[int], list[int], list[tuple[Function, int]]]:
        """Where the functions begin that have a parameter, and the furthest end up to each."""
        if parameter not in self._ordered:
            functions = sorted(self._parameters.get(parameter, ()), key=lambda one: one[0].lineno)
            ends = accumulate((one[0].end_lineno or 0 for one in functions), max)
            starts = [one[0].lineno for one in functions]
            self._ordered[parameter] = (starts, list(ends), functions)
        return self._ordered[parameter]

    def given(self, parameter: str, line: int) -> list[ast.expr | None]:
        """What each call passes for a parameter of the function in a line; None for nothing."""
        around = self._around(parameter, line)
        if not around:
            return []
        function, number = around[-1]
        calls = self._calls.get(function.name, ())
        if len(calls) > _CALLS_LIMIT:
            return []
        return [_argument(call, parameter, number) for call in calls]


def _argument(call: ast.Call, name: str, number: int) -> ast.expr | None:
    """What a call passes for a parameter, by its name or its place."""
    named = (keyword.value for keyword in call.keywords if keyword.arg == name)
    placed = call.args[number] if number < len(call.args) else None
    return next(named, placed)


def made(body: Sequence[ast.stmt]) -> ast.expr | None:
    """What a function returns in its last line, or what a fixture yields."""
    last = body[-1]
    if isinstance(last, ast.Return):
        return last.value
    for statement in body:
        if isinstance(statement, ast.With | ast.AsyncWith | ast.Try):
            if (inner := made(statement.body)) is not None:
                return inner
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Yield):
            return statement.value.value
    return None


def is_here(url: str) -> bool:
    """Whether an address is one of this machine."""
    found = _AUTHORITY.match(url)
    return found is not None and found[1] in names.LOOPBACK


def here(items: Iterable[ast.expr]) -> str:
    """The address that objects are made with, one each, where all are of this machine."""
    found = [_addresses(item) for item in items]
    all_here = bool(found) and all(len(one) == 1 and is_here(one[0]) for one in found)
    return found[0][0] if all_here else ""


def all_here(lists: Iterable[ast.expr]) -> str:
    """The first of the addresses that a loop goes through, where all are of this machine."""
    texts = [text for one in lists for text in _texts(one)]
    return str(texts[0]) if texts and all(is_here(str(text)) for text in texts) else ""


def _texts(listed: ast.expr) -> list[object]:
    """The literals of a list or of a mapping's values; None for what is no literal."""
    items = [listed]
    if isinstance(listed, ast.List | ast.Tuple | ast.Set):
        items = listed.elts
    elif isinstance(listed, ast.Dict):
        items = listed.values
    return [one.value if isinstance(one, ast.Constant) else None for one in items]


def _addresses(item: ast.expr) -> list[str]:
    """The addresses among the arguments of a call."""
    if not isinstance(item, ast.Call):
        return []
    given = [*item.args, *(keyword.value for keyword in item.keywords)]
    texts = (one.value for one in given if isinstance(one, ast.Constant))
    return [text for text in texts if isinstance(text, str) and "://" in text]
