"""What a Python program tells when it is looked through once, from its first line to its last.

Names are followed to the modules they were imported from.
"""

import ast
from typing import TypeGuard

from certmend.observe.syntax import python_handed, python_passed
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_source import Python

_OPTIONS = frozenset(("options", "client_options", "session_options"))
_OF_REQUESTS = frozenset(("requests", "requests_args", "requests_kwargs", "request_kwargs"))
"""Arguments of other clients that hold those of requests (python-redmine's `requests`)."""
_HANDED_ON = frozenset(("requests", "httpx", "aiohttp"))
"""Libraries that others hand on under their name: `from pip._vendor import requests`."""
_Definition = ast.ClassDef | python_passed.Function


class Learned:
    """Imports, values, sessions, and what goes into which calls."""

    def __init__(self, source: Python) -> None:
        self.source = source
        self.modules: set[str] = set()
        self.names: dict[str, str] = {}
        self.values: dict[str, ast.expr] = {}
        self.changed: set[str] = set()
        """Names that are assigned different values: they stand for no one of them."""
        self.given: dict[str, list[tuple[int, ast.expr | None]]] = {}
        """What each name is given, with the line; nothing where a caller must give it."""
        self.defaults: dict[int, ast.expr] = {}
        """What parameters are where no caller gives them, by their ids."""
        self.returned: dict[str, ast.expr] = {}
        """What functions return in their last line."""
        self.held: dict[int, set[str]] = {}
        """The names that each value was assigned to."""
        self.sessions: set[str] = set()
        """Parameters that are declared to be a client of one of the HTTP libraries."""
        self.callers: dict[int, ast.Call] = {}
        """The calls that calls and mappings are arguments of."""
        self.takers: dict[int, ast.Call] = {}
        """The calls of plain functions that mappings are unnamed arguments of."""
        self.updates: set[int] = set()
        """Mappings that go into a call's arguments."""
        self.of_requests: set[int] = set()
        """Mappings that are told to be the arguments of requests, whoever makes these."""
        self.unpacked: set[str] = set()
        self.made_with: dict[str, list[ast.expr]] = {}
        """The classes that are made with what each name holds, as an unnamed argument."""
        self.merged: set[str] = set()
        """Names of mappings that go into another that holds a call's arguments."""
        self.loops: dict[str, list[ast.expr]] = {}
        """What names run through in a loop."""
        self.asked_for: dict[str, ast.expr] = {}
        """What the options of a command line are where nobody gives them."""
        self.passed = python_passed.Passed()
        self.classes: set[str] = set()
        """The classes of this file."""
        self.serving: set[str] = set()
        """Contexts that a server is started with."""
        self._bases: list[ast.expr] = []
        """What classes of this file are derived from."""
        for node in source.nodes:
            self._learn(node)
        if any(map(self._is_session, self._bases)):
            self.sessions.add("self")

    def full(self, node: ast.expr) -> str:
        """The dotted name with its first part replaced by what was imported under it."""
        written = path(node)
        first, dot, rest = written.partition(".")
        return self.names.get(first, first) + dot + rest

    def made_by(self, owner: str) -> str:
        """The function whose result a name holds, under its full name."""
        value = self.values.get(owner)
        if isinstance(value, ast.Await):
            value = value.value
        return self.full(value.func) if isinstance(value, ast.Call) else ""

    def _learn(self, node: ast.AST) -> None:
        """Imports, names that are assigned, and names that are unpacked into calls."""
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._learn_import(node)
        elif isinstance(node, ast.Call):
            self._learn_call(node)
        elif isinstance(node, ast.Dict):
            self._learn_entries(node)
        else:
            self._learn_names(node)

    def _learn_names(self, node: ast.AST) -> None:
        """What names are given, by an assignment, a loop, a definition or a parameter."""
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._learn_assigned(target, node.value)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._learn_value(path(node.optional_vars), node.context_expr)
        elif isinstance(node, ast.For | ast.comprehension):
            self._learn_loop(node.target, node.iter)
        elif isinstance(node, _Definition):
            self._learn_definition(node)
        elif isinstance(node, ast.arguments):  # before the parameters themselves
            self.defaults |= _defaults(node)
        elif isinstance(node, ast.arg):
            self._learn_argument(node)

    def _learn_entries(self, node: ast.Dict) -> None:
        """`{"client_kwargs": {"verify": False}}`: arguments that are handed on."""
        for key, value in zip(node.keys, node.values, strict=True):
            handed_on = key is not None and names.OPTIONS.search(str(constant(key)))
            if handed_on and isinstance(value, ast.Dict):
                self.of_requests.add(id(value))

    def _learn_assigned(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Attribute) and names.OF_REQUESTS.search(target.attr):
            self.of_requests.add(id(value))
        self._learn_value(path(target), value)
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, part in zip(target.elts, value.elts, strict=False):
                self._learn_value(path(one), part)

    def _learn_loop(self, target: ast.expr, listed: ast.expr) -> None:
        """What a name runs through; the values of a mapping as such."""
        if isinstance(listed, ast.Call) and path(listed).endswith((".items", ".values")):
            held = listed.func.value if isinstance(listed.func, ast.Attribute) else listed
            target = target.elts[-1] if isinstance(target, ast.Tuple) and target.elts else target
            self.loops.setdefault(path(target), []).append(held)
        elif isinstance(target, ast.Tuple) and isinstance(listed, ast.List | ast.Tuple):
            rows = [one.elts for one in listed.elts if isinstance(one, ast.List | ast.Tuple)]
            for name, *column in zip(target.elts, *rows, strict=False):
                self.loops.setdefault(path(name), []).append(ast.List(elts=column, ctx=ast.Load()))
        else:
            self.loops.setdefault(path(target), []).append(listed)

    def _learn_import(self, node: ast.Import | ast.ImportFrom) -> None:
        module = node.module if isinstance(node, ast.ImportFrom) else None
        if module is not None:
            self.modules.update(module.split("."))
        for alias in node.names:
            if module is not None:
                handed = alias.name in _HANDED_ON and not names.DOUBLE.search(module)
                full = alias.name if handed else f"{module}.{alias.name}"
                self.modules.add(full.partition(".")[0])
                self.names[alias.asname or alias.name] = full
            elif isinstance(node, ast.Import):
                self.modules.update(alias.name.split("."))  # vendored ones lie deeper
                self.names[alias.asname or alias.name.split(".")[0]] = alias.name

    def _learn_value(self, name: str, value: ast.expr) -> None:
        self.given.setdefault(name, []).append((value.lineno, value))
        before = self.values.get(name)
        if before is not None and ast.dump(before) != ast.dump(value):
            self.changed.add(name)
        self.values[name] = value
        self.held.setdefault(id(value), set()).add(name)

    def _learn_definition(self, node: _Definition) -> None:
        """What a function takes and gives; a class of its own that is a session, as `self`."""
        if isinstance(node, python_passed.Function):
            self.passed.learn_function(node)
            self._learn_decorators(node)
            if (made := python_passed.made(node.body)) is not None:
                self.returned[node.name] = made
            return
        self.classes.add(node.name)
        self._bases += node.bases

    def _is_session(self, base: ast.expr) -> bool:
        """Whether a class is one of the HTTP libraries' sessions, under a name of one's own too."""
        name = self.full(self.values.get(path(base), base))
        return name.split(".")[0] in names.HTTP_MODULES and bool(names.MADE.search(name))

    def _learn_decorators(self, node: python_passed.Function) -> None:
        """`@click.option("--url", default="https://localhost")`: what a parameter is by default."""
        for call in node.decorator_list:
            if isinstance(call, ast.Call) and path(call.func).rpartition(".")[2] == "option":
                given = {keyword.arg: keyword.value for keyword in call.keywords}
                options = {str(constant(one)).lstrip("-").replace("-", "_") for one in call.args}
                for one in (*node.args.args, *node.args.kwonlyargs):
                    if one.arg in options and "default" in given:
                        self.defaults[id(one)] = given["default"]

    def _learn_argument(self, node: ast.arg) -> None:
        default = self.defaults.get(id(node))
        self.given.setdefault(node.arg, []).append((node.lineno, default))
        if node.annotation is not None:
            texts = (self.full(part) for part in ast.walk(node.annotation) if _is_name(part))
            if any(text.split(".")[0] in names.HTTP_MODULES for text in texts):
                self.sessions.add(node.arg)
                return
        self.changed.add(node.arg)

    def _learn_call(self, node: ast.Call) -> None:
        name = path(node.func)
        self.passed.learn_call(name.rpartition(".")[2], node)
        if name.endswith("add_argument"):
            self._learn_option(node)
        if name.endswith(".update") and names.ARGUMENTS.search(name):
            self.updates |= {id(argument) for argument in node.args}
            self.merged |= {path(argument) for argument in node.args}
        if names.TAKES_OPTIONS.search(name):
            self.of_requests |= {id(argument) for argument in node.args}
        last = python_handed.last_name(node.func)
        if last[:6] == "assert":
            return
        if isinstance(node.func, ast.Name):
            self.takers |= {id(one): node for one in node.args if isinstance(one, ast.Dict)}
        for argument in node.args if last[:1].isupper() else ():
            self.made_with.setdefault(path(argument), []).append(node.func)
        self._learn_keywords(node, name)

    def _learn_keywords(self, node: ast.Call, name: str) -> None:
        for keyword in node.keywords:
            if isinstance(keyword.value, ast.Call):
                self.callers[id(keyword.value)] = node
            if isinstance(keyword.value, ast.Dict):
                self.callers[id(keyword.value)] = node
            options = names.OPTIONS.search(keyword.arg or "") and not names.OTHER.search(name)
            if keyword.arg in _OF_REQUESTS or options:
                self.of_requests.add(id(keyword.value))
            if keyword.arg in _OPTIONS and not names.OTHER.search(name):
                self.updates.add(id(keyword.value))
                self.unpacked.add(path(keyword.value))
            if keyword.arg is None:
                self.unpacked.add(path(keyword.value))
                self.updates.add(id(keyword.value))
            elif keyword.arg == "server_side" and constant(keyword.value) is True:
                self.serving.add(name.rpartition(".")[0])
            elif keyword.arg in ("ssl", "ssl_context", "context") and names.SERVES.search(name):
                self.serving.add(path(keyword.value))

    def _learn_option(self, node: ast.Call) -> None:
        """`add_argument("--host", default="127.0.0.1")`."""
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        options = [str(constant(argument)).lstrip("-") for argument in node.args]
        longest = max(options, key=len, default="").replace("-", "_")
        kept = str(constant(named["dest"])) if "dest" in named else longest
        if "default" in named:
            self.asked_for[kept] = named["default"]


def _defaults(node: ast.arguments) -> dict[int, ast.expr]:
    """The defaults of a function's parameters, by the parameters' ids."""
    placed = [*node.posonlyargs, *node.args]
    found = zip(placed[len(placed) - len(node.defaults) :], node.defaults, strict=True)
    named = zip(node.kwonlyargs, node.kw_defaults, strict=True)
    return {id(one): value for one, value in (*found, *named) if value is not None}


def _is_name(node: ast.AST) -> TypeGuard[ast.expr]:
    return isinstance(node, ast.Name | ast.Attribute)
