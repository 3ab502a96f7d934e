"""The calls that a mapping of a Python program is the keywords of: `get(url, **options)`.

A thread or a task is given them as they are, with what it is to call: `Thread(target=poll,
kwargs={...})`, `PythonOperator(python_callable=poll, op_kwargs={...})`,
`poll.apply_async(kwargs={...})`. Sources: the documentation of threading, multiprocessing,
Celery, APScheduler and Airflow.
"""

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from certmend.observe.syntax import python_handed
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_scopes import Function, Nested
from certmend.observe.syntax.python_source import Python

KEYWORDS_OF_TASKS = frozenset(("kwargs", "op_kwargs"))
"""What a thread or a task is given its keywords as."""
_CALLED = frozenset(("target", "python_callable", "func", "function", "callable", "task"))
"""What says which function that is, as an argument and as an entry."""
_METHODS = frozenset(("apply_async", "delay", "signature", "subtask"))
"""Methods of Celery's tasks: they call the task."""
_SCHEDULERS = frozenset(("add_job", "Timer", "apply", "run_in_executor", "enqueue", "submit"))
"""What calls one of its unnamed arguments: APScheduler, threading, multiprocessing, RQ."""
_LIMIT = 200
"""The uses of a name that are looked at; of more of them nothing is known."""
_Use = tuple[int, ast.Call | None]


class Takers:
    """The calls of one program by what they unpack."""

    def __init__(self, source: Python) -> None:
        self._source = source

    def of(self, node: ast.expr, held: set[str]) -> list[ast.Call]:
        """The calls that a mapping goes to, itself or by its name; none if not all are known."""
        if (call := self._told.get(id(node))) is not None:
            return [call]
        if len(held) != 1:
            return []
        return self.of_name(next(iter(held)), node.lineno)

    def of_name(self, name: str, line: int) -> list[ast.Call]:
        """The calls that what a name holds in a line goes to; none if not all are known.

        A name of a function is its own; an attribute and a name of a module are everybody's.
        """
        uses = self._uses.get(name.rpartition(".")[2], [])
        around = self._functions.around(line) if "." not in name else []
        if around:
            first = bisect_left(uses, around[0].lineno, key=_line)
            own = uses[first : bisect_right(uses, around[0].end_lineno or 0, key=_line)]
            uses = own or uses
        calls = [call for _, call in uses[:_LIMIT] if call is not None]
        return calls if len(calls) == len(uses) else []

    @cached_property
    def _functions(self) -> Nested[Function]:
        return Nested([one for one in self._source.nodes if isinstance(one, Function)])

    @cached_property
    def _told(self) -> dict[int, ast.Call]:
        """The calls by the ids of what they unpack."""
        found: dict[int, ast.Call] = {}
        for node in self._source.nodes:
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    if keyword.arg is None:
                        found[id(keyword.value)] = node
                    elif keyword.arg in KEYWORDS_OF_TASKS:
                        found[id(keyword.value)] = _of_task(node)
            elif isinstance(node, ast.Dict) and (task := _scheduled(node)) is not None:
                found[id(task[0])] = task[1]
        return found

    @cached_property
    def _uses(self) -> dict[str, list[_Use]]:
        """Where each name is used, by its last part; no call where it goes somewhere else."""
        found: dict[str, list[_Use]] = {}
        looked_into: set[int] = set()
        names: list[ast.Name | ast.Attribute] = []
        for node in ast.walk(self._source.tree) if self._source.tree is not None else ():
            if isinstance(node, ast.Attribute | ast.Subscript):
                looked_into.add(id(node.value))
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                names.append(node)
        for one in names:
            if id(one) in self._told or id(one) not in looked_into:
                use = (one.lineno, self._told.get(id(one)))
                found.setdefault(path(one).rpartition(".")[2], []).append(use)
        for uses in found.values():
            uses.sort(key=_line)
        return found


def _line(use: _Use) -> int:
    return use[0]


def _of_task(node: ast.Call) -> ast.Call:
    """What a thread or a task calls, with its unnamed arguments; the call itself for any other."""
    given = {one.arg: one.value for one in node.keywords}
    last = python_handed.last_name(node.func)
    called = next((given[name] for name in _CALLED if name in given), None)
    if called is None and last in _METHODS and isinstance(node.func, ast.Attribute):
        called = node.func.value
    if called is None and last in _SCHEDULERS:
        functions = (one for one in node.args if isinstance(one, ast.Name | ast.Attribute))
        called = next(functions, ast.Name(""))
    if called is None:
        return node
    listed = given.get("args", given.get("op_args"))
    return _call(called, listed, node)


def _scheduled(node: ast.Dict) -> tuple[ast.expr, ast.Call] | None:
    """`{"task": "reports.send", "kwargs": {...}}`: the keywords, and what is called with them."""
    pairs = zip(node.keys, node.values, strict=True)
    given = {str(constant(key)): value for key, value in pairs if key is not None}
    called = next((given[name] for name in _CALLED if name in given), None)
    keywords = next((given[name] for name in KEYWORDS_OF_TASKS if name in given), None)
    if called is None or keywords is None:
        return None
    return keywords, _call(called, given.get("args"), node)


def _call(called: ast.expr, listed: ast.expr | None, node: ast.expr) -> ast.Call:
    arguments: Sequence[ast.expr] = listed.elts if isinstance(listed, ast.List | ast.Tuple) else ()
    return ast.copy_location(ast.Call(func=called, args=[*arguments], keywords=[]), node)
