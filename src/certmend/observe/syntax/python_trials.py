"""Which switches of a test suite reach nothing but what the suite itself put up.

A test starts a server with a certificate of its own and asks it without verification; it replaces
the library that would ask; it expects the client to refuse; it checks that the client was told to
verify nothing. None of these leaves the machine. A test case is believed to do one of them unless
it says where it goes: to a host which is written down, or to one that a person sets. What is no
case, and works for others than cases, is a program like any other.
Source: the documentation of pytest, unittest.mock, responses, respx and pytest-httpserver.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import TypeGuard

from certmend.model import lazy
from certmend.model.document import Span
from certmend.observe.syntax import python_contexts
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_cases import Cases, Function, parameters
from certmend.observe.syntax.python_expressions import path
from certmend.observe.syntax.python_handed import last_name
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_source import Python

_TESTS = lazy.regex(
    r"(?:^|/)(?:\w*_)?tests?(?:_\w*)?/|(?:^|/)(?:\w*testing|testsuite)/|"
    r"(?:^|/)(?:test_[^/]*|[^/]*_tests?|conftest|tests?)\.py$"
)
_NAMED = lazy.regex(r"(?:^|/)test_[^/]*\.py$")
"""A file of tests by its name alone, which a program may have as well: `test_engine.py`."""
_TESTED = lazy.regex(r"^[ \t]*(?:async )?def test|\b(?:pytest|unittest|TestCase)\b", re.MULTILINE)
_REFUSES = lazy.regex(r"(?:^|\.)(?:raises|assertRaises\w*)$")
_REPLACED = lazy.regex(
    r"(?:^|mock\w*\.)patch(?:\.object|\.multiple)?(?:\(|$)|\bstub_\w+\(|"
    r"^\w*mock|\.mock\w*$|(?:^|\.)\w*Mock\w*\(|Mocker\b|"
    r"^(?:respx|httpretty|aioresponses|aresponses|betamax|requests_mock|httpx_mock|pook|mocket\w*)\b|"
    r"monkeypatch\.setattr|"
    r"responses\.(?:activate|add\(|start|RequestsMock)|use_cassette|mark\.vcr"
)
_UNRELATED = lazy.regex(
    r"patch(?:\.object|\.multiple)?\(['\"]?(?:time|os|sys|builtins|datetime|random|logging|"
    r"pathlib|shutil|uuid|tempfile|platform|getpass)\b|patch\.dict\("
)
"""What a test replaces that asks nobody."""
_SERVER = lazy.regex(
    r"(?:^|_)(?:test|mock|fake|local|live|https?|web|smtp|ftp|tls|ssl)?(?:server|httpd|httpbin)s?"
    r"(?:$|_)"
)
_STARTS = lazy.regex(
    r"(?:HTTPS?|TCP|UDP|WSGI|SMTP|FTP|SSL|TLS)\w*Server\(|\bserve_forever\(|"
    r"(?:asyncio|loop)(?:\(\))?\.(?:start|create)_server\(|"
    r"CLIENT_AUTH|PROTOCOL_TLS_SERVER|server_side=True|"
    r"(?:AsyncHTTPS?|LiveServer)TestCase|aiohttp_server|"
    r"mark\.docker\b|\bdocker_(?:services|compose\w*)\b|\btestcontainers\b"
)
_WRITTEN = lazy.regex(r"\w+://[^/{]")
_SWITCH = lazy.regex(r"(\w+)[\"'\]]*\s*[=:]")
_TOLD = frozenset(("verify_mode", "check_hostname", "CERT_NONE"))
"""What an assertion names that looks at the context which a client was told to make."""
_LIBRARIES = names.HTTP_MODULES | names.AIO | {"urllib3", "ssl", "http"}
_OF_TEXTS = frozenset(dir(str))


class Trials:
    """What a program of a test suite does with its own servers and doubles."""

    def __init__(self, source: Python, known: Known, file: str) -> None:
        self.source = source
        self._known = known
        self.is_test = _is_test(file, source)
        self._is_of_doubles = bool(names.DOUBLE.search(file.rpartition("/")[2]))
        self._is_double = cache(lambda block: _refuses(block) or _replaces(block))
        """Whether nothing that is done in a block goes out, or it is to fail."""
        self._checked = cache(lambda block: set(_checks(block)))
        """The names that a test compares with something: a switch is told, and nothing asks."""
        self._for_doubles = cache(self._is_for_doubles)
        self._has_server = cache(lambda function: _has_server(function, self._kept))

    def spares(self, node: ast.expr | ast.stmt, what: str, url: str) -> bool:
        """Whether a switch in this place, for this address, is for the suite itself alone."""
        if not self.is_test:
            return False
        if names.NOBODYS.match(url) or (names.PLACEHOLDER.match(url) and self._is_of_project(node)):
            return True  # no service of a project answers at `example.com`
        if self._is_of_doubles:
            return True
        around = [one for one in self._blocks if _holds(one, node)]
        if self._is_for_nobody(node, what, around):
            return True
        if any(self._cases.holds(one) for one in around):
            return not self._goes_out(node, url, around)
        functions = [one for one in around if isinstance(one, Function)]
        if _WRITTEN.match(url) or not functions:
            return False  # a host that is written down, or what the whole program is told
        if self._is_of_project(node) and not node.args and len(node.keywords) == 1:
            return True  # told the switch alone: a fixture serves it
        return self._starts or any(self._has_server(one) for one in functions)

    def tries(self, place: Span) -> bool:
        """Whether a command line or a setting is what a test tries, not what a program does."""
        return self.is_test and any(place.within(one) for one in self._tried)

    @cached_property
    def _tried(self) -> list[Span]:
        """Where the tests of the file stand."""
        cases = (
            one for one in self._blocks if isinstance(one, Function) and self._cases.holds(one)
        )
        return [self.source.span(one) for one in cases]

    def _is_for_nobody(self, node: ast.expr | ast.stmt, what: str, around: list[ast.stmt]) -> bool:
        """Whether nothing asks: a double does, or the switch is what a test looks at."""
        named = _SWITCH.search(what)
        switch = named[1] if named else ""
        if any(self._is_double(one) or _is_never_asked(one, node) for one in around):
            return True
        if switch and any(self._checked(one) & {switch, *_TOLD} for one in around):
            return True
        if any(_holds(one, node) for one in self._gone_through):
            return True
        if isinstance(node, ast.Call) and names.SETTINGS.search(last_name(node.func)):
            return True  # what a client could be made with
        if what.startswith("ssl.") and python_contexts.is_handed_to_nobody(self._known, node):
            return True
        return any(self._for_doubles(one) for one in around if isinstance(one, Function))

    def _goes_out(self, node: ast.expr | ast.stmt, url: str, around: list[ast.stmt]) -> bool:
        """Whether a test asks somebody: a host that is written down, or is told from outside."""
        inmost = [one for one in around if isinstance(one, Function)] or around
        if any(self._cases.is_told_where(node, one) for one in inmost):
            return True
        if self._is_of_project(node):
            return False
        return bool(_WRITTEN.match(url)) or (not url and self._is_written_by_users(around))

    def _is_written_by_users(self, around: list[ast.stmt]) -> bool:
        """Whether what a fixture or a helper makes is used by a test that asks a written host."""
        functions = [one for one in around if isinstance(one, Function)]
        users = [user for one in functions for user in self._cases.users(one)]
        urls = (self._known.url(call) for one in users for call in self._cases.asking(one))
        return any(_WRITTEN.match(url) and not names.NOBODYS.match(url) for url in urls)

    def _is_of_project(self, node: ast.expr | ast.stmt) -> TypeGuard[ast.Call]:
        """Whether a client is made that is none of an HTTP library: those take no address."""
        if not isinstance(node, ast.Call) or not last_name(node.func)[:1].isupper():
            return False
        return self._known.full(node.func).partition(".")[0] not in _LIBRARIES

    def _is_for_doubles(self, function: Function) -> bool:
        """Whether every test that uses what a function makes replaces what would ask."""
        users = self._cases.users(function)
        return bool(users) and all(self._is_double(one) for one in users)

    @cached_property
    def _blocks(self) -> list[ast.stmt]:
        """The classes, functions and `with` of the program."""
        tree = self.source.tree
        kinds = Function | ast.ClassDef | ast.With | ast.AsyncWith
        return [one for one in ast.walk(tree) if isinstance(one, kinds)] if tree else []

    @cached_property
    def _cases(self) -> Cases:
        return Cases(self._blocks, self._known)

    @cached_property
    def _gone_through(self) -> list[ast.Call]:
        """What tests go through: the values of `parametrize(...)` and `param(...)`."""
        calls = (one for one in self.source.nodes if isinstance(one, ast.Call))
        return [one for one in calls if last_name(one.func) in ("parametrize", "param")]

    @cached_property
    def _kept(self) -> set[str]:
        """What the suite keeps of what it made: `self.server = Server()` of a `setUp`."""
        made = {name for node in self.source.nodes for name in _made_here(node)}
        return {name for name in made if name.startswith(("self.", "cls."))}

    @cached_property
    def _starts(self) -> bool:
        """Whether the program serves something itself."""
        return bool(_STARTS.search(self.source.word.text))


def lies_in_tests(file: str) -> bool:
    """Whether a file is of a test suite by its path alone."""
    return bool(_TESTS.search(file))


def _is_test(file: str, source: Python) -> bool:
    """Whether a file is of a test suite: by its folder, or by its name and what is in it."""
    if _NAMED.search(file) and not _TESTS.search(file.rpartition("/")[0] + "/"):
        return bool(_TESTED.search(source.word.text))
    return bool(_TESTS.search(file))


def _has_server(function: Function, kept: set[str]) -> bool:
    """Whether a test uses a server that a fixture or a call gave it."""
    nodes = list(ast.walk(function))
    made = {*parameters(function), *(name for node in nodes for name in _made_here(node)), *kept}
    servers = {name for name in made if _SERVER.search(name.rpartition(".")[2])}
    return any(
        isinstance(node, ast.Attribute) and node.attr not in _OF_TEXTS
        and path(node.value) in servers
        for node in nodes
    )  # fmt: skip


def _made_here(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call | ast.Await):
        yield from (path(target) for target in node.targets)
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield path(node.optional_vars)


def _holds(block: ast.stmt | ast.expr, node: ast.expr | ast.stmt) -> bool:
    return block.lineno <= node.lineno <= (block.end_lineno or block.lineno)


def _refuses(block: ast.stmt) -> bool:
    """Whether a `with` expects that what is done in it fails."""
    if not isinstance(block, ast.With | ast.AsyncWith):
        return False
    calls = [item.context_expr for item in block.items if isinstance(item.context_expr, ast.Call)]
    return any(_REFUSES.search(path(call.func)) for call in calls)


def _replaces(block: ast.stmt) -> bool:
    """Whether what would ask is replaced here: by a decorator, a fixture, a `with`, a call."""
    texts: list[str] = []
    if isinstance(block, ast.With | ast.AsyncWith):
        texts = [ast.unparse(item.context_expr) for item in block.items]
    elif isinstance(block, ast.ClassDef):
        texts = [ast.unparse(one) for one in block.decorator_list]
    elif isinstance(block, Function):
        texts = [ast.unparse(one) for one in block.decorator_list]
        texts += parameters(block)
        texts += [_begun(node) for node in ast.walk(block) if isinstance(node, ast.Call)]
    return any(_REPLACED.search(text) and not _UNRELATED.search(text) for text in texts)


def _begun(call: ast.Call) -> str:
    """A call's beginning; what is replaced, where it replaces something."""
    name = path(call.func)
    replaced = ast.unparse(call.args[0]) if "patch" in name and call.args else ""
    return f"{name}({replaced}"


def _checks(block: ast.stmt) -> Iterator[object]:
    """What a function's assertions name: attributes, arguments, keys."""
    if isinstance(block, Function):
        for node in ast.walk(block):
            for inner in _compared(node):
                yield from _named(inner)


def _compared(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Assert):
        asked = {id(one) for inner in ast.walk(node.test) for one in _told_to_ask(inner)}
        yield from (one for one in ast.walk(node.test) if id(one) not in asked)
    elif isinstance(node, ast.Call) and path(node.func).rpartition(".")[2][:6] == "assert":
        for one in (*node.args, *node.keywords):
            yield from ast.walk(one)


def _told_to_ask(node: ast.AST) -> list[ast.keyword]:
    """What a call in an assertion is told: `assert get(url, verify=False).ok` does ask."""
    if isinstance(node, ast.Call) and last_name(node.func) not in ("dict", "call"):
        return node.keywords
    return []


def _named(node: ast.AST) -> tuple[object, ...]:
    if isinstance(node, ast.Attribute):
        return (node.attr,)
    if isinstance(node, ast.Constant):
        return (node.value,)
    return (node.arg,) if isinstance(node, ast.keyword) else ()


def _is_never_asked(function: ast.stmt, node: ast.expr | ast.stmt) -> bool:
    """Whether a function gives an object attributes alone: nothing is done with it."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    owners = [one.value for one in targets if isinstance(one, ast.Attribute)]
    if not isinstance(function, Function) or len(owners) != 1:
        return False
    if not isinstance(owners[0], ast.Name):
        return False
    name, nodes = owners[0].id, list(ast.walk(function))
    told = {id(one.value) for one in nodes if _is_stored(one)}
    used = [one for one in nodes if isinstance(one, ast.Name) and one.id == name]
    kept = any(isinstance(one, ast.Global | ast.Nonlocal) and name in one.names for one in nodes)
    given = any(isinstance(one.ctx, ast.Store) for one in used)
    asked = any(isinstance(one.ctx, ast.Load) and id(one) not in told for one in used)
    return given and not asked and not kept


def _is_stored(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
