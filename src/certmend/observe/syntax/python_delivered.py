"""Which texts of a Python program leave it: for a file, for what runs them, for other modules.

A text is followed from what writes or runs it back through names, loops, parameters and returned
values. One whose name nothing in its file uses is there for other modules. What is only parsed,
compared, shown or listed as an example stays where it is.
"""

import ast
import re
from collections.abc import Iterator

from certmend.model import lazy
from certmend.observe.syntax import python_handed

_WRITES = lazy.regex(
    r"^(?:writ|put|copy|dump)|user_?data|"
    r"(?:^|_)(?:write|put|copy|dump|save|upload|install|provision|deploy)(?:_|$)|"
    r"(?:add|create|make|update|replace|edit|new|generate)_?(?:\w+_)?"
    r"(?:file|config_?map|secret|instance|launch_template)s?$",
    re.IGNORECASE,
)
"""Functions that put a text somewhere."""
_SCREENS = frozenset(("st", "stdout", "stderr", "console", "response", "resp", "logger"))
"""What shows a person what is written to it."""
_TAKES = lazy.regex(
    r"fileobj|user_?data|(?:^|_)(?:script|dockerfile|command|cmd)s?$|cloud_?init|custom_?data",
    re.IGNORECASE,
)
"""Keywords and keys of what is run or built."""
_ADDS = frozenset(("append", "extend", "update"))
_MAKES = lazy.regex(
    r"dedent|indent|cleandoc|format|join|strip|replace|encode|^(?:str|bytes|list|dict|tuple|items|values|"
    r"get)$|bytesio|stringio|template|substitut|render|from_string|docker_?file|"
    r"script|image|container|cloud|config|(?:^|_)files?$",
    re.IGNORECASE,
)
_LOOKS = lazy.regex(
    r"pars|lex|highlight|audit|check|scan|lint|analy|load|read|valid", re.IGNORECASE
)
"""Functions whose result is a text made of what they are given, and those that only look at it."""
_EXAMPLES = lazy.regex(
    r"sample|example|few_?shot|fixture|snippet|placeholder|"
    r"(?:^|_)(?:bad|kb|articles?|posts?|docs|faq|vulnerable)(?:_|$)",
    re.IGNORECASE,
)


def is_example(name: str) -> bool:
    """Whether what has this name is there to be looked at, as its author says."""
    return bool(_EXAMPLES.search(name))


class Delivered:
    """Follows the texts of one program."""

    def __init__(self, tree: ast.Module) -> None:
        self._held: dict[str, list[ast.expr]] = {}
        """What names and functions hold."""
        self._passed: dict[str, list[ast.expr]] = {}
        """What parameters and the names of loops are given."""
        self._used: set[str] = set()
        self._roots: list[ast.expr] = []
        self._parameters: dict[str, list[str]] = {}
        self._calls: list[ast.Call] = []
        self._added_to: set[int] = set()
        """The names of lists where something is added to them: no use of theirs."""
        self._seen: set[int] = set()
        self._collect(tree)
        self._bind()
        self._reach()

    def leaves(self, node: ast.expr) -> bool:
        """Whether a text is written, run or there for other modules."""
        return id(node) in self._seen

    def _collect(self, tree: ast.Module) -> None:
        waiting: list[tuple[ast.AST, str]] = [(tree, "")]
        while waiting:
            node, function = waiting.pop()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                function = node.name
                self._define(node)
            elif isinstance(node, ast.expr):
                self._express(node, function)
            else:
                self._state(node, function)
            waiting += [(child, function) for child in ast.iter_child_nodes(node)]

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        positional = [*node.args.posonlyargs, *node.args.args]
        names = [one.arg for one in positional]
        self._parameters[node.name] = names[1:] if names[:1] in (["self"], ["cls"]) else names
        for name, value in zip(names[::-1], node.args.defaults[::-1], strict=False):
            self._passed.setdefault(name, []).append(value)
        for one, given in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if given is not None:
                self._passed.setdefault(one.arg, []).append(given)

    def _state(self, node: ast.AST, function: str) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._hold(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
            self._hold(node.target, node.value)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            for name in _names(node.target):
                self._passed.setdefault(name, []).append(node.iter)
        elif isinstance(node, ast.Return) and node.value is not None:
            self._held.setdefault(function, []).append(node.value)

    def _express(self, node: ast.expr, function: str) -> None:
        if isinstance(node, ast.Call):
            self._call(node)
        elif isinstance(node, ast.Name | ast.Attribute):
            if isinstance(node.ctx, ast.Load) and id(node) not in self._added_to:
                self._used.add(python_handed.last_name(node))
        elif isinstance(node, ast.Yield) and node.value is not None:
            self._held.setdefault(function, []).append(node.value)
        elif isinstance(node, ast.NamedExpr):
            self._hold(node.target, node.value)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and _TAKES.search(str(key.value)):
                    self._roots.append(value)

    def _hold(self, target: ast.expr, value: ast.expr) -> None:
        """Takes a value in; an attribute of another object is that one's own, not for others."""
        is_own = not isinstance(target, ast.Attribute) or _is_self(target.value)
        kept = self._held if is_own else self._passed
        for name in _names(target):
            kept.setdefault(name, []).append(value)

    def _call(self, node: ast.Call) -> None:
        name = python_handed.last_name(node.func)
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        owned = python_handed.last_name(owner) if owner is not None else ""
        if owner is not None and name in _ADDS and len(node.args) == 1:
            self._added_to.add(id(owner))
            self._hold(owner, node.args[0])
        elif owned not in _SCREENS and (name == "append" or _puts(name) or _puts(owned)):
            self._roots += [*node.args, *(keyword.value for keyword in node.keywords)]
        else:
            self._calls.append(node)
            given = (word for word in node.keywords if word.arg and _TAKES.search(word.arg))
            self._roots += [keyword.value for keyword in given]

    def _bind(self) -> None:
        """Gives the program's own functions their arguments."""
        for call in self._calls:
            names = self._parameters.get(python_handed.last_name(call.func))
            if names is None:
                continue
            for name, value in zip(names, call.args, strict=False):
                self._passed.setdefault(name, []).append(value)
            for keyword in call.keywords:
                self._passed.setdefault(keyword.arg or "", []).append(keyword.value)

    def _reach(self) -> None:
        self._follow(self._roots, is_written=True)
        unused = [name for name in self._held if name not in self._used and not is_example(name)]
        self._follow([one for name in unused for one in self._held[name]], is_written=False)

    def _follow(self, roots: list[ast.expr], *, is_written: bool) -> None:
        """Marks what the values are made of; what is only there for others is not called upon."""
        waiting: list[ast.AST] = list(roots)
        names: set[str] = set()
        while waiting:
            node = waiting.pop()
            if id(node) in self._seen:
                continue
            self._seen.add(id(node))
            if isinstance(node, ast.Name | ast.Attribute):
                name = python_handed.last_name(node)
                if name not in names and not is_example(name):
                    names.add(name)
                    waiting += [*self._held.get(name, ()), *self._passed.get(name, ())]
            if is_written or not isinstance(node, ast.Call) or _makes(node):
                waiting += ast.iter_child_nodes(node)
            elif python_handed.last_name(node.func) in self._parameters:
                waiting.append(node.func)


def _names(target: ast.expr) -> Iterator[str]:
    """The names that an assignment gives a value."""
    if isinstance(target, ast.Tuple | ast.List):
        for one in target.elts:
            yield from _names(one)
    elif isinstance(target, ast.Subscript | ast.Starred):
        yield from _names(target.value)
    elif name := python_handed.last_name(target):
        yield name


def _is_self(node: ast.expr) -> bool:
    return python_handed.last_name(node) in ("self", "cls")


def _puts(name: str) -> bool:
    return bool(_WRITES.search(name)) or python_handed.runs(name)


def _makes(call: ast.Call) -> bool:
    name = python_handed.last_name(call.func)
    return bool(_MAKES.search(name)) and not _LOOKS.search(name)
