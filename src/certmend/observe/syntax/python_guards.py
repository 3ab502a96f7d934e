"""Which switches of a Python program are turned only where nobody on the way could use it.

That is where the address is one of this machine, or where nothing is asked over TLS.

`if "localhost" in url: context.verify_mode = CERT_NONE` says itself where it holds. A condition
that asks for a host elsewhere, or is turned around, says nothing of the kind.
"""

import ast
from functools import cached_property

from certmend.model import lazy
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_source import Python

_HERE = lazy.regex(r"(?:\w+://)?(?:localhost|127\.[\d.]*|0\.0\.0\.0|\[?::1\]?)(?::\d*)?/?")
_ASKS = lazy.regex(r"(?:^|[._])is_?(?:local(?:_?host)?|loop_?back)(?:_(?:ip|host|url|address))?$")
_LISTED = lazy.regex(r"(?:^|_)(?:local_?hosts?|loopbacks?|local_(?:addresses|names|ips))(?:_|$)")
_TLS = lazy.regex(
    r"_?(?:(?:use|uses|is|has|with|enable)_?)?(?:ssl|tls|https)(?:_?(?:auth|enabled|on|mode))?"
)
_TOLD = ("ssl", "tls", "https", "local", "LOCAL", "127.", "loopback", "LOOPBACK")
_Place = tuple[int, int]
"""A line and a column."""


class Guards:
    """The conditions of one program."""

    def __init__(self, source: Python) -> None:
        self.source = source

    def keep_here(self, node: ast.expr | ast.stmt) -> bool:
        """Whether a condition around a place holds for this machine alone, or without TLS."""
        place = (node.lineno, node.col_offset)
        return any(start <= place < end for start, end in self._ranges)

    @cached_property
    def _ranges(self) -> list[tuple[_Place, _Place]]:
        """Where something is done for addresses of this machine, or without TLS."""
        tree = self.source.tree
        if tree is None or not any(text in self.source.word.text for text in _TOLD):
            return []
        found = [one for one in ast.walk(tree) if isinstance(one, ast.If | ast.IfExp)]
        here = [one.body for one in found if _asks_for_here(one.test)]
        here += [one.orelse for one in found if _asks_for_elsewhere(one.test)]
        here += [one.orelse for one in found if _asks_for_tls(one.test)]
        parts = [one if isinstance(one, list) else [one] for one in here]
        return [(_begin(one[0]), _end(one[-1])) for one in parts if one]


def _begin(node: ast.expr | ast.stmt) -> _Place:
    return (node.lineno, node.col_offset)


def _end(node: ast.expr | ast.stmt) -> _Place:
    return (node.end_lineno or node.lineno, node.end_col_offset or 0)


def _asks_for_here(test: ast.expr) -> bool:
    """Whether a condition is met by addresses of this machine alone."""
    if isinstance(test, ast.BoolOp):
        met = [_asks_for_here(one) for one in test.values]
        return all(met) if isinstance(test.op, ast.Or) else any(met)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return isinstance(test.ops[0], ast.In | ast.Eq) and _names_here(test)
    if isinstance(test, ast.Call) and path(test.func).rpartition(".")[2] == "startswith":
        return bool(test.args) and _is_here(test.args[0])
    asked = test.func if isinstance(test, ast.Call) else test
    return bool(_ASKS.search(path(asked).lower()))


def _asks_for_elsewhere(test: ast.expr) -> bool:
    """Whether a condition is met by every address but those of this machine."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _asks_for_here(test.operand)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return all(_asks_for_elsewhere(one) for one in test.values)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        return isinstance(test.ops[0], ast.NotIn | ast.NotEq) and _names_here(test)
    return False


def _asks_for_tls(test: ast.expr) -> bool:
    """Whether a condition asks if TLS is used at all: `if use_ssl`, not `if ssl_verify`."""
    asked = path(test).rpartition(".")[2].lower()
    return bool(_TLS.fullmatch(asked)) and not isinstance(test, ast.Call)


def _names_here(test: ast.Compare) -> bool:
    """Whether one side of a comparison is this machine: a text, or a list of such texts."""
    return any(_is_here(side) for side in (test.left, test.comparators[0]))


def _is_here(node: ast.expr) -> bool:
    if _LISTED.search(path(node).rpartition(".")[2].lower()):
        return True
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return bool(node.elts) and all(_is_here(one) for one in node.elts)
    value = constant(node)
    return isinstance(value, str) and (value in names.LOOPBACK or bool(_HERE.fullmatch(value)))
