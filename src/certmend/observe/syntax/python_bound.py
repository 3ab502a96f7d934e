"""Switches of verification that are handed on in a Python program: `fetch(url, False)`.

The client is told what a parameter, an attribute or a table holds, and the literal stands
elsewhere in the file. It is reported where it stands, once, whatever it reaches.
"""

import ast
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import islice

import msgspec

from certmend.model import switch_names
from certmend.model.constant import Constant
from certmend.model.document import Call, Span
from certmend.observe.syntax import (
    python_adapters,
    python_aiohttp,
    python_calls,
    python_contexts,
    python_derived,
    python_handed,
    python_heeded,
    python_overridden,
    python_probes,
    python_scopes,
    python_unpacked,
)
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_constants import Constants
from certmend.observe.syntax.python_expressions import constant, is_off, path
from certmend.observe.syntax.python_flow import Flow, Literal, Origin
from certmend.observe.syntax.python_passed import is_here
from certmend.observe.syntax.python_scopes import Nested
from certmend.observe.syntax.python_tables import address_of
from certmend.observe.syntax.python_tls import Finder
from certmend.observe.syntax.python_unpacked import Unpacked

_OF_NAMES = frozenset(("check_hostname", "assert_hostname", "ssl_assert_hostname"))
_FOLLOWED = (
    ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.UnaryOp, ast.IfExp, ast.BoolOp
)  # fmt: skip
_NEAR = 20
"""So many places before a literal may hold it."""
_TAKEN_LIMIT = 200
"""More values that clients are told are not followed in one file."""


class _Told:
    """The places that are told already: what stands inside one of them is not told again."""

    def __init__(self, calls: list[Call]) -> None:
        self._spans = sorted((one.span.start, one.span.end) for one in calls)
        self._own: set[int] = set()

    def holds(self, span: Span) -> bool:
        """Whether a place is, or stands inside, one that was told."""
        behind = bisect_right(self._spans, (span.start, 1 << 62))
        before = self._spans[max(behind - _NEAR, 0) : behind]
        return span.start in self._own or any(span.end <= end for _, end in before)

    def add(self, span: Span) -> None:
        """Keep a literal that is told."""
        self._own.add(span.start)


class Bound(Finder):
    """Looks through one tree, and follows what is handed on."""

    heeds: Callable[[str, str], bool | None] | None = None
    """Whether an imported function verifies servers by a parameter; None: not known."""
    _reported = _Told([])

    def calls(self) -> Iterator[Call]:
        """Each place where verification is switched off, in the client's call or before."""
        self.mappings.asks = cache(self._asks)
        found = [*super().calls(), *self._by_adapters()]
        yield from found
        if self.source.tree is None or self.is_library:
            return
        told = self._reported = _Told(found)
        for literal in self._handed_on():
            place, span = literal.origin.place, self.source.span(literal.node)
            if isinstance(place, ast.Call) and self._goes_without(place, literal.node):
                continue
            if told.holds(span):
                continue
            told.add(span)
            what, url = literal.origin.what, literal.origin.url
            one = Call(what=what, url=url, span=span, scope=self.scope)
            yield from self._kept(place, iter((one,)))

    def _kept(self, node: ast.expr | ast.stmt, calls: Iterator[Call]) -> Iterator[Call]:
        """What is found in a node, without what is set anew before it is used."""
        for one in super()._kept(node, calls):
            name = self._overridden.get(id(node))
            if name is None or name not in one.what:
                yield one

    @cached_property
    def _overridden(self) -> dict[int, str]:
        tree = self.source.tree
        return python_overridden.overridden(tree) if tree is not None else {}

    def _goes_without(self, call: ast.Call, literal: ast.Constant) -> bool:
        """Whether a call that is told a literal asks nobody over TLS.

        A function that hands its `ssl` to a request of aiohttp is told by it whether to verify.
        """
        own = any(one.arg == "ssl" and one.value is literal for one in call.keywords)
        is_function = python_handed.last_name(call.func)[:1].islower()
        if own and is_function and self.known.modules & python_aiohttp.MODULES:
            return python_calls.goes_nowhere(call)
        return python_calls.goes_without_tls(call) or python_calls.goes_nowhere(call)

    def _by_adapters(self) -> Iterator[Call]:
        if self.source.tree is None or self.is_library or not self.speaks_http:
            return
        for place, what in python_adapters.weakened(self.source.nodes):
            yield from self._kept(place, iter((self._found(place, what, None),)))

    def derived(self, verifies_with: python_derived.VerifiesWith | None) -> Iterator[Call]:
        """What classes switch off that their bases in other modules verify with."""
        if self.source.tree is None or self.is_library or self.trials.is_test:
            return
        for one in python_derived.switched_off(self.source.nodes, verifies_with):
            span = self.source.span(one.node)
            if self._reported.holds(span) or span in self.placed:
                continue
            what, url = f"{one.holder.name}.{one.name} = False", address_of(one.holder)
            call = Call(what=what, url=url, span=span, scope=self.scope)
            yield from self._kept(one.statement, iter((call,)))

    def constants(self, is_told: Callable[[Constant], bool]) -> Iterator[Call]:
        """`VERIFY_SSL = False`, where other modules tell clients to verify with it."""
        tree = self.source.tree
        if tree is None or self.is_library or self.trials.is_test:
            return
        used_here = {
            path(keyword.value).rpartition(".")[2]
            for node in self.source.nodes if isinstance(node, ast.Call)
            for keyword in node.keywords if names.is_switch(keyword.arg)
        }  # fmt: skip
        told: set[int] = set()
        for one, value, shown in Constants(tree, self.source.nodes).found():
            called, span = _called(one), self.source.span(value)
            if called in used_here or self._reported.holds(span) or span.start in told:
                continue
            if is_told(one):
                told.add(span.start)
                own = one.holder.endswith(".config") or self._reads_setting(one.key)
                what = shown if own else f"{shown}, used by another module"
                yield Call(what=what, span=span, scope=self.scope)

    def _reads_setting(self, key: str) -> bool:
        """Whether this file itself reads an entry of its application's configuration."""
        first = key.partition(".")[0]
        read = rf"config(?:\.get\([ ]?|\[)['\"]{first}['\"]"
        return bool(first) and re.search(read, self.source.word.text) is not None

    def _handed_on(self) -> Iterator[Literal]:
        """The literals that clients are told by way of something else."""
        taken = list(islice(self._taken(), _TAKEN_LIMIT))
        if not taken:
            return
        flow = self._flow
        for value, off in taken:
            if isinstance(value, ast.Dict | ast.Call) and off is None:
                yield from _of_mapping(flow, value)
            else:
                yield from flow.literals(value, off=bool(off))

    def _taken(self) -> Iterator[tuple[ast.expr, bool | None]]:
        """What clients are told that is no literal, with what of it switches verification off.

        None stands for a mapping of arguments: `get(url, **self.options())`.
        """
        for node in self.source.nodes:
            if isinstance(node, ast.Call):
                yield from self._taken_by(node)
            elif isinstance(node, ast.Assign) and not isinstance(node.value, ast.Constant):
                for target in node.targets:
                    if isinstance(target, ast.Attribute) and self._is_told(node, target):
                        yield node.value, False

    def _taken_by(self, call: ast.Call) -> Iterator[tuple[ast.expr, bool | None]]:
        for keyword in call.keywords:
            if keyword.arg is None:
                if isinstance(keyword.value, ast.Call) and self._takes("verify", call, off=False):
                    yield keyword.value, None
            elif isinstance(keyword.value, _FOLLOWED) and names.is_switch(keyword.arg):
                off = switch_names.skips(keyword.arg) or keyword.arg in names.SWITCHES_ON
                value = self.known.resolved(keyword.value)
                settled = constant(value) is True if off else is_off(value)
                if not settled and self._takes(keyword.arg, call, off=off):
                    yield keyword.value, off

    def _takes(self, argument: str, call: ast.Call, *, off: bool) -> bool:
        """Whether a call that is told this by an argument would not verify a server elsewhere."""
        told = ast.keyword(arg=argument, value=ast.Constant(value=off))
        if argument in _OF_NAMES or not self._is_off(told, self._named(call), call):
            return False
        return not is_here(self.known.url(call))

    def _named(self, call: ast.Call) -> str:
        """The full name of what is called; the class where it is its `__init__`."""
        last = python_handed.last_name(call.func)
        filled = last in ("partial", "partialmethod") and call.args
        name = self.known.full(call.args[0] if filled else call.func)
        return self._base(call) if last == "__init__" else name

    def _is_told(self, node: ast.Assign, target: ast.Attribute) -> bool:
        """Whether an attribute of a client is given something that is no literal."""
        owner = path(target.value)
        if not names.shown_attribute(target.attr, owner) or target.attr in _OF_NAMES:
            return False
        if is_off(self.known.resolved(node.value)):
            return False
        if is_here(self.known.addressed(owner, node.lineno)):
            return False
        off = ast.Constant(value=False)
        return self.attributes.is_weakened(target.attr, owner, off, node.lineno)

    def _call(self, node: ast.Call) -> Iterator[Call]:
        yield from super()._call(node)
        if python_handed.last_name(node.func) == "__init__" and (base := self._base(node)):
            for keyword in node.keywords:
                if names.is_switch(keyword.arg) and self._is_off(keyword, base, node):
                    what = f"{keyword.arg}={python_calls.shown(keyword.value)}"
                    yield self._found(keyword, what, node)

        if any(keyword.arg is None for keyword in node.keywords):
            yield from self._by_mappings(node)
        if self._is_of_openssl(node):
            yield self._found(node, "set_verify(VERIFY_NONE)", node)
        if python_handed.last_name(node.func) == "configure":
            yield from self._by_defaults(node)

    def _is_of_openssl(self, node: ast.Call) -> bool:
        """`context.set_verify(SSL.VERIFY_NONE, ...)` of a pyOpenSSL client that sends something."""
        first = path(node.args[0]) if node.args else ""
        none = python_handed.last_name(node.func) == "set_verify" and first.endswith("VERIFY_NONE")
        return none and not self.only_looks and self._asks_by_openssl

    @cached_property
    def _asks_by_openssl(self) -> bool:
        return python_probes.asks_by_openssl(self.source.nodes)

    def _by_defaults(self, node: ast.Call) -> Iterator[Call]:
        """`AsyncHTTPClient.configure(None, defaults={"validate_cert": False})` of Tornado."""
        held = [ast.keyword(value=one.value) for one in node.keywords if one.arg == "defaults"]
        for one in self._unpacked.entries(ast.Call(node.func, [], held, lineno=node.lineno)):
            if one.keyword.arg == "validate_cert" and is_off(one.keyword.value):
                yield self._found(one.place, "validate_cert off for every request", None)

    def _by_mappings(self, node: ast.Call) -> Iterator[Call]:
        """Switches among the keywords that a call is given as a mapping."""
        entries = self._unpacked.entries(node)
        switches = [one for one in entries if self._is_new(one)]
        if not switches or python_contexts.asks_here(self.known, node):
            return
        told, name = python_unpacked.as_told(node, entries), self._named(node)
        for one in switches:
            value = one.keyword.value
            if isinstance(value, _FOLLOWED) and not is_off(value):
                continue  # what it stands for is written elsewhere
            if id(one.place) not in self.expected and self._is_off(one.keyword, name, told):
                what = one.form.format(name=one.keyword.arg, value=python_calls.shown(value))
                found = self._found(one.place, what, node)
                if not is_here(url := found.url or self.known.url(told)):
                    self.told.add(id(one.place))
                    yield msgspec.structs.replace(found, url=url)

    def _asks(self, call: ast.Call) -> bool:
        """Whether a call that is told `verify=False` in a mapping would not verify a server."""
        own = self._flow.called(call)
        if isinstance(own, python_scopes.Function) and own.args.kwarg is not None:
            return True  # it hands on what it is given
        if own is None and path(call.func).rpartition(".")[0] in ("self", "cls", "super"):
            return not names.OTHER.search(path(call.func))
        if own is not None:
            heeds = python_heeded.is_heeded(own, "verify", self._flow.called)
        else:
            heeds = self._heeded(call, "verify")
        told = ast.keyword(arg="verify", value=ast.Constant(value=False))
        made = ast.Call(func=call.func, args=call.args, keywords=[*call.keywords, told])
        return heeds is True or self._is_off(told, self._named(call), ast.copy_location(made, call))

    def _is_new(self, one: python_unpacked.Entry) -> bool:
        """Whether an entry is a switch that was not told yet."""
        return names.is_switch(one.keyword.arg) and id(one.place) not in self.told

    @cached_property
    def _unpacked(self) -> Unpacked:
        return Unpacked(self.known)

    def _is_http(self, name: str, call: ast.Call | None) -> bool:
        asks = super()._is_http(name, call)
        if call is None or name.partition(".")[0] in names.HTTP_MODULES:
            return asks
        own = self._flow.called(call)
        handed = python_calls.handed_function(call) if own is None else None
        if handed is not None:  # `partial(fetch, verify=False)`
            own = self._flow.called(ast.copy_location(ast.Call(handed, [], []), call))
        if own is not None:
            called = self._flow.called
            return asks and python_heeded.is_heeded(own, "verify", called) is not False
        said = self._heeded(call, "verify")
        return asks if said is None or (said and self.trials.is_test) else said

    def _asks_by_ssl(self, name: str, call: ast.Call) -> bool:
        asks = super()._asks_by_ssl(name, call)
        if not self.known.modules & python_aiohttp.MODULES or not isinstance(call.func, ast.Name):
            return asks
        own = self._flow.called(call)
        if own is not None:
            return asks and python_heeded.is_heeded(own, "ssl") is not False
        said = self._heeded(call, "ssl")
        return asks if said is None else said

    def _heeded(self, call: ast.Call, parameter: str) -> bool | None:
        """Whether what another module defines verifies by what it is told."""
        first, dot, rest = path(call.func).partition(".")
        if self.heeds is None or first not in self._imported:
            return None
        return self.heeds(self._imported[first] + dot + rest, parameter)

    @cached_property
    def _imported(self) -> dict[str, str]:
        return python_derived.imported(self.source.nodes)

    @cached_property
    def _flow(self) -> Flow:
        return Flow(self.known)

    def _base(self, call: ast.Call) -> str:
        """The class whose `__init__` is called: `Base.__init__(...)`, `super().__init__(...)`."""
        owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
        if not isinstance(owner, ast.Call):
            return self.known.full(owner)
        around = self._classes.around(call.lineno) if path(owner) == "super" else []
        return self.known.full(around[0].bases[0]) if around and around[0].bases else ""

    @cached_property
    def _classes(self) -> Nested[ast.ClassDef]:
        return Nested([one for one in self.source.nodes if isinstance(one, ast.ClassDef)])


def _called(one: Constant) -> str:
    """The last part of the name that a constant is used by."""
    return (one.names[0] if one.names else one.key).rpartition(".")[2]


def _of_mapping(flow: Flow, call: ast.expr) -> Iterator[Literal]:
    """`{"verify": False}`, where a function returns it as a request's arguments."""
    for _statement, value in flow.returned(call):
        pairs = zip(value.keys, value.values, strict=True) if isinstance(value, ast.Dict) else ()
        for key, one in pairs:
            told = key is not None and constant(key) == "verify" and is_off(one)
            if told and isinstance(one, ast.Constant):
                yield Literal(one, Origin(value, '"verify": False', ""))
