"""Where a test puts a double in the place of what makes requests: nothing is sent there.

`unittest.mock` and pytest-mock replace a name; responses, respx, requests-mock, pytest-httpx,
aioresponses, httpretty and VCR answer in the server's place. Source: their documentation.
"""

import ast
import re
from collections.abc import Iterable

from certmend.model import lazy
from certmend.observe.syntax.python_handed import last_name

_ANSWERS = lazy.regex(
    r"(?:^|\.)(?:RequestsMock|aioresponses|MockRouter|requests_mock\.Mocker|use_cassette|"
    r"(?:responses|httpretty)\.activate|respx\.mock|httpretty\.enabled)$"
)
_PATCHES = lazy.regex(r"(?:^|\.)patch(?:\.object|\.multiple)?$")
_REQUESTS = lazy.regex(
    r"requests|httpx|aiohttp|urllib|urlopen|http|session|client|socket|connect|"
    r"['.](?:get|post|put|delete|request|send)'",
    re.IGNORECASE,
)
"""What is replaced where requests are to be answered."""
_PARAMETER = lazy.regex(r"(?:^|_)(?:mock\w*|respx\w*|aioresponses|responses|rsps|vcr)(?:_|$)")
_EXPECTED = lazy.regex(r"(?:^|\.)(?:mock|mocker)\.call(?:\.|$)")
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def lines(nodes: Iterable[ast.AST]) -> frozenset[int]:
    """The lines of functions, classes and blocks in which requests are answered by a double."""
    found: set[int] = set()
    for node in nodes:
        if isinstance(node, _Function):
            doubled = any(_replaces(one) for one in node.decorator_list) or _takes_one(node)
        elif isinstance(node, ast.With | ast.AsyncWith):
            doubled = any(_replaces(item.context_expr) for item in node.items)
        else:
            continue
        if doubled:
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return frozenset(found)


def asserted(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """The attributes that tests assert something of, as they are written: `config.verify_ssl`."""
    roots: list[ast.AST] = []
    for node in nodes:
        if isinstance(node, ast.Assert):
            roots.append(node.test)
        elif isinstance(node, ast.Call) and last_name(node.func)[:6] == "assert":
            roots += node.args
    inside = (one for root in roots for one in ast.walk(root) if isinstance(one, ast.Attribute))
    return frozenset(ast.unparse(one) for one in inside)


def is_expected(function: str) -> bool:
    """Whether a function only says how a double is expected to be called: `mock.call`."""
    return bool(_EXPECTED.search(function))


def _replaces(node: ast.expr) -> bool:
    """Whether a decorator or a context puts a double somewhere."""
    made = ast.unparse(node.func if isinstance(node, ast.Call) else node)
    if isinstance(node, ast.Call) and _PATCHES.search(made):
        return bool(_REQUESTS.search(", ".join(ast.unparse(one) for one in node.args)))
    return bool(_ANSWERS.search(made))


def _takes_one(node: _Function) -> bool:
    """Whether a test is given a double by its fixtures."""
    if isinstance(node, ast.ClassDef) or not node.name.startswith("test"):
        return False
    taken = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    return any(_PARAMETER.search(one.arg) for one in taken)
