"""Which names of a Python program hold command lines: those that a call is given to run.

`cmd = "pip install x"` alone may be a message; with `subprocess.run(cmd, shell=True)` it is a
command line, also where it goes through an f-string, a sum or the items of a list.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from certmend.model import lazy

_RUNS = lazy.regex(
    r"(?:^|_)(?:run|exec\w*|call|check|system|popen|shell|sh|cmd|commands?|getoutput|"
    r"getstatusoutput|sudo|local|spawn\w*|ssh|subprocess|cd)(?:_|$)",
    re.IGNORECASE,
)
_PARSERS = frozenset(("parse_args", "parse_known_args"))
"""What is given a program's own options as a list: argparse and what is called after it."""
_KEYWORDS = frozenset(("cmd", "cmds", "command", "commands", "args", "script", "shell_command"))
_MESSAGES = lazy.regex(r"print|log|warn|error|info|debug|assert|help|echo|raise", re.IGNORECASE)


def runs(name: str) -> bool:
    """Whether a function of this name runs what it is given."""
    return bool(_RUNS.search(name)) and not _MESSAGES.search(name)


def says(name: str) -> bool:
    """Whether a function of this name tells a person what it is given."""
    return bool(_MESSAGES.search(name))


def arguments(node: ast.Call) -> list[ast.expr]:
    """The arguments of a call that may be command lines."""
    return [*node.args, *(word.value for word in node.keywords if word.arg in _KEYWORDS)]


def names(nodes: Sequence[ast.AST]) -> set[str]:
    """The names that reach a running call, directly or inside another text."""
    held: dict[str, list[ast.expr]] = {}
    loops: dict[str, list[ast.expr]] = {}
    waiting: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                held.setdefault(_name(target), []).append(node.value)
        elif isinstance(node, ast.AugAssign):
            held.setdefault(_name(node.target), []).append(node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            loops.setdefault(_name(node.target), []).append(node.iter)
        elif isinstance(node, ast.Call) and runs(last_name(node.func)):
            waiting += [name for argument in arguments(node) for name in _parts(argument)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name and name not in found:
            found.add(name)
            for value in (*held.get(name, ()), *loops.get(name, ())):
                waiting += _parts(value)
    return found


def expected(nodes: Sequence[ast.AST]) -> set[int]:
    """The values that tests compare with or give a parser, by their ids: nothing of them is run."""
    roots: list[ast.AST] = []
    named: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Compare):
            roots += [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and _only_holds(node):
            roots += node.args
        elif isinstance(node, ast.Call) and last_name(node.func)[:6] == "assert":
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            roots += values
            named |= {_name(value) for value in values}
    for node in nodes:
        if isinstance(node, ast.Assign) and _name(node.targets[0]) in named - {""}:
            roots.append(node.value)
    return {id(inner) for root in roots for inner in _data(root)}


def _only_holds(call: ast.Call) -> bool:
    return last_name(call.func) in _PARSERS or is_for_a_test(call) or _is_runner(call)


def _is_runner(call: ast.Call) -> bool:
    """Whether click's runner of tests gives a program its options: `runner.invoke(cli, [...])`."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    return last_name(call.func) == "invoke" and "runner" in ast.unparse(owner).lower()


def is_for_a_test(call: ast.Call) -> bool:
    """Whether a call changes what one test sees: `monkeypatch.setenv()`, `patch.dict(environ)`."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    return last_name(owner) in ("monkeypatch", "patch")


def examples(nodes: Sequence[ast.AST]) -> set[int]:
    """The mappings in the cases of a test, by their ids: `param(...)`, `parametrize(...)`."""
    cases = [
        node for node in nodes
        if isinstance(node, ast.Call) and last_name(node.func) in ("param", "parametrize")
    ]  # fmt: skip
    inside = (inner for case in cases for inner in ast.walk(case))
    return {id(inner) for inner in inside if isinstance(inner, ast.Dict)}


def _data(node: ast.AST) -> Iterator[ast.AST]:
    """A value and what it is made of, calls left out: they do something."""
    yield node
    if isinstance(node, ast.List | ast.Tuple | ast.Dict | ast.Starred):
        for child in ast.iter_child_nodes(node):
            yield from _data(child)


def last_name(node: ast.expr) -> str:
    """A function's own name: `run` of `subprocess.run`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _name(node: ast.expr) -> str:
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def _parts(node: ast.expr) -> Iterator[str]:
    """The names that a text or a list of texts is put together from."""
    if isinstance(node, ast.Name | ast.Attribute):
        yield _name(node)
        if isinstance(node, ast.Attribute) and _name(node.value) in ("self", "cls"):
            yield node.attr
    for part in _inside(node):
        yield from _parts(part)


def _inside(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.List | ast.Tuple):
        return node.elts
    if isinstance(node, ast.Call) and last_name(node.func) in ("split", "format", "strip"):
        return [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
    return []
