"""Where a Python program lowers OpenSSL's security level: in the text of a list of ciphers."""

import ast
from collections.abc import Iterator

from certmend.observe.syntax import python_handed
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant


def lowered(node: ast.Call | ast.stmt) -> Iterator[ast.expr]:
    """What lowers it: a value that is assigned, an argument of a call; what is said does not."""
    given: tuple[ast.expr, ...] = ()
    if isinstance(node, ast.Call):
        says = python_handed.says(python_handed.last_name(node.func))
        given = (*node.args, *(keyword.value for keyword in node.keywords)) if not says else ()
    elif isinstance(node, ast.Assign | ast.AugAssign):
        given = (node.value,)
    yield from (one for one in given if _is_lowered(one))


def _is_lowered(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and python_handed.last_name(node.func) == "encode":
        node = node.func.value if isinstance(node.func, ast.Attribute) else node
    text = constant(node)
    text = text.decode("latin-1") if isinstance(text, bytes) else str(text)
    return bool(names.LOWERED.search(text))
