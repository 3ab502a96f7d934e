"""Which mappings of a Python program hold what a request or a client is told.

`requests.get(url, **options)` is told what stands in `options`, wherever that was put there.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from certmend.observe.syntax import python_aiohttp, python_handed, python_passed
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, is_off, path
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_takers import Takers


class Mappings:
    """The mappings of one program."""

    asks: Callable[[ast.Call], bool] | None = None
    """Whether a call would not verify a server if it were told `verify=False` itself."""

    def __init__(self, known: Known, *, speaks_http: bool) -> None:
        self._takers = Takers(known.source)
        self._known = known
        self._speaks_http = speaks_http

    def is_entry(self, key: ast.expr, value: ast.expr, owner: str = "") -> bool:
        """Whether an entry of a call's arguments tells one of the libraries not to verify."""
        name, speaks = constant(key), bool(self._known.modules & python_aiohttp.MODULES)
        if name == "verify":
            speaks = self._speaks_http or bool(names.OF_REQUESTS.search(owner))
        return name in ("verify", "ssl") and is_off(value) and speaks

    def is_told(self, owner: str, key: ast.expr, value: ast.expr) -> bool:
        """Whether a mapping that holds the arguments of a request is given such an entry."""
        if not self.is_entry(key, value, owner) or not self.holds_arguments(owner, key.lineno):
            return False
        return constant(key) != "ssl" or self._is_for_request(owner, key.lineno)

    def is_entry_of(self, node: ast.Dict, key: ast.expr, value: ast.expr) -> bool:
        """Whether a mapping's entry does, where `ssl` is that of a request, not of a database."""
        if constant(key) == "verify" and is_off(value) and self.asks_with(node):
            return True
        if constant(key) != "ssl" or not self.is_entry(key, value):
            return self.is_entry(key, value)
        if (caller := self._known.callers.get(id(node))) is not None:
            given = next((one.arg for one in caller.keywords if one.value is node), None)
            asks = python_aiohttp.takes_switch(self._known.full(caller.func))
            return asks if given is None else bool(names.OF_REQUESTS.search(given))
        owners = self._known.held.get(id(node), ())
        return any(self._is_for_request(one, node.lineno) for one in owners)

    def _is_for_request(self, owner: str, line: int) -> bool:
        return python_aiohttp.is_for_request(owner, self._known.calls_after(owner, line))

    def holds_arguments(self, owner: str, line: int) -> bool:
        """Whether a mapping holds the arguments of a request, by its name or by what it is for."""
        if owner in self._known.unpacked or names.ARGUMENTS.search(owner):
            return self._may_ask(self._takers.of_name(owner, line))
        return "merge_environment_settings" in self._known.source.word.text and "setting" in owner

    def goes_into_calls(self, node: ast.expr) -> bool:
        """Whether a name that holds this is unpacked into a call."""
        owners = self._known.held.get(id(node), set())
        last = {name.rpartition(".")[2] for name in self._known.unpacked}
        last |= self._known.merged
        held = any(
            name.rpartition(".")[2] in last
            or names.KEYWORD_NAMES.search(name)
            or self._is_of_client(name)
            for name in owners
        )
        goes = held or id(node) in self._known.updates or self._is_given(node)
        return goes and self.may_ask(node)

    def may_ask(self, node: ast.expr) -> bool:
        """Whether one of the calls that a mapping goes to may be a client's, as far as is known."""
        return self._may_ask(self._takers.of(node, self._known.held.get(id(node), set())))

    def _may_ask(self, calls: list[ast.Call]) -> bool:
        return not calls or self.asks is None or any(map(self.asks, calls))

    def _is_given(self, node: ast.expr) -> bool:
        """Whether somebody's function asks an address with it: `login("https://...", {...})`."""
        taker = self._known.takers.get(id(node))
        return taker is not None and self._known.is_told_https(taker)

    def _is_of_client(self, name: str) -> bool:
        """Whether a client of one of the HTTP libraries is made with what a name holds."""
        made = (self._known.full(one) for one in self._known.made_with.get(name, ()))
        return any(one.split(".", 1)[0] in names.HTTP_MODULES for one in made)

    def asks_with(self, node: ast.expr) -> bool:
        """Whether a session asks with a mapping: `session.get(url, **mapping)`."""
        if self._is_given(node):
            return True
        last = max((one for one in self._known.held.get(id(node), ())), default="")
        calls = self._known.calls_after(last, node.lineno) if last else []
        return any(
            names.OWNER.search(owner.rpartition(".")[2]) and method in names.METHODS
            and any(keyword.arg is None for keyword in call.keywords)
            for call in calls
            for owner, _dot, method in [path(call.func).rpartition(".")]
        )  # fmt: skip

    def taker(self, node: ast.expr) -> ast.Call | None:
        """The call that a mapping which one name holds is for."""
        owners = self._known.held.get(id(node), set())
        return self._known.goes_to(next(iter(owners)), node.lineno) if len(owners) == 1 else None


def payloads(nodes: Iterable[ast.AST], held: Mapping[int, AbstractSet[str]]) -> Iterator[int]:
    """The mappings that are only sent, shown or compared, by their ids: `json={...}`."""
    sent: set[str] = set()
    dicts: list[ast.Dict] = []
    for node in nodes:
        roots: list[ast.expr] = []
        if isinstance(node, ast.Call):
            says = python_handed.says(python_handed.last_name(node.func))
            roots += node.args if says else []
            roots += [one.value for one in node.keywords if names.PAYLOAD.match(one.arg or "")]
        elif isinstance(node, ast.Compare):
            roots += [node.left, *node.comparators]
        elif isinstance(node, ast.Dict):
            dicts.append(node)
        for root in roots:
            sent.add(path(root))
            yield from (id(one) for one in ast.walk(root) if isinstance(one, ast.Dict))
    yield from (id(one) for one in dicts if not sent.isdisjoint(held.get(id(one), ())))


def asks_elsewhere(mapping: ast.Dict) -> bool:
    """Whether a mapping names another machine, to be asked over TLS, beside its other entries."""
    for key, value in zip(mapping.keys, mapping.values, strict=True):
        text = constant(value)
        if key is None or not isinstance(text, str) or text.startswith("http:"):
            continue
        if names.ADDRESSES.search(str(constant(key))) and text:
            return _is_elsewhere(text if "://" in text else f"https://{text}")
    return False


def _is_elsewhere(url: str) -> bool:
    """Whether an address is neither this machine's nor one that stands for any address."""
    stands_for = names.NOBODYS.match(url) or names.PLACEHOLDER.match(url)
    return not stands_for and not python_passed.is_here(url)
