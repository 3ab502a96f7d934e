"""The keywords that a call of a Python program is given as mappings: `Client(url, **options)`.

A mapping that reaches a call so is that call's keywords, whatever else it holds and wherever it was
put together: as a literal, a sum, `dict(...)`, by `options["key"] = ...` or `options.update(...)`.
"""

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

import msgspec

from certmend.observe.syntax import python_handed
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_known import Known

_DEPTH = 4
"""So many names, sums and functions may lie between a call and the literal."""
_WIDTH = 60
"""A mapping with more entries is a table: the first of them are looked at."""
_CHANGES = 10
"""The last changes of a mapping that are looked at."""
_STEPS = 200
"""So many expressions are looked at for one call."""
_MAKERS = frozenset(("dict", "ChainMap", "OrderedDict"))
_COPIES = frozenset(("copy", "deepcopy"))


class Entry(msgspec.Struct, frozen=True):
    """A keyword, the place at which its value stands, and how it is written there."""

    keyword: ast.keyword
    place: ast.expr | ast.keyword | ast.stmt
    form: str = '"{name}": {value}'


class Unpacked:
    """What the mappings of one program hold when a call is given them."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._left = 0
        """The expressions that may still be looked at for a call."""
        self._seen: dict[tuple[str, int, int], dict[str | None, Entry]] = {}

    def entries(self, call: ast.Call) -> list[Entry]:
        """The keywords that a call is given as mappings; of one name the last counts."""
        self._left = _STEPS
        found: dict[str | None, Entry] = {}
        for one in call.keywords:
            if one.arg is None:
                found |= self._of_mapping(one.value, call.lineno)
        return list(found.values())

    def _of_mapping(self, node: ast.expr, line: int) -> dict[str | None, Entry]:
        """The entries by their names; those of a name are the same until it is given others."""
        state = None
        if isinstance(node, ast.Name):
            since, _value = self._known.given_last(node.id, line)
            changes = self._changes.get(node.id, ())
            state = (node.id, since, bisect_right(changes, line, key=_line))
        if state is None or state not in self._seen:
            found = {one.keyword.arg: one for one in islice(self._held(node, line, 0), _WIDTH)}
            if state is None:
                return found
            self._seen[state] = found
        return self._seen[state]

    def _held(self, node: ast.expr, line: int, depth: int) -> Iterator[Entry]:
        """The entries of an expression that a line unpacks."""
        self._left -= 1
        if depth > _DEPTH or self._left < 0:
            return
        if isinstance(node, ast.Dict):
            yield from self._of_literal(node, line, depth)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            yield from self._held(node.left, line, depth + 1)
            yield from self._held(node.right, line, depth + 1)
        elif isinstance(node, ast.Call):
            yield from self._of_call(node, line, depth)
        elif isinstance(node, ast.Name | ast.Attribute):
            yield from self._of_name(node, line, depth)
        elif isinstance(node, ast.Subscript):
            value = self._known.resolved(node)
            if value is not node:
                yield from self._held(value, line, depth + 1)

    def _of_literal(self, node: ast.Dict, line: int, depth: int) -> Iterator[Entry]:
        pairs = zip(node.keys, node.values, strict=True)
        for key, value in islice(pairs, _WIDTH):
            if key is None:
                yield from self._held(value, line, depth + 1)
            elif isinstance(name := constant(key), str):
                yield Entry(ast.keyword(arg=name, value=value), value)

    def _of_call(self, node: ast.Call, line: int, depth: int) -> Iterator[Entry]:
        """`dict({...}, key=value)`, `options.copy()`, and what a function of this file returns."""
        last = python_handed.last_name(node.func)
        if last in _MAKERS:
            for argument in node.args:
                yield from self._held(argument, line, depth + 1)
            for keyword in node.keywords:
                if keyword.arg is None:
                    yield from self._held(keyword.value, line, depth + 1)
                else:
                    yield Entry(keyword, keyword, "{name}={value}")
        elif last in _COPIES:
            owner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
            for one in (node.args or owner)[:1]:
                yield from self._held(one, line, depth + 1)
        elif (made := self._known.returned.get(last)) is not None:
            yield from self._held(made, made.lineno, depth + 1)

    def _of_name(self, node: ast.Name | ast.Attribute, line: int, depth: int) -> Iterator[Entry]:
        """What a name was given last, and what was put into it since."""
        name = path(node)
        since, value = self._known.given_last(name, line)
        if not since:
            value = self._known.resolved(node)
        if value is not None and value is not node and id(value) not in self._defaults:
            yield from self._held(value, line, depth + 1)
        changes = self._changes.get(name, ())
        last = bisect_right(changes, line, key=_line)
        first = max(bisect_left(changes, since, key=_line), last - _CHANGES)
        for one in changes[first:last]:
            yield from self._of_change(one, line, depth)

    def _of_change(self, node: ast.stmt | ast.Call, line: int, depth: int) -> Iterator[Entry]:
        if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Subscript):
            keyword = ast.keyword(arg=str(constant(target.slice)), value=node.value)
            yield Entry(keyword, node, '["{name}"] = {value}')
        elif isinstance(node, ast.AugAssign):
            yield from self._held(node.value, line, depth + 1)
        elif isinstance(node, ast.Call):
            made = ast.Call(ast.Name("dict"), node.args, node.keywords)
            yield from self._of_call(made, line, depth)

    @cached_property
    def _defaults(self) -> set[int]:
        """What parameters are where no caller gives them: an option of who calls."""
        return set(map(id, self._known.defaults.values()))

    @cached_property
    def _changes(self) -> dict[str, list[ast.stmt | ast.Call]]:
        """What puts switches into each mapping, in the order of the lines."""
        found: dict[str, list[ast.stmt | ast.Call]] = {}
        for node in self._known.source.nodes:
            if isinstance(node, ast.Assign) and isinstance(
                target := node.targets[0], ast.Subscript
            ):
                if names.is_switch(str(constant(target.slice))):
                    found.setdefault(path(target.value), []).append(node)
            elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.BitOr):
                found.setdefault(path(node.target), []).append(node)
            elif isinstance(node, ast.Call) and python_handed.last_name(node.func) == "update":
                found.setdefault(path(node.func).rpartition(".")[0], []).append(node)
        for changes in found.values():
            changes.sort(key=_line)
        return found


def _line(node: ast.stmt | ast.Call) -> int:
    return node.lineno


def as_told(call: ast.Call, entries: list[Entry]) -> ast.Call:
    """A call with the keywords that its mappings hold written out."""
    keywords = [*(one for one in call.keywords if one.arg is not None)]
    keywords += [one.keyword for one in entries]
    made = ast.Call(func=call.func, args=call.args, keywords=keywords)
    return ast.copy_location(made, call)
