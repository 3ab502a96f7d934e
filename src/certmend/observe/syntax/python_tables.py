"""Tables in a Python program: lists of mappings, tuples and objects that a loop runs through."""

import ast
from collections.abc import Iterator

from certmend.model import lazy
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_handed import last_name
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_scopes import Binding, Scopes

_DEPTH = 5
"""So far the parts of a table are followed: a table may name itself."""
_ROWS_LIMIT = 500
_HERE = lazy.regex(r"(?:\w+://)?(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[?::1\]?)(?:[:/].*)?")


class Tables:
    """The tables of one program."""

    def __init__(self, known: Known, scopes: Scopes) -> None:
        self._known = known
        self._scopes = scopes

    def rows(self, node: ast.expr, depth: int = 0) -> list[ast.expr]:
        """The mappings, lists and objects that an expression may be, as they are written down."""
        if depth > _DEPTH:
            return []
        if isinstance(node, ast.Dict | ast.List | ast.Tuple):
            return [node]
        if isinstance(node, ast.Call):
            return self._called(node, depth)
        if isinstance(node, ast.Subscript):
            held = self.rows(node.value, depth + 1)
            parts = (part for one in held for part in self.parts(one, node.slice))
            return [row for part in parts for row in self.rows(part, depth + 1)][:_ROWS_LIMIT]
        if isinstance(node, ast.Attribute):
            return self._of_class(node, depth)
        return self._named(node, depth) if isinstance(node, ast.Name) else []

    def _of_class(self, node: ast.Attribute, depth: int) -> list[ast.expr]:
        """The table that a class has under a name: `self.HOSTS`, `Config.HOSTS`."""
        owner = path(node.value)
        name = self._scopes.class_around(node.lineno) if owner in ("self", "cls") else owner
        held = self._scopes.classes.get(name)
        given = [
            one.value for one in (held.body if held is not None else ())
            if isinstance(one, ast.Assign) and path(one.targets[0]) == node.attr
        ]  # fmt: skip
        return self.rows(given[0], depth + 1) if len(given) == 1 else []

    def parts(self, row: ast.expr, key: ast.expr) -> list[ast.expr]:
        """What a row has under a key or at a place; everything where the key is not known."""
        asked = constant(key)
        if isinstance(row, ast.Dict):
            pairs = zip(row.keys, row.values, strict=True)
            known = [(constant(one), value) for one, value in pairs if one is not None]
            return [value for one, value in known if asked is None or one == asked]
        if isinstance(row, ast.List | ast.Tuple):
            return row.elts[asked : asked + 1] if isinstance(asked, int) else row.elts
        if not isinstance(row, ast.Call):
            return []
        named = [one.value for one in row.keywords if one.arg == asked]
        fields = self._scopes.fields(last_name(row.func)) or []
        place = fields.index(str(asked)) if asked in fields else len(row.args)
        return named or row.args[place : place + 1]

    def elements(self, listed: ast.expr) -> list[ast.expr]:
        """What a list holds, or a loop takes from it."""
        return self._elements(listed, 0, -1)

    def run_through(self, loops: list[Binding]) -> Iterator[tuple[ast.expr, ast.expr]]:
        """What a name is in each round of its loops, with the row that it is a part of."""
        for loop in loops:
            if loop.run_through is None:
                continue
            listed, number = loop.run_through
            for row in self._elements(listed, 0, number):
                if number < 0 or _is_pairs(listed):
                    yield row, row
                elif isinstance(row, ast.Tuple | ast.List) and number < len(row.elts):
                    yield row, row.elts[number]

    def _called(self, node: ast.Call, depth: int) -> list[ast.expr]:
        name = last_name(node.func)
        if name in ("get", "pop") and isinstance(node.func, ast.Attribute) and node.args:
            held = self.rows(node.func.value, depth + 1)
            parts = (part for one in held for part in self.parts(one, node.args[0]))
            return [row for part in parts for row in self.rows(part, depth + 1)][:_ROWS_LIMIT]
        plain = path(node.func) == name and (name == "dict" or self._scopes.fields(name))
        return [node] if plain or name in names.HELD else []

    def _named(self, node: ast.Name, depth: int) -> list[ast.expr]:
        around = self._scopes.around(getattr(node, "lineno", 0))
        for scope in (*around, None):
            bound = self._scopes.bindings(scope).get(node.id)
            if bound and len(bound) == 1:
                return self._bound(bound[0], depth + 1)
            if bound:
                return []
            if scope is not None and any(one.arg == node.id for one in scope.args.args):
                return []  # a caller's
        return []

    def _bound(self, binding: Binding, depth: int) -> list[ast.expr]:
        if binding.run_through is not None:
            listed, number = binding.run_through
            if number < 0 or _is_pairs(listed):
                elements = self._elements(listed, depth, number)
                return [row for one in elements for row in self.rows(one, depth)][:_ROWS_LIMIT]
            return []
        return self.rows(binding.value, depth) if binding.value is not None else []

    def _elements(self, listed: ast.expr, depth: int, number: int) -> list[ast.expr]:
        """What a loop runs through: the items of lists, the values of mappings."""
        method = last_name(listed.func) if isinstance(listed, ast.Call) else ""
        if method in ("values", "items") and isinstance(listed, ast.Call):
            owner = listed.func.value if isinstance(listed.func, ast.Attribute) else listed
            if method == "items" and number != 1:
                return []
            held = [one for one in self.rows(owner, depth + 1) if isinstance(one, ast.Dict)]
            return [value for one in held for value in one.values]
        rows = self.rows(listed, depth + 1)
        lists = [one.elts for one in rows if isinstance(one, ast.List | ast.Tuple)]
        lists += [[key for key in one.keys if key is not None] for one in rows if isinstance(
            one, ast.Dict)]  # fmt: skip
        return [one for elements in lists for one in elements][:_ROWS_LIMIT]


def _is_pairs(listed: ast.expr) -> bool:
    """Whether a loop runs through a mapping: `for name, site in SITES.items()`."""
    return isinstance(listed, ast.Call) and last_name(listed.func) == "items"


def addressed(known: Known | None, row: ast.expr) -> str:
    """The address in a row of a table or among a call's arguments, a host alone included."""
    url = known.url(row) if known is not None and isinstance(row, ast.Call) else ""
    values = (known.resolved(one) if known is not None else one for one in _values(row))
    texts = [text for one in values if isinstance(text := constant(one), str)]
    written = next((text for text in (url, *texts) if "://" in text), "")
    here = any(_HERE.fullmatch(text) for text in texts)
    return "https://localhost" if here and not written else written


def _values(row: ast.expr) -> list[ast.expr]:
    if isinstance(row, ast.Dict):
        return row.values
    if isinstance(row, ast.List | ast.Tuple):
        return row.elts
    if isinstance(row, ast.Call):
        return [*row.args, *(one.value for one in row.keywords)]
    return []


def address_of(held: ast.ClassDef) -> str:
    """The address that a class has as an attribute."""
    for one in held.body:
        named = path(one.targets[0]).lower() if isinstance(one, ast.Assign) else ""
        text = constant(one.value) if isinstance(one, ast.Assign) else None
        if names.ADDRESSES.search(named) and isinstance(text, str):
            return text if "://" in text else f"https://{text}"
    return ""
