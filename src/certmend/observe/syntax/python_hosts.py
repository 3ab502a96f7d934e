"""The hosts that a Python program takes out of addresses: `urlparse(URL).hostname` and its like.

Sources: Python's documentation of urllib.parse and of the methods of texts; those of yarl and
httpx, whose URLs have a `host`.
"""

import ast

from certmend.model import lazy
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_handed import last_name

_PARSERS = frozenset(("urlparse", "urlsplit", "parse_url", "URL"))
_PARTS = frozenset(("hostname", "netloc", "host"))
_CUTTERS = frozenset(
    ("split", "rsplit", "partition", "rpartition", "replace", "removeprefix", "removesuffix",
     "strip", "lstrip", "rstrip", "lower")
)  # fmt: skip
_HOST = lazy.regex(r"https?://(?:[^/@\s]*@)?(?P<host>\[[0-9a-fA-F:]+\]|[A-Za-z0-9][\w.-]*)")
_DOTTED = lazy.regex(r"(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*")


def address_cut(node: ast.expr) -> ast.expr | None:
    """The address that an expression takes the host out of; None where it takes none."""
    if isinstance(node, ast.Attribute) and node.attr in _PARTS:
        address = parsed(node.value)
        return address if address is not node.value or node.attr == "hostname" else None
    marks = ""
    while (inner := _cut(node)) is not None:
        node, mark = inner
        marks += mark
    return node if "/" in marks else None


def _cut(node: ast.expr) -> tuple[ast.expr, str] | None:
    """What a text's method, or a part of its result, is of, with the text that it is cut at."""
    if isinstance(node, ast.Subscript):
        return (node.value, "") if isinstance(node.value, ast.Call | ast.Subscript) else None
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return None
    if node.func.attr not in _CUTTERS:
        return None
    mark = str(constant(node.args[0])) if node.args else ""
    return node.func.value, mark


def parsed(node: ast.expr) -> ast.expr:
    """The address that a call takes into its parts; anything else as it is."""
    if isinstance(node, ast.Call) and last_name(node.func) in _PARSERS and node.args:
        return node.args[0]
    return node


def parse(text: str) -> ast.expr | None:
    """A field of an f-string as an expression; None for what is none."""
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def span_in(text: str) -> tuple[int, int] | None:
    """Where the host of an address stands in it; None where it has none that is known."""
    match = _HOST.match(text)
    return match.span("host") if match else None


def field(address: ast.expr) -> str:
    """The host of an address that only a run knows, as a field: `{index_url.hostname}`."""
    name = path(address)
    return "{" + name + ".hostname}" if name and _DOTTED.fullmatch(name) else ""
