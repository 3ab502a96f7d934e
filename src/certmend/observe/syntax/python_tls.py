"""What a Python program does to the verification of TLS: requests, httpx, aiohttp, urllib3, ssl.

`verify=False` of a JWT library, and `CERT_NONE` of a server's context, are none of it.
Sources: the API documentation of requests, httpx, aiohttp, urllib3, ssl, pycurl and of what is
built on them.
"""

import ast
from collections.abc import Iterator
from functools import cached_property

import msgspec

from certmend.model import switch_names
from certmend.model.document import Call, Span
from certmend.observe.syntax import (
    python_addresses,
    python_aiohttp,
    python_calls,
    python_contexts,
    python_handed,
    python_levels,
    python_mappings,
    python_probes,
    python_servers,
)
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_attributes import Attributes
from certmend.observe.syntax.python_branches import Branches
from certmend.observe.syntax.python_expressions import (
    constant,
    is_cert_none,
    is_none,
    is_off,
    path,
)
from certmend.observe.syntax.python_guards import Guards
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_mappings import Mappings
from certmend.observe.syntax.python_source import Python
from certmend.observe.syntax.python_trials import Trials

_OF_NAMES = frozenset(("check_hostname", "assert_hostname", "ssl_assert_hostname"))
_CERT_REQS = frozenset(("cert_reqs", "ssl_cert_reqs"))
_WHOLE = frozenset(("verify", "verify_ssl", "ssl_verify", "verify_certs"))


class Finder:
    """Looks through one tree."""

    def __init__(self, source: Python, scope: str = "", file: str = "") -> None:
        self.source = source
        self.scope = scope
        self.known = Known(source)
        self.trials = Trials(source, self.known, file)
        self.known.is_tried_here = self.trials.is_test or bool(names.SAMPLE.search(file))
        self.guards = Guards(source)
        self.branches = Branches(self.known)
        self.placed: set[Span] = set()
        self.told: set[int] = set()
        """The values that were found where a name was given them."""
        self.is_library = bool(names.LIBRARY.search(file))
        self.only_looks = python_probes.only_looks(source.nodes, self.known.modules)
        """Whether nothing is sent over TLS: the certificate itself is what is wanted."""
        self.speaks_http = bool(self.known.modules & names.HTTP_MODULES)
        self.mappings = Mappings(self.known, speaks_http=self.speaks_http)
        self.attributes = Attributes(
            self.known, speaks_http=self.speaks_http, only_looks=self.only_looks
        )
        self.expected: set[int] = set()
        """What tests compare with, and the cases that they go through."""

    @cached_property
    def _told_https(self) -> set[str]:
        """Functions of somebody's own that are given an address and told whether to verify."""
        calls = [one for one in self.source.nodes if isinstance(one, ast.Call)]
        told = [one for one in calls if any(k.arg == "verify" for k in one.keywords)]
        return {path(one.func).rpartition(".")[2] for one in told if self.known.is_told_https(one)}

    def calls(self) -> Iterator[Call]:
        """Each place where verification is switched off."""
        if self.source.tree is None or self.is_library:
            return
        nodes = self.source.nodes
        self.expected = python_handed.expected(nodes) | python_handed.examples(nodes)
        for node in nodes:
            if isinstance(node, ast.Call):
                yield from self._kept(node, self._call(node))
            elif isinstance(node, ast.Assign):
                yield from self._kept(node, self._assign(node))
            elif isinstance(node, ast.AugAssign | ast.Return):
                yield from self._kept(node, self._in_addresses(node))
                yield from self._kept(node, self._lowered(node))
            elif isinstance(node, ast.Dict) and id(node) not in self.expected:
                yield from self._kept(node, self._dict(node))

    def _kept(self, node: ast.expr | ast.stmt, calls: Iterator[Call]) -> Iterator[Call]:
        """What is found in a node, without what holds for this machine or a test suite alone."""
        for one in calls:
            if one.span in self.placed:
                continue
            if not (self.guards.keep_here(node) or self.trials.spares(node, one.what, one.url)):
                self.placed.add(one.span)
                yield one

    def _call(self, node: ast.Call) -> Iterator[Call]:
        name = self.known.full(node.func)
        last = name.rsplit(".", 1)[-1]
        if (handed := python_calls.handed_function(node)) is not None:
            name = self.known.full(handed)
        if made := python_contexts.verifies_nobody(self.known, name, node):
            if not self.only_looks and not self._stays_here(node):
                yield self._found(node, f"ssl.{made}()", self.known.callers.get(id(node)))
            return
        yield from self._by_arguments(node, last)
        yield from self._in_addresses(node)
        yield from self._by_branches(node, name)
        yield from self._lowered(node)
        for keyword in node.keywords:
            if keyword.arg == "verify" and self._is_mapping(node, name, last):
                if is_off(self.known.resolved(keyword.value)) and self.speaks_http:
                    yield self._found(keyword, "verify=False", self.mappings.taker(node))
            elif (
                names.is_switch(keyword.arg) and self._is_off(keyword, name, node)
                and not python_contexts.asks_here(self.known, node)
            ):  # fmt: skip
                yield self._found(*self._told_by(keyword), node)

    def _told_by(self, keyword: ast.keyword) -> tuple[ast.expr | ast.keyword, str]:
        """Where an argument is switched off: an attribute where it is given its value."""
        name = path(keyword.value)
        owner, _dot, attribute = name.rpartition(".")
        if owner in ("self", "cls") or self.known.made_by(owner) in self.known.classes:
            given = self.known.resolved(self.known.nearest(keyword.value))
            own = {one.rpartition(".")[2] for one in self.known.held.get(id(given), ())}
            if isinstance(given, ast.Constant) and given.value is False and attribute in own:
                return given, f"{name} = False"
        return keyword, f"{keyword.arg}={python_calls.shown(keyword.value)}"

    def _in_addresses(self, node: python_addresses.Holder) -> Iterator[Call]:
        for place, switch, url in python_addresses.switches(self.known, node):
            yield msgspec.structs.replace(self._found(place, switch, None), url=url)

    def _by_branches(self, node: ast.Call, name: str) -> Iterator[Call]:
        """Switches that are off unless a branch of the function sets them."""
        for keyword in node.keywords:
            if keyword.arg in ("verify", "cert_reqs"):
                value = self.branches.unless_set(keyword.value)
                told = ast.keyword(arg=keyword.arg, value=value) if value is not None else None
                if value is None or told is None or id(value) in self.told:
                    continue
                if self._is_off(told, name, node):
                    self.told.add(id(value))
                    yield self._found(value, f"{keyword.arg}={python_calls.shown(value)}", node)

    def _stays_here(self, node: ast.Call) -> bool:
        """Whether the context that a call makes is used for this machine alone."""
        held = self.known.held.get(id(node), ())
        return any(python_contexts.stays_here(self.known, name, node.lineno) for name in held)

    def _lowered(self, node: ast.Call | ast.stmt) -> Iterator[Call]:
        for value in python_levels.lowered(node) if not self.only_looks else ():
            span = self.source.span(value)
            yield Call(what="ciphers", about="level", span=span, scope=self.scope)

    def _is_mapping(self, node: ast.Call, name: str, last: str) -> bool:
        """Whether a call makes or changes a mapping that holds another call's arguments."""
        if name == "dict" or names.ARGUMENTS.search(last):  # `dict(...)`, `pack_args(...)`
            return self.mappings.goes_into_calls(node)
        owner = path(node.func).rpartition(".")[0]
        return last == "update" and self.mappings.holds_arguments(owner, node.lineno)

    def _by_arguments(self, node: ast.Call, last: str) -> Iterator[Call]:
        """Switches that are told by a call's unnamed arguments."""
        switch = python_calls.by_place(node, last, self.known.resolved)
        whole = switch and self._is_told_whole(path(node.func).rpartition(".")[0])
        if switch and not whole and not python_contexts.asks_here(self.known, node):
            yield self._found(node, switch, node)
        if len(node.args) < 2:
            return
        first, second = node.args[0], node.args[1]
        if last == "setattr" and len(node.args) > 2:
            made = ast.Attribute(value=first, attr=str(constant(second)), ctx=ast.Store())
            yield from self._attribute(node, made, node.args[2])
        elif last == "setdefault" and self.mappings.is_told(
            path(node.func).rpartition(".")[0], first, second
        ):
            yield self._found(node, f'"{constant(first)}": False', None)

    def _is_told_whole(self, owner: str) -> bool:
        """Whether a client of MQTT is told at once not to verify: `tls_set(cert_reqs=...)`."""
        calls = (one for one in self.source.nodes if isinstance(one, ast.Call))
        told = (one.keywords for one in calls if path(one.func) == f"{owner}.tls_set")
        return any(self._is_whole(one) for keywords in told for one in keywords)

    def _is_off(self, keyword: ast.keyword, name: str, call: ast.Call) -> bool:
        """Whether this argument of this function switches verification off."""
        value = self.known.resolved(keyword.value)
        last = name.rpartition(".")[2]
        if names.OTHER.search(name) and last not in names.TOKENS:
            return False
        if python_calls.goes_nowhere(call):
            return False
        if keyword.arg != "ssl" and python_calls.goes_without_tls(call):
            return False
        if keyword.arg in _CERT_REQS:
            serves = name.startswith("ssl") and "ssl" in self.known.serving
            serves = serves or name.split(".", 1)[0] in names.SERVER_PROGRAMS
            told = {one.arg for one in call.keywords}
            serves = serves or python_servers.is_told(self.known, call) or python_calls.serves(call)
            pinned = "assert_fingerprint" in told  # urllib3 compares the certificate itself
            return not serves and not pinned and self._is_none(keyword.arg, value)
        if (takers := names.SWITCHES_ON.get(keyword.arg or "")) is not None:
            counts = not takers or (last in takers and self.known.url(call)[:5] != "http:")
            return counts and constant(value) is True
        if switch_names.skips(keyword.arg or ""):
            tells = switch_names.is_of_tls(keyword.arg or "") or names.verifies(name)
            return constant(value) is True and tells
        if keyword.arg == "validate":
            return is_cert_none(value)
        if keyword.arg == "server_cert_validation":  # pywinrm
            return constant(value) == "ignore"
        if keyword.arg == "verify_mode":
            configures = last[:1].isupper()
            return configures and is_cert_none(value) and not python_calls.serves(call)
        return is_off(value) and self._is_off_by(keyword, name, call)

    def _is_none(self, name: object, value: ast.expr) -> bool:
        """Whether this is the mode that verifies nothing; of Redis' clients also None is."""
        if is_none(value) or (type(constant(value)) is int and constant(value) == 0):
            return True  # which is CERT_NONE
        said = isinstance(value, ast.Constant) and value.value in (None, "none")
        return said and name == "ssl_cert_reqs" and bool(names.REDIS.search(self.source.word.text))

    def _is_off_by(self, keyword: ast.keyword, name: str, call: ast.Call) -> bool:
        """Whether a false value of this argument switches verification off."""
        owner, _dot, last = name.rpartition(".")
        if keyword.arg == "ssl":
            named = last in names.TOLD_BY_SSL and not self.trials.is_test
            return named or self._asks_by_ssl(name, call)
        if keyword.arg in _OF_NAMES and any(self._is_whole(one) for one in call.keywords):
            return False  # told once
        if keyword.arg in ("check_hostname", "assert_hostname"):
            return bool(names.NAMED.search(name))
        if last.startswith("from_"):  # `ProxyConnector.from_url(...)`
            last = owner.rpartition(".")[2]
        if keyword.arg == "verify":
            return self._is_http(name, call)
        if keyword.arg in names.FETCHERS:
            fetches = last in names.FETCHERS[keyword.arg] or last.endswith("Session")
            asks = last[:1].isupper() or bool(names.VERB.search(last))
            told = self.known.is_told_https(call) or python_calls.is_given_an_address(call)
            return fetches or (asks and told)
        made = last[:1].isupper() and last not in names.HELD
        return bool(names.VERB.search(last) or "Connector" in last or made)

    def _asks_by_ssl(self, name: str, _call: ast.Call) -> bool:
        """Whether a function is told by `ssl` whether to verify the server that it asks."""
        return python_aiohttp.asks(self.known.modules, name)

    def _is_whole(self, keyword: ast.keyword) -> bool:
        """Whether an argument switches off more than the check of the name."""
        if keyword.arg in _CERT_REQS:
            return is_none(keyword.value) or is_off(keyword.value)
        return keyword.arg in _WHOLE and is_off(self.known.resolved(keyword.value))

    def _is_http(self, name: str, call: ast.Call | None) -> bool:
        """Whether a function's `verify` is that of an HTTP client."""
        owner = name.rpartition(".")[0]
        if names.DOUBLE.search(f"{owner}.{self.known.made_by(owner)}"):
            return False
        first = name.split(".", maxsplit=1)[0]
        if first in names.HTTP_MODULES or name.rpartition(".")[0] in self.known.sessions:
            return True
        last = name.rsplit(".", 1)[-1]
        method = names.METHOD.search(last)
        if method and "." in name and call is not None and python_calls.asks(call):
            return True  # of a session that was made elsewhere
        owner = owner.rpartition(".")[2]
        if names.CLIENT.search(last) or (names.OWNER.search(owner) and names.VERB.search(last)):
            return True
        if self.speaks_http and names.VERB.search(last):
            return True
        if call is not None and call.args and last in ("login", "connect"):
            return True
        if call is None or (self.trials.is_test and last[:1].isupper()):
            return False  # the client that a test is for
        if python_calls.is_given_an_address(call):
            return True
        return self.known.is_told_https(call) or last in self._told_https

    def _assign(self, node: ast.Assign) -> Iterator[Call]:
        yield from self._in_addresses(node)
        yield from self._lowered(node)
        for target in node.targets:
            if isinstance(target, ast.Attribute):
                yield from self._attribute(node, target, node.value)
            elif isinstance(target, ast.Subscript):
                yield from self._item(node, target)
            elif path(target) in names.READ_BY_NAME and is_off(node.value):
                yield self._found(node, f"{path(target)} = False", None)
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                for one, value in zip(target.elts, node.value.elts, strict=False):
                    if isinstance(one, ast.Attribute):
                        yield from self._attribute(node, one, value)

    def _item(self, node: ast.Assign, target: ast.Subscript) -> Iterator[Call]:
        """`arguments["verify"] = False`, `options["cert_reqs"] = CERT_NONE`, and for the name."""
        name, owner = constant(target.slice), path(target.value)
        none = name in _CERT_REQS and self._is_none(name, node.value)
        if none and not python_servers.are_options(self.known, owner, node.lineno):
            yield self._found(node, f'["{name}"] = CERT_NONE', None)
        if constant(node.value) in names.ENTRIES.get(name, ()):
            yield self._found(node, f'["{name}"] = {constant(node.value)}', None)
        if name == "assert_hostname" and is_off(node.value):
            yield self._found(node, '["assert_hostname"] = False', None)
        if self.mappings.is_told(owner, target.slice, node.value):
            call = self.known.goes_to(owner, node.lineno)
            yield self._found(node, f'["{name}"] = False', call)

    def _attribute(
        self, node: ast.Assign | ast.Call, target: ast.Attribute, value: ast.expr
    ) -> Iterator[Call]:
        owner = path(target.value)
        what = names.shown_attribute(target.attr, owner)
        if what and self.attributes.is_weakened(target.attr, owner, value, node.lineno):
            asked = self.known.asked(owner, node.lineno) if target.attr == "verify" else None
            found = self._found(node, what, asked)
            url = found.url or self.known.addressed(owner, node.lineno)
            yield msgspec.structs.replace(found, url=url)

    def _dict(self, node: ast.Dict) -> Iterator[Call]:
        """`{"verify": False}` that goes into a call as its arguments, `{"cert_reqs": NONE}`."""
        caller = self.known.callers.get(id(node))
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                continue
            none = constant(key) in _CERT_REQS and self._is_none(constant(key), value)
            if none and not python_servers.needs_no_chain(self.known, node):
                found = self._found(value, f'"{constant(key)}": CERT_NONE', caller)
                owner = path(caller.func).rpartition(".")[0] if caller is not None else ""
                url = found.url or (self.known.addressed(owner, node.lineno) if owner else "")
                yield msgspec.structs.replace(found, url=url)
            if path(key).endswith(names.LDAP_OPTION) and python_calls.is_ldap_off(value):
                yield self._found(value, python_calls.is_ldap_off(value), None)
            if self._is_of_settings(node, key, value):
                yield self._found(value, f'"{constant(key)}": False', None)
            off = constant(key) == "verify" and is_off(value)
            of_requests = id(node) in self.known.of_requests and self.mappings.may_ask(node)
            own = switch_names.checks(str(constant(key))) and is_off(value)
            if constant(value) in names.ENTRIES.get(constant(key), ()):
                yield self._found(value, f'"{constant(key)}": {constant(value)}', None)
            elif ((off or own) and of_requests) or (
                self.mappings.is_entry_of(node, key, value) and self.mappings.goes_into_calls(node)
            ):
                asked = caller or self.mappings.taker(node)
                yield self._found(value, f'"{constant(key)}": False', asked)

    def _is_of_settings(self, node: ast.Dict, key: ast.expr, value: ast.expr) -> bool:
        """`{"base_url": "https://api.corp", "verify_ssl": False}`: what a client is made with."""
        name = constant(key)
        if not isinstance(name, str) or not switch_names.checks(name) or not is_off(value):
            return False
        if self.trials.is_test or name in self._items_told or id(node) in self._payloads:
            return False
        if id(node) in self.known.of_requests:
            return False  # told as such
        return python_mappings.asks_elsewhere(node)

    @cached_property
    def _payloads(self) -> set[int]:
        return set(python_mappings.payloads(self.source.nodes, self.known.held))

    @cached_property
    def _items_told(self) -> set[object]:
        """The entries of mappings that calls of this file are told: found there."""
        calls = (one for one in self.source.nodes if isinstance(one, ast.Call))
        told = (keyword.value for call in calls for keyword in call.keywords)
        return {constant(one.slice) for one in told if isinstance(one, ast.Subscript)}

    def _found(
        self, place: ast.expr | ast.stmt | ast.keyword, what: str, call: ast.Call | None
    ) -> Call:
        url = self.known.url(call)
        if call is not None and not url:
            url = self.known.url(self.known.callers.get(id(call)))
        if call is not None and not url:
            url = python_contexts.asked_away(self.known, call)
        return Call(what=what, url=url, span=self.source.span(place), scope=self.scope)
