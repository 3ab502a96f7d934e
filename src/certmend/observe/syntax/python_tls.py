"""What a Python program does to the verification of TLS: requests, httpx, aiohttp, urllib3, ssl.

`verify=False` of a JWT library, and `CERT_NONE` of a server's context, are none of it.
Sources: the API documentation of requests, httpx, aiohttp, urllib3, ssl, pycurl and of what is
built on them.
"""

import ast
from collections.abc import Iterator

from certmend.model.document import Call
from certmend.observe.syntax import python_doubles, python_handed, python_probes
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_known import Known, constant, path
from certmend.observe.syntax.python_source import Python


class Finder:
    """Looks through one tree."""

    def __init__(self, source: Python, scope: str = "") -> None:
        self.source = source
        self.scope = scope
        self.known = Known(source)
        self.speaks_http = bool(self.known.modules & names.HTTP_MODULES)
        self.expected: set[int] = set()
        """What tests compare with, and the cases that they go through."""
        self.doubles: frozenset[int] | None = None
        self.asserted: frozenset[str] = frozenset()
        """The lines in which tests put something else in the place of what makes requests."""
        self.only_looks = python_probes.only_looks(source.nodes, self.known.modules)
        """Whether nothing is sent over TLS: the certificate itself is what is wanted."""

    def calls(self) -> Iterator[Call]:
        """Each place where verification is switched off."""
        if self.source.tree is None:
            return
        nodes = self.source.nodes
        self.expected = python_handed.expected(nodes) | python_handed.examples(nodes)
        for node in nodes:
            found = list(self._of(node))
            if found and not self._is_double(node):
                yield from found

    def _of(self, node: ast.AST) -> Iterator[Call]:
        if isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.Assign):
            yield from self._assign(node)
        elif isinstance(node, ast.Dict) and id(node) not in self.expected:
            yield from self._dict(node)

    def _is_double(self, node: ast.AST) -> bool:
        """Whether a test's double answers here, or a call is one that a test expects."""
        if self.doubles is None:
            self.doubles = python_doubles.lines(self.source.nodes)
            self.asserted = python_doubles.asserted(self.source.nodes)
        if isinstance(node, ast.Call) and self._is_looked_at(node):
            return True
        return getattr(node, "lineno", 0) in self.doubles

    def _is_looked_at(self, node: ast.Call) -> bool:
        """Whether a test says that this is called, or asserts what the object made of it holds."""
        if python_doubles.is_expected(self.known.full(node.func)):
            return True
        owners = (ast.unparse(node), *self.known.held.get(id(node), ()))
        told = [keyword.arg for keyword in node.keywords if keyword.arg in names.KEYWORDS]
        return any(f"{owner}.{name}" in self.asserted for owner in owners for name in told)

    def _call(self, node: ast.Call) -> Iterator[Call]:
        name = self.known.full(node.func)
        last = name.rsplit(".", 1)[-1]
        if last in ("partial", "partialmethod") and node.args:
            name = self.known.full(node.args[0])
        if last in names.UNVERIFIED and name.startswith("ssl"):
            if not self.only_looks:
                caller = self.known.callers.get(id(node))
                yield self._found(node, f"ssl.{last}()", caller)
            return
        yield from self._by_arguments(node, last)
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            if self._is_lowered(argument):
                span = self.source.span(argument)
                yield Call(what="ciphers", about="level", span=span, scope=self.scope)
        for keyword in node.keywords:
            if keyword.arg == "verify" and self._is_mapping(node, name, last):
                if is_off(self.known.resolved(keyword.value)) and self.speaks_http:
                    yield self._found(keyword, "verify=False", self._taker(node))
            elif keyword.arg in names.KEYWORDS and self._is_off(keyword, name, node):
                yield self._found(keyword, f"{keyword.arg}={_shown(keyword.value)}", node)

    def _is_mapping(self, node: ast.Call, name: str, last: str) -> bool:
        """Whether a call makes or changes a mapping that holds another call's arguments."""
        if name == "dict" or names.ARGUMENTS.search(last):  # `dict(...)`, `pack_args(...)`
            return self._goes_into_calls(node)
        return last == "update" and self._holds_arguments(path(node.func).rpartition(".")[0])

    def _by_arguments(self, node: ast.Call, last: str) -> Iterator[Call]:
        """Switches that are told by a call's unnamed arguments."""
        if last in names.WITHOUT:
            yield self._found(node, f"{last}()", node)
        if len(node.args) < 2:
            return
        first, second = node.args[0], node.args[1]
        option = path(first).rsplit(".", 1)[-1]
        if last == "setopt" and option in names.CURL_OPTIONS and is_off(second):
            yield self._found(node, f"{option} off", None)
        elif last == "setattr" and constant(second) in names.ATTRIBUTES and len(node.args) > 2:
            made = ast.Attribute(value=first, attr=str(constant(second)), ctx=ast.Store())
            yield from self._attribute(node, made, node.args[2])
        elif (
            last == "setdefault" and constant(first) == "verify" and is_off(second)
            and self.speaks_http and self._holds_arguments(path(node.func).rpartition(".")[0])
        ):  # fmt: skip
            yield self._found(node, '"verify": False', None)

    def _is_lowered(self, node: ast.expr) -> bool:
        return bool(names.LOWERED.search(str(constant(node)))) and not self.only_looks

    def _is_off(self, keyword: ast.keyword, name: str, call: ast.Call) -> bool:
        """Whether this argument of this function switches verification off."""
        value = self.known.resolved(keyword.value)
        if names.OTHER.search(name):
            return False
        if keyword.arg == "cert_reqs":
            serves = name.startswith("ssl") and "ssl" in self.known.serving
            return not serves and _is_none(value)
        if keyword.arg in names.SWITCHES_ON:
            return constant(value) is True
        return is_off(value) and self._is_off_by(keyword, name, call)

    def _is_off_by(self, keyword: ast.keyword, name: str, call: ast.Call) -> bool:
        """Whether a false value of this argument switches verification off."""
        last = name.rsplit(".", 1)[-1]
        if keyword.arg == "ssl":
            return bool(self.known.modules & names.AIO) and bool(
                names.VERB.search(last) or "Connector" in last
            )
        if keyword.arg in ("check_hostname", "assert_hostname"):
            if any(one.arg == "cert_reqs" and _is_none(one.value) for one in call.keywords):
                return False  # told once
            return bool(names.NAMED.search(name))
        if keyword.arg == "verify":
            return self._is_http(name, call)
        if keyword.arg in names.FETCHERS:
            return last in names.FETCHERS[keyword.arg] or last.endswith("Session")
        return bool(names.VERB.search(last) or "Connector" in last or last[:1].isupper())

    def _is_http(self, name: str, call: ast.Call | None) -> bool:
        """Whether a function's `verify` is that of an HTTP client."""
        first = name.split(".", maxsplit=1)[0]
        if first in names.HTTP_MODULES or name.rpartition(".")[0] in self.known.sessions:
            return True
        last = name.rsplit(".", 1)[-1]
        if last in names.METHODS and "." in name and call is not None and _asks(call):
            return True  # of a session that was made elsewhere
        owner = name.rpartition(".")[0].rpartition(".")[2]
        if names.CLIENT.search(last) or (names.OWNER.search(owner) and names.VERB.search(last)):
            return True
        return self.speaks_http and bool(names.VERB.search(last))

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
        name, owner = constant(target.slice), path(target.value)
        if name == "cert_reqs" and _is_none(node.value):
            yield self._found(node, '["cert_reqs"] = CERT_NONE', None)
        off = name == "verify" and is_off(node.value)
        if off and self.speaks_http and self._holds_arguments(owner):
            call = self.known.goes_to(owner, node.lineno)
            yield self._found(node, '["verify"] = False', call)

    def _holds_arguments(self, owner: str) -> bool:
        """Whether a mapping holds the arguments of a request, by its name or by what it is for."""
        if owner in self.known.unpacked or names.ARGUMENTS.search(owner):
            return True
        return "merge_environment_settings" in self.source.word.text and "setting" in owner

    def _attribute(
        self, node: ast.Assign | ast.Call, target: ast.Attribute, value: ast.expr
    ) -> Iterator[Call]:
        if target.attr in names.ATTRIBUTES:
            owner = path(target.value)
            if self._is_weakened(target.attr, owner, value, node.lineno):
                what = names.ATTRIBUTES[target.attr].format(owner=owner)
                asked = self.known.asked(owner, node.lineno) if target.attr == "verify" else None
                yield self._found(node, what, asked)

    def _is_weakened(self, name: str, owner: str, value: ast.expr, line: int) -> bool:
        """Whether this value of this attribute switches verification off."""
        off = is_off(self.known.resolved(value))
        if name == "_create_default_https_context":
            full = self.known.full(self.known.resolved(value))
            return "unverified" in full or full.rsplit(".", 1)[-1] in names.UNVERIFIED
        if name == "cert_reqs":
            return _is_none(value)
        if name in names.SWITCHES_ON:
            return constant(value) is True
        if name in ("verify_ssl", "assert_hostname"):
            made = self.known.made_by(owner)
            return off and bool(names.CONFIGURATION.search(owner + " " + made))
        if name == "verify":
            return off and self._is_session(owner)
        if self.only_looks or self._is_server(owner, line) or self.known.stays_here(owner):
            return False
        if name == "verify_mode":
            return _is_cert_none(value)
        return off and not self._has_cert_none(owner)

    def _is_session(self, owner: str) -> bool:
        last = owner.rsplit(".", maxsplit=1)[-1]
        if names.OTHER.search(owner):
            return False
        if not self.speaks_http:  # what a library keeps its requests in: `api.http_session`
            return bool(names.KEPT.search(last)) and last != owner
        made = self.known.made_by(owner)
        known = made.split(".")[0] in names.HTTP_MODULES or owner in self.known.sessions
        return known or bool(names.SESSION.search(last))

    def _is_server(self, owner: str, line: int) -> bool:
        """Whether a context is one that a server was given: then it asks clients for nothing."""
        value = self.known.context(owner, line)
        made = value is not None and bool(names.SERVER.search(ast.unparse(value)))
        return made or owner in self.known.serving

    def _has_cert_none(self, owner: str) -> bool:
        given = self.known.given.get(f"{owner}.verify_mode", ())
        return any(value is not None and _is_cert_none(value) for _line, value in given)

    def _dict(self, node: ast.Dict) -> Iterator[Call]:
        """`{"verify": False}` that goes into a call as its arguments, `{"cert_reqs": NONE}`."""
        for key, value in zip(node.keys, node.values, strict=True):
            named = key is not None and constant(key) == "verify"
            if key is not None and constant(key) == "cert_reqs" and _is_none(value):
                yield self._found(value, '"cert_reqs": CERT_NONE', None)
            off = named and is_off(value) and self.speaks_http
            if off and self._goes_into_calls(node):
                yield self._found(value, '"verify": False', self._taker(node))

    def _goes_into_calls(self, node: ast.expr) -> bool:
        """Whether a name that holds this is unpacked into a call."""
        owners = self.known.held.get(id(node), set())
        last = {name.rpartition(".")[2] for name in self.known.unpacked}
        held = any(name in last or names.KEYWORD_NAMES.search(name) for name in owners)
        return held or id(node) in self.known.updates

    def _taker(self, node: ast.expr) -> ast.Call | None:
        """The call that a mapping which one name holds is for."""
        owners = self.known.held.get(id(node), set())
        return self.known.goes_to(next(iter(owners)), node.lineno) if len(owners) == 1 else None

    def _asked(self, call: ast.Call | None) -> str:
        """Where a client is asked that a call makes, or that what it makes is given to."""
        made = self.known.callers.get(id(call), call)
        if made is None:
            return ""
        held = self.known.held.get(id(made), ())
        asked = [self.known.asked(name, made.lineno) for name in held]
        asked.append(self.known.asked_of_fixture(made))
        return next((self.known.url(one) for one in asked if one is not None), "")

    def _found(
        self, place: ast.expr | ast.stmt | ast.keyword, what: str, call: ast.Call | None
    ) -> Call:
        url = self.known.url(call) or self._asked(call)
        return Call(what=what, url=url, span=self.source.span(place), scope=self.scope)


def is_off(node: ast.expr) -> bool:
    """Whether an expression is `False`, or the 0 that stands for it."""
    value = constant(node)
    return value is False or (type(value) is int and value == 0)


def _is_cert_none(node: ast.expr) -> bool:
    return path(node).rsplit(".", 1)[-1] in ("CERT_NONE", "VERIFY_NONE")


def _asks(call: ast.Call) -> bool:
    """Whether a call has an address: by its first argument's name or text, or by `url=`."""
    first = next((keyword.value for keyword in call.keywords if keyword.arg == "url"), None)
    first = call.args[0] if call.args and first is None else first
    return first is not None and bool(names.ADDRESS.search(ast.unparse(first)))


def _is_none(node: ast.expr) -> bool:
    return _is_cert_none(node) or constant(node) in ("CERT_NONE", "NONE")


def _shown(node: ast.expr) -> str:
    return ast.unparse(node)[:60]
