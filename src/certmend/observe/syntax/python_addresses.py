"""Addresses of databases in a Python program that hold a switch of verification.

They are put together from texts and names; a name is followed to its value.
"""

import ast
from collections.abc import Iterator

from certmend.model import address_switches
from certmend.model.address_switches import UNKNOWN
from certmend.observe.syntax import python_handed
from certmend.observe.syntax.python_expressions import constant
from certmend.observe.syntax.python_known import Known

Holder = ast.Call | ast.Assign | ast.AugAssign | ast.Return
"""What may hold such an address as a value or an argument."""


def switches(known: Known, node: Holder) -> Iterator[tuple[ast.expr, str, str]]:
    """Each part that switches off, what it says, and the address where that is known."""
    for value in _values(node):
        parts = list(_texts(value))
        for part in parts:
            text = constant(part)
            if isinstance(text, str) and address_switches.may_hold(text):
                whole = "".join(_known(known, one) for one in parts)
                if found := address_switches.switch_in(text, whole):
                    yield part, *found


def _values(node: Holder) -> list[ast.expr]:
    if not isinstance(node, ast.Call):
        return [node.value] if node.value is not None else []
    values = [*node.args, *(keyword.value for keyword in node.keywords)]
    if python_handed.last_name(node.func) in ("format", "join"):
        values += [node.func.value] if isinstance(node.func, ast.Attribute) else []
    return values


def _known(known: Known, part: ast.expr) -> str:
    """The text that a part of an address is."""
    if isinstance(part, ast.FormattedValue):
        part = part.value
    text = constant(known.by_default(known.nearest(known.resolved(part))))
    return text if isinstance(text, str) else UNKNOWN


def _texts(value: ast.expr) -> Iterator[ast.expr]:
    """The texts that a value is put together from; what calls in it are told is theirs."""
    if isinstance(value, ast.BinOp):
        yield from (*_texts(value.left), *_texts(value.right))
    elif isinstance(value, ast.BoolOp | ast.JoinedStr):
        for one in value.values:
            yield from _texts(one)
    elif isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    else:
        yield value
