"""What the names of a Python program stand for: imports, values, sessions, addresses.

Names are followed to the modules they were imported from, and to values assigned once in the same
file.
"""

import ast
from typing import TypeGuard

from certmend.observe.syntax import python_handed, python_passed
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_source import Python

_OPTIONS = frozenset(("options", "client_options", "session_options"))
_Definition = ast.ClassDef | python_passed.Function
_CONTEXTS = frozenset(("ssl_context", "context", "ssl", "sslcontext"))


class Known:
    """What is known of one program after it was looked through once."""

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
        """The calls that calls are arguments of."""
        self.updates: set[int] = set()
        """Mappings that go into a call's arguments."""
        self.unpacked: set[str] = set()
        self.loops: dict[str, list[ast.expr]] = {}
        """What names run through in a loop."""
        self.passed = python_passed.Passed()
        self.served: dict[str, list[ast.Call]] = {}
        """The calls that are given each context to connect with."""
        self.serving: set[str] = set()
        """Contexts that a server is started with."""
        for node in source.nodes:
            self._learn(node)

    def full(self, node: ast.expr) -> str:
        """The dotted name with its first part replaced by what was imported under it."""
        written = path(node)
        first, dot, rest = written.partition(".")
        return self.names.get(first, first) + dot + rest

    def resolved(self, node: ast.expr) -> ast.expr:
        """A name's value, when it was assigned in this file."""
        for _ in range(3):
            name = path(node) if isinstance(node, ast.Name | ast.Attribute) else ""
            if not name or name not in self.values or name in self.changed:
                break
            node = self.values[name]
        return node

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
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._learn_value(path(target), node.value)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._learn_value(path(node.optional_vars), node.context_expr)
        elif isinstance(node, ast.For | ast.comprehension):
            self.loops.setdefault(path(node.target), []).append(node.iter)
        elif isinstance(node, _Definition):
            self._learn_definition(node)
        elif isinstance(node, ast.arguments):  # before the parameters themselves
            self.defaults |= _defaults(node)
        elif isinstance(node, ast.arg):
            self._learn_argument(node)
        elif isinstance(node, ast.Call):
            self._learn_call(node)

    def _learn_import(self, node: ast.Import | ast.ImportFrom) -> None:
        module = node.module if isinstance(node, ast.ImportFrom) else None
        if module is not None:
            self.modules.update(module.split("."))
        for alias in node.names:
            if module is not None:
                self.names[alias.asname or alias.name] = f"{module}.{alias.name}"
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
            if (made := python_passed.made(node.body)) is not None:
                self.returned[node.name] = made
            return
        bases = [self.full(base) for base in node.bases]
        if any(base.split(".")[0] in names.HTTP_MODULES and names.MADE.search(base)
               for base in bases):  # fmt: skip
            self.sessions.add("self")

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
        if name.endswith(".update") and names.ARGUMENTS.search(name):
            self.updates |= {id(argument) for argument in node.args}
        if python_handed.last_name(node.func)[:6] == "assert":
            return
        for keyword in node.keywords:
            if isinstance(keyword.value, ast.Call):
                self.callers[id(keyword.value)] = node
            if keyword.arg in _OPTIONS and not names.OTHER.search(name):
                self.updates.add(id(keyword.value))
                self.unpacked.add(path(keyword.value))
            elif keyword.arg in _CONTEXTS:
                self.served.setdefault(path(keyword.value), []).append(node)
            if keyword.arg is None:
                self.unpacked.add(path(keyword.value))
                self.updates.add(id(keyword.value))
            elif keyword.arg == "server_side" and constant(keyword.value) is True:
                self.serving.add(name.rpartition(".")[0])
            elif keyword.arg in ("ssl", "ssl_context", "context") and names.SERVES.search(name):
                self.serving.add(path(keyword.value))

    # Addresses

    def url(self, call: ast.Call | None) -> str:
        """The beginning of the address that a call goes to, where it is written down."""
        for argument in call.args[:2] if call is not None else ():
            if text := self._text(argument, 0) or self._first(argument):
                return text
        for keyword in call.keywords if call is not None else ():
            if keyword.arg in ("url", "base_url", "endpoint_url", "uri"):
                return self._text(keyword.value, 0)
            if keyword.arg in names.HOSTS:
                return self._host(keyword.value)
        return ""

    def goes_to(self, name: str, line: int) -> ast.Call | None:
        """The call that a mapping of arguments goes into, where all calls go to one place."""
        return self._one_place([call for call in self._calls(name, line) if _takes(call, name)])

    def asked(self, session: str, line: int) -> ast.Call | None:
        """The call that a session is asked with, where all its calls go to one place."""
        found = (call for call in self._calls(session, line) if _asks_of(call, session))
        return self._one_place(list(found))

    def asked_of_fixture(self, made: ast.Call) -> ast.Call | None:
        """The call that a client is asked with which a function makes, under its own name."""
        fixture = next((name for name, value in self.returned.items() if value is made), "")
        calls = (node for node in self.source.nodes if isinstance(node, ast.Call))
        return self._one_place([call for call in calls if fixture and _asks_of(call, fixture)])

    def _calls(self, name: str, line: int) -> list[ast.Call]:
        """The calls behind a line, up to where a name is given something else."""
        after = [one[0] for one in self.given.get(name, ()) if one[0] > line]
        last = min(after, default=1 << 31)
        return [
            node for node in self.source.nodes
            if isinstance(node, ast.Call) and line <= node.lineno < last
        ]  # fmt: skip

    def _one_place(self, calls: list[ast.Call]) -> ast.Call | None:
        places = {"/".join(self.url(call).split("/")[:3]) for call in calls}
        return calls[0] if len(places) == 1 else None

    def stays_here(self, context: str) -> bool:
        """Whether a context is used for this machine alone."""
        calls = self.served.get(context, [])
        hosts = [constant(self.resolved(call.args[0])) if call.args else None for call in calls]
        hosts += [
            self._peer(node) for node in self.source.nodes
            if isinstance(node, ast.Call) and path(node.func) == f"{context}.wrap_socket"
        ]  # fmt: skip
        return bool(hosts) and all(host in names.LOOPBACK for host in hosts)

    def _peer(self, call: ast.Call) -> object:
        """The host that a wrapped socket was connected to: `create_connection((host, port))`."""
        made = self._nearest(call.args[0]) if call.args else None
        if not isinstance(made, ast.Call) or not made.args:
            return None
        if python_handed.last_name(made.func) != "create_connection":
            return None
        place = self.resolved(made.args[0])
        return constant(self.resolved(place.elts[0])) if isinstance(place, ast.Tuple) else None

    def _first(self, node: ast.expr) -> str:
        return self._host(node) if isinstance(node, ast.List) else ""

    def _host(self, node: ast.expr) -> str:
        """The first of the hosts that a client is made for: texts, or mappings with a `host`."""
        node = _of_environment(self.resolved(node))
        if isinstance(node, ast.List | ast.Tuple) and node.elts:
            return self._host(node.elts[0])
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            held = (value for key, value in pairs if key is not None and constant(key) == "host")
            return next((self._host(value) for value in held), "")
        found = constant(node)
        return found if isinstance(found, str) else self._text(node, 0)

    def _text(self, node: ast.expr, depth: int) -> str:
        node = _of_environment(self._nearest(self.resolved(node)))
        found = constant(node)
        if isinstance(found, str):
            return found if "://" in found else ""
        if names.STARTED.search(path(node)):
            return "https://localhost"
        if depth > 3:
            return ""
        if isinstance(node, ast.Name | ast.Attribute):
            return self._named(node, depth)
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            if isinstance(first, ast.Constant) and first.value:
                return str(first.value) + self._inserted(first, node.values[1:])
            if isinstance(first, ast.FormattedValue):
                return self._text(first.value, depth + 1) or self._schemeless(node.values)
        if isinstance(node, ast.BinOp):
            return self._text(node.left, depth + 1) + self._inserted(node.left, [node.right])
        return self._text_of_call(node, depth) if isinstance(node, ast.Call) else ""

    def _named(self, node: ast.Name | ast.Attribute, depth: int) -> str:
        if isinstance(node, ast.Attribute):
            return self._listed(node)
        value = self.resolved(self._nearest(node))
        return self._passed(node, depth) if value is node else self._text(value, depth + 1)

    def _passed(self, node: ast.Name, depth: int) -> str:
        """The address that this file passes for a parameter, if all are of this machine.

        A fixture of a test is passed under its own name.
        """
        given = self.passed.given(node.id, node.lineno) or [self.returned.get(node.id)]
        found = ""
        for one in given:
            found = self._text(one, depth + 1) if one is not None else ""
            if not python_passed.is_here(found):
                return ""
        return found

    def _listed(self, node: ast.Attribute) -> str:
        """The address in each of the objects that a loop goes through: `server.url`."""
        lists = [self.resolved(one) for one in self.loops.get(path(node.value), ())]
        items = [one.elts if isinstance(one, ast.List | ast.Tuple) else [one] for one in lists]
        return python_passed.here(item for one in items for item in one)

    def _schemeless(self, parts: list[ast.expr]) -> str:
        """An address behind a scheme that a name holds: `{scheme}://localhost`."""
        text = str(constant(parts[1])) if len(parts) > 1 else ""
        return f"https{text}" + self._inserted(parts[1], parts[2:]) if text[:3] == "://" else ""

    def _text_of_call(self, node: ast.Call, depth: int) -> str:
        """What a function of this file returns, or the beginning of what a method is called on."""
        if (made := self.returned.get(python_handed.last_name(node.func))) is not None:
            return self._text(made, depth + 1)
        if not isinstance(node.func, ast.Attribute):
            return ""
        before = str(constant(node.func.value)).partition("{")[0]  # "https://{}/x".format(host)
        host = self._inserted(ast.Constant(before), node.args[:1])
        return before + host if host else self._text(node.func.value, depth + 1)

    def context(self, owner: str, line: int) -> ast.expr | None:
        """What made a context: the last that its name was given before a line, else any."""
        before = [one for one in self.given.get(owner, ()) if one[0] <= line]
        last = max(before, key=lambda one: one[0])[1] if before else None
        return last if last is not None else self.values.get(owner)

    def _nearest(self, node: ast.expr) -> ast.expr:
        """What a name was given last before this line, where it is given several things."""
        if not isinstance(node, ast.Name | ast.Attribute):
            return node
        before = [one for one in self.given.get(path(node), ()) if one[0] <= node.lineno]
        value = max(before, key=lambda one: one[0])[1] if before else None
        return node if value is None else value

    def _inserted(self, before: ast.expr, rest: list[ast.expr]) -> str:
        """The host behind `https://`, where it is written down or runs through a list."""
        if not str(constant(before)).endswith("://") or not rest:
            return ""
        first = rest[0].value if isinstance(rest[0], ast.FormattedValue) else rest[0]
        items: list[ast.expr] = []
        for one in self.loops.get(path(first), [first]):
            listed = _of_environment(self.resolved(one))
            items += listed.elts if isinstance(listed, ast.List | ast.Tuple) else [listed]
        hosts = [text for item in items if isinstance(text := constant(item), str)]
        return max(hosts, key=lambda host: host not in names.LOOPBACK, default="")


def _of_environment(node: ast.expr) -> ast.expr:
    """The default of a variable of the environment: it stands where nothing is set."""
    if isinstance(node, ast.Call) and names.ENVIRONMENT.fullmatch(path(node.func)):
        named = [keyword.value for keyword in node.keywords if keyword.arg == "default"]
        return (*node.args[1:2], *named, node)[0]
    return node


def _takes(call: ast.Call, name: str) -> bool:
    """Whether a call is given what a name holds, unpacked or as it is."""
    unpacked = (keyword.value for keyword in call.keywords if keyword.arg is None)
    return any(path(one) == name for one in (*unpacked, *call.args[1:]))


def _asks_of(call: ast.Call, session: str) -> bool:
    """Whether a call is a request of this session: `session.get(...)`."""
    owner, _dot, method = path(call.func).rpartition(".")
    return owner == session and (method in names.METHODS or method == "request")


def _defaults(node: ast.arguments) -> dict[int, ast.expr]:
    """The defaults of a function's parameters, by the parameters' ids."""
    placed = [*node.posonlyargs, *node.args]
    found = zip(placed[len(placed) - len(node.defaults) :], node.defaults, strict=True)
    named = zip(node.kwonlyargs, node.kw_defaults, strict=True)
    return {id(one): value for one, value in (*found, *named) if value is not None}


def path(node: ast.expr) -> str:
    """A dotted name as text; other expressions give what they end in."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    elif isinstance(node, ast.Call):
        parts.append(path(node.func))
    return ".".join(reversed(parts))


def constant(node: ast.expr) -> object:
    """The value of a literal; None for anything else."""
    return node.value if isinstance(node, ast.Constant) else None


def _is_name(node: ast.AST) -> TypeGuard[ast.expr]:
    return isinstance(node, ast.Name | ast.Attribute)
