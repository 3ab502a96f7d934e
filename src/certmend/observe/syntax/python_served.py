"""Which functions of a Python program make the context of a server: `run_app(ssl_context=made())`.

What such a function returns asks clients for nothing, so that it verifies nobody is no fault.
"""

import ast
from collections.abc import Iterator

from certmend.observe.syntax import python_handed
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import path
from certmend.observe.syntax.python_known import Known


class ServedContexts:
    """The contexts that functions of one program return, by where they are given."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._returned: dict[str, list[tuple[str, int]]] = {}
        """The functions that return what has a name, each with the line in which it does."""
        for function, value in known.returned.items():
            self._returned.setdefault(path(value), []).append((function, value.lineno))
        self._uses: dict[str, list[bool]] = {}
        """Whether a server is started with what a function returns, at each of its calls."""
        for function, serves in self._given():
            self._uses.setdefault(function, []).append(serves)

    def holds(self, context: str, line: int) -> bool:
        """Whether a context goes from its function to servers alone, by its name in a line."""
        makers = [
            one for one, at in self._returned.get(context, ()) if self._is_one(context, line, at)
        ]
        uses = [serves for maker in makers for serves in self._uses.get(maker, (False,))]
        return bool(uses) and all(uses)

    def _is_one(self, context: str, line: int, returned: int) -> bool:
        """Whether a name holds where it is returned what it held in an earlier line."""
        since, _value = self._known.given_last(context, returned)
        return since <= line <= returned

    def _given(self) -> Iterator[tuple[str, bool]]:
        told: set[int] = set()
        calls = [one for one in self._known.source.nodes if isinstance(one, ast.Call)]
        for call in calls:
            serves = bool(names.SERVES.search(path(call.func)))
            for value in (*call.args, *(one.value for one in call.keywords)):
                for made in _calls(value):
                    told.add(id(made))
                    yield python_handed.last_name(made.func), serves
        for call in calls:
            if id(call) not in told:  # a name is given it, or it is handed on
                held = self._known.held.get(id(call), set())
                yield python_handed.last_name(call.func), bool(held & self._known.serving)


def _calls(value: ast.expr) -> Iterator[ast.Call]:
    """The calls that a value may be: `made() if secure else None`."""
    if isinstance(value, ast.IfExp):
        yield from _calls(value.body)
        yield from _calls(value.orelse)
    elif isinstance(value, ast.Call):
        yield value
