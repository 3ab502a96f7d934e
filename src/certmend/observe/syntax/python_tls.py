"""What a Python program does to the verification of TLS: requests, httpx, aiohttp, urllib3, ssl.

Names are followed to the modules they were imported from, and to values assigned once in the same
file. `verify=False` of a JWT library, and `CERT_NONE` of a server's context, are none of it.
Sources: the API documentation of requests, httpx, aiohttp, urllib3 and ssl.
"""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from certmend.model.document import Call
from certmend.observe.syntax import python_handed, python_probes
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_source import Python


class Finder:
    """Looks through one tree."""

    def __init__(self, source: Python, scope: str = "") -> None:
        self.source = source
        self.scope = scope
        self.modules: set[str] = set()
        self.names: dict[str, str] = {}
        self.values: dict[str, ast.expr] = {}
        self.changed: set[str] = set()
        """Names that are assigned more than once: they stand for no one value."""
        self.sessions: set[str] = set()
        """Parameters that are declared to be a client of one of the HTTP libraries."""
        self.callers: dict[int, ast.Call] = {}
        """The calls that calls are arguments of."""
        self.updates: set[int] = set()
        """Mappings that go into a call's arguments later."""
        self.expected: set[int] = set()
        """What tests compare with."""
        self.unpacked: set[str] = set()
        self.loops: dict[str, list[ast.expr]] = {}
        """What names run through in a loop."""
        self.serving: set[str] = set()
        """Contexts that a server is started with."""
        self.only_looks = False
        """Whether nothing is sent over TLS: the certificate itself is what is wanted."""

    def calls(self) -> Iterator[Call]:
        """Each place where verification is switched off."""
        if self.source.tree is None:
            return
        nodes = self.source.nodes
        self.expected = python_handed.expected(nodes)
        for node in nodes:
            self._learn(node)
        self.only_looks = python_probes.only_looks(nodes, self.modules)
        for node in nodes:
            if isinstance(node, ast.Call):
                yield from self._call(node)
            elif isinstance(node, ast.Assign):
                yield from self._assign(node)
            elif isinstance(node, ast.Dict) and id(node) not in self.expected:
                yield from self._dict(node)

    def _learn(self, node: ast.AST) -> None:
        """Imports, names that are assigned, and names that are unpacked into calls."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.modules.update(alias.name.split("."))  # vendored ones lie deeper
                self.names[alias.asname or alias.name.split(".")[0]] = alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            self.modules.update(node.module.split("."))
            for alias in node.names:
                self.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                path = _path(target)
                self.changed |= {path} if path in self.values else set()
                self.values[path] = node.value
        elif isinstance(node, ast.For | ast.comprehension):
            self.loops.setdefault(_path(node.target), []).append(node.iter)
        elif isinstance(node, ast.arg):
            self._learn_argument(node)
        elif isinstance(node, ast.Call):
            self._learn_call(node)

    def _learn_argument(self, node: ast.arg) -> None:
        if node.annotation is not None:
            texts = (self._full(part) for part in ast.walk(node.annotation) if _is_name(part))
            if any(text.split(".")[0] in names.HTTP_MODULES for text in texts):
                self.sessions.add(node.arg)
            else:
                self.changed.add(node.arg)
        else:
            self.changed.add(node.arg)

    def _learn_call(self, node: ast.Call) -> None:
        name = _path(node.func)
        if name.endswith(".update") and names.ARGUMENTS.search(name):
            self.updates |= {id(argument) for argument in node.args}
        if python_handed.last_name(node.func)[:6] == "assert":
            return
        for keyword in node.keywords:
            if isinstance(keyword.value, ast.Call):
                self.callers[id(keyword.value)] = node
            if keyword.arg in ("options", "client_options", "session_options"):
                self.updates.add(id(keyword.value))
            if keyword.arg is None:
                self.unpacked.add(_path(keyword.value))
            elif keyword.arg == "server_side" and _constant(keyword.value) is True:
                self.serving.add(name.rpartition(".")[0])
            elif keyword.arg in ("ssl", "ssl_context", "context") and names.SERVES.search(name):
                self.serving.add(_path(keyword.value))

    def _full(self, node: ast.expr) -> str:
        """The dotted name with its first part replaced by what was imported under it."""
        path = _path(node)
        first, dot, rest = path.partition(".")
        return self.names.get(first, first) + dot + rest

    def _call(self, node: ast.Call) -> Iterator[Call]:
        name = self._full(node.func)
        last = name.rsplit(".", 1)[-1]
        if last == "partial" and node.args:
            name = self._full(node.args[0])
        if last == "_create_unverified_context" and name.startswith("ssl"):
            if not self.only_looks:
                caller = self.callers.get(id(node))
                yield self._found(node, "ssl._create_unverified_context()", caller)
            return
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            if self._is_lowered(argument):
                span = self.source.span(argument)
                yield Call(what="ciphers", about="level", span=span, scope=self.scope)
        for keyword in node.keywords:
            if name == "dict" and keyword.arg == "verify" and self._goes_into_calls(node):
                if _constant(keyword.value) is False and self.modules & names.HTTP_MODULES:
                    yield self._found(keyword, "verify=False", None)
            elif keyword.arg in names.KEYWORDS and self._is_off(keyword, name, node):
                yield self._found(keyword, f"{keyword.arg}={_shown(keyword.value)}", node)

    def _is_lowered(self, node: ast.expr) -> bool:
        return bool(names.LOWERED.search(str(_constant(node)))) and not self.only_looks

    def _is_off(self, keyword: ast.keyword, name: str, call: ast.Call) -> bool:
        """Whether this argument of this function switches verification off."""
        value = self._resolved(keyword.value)
        last = name.rsplit(".", 1)[-1]
        if names.OTHER.search(name):
            return False
        if keyword.arg == "cert_reqs" and name.startswith("ssl") and "ssl" in self.serving:
            return False
        if keyword.arg == "cert_reqs":
            return _is_none(value)
        if keyword.arg == "disable_ssl_certificate_validation":
            return _constant(value) is True
        if _constant(value) is not False:
            return False
        if keyword.arg == "ssl":
            return bool(self.modules & names.AIO) and bool(
                names.VERB.search(last) or "Connector" in last
            )
        if keyword.arg == "check_hostname":
            return "ssl" in name or "context" in name.lower()
        if keyword.arg == "verify":
            return self._is_http(name, call)
        return bool(names.VERB.search(last) or "Connector" in last or last[:1].isupper())

    def _is_http(self, name: str, call: ast.Call | None) -> bool:
        """Whether a function's `verify` is that of an HTTP client."""
        first = name.split(".", maxsplit=1)[0]
        if first in names.HTTP_MODULES or name.rpartition(".")[0] in self.sessions:
            return True
        last = name.rsplit(".", 1)[-1]
        if last in names.METHODS and "." in name and call is not None and _asks(call):
            return True  # of a session that was made elsewhere
        return bool(self.modules & names.HTTP_MODULES) and bool(names.VERB.search(last))

    def _resolved(self, node: ast.expr) -> ast.expr:
        """A name's value, when it was assigned in this file."""
        for _ in range(3):
            path = _path(node) if isinstance(node, ast.Name | ast.Attribute) else ""
            if not path or path not in self.values or path in self.changed:
                break
            node = self.values[path]
        return node

    def _assign(self, node: ast.Assign) -> Iterator[Call]:
        if self._is_lowered(node.value):
            span = self.source.span(node.value)
            yield Call(what="ciphers", about="level", span=span, scope=self.scope)
        for target in node.targets:
            if isinstance(target, ast.Attribute):
                yield from self._attribute(node, target, node.value)
            elif isinstance(target, ast.Subscript):
                yield from self._item(node, target)
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                for one, value in zip(target.elts, node.value.elts, strict=False):
                    if isinstance(one, ast.Attribute):
                        yield from self._attribute(node, one, value)

    def _item(self, node: ast.Assign, target: ast.Subscript) -> Iterator[Call]:
        """`arguments["verify"] = False`, `options["cert_reqs"] = CERT_NONE`."""
        name, owner = _constant(target.slice), _path(target.value)
        if name == "cert_reqs" and _is_none(node.value):
            yield self._found(node, '["cert_reqs"] = CERT_NONE', None)
        handed = owner in self.unpacked or bool(names.ARGUMENTS.search(owner))
        off = name == "verify" and _constant(node.value) is False
        if off and handed and self.modules & names.HTTP_MODULES:
            yield self._found(node, '["verify"] = False', None)

    def _attribute(
        self, node: ast.Assign, target: ast.Attribute, value: ast.expr
    ) -> Iterator[Call]:
        if target.attr in names.ATTRIBUTES:
            owner = _path(target.value)
            off = _constant(self._resolved(value)) is False
            if self._is_weakened(target.attr, owner, value, off=off):
                yield self._found(node, names.ATTRIBUTES[target.attr].format(owner=owner), None)

    def _is_weakened(self, name: str, owner: str, value: ast.expr, *, off: bool) -> bool:
        """Whether this value of this attribute switches verification off."""
        if name == "_create_default_https_context":
            return "unverified" in self._full(value)
        if name == "cert_reqs":
            return _is_none(value)
        if name == "verify_ssl":
            return off and bool(names.CONFIGURATION.search(owner))
        if name == "verify":
            return off and self._is_session(owner)
        if self.only_looks or self._is_server(owner):
            return False
        if name == "verify_mode":
            return _is_cert_none(value)
        return off and not self._has_cert_none(owner)

    def _is_session(self, owner: str) -> bool:
        if not self.modules & names.HTTP_MODULES or names.OTHER.search(owner):
            return False
        value = self.values.get(owner)
        made = self._full(value.func) if isinstance(value, ast.Call) else ""
        known = made.split(".")[0] in names.HTTP_MODULES or owner in self.sessions
        return known or bool(names.SESSION.search(owner.rsplit(".", maxsplit=1)[-1]))

    def _is_server(self, owner: str) -> bool:
        """Whether a context is one that a server was given: then it asks clients for nothing."""
        value = self.values.get(owner)
        made = value is not None and bool(names.SERVER.search(ast.unparse(value)))
        return made or owner in self.serving

    def _has_cert_none(self, owner: str) -> bool:
        value = self.values.get(f"{owner}.verify_mode")
        return value is not None and _is_cert_none(value)

    def _dict(self, node: ast.Dict) -> Iterator[Call]:
        """`{"verify": False}` that goes into a call as its arguments, `{"cert_reqs": NONE}`."""
        for key, value in zip(node.keys, node.values, strict=True):
            named = key is not None and _constant(key) == "verify"
            if key is not None and _constant(key) == "cert_reqs" and _is_none(value):
                yield self._found(value, '"cert_reqs": CERT_NONE', None)
            off = named and _constant(value) is False and self.modules & names.HTTP_MODULES
            if off and self._goes_into_calls(node):
                yield self._found(value, '"verify": False', None)

    def _goes_into_calls(self, node: ast.expr) -> bool:
        """Whether a name that holds this is unpacked into a call."""
        owners = [name for name, value in self.values.items() if value is node]
        last = {name.rpartition(".")[2] for name in self.unpacked}
        held = any(name in last or names.KEYWORD_NAMES.search(name) for name in owners)
        return held or id(node) in self.updates

    def _found(
        self, place: ast.expr | ast.stmt | ast.keyword, what: str, call: ast.Call | None
    ) -> Call:
        return Call(what=what, url=self._url(call), span=self.source.span(place), scope=self.scope)

    def _url(self, call: ast.Call | None) -> str:
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

    def _first(self, node: ast.expr) -> str:
        return self._host(node) if isinstance(node, ast.List) else ""

    def _host(self, node: ast.expr) -> str:
        """The first of the hosts that a client is made for: texts, or mappings with a `host`."""
        node = self._resolved(node)
        if isinstance(node, ast.List | ast.Tuple) and node.elts:
            return self._host(node.elts[0])
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            held = (value for key, value in pairs if key is not None and _constant(key) == "host")
            return next((self._host(value) for value in held), "")
        found = _constant(node)
        return found if isinstance(found, str) else self._text(node, 0)

    def _text(self, node: ast.expr, depth: int) -> str:
        node = self._resolved(node)
        found = _constant(node)
        if isinstance(found, str):
            return found if "://" in found else ""
        if depth > 3:
            return ""
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            if isinstance(first, ast.Constant) and first.value:
                return str(first.value) + self._inserted(first, node.values[1:])
            if isinstance(first, ast.FormattedValue):
                return self._text(first.value, depth + 1)
        if isinstance(node, ast.BinOp):
            return self._text(node.left, depth + 1) + self._inserted(node.left, [node.right])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return self._text(node.func.value, depth + 1)
        return ""

    def _inserted(self, before: ast.expr, rest: list[ast.expr]) -> str:
        """The host behind `https://`, where it is written down or runs through a list."""
        if not str(_constant(before)).endswith("://") or not rest:
            return ""
        first = rest[0].value if isinstance(rest[0], ast.FormattedValue) else rest[0]
        items: list[ast.expr] = []
        for one in self.loops.get(_path(first), [first]):
            listed = self._resolved(one)
            items += listed.elts if isinstance(listed, ast.List | ast.Tuple) else [listed]
        hosts = [text for item in items if isinstance(text := _constant(item), str)]
        return max(hosts, key=lambda host: host not in names.LOOPBACK, default="")


def _path(node: ast.expr) -> str:
    """A dotted name as text; other expressions give what they end in."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    elif isinstance(node, ast.Call):
        parts.append(_path(node.func))
    return ".".join(reversed(parts))


def _constant(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_cert_none(node: ast.expr) -> bool:
    return _path(node).rsplit(".", 1)[-1] in ("CERT_NONE", "VERIFY_NONE")


def _asks(call: ast.Call) -> bool:
    """Whether a call has an address: by its first argument's name or text, or by `url=`."""
    first = next((keyword.value for keyword in call.keywords if keyword.arg == "url"), None)
    first = call.args[0] if call.args and first is None else first
    return first is not None and bool(names.ADDRESS.search(ast.unparse(first)))


def _is_none(node: ast.expr) -> bool:
    return _is_cert_none(node) or _constant(node) in ("CERT_NONE", "NONE")


def _is_name(node: ast.AST) -> TypeGuard[ast.expr]:
    return isinstance(node, ast.Name | ast.Attribute)


def _shown(node: ast.expr) -> str:
    return ast.unparse(node)[:60]
