"""What the names of a Python program stand for: values, contexts, addresses.

Names are followed to values assigned once in the same file.
"""

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import islice

from certmend.observe.syntax import python_handed, python_passed
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, is_nothing, path
from certmend.observe.syntax.python_learned import Learned

_CALLS_LIMIT = 100
"""So many calls of one session are asked for the place that they go to."""
_DEPTH = 3
"""So far names are followed: `url = url + "/"` leads back to itself."""


class Known(Learned):
    """What is known of one program after it was looked through once."""

    is_tried_here = True
    """Whether a variable of the environment is as its default says: in a test or a sample."""

    def resolved(self, node: ast.expr, depth: int = 0) -> ast.expr:
        """A name's value, when it was assigned in this file, or a mapping's under a key."""
        for _ in range(3):
            if isinstance(node, ast.Subscript) and depth < _DEPTH:
                node = self._item(node, depth + 1) or node
            name = path(node) if isinstance(node, ast.Name | ast.Attribute) else ""
            owner, _dot, attribute = name.rpartition(".")
            of_class = owner in ("self", "cls") or self.made_by(owner) in self.classes
            if name not in self.values and of_class:
                name = attribute
            if not name or name not in self.values or name in self.changed:
                break
            if self.passed.is_given(name.partition(".")[0], node, self.values[name]):
                break  # an attribute of what a caller gives
            node = self.values[name]
        return node

    def url(self, call: ast.Call | None) -> str:
        """The beginning of the address that a call goes to, where it is written down."""
        last = python_handed.last_name(call.func) if call is not None else ""
        if last in names.PROXIES:
            return ""  # the proxy's own
        if call is not None and call.args and names.CONNECTION.fullmatch(last):
            return self._host(call.args[0])
        first = constant(call.args[0]) if call is not None and call.args else None
        if isinstance(first, str) and first.partition(":")[0] in names.LOOPBACK:
            return first
        for argument in call.args[:2] if call is not None else ():
            if text := self._text(argument, 0) or self._first(argument):
                return text
        for keyword in call.keywords if call is not None else ():
            if keyword.arg in ("url", "base_url", "endpoint_url", "uri"):
                return self._text(keyword.value, 0)
            if keyword.arg in names.HOSTS:
                return self._host(keyword.value)
        return ""

    def accepts_all(self, value: ast.expr) -> bool:
        """Whether a function finds nothing wrong, whatever it is given."""
        if isinstance(value, ast.Lambda):
            return constant(value.body) in (True, None) and isinstance(value.body, ast.Constant)
        made = self.returned.get(path(value))
        return made is not None and constant(made) is True

    def is_told_https(self, call: ast.Call) -> bool:
        """Whether one of a call's arguments is an address that is asked over TLS."""
        texts = (self._text(one, 0) for one in call.args[:3])
        return any(text.startswith("https://") for text in (*texts, self.url(call)))

    def addressed(self, owner: str, line: int) -> str:
        """The address that an object was made with, or is given: `config.host = "https://..."`."""
        made = self.context(owner, line)
        if isinstance(made, ast.Call) and (url := self.url(made)):
            return url
        given = (self.given.get(f"{owner}.{name}", ()) for name in ("host", "url", "base_url"))
        values = [value for ones in given for _, value in ones if value is not None]
        hosts = {self._host(one) for one in values if not is_nothing(one)}
        return hosts.pop() if len(hosts) == 1 else ""

    def goes_to(self, name: str, line: int) -> ast.Call | None:
        """The call that a mapping of arguments goes into, where all calls go to one place."""
        calls = self.calls_with(name, line)
        return self._one_place(call for call in calls if _takes(call, name))

    def asked(self, session: str, line: int) -> ast.Call | None:
        """The call that a session is asked with, where all its calls go to one place."""
        calls = self.calls_with(session, line)
        return self._one_place(call for call in calls if _asks_of(call, session))

    def calls_after(self, name: str, line: int) -> list[ast.Call]:
        """The calls behind a line, up to where a name is given something else."""
        return self._between(self._calls, name, line)

    def calls_with(self, name: str, line: int) -> list[ast.Call]:
        """Of these the calls of what a name holds, and those that are given it."""
        return self._between(self._calls_by_name.get(name, []), name, line)

    def _between(self, calls: list[ast.Call], name: str, line: int) -> list[ast.Call]:
        end = self._until(name, line)
        return calls[bisect_left(calls, line, key=_line) : bisect_left(calls, end, key=_line)]

    def _until(self, name: str, line: int) -> int:
        """The next line in which a name is given something else."""
        lines, _values = self._ordered(name)
        number = bisect_right(lines, line)
        return lines[number] if number < len(lines) else 1 << 31

    def returning(self, name: str, line: int) -> list[str]:
        """The functions whose last line returns what a name was given before a line."""
        ones = self._returning.get(name, [])
        first = bisect_left(ones, (line, ""))
        return [
            one for _, one in ones[first : bisect_left(ones, (self._until(name, line) + 1, ""))]
        ]

    @cached_property
    def _returning(self) -> dict[str, list[tuple[int, str]]]:
        """The functions by the name that each returns, in the order of their last lines."""
        found: dict[str, list[tuple[int, str]]] = {}
        for function, value in self.returned.items():
            found.setdefault(path(value), []).append((value.lineno, function))
        return {name: sorted(ones) for name, ones in found.items()}

    @cached_property
    def _calls_by_name(self) -> dict[str, list[ast.Call]]:
        """The calls of each name's methods, and those that are given what it holds, in order."""
        found: dict[str, list[ast.Call]] = {}
        for call in self._calls:
            given = (*call.args, *(keyword.value for keyword in call.keywords))
            named = {path(one) for one in given}
            for name in (named | {path(call.func).rpartition(".")[0]}) - {""}:
                found.setdefault(name, []).append(call)
        return found

    @cached_property
    def makers(self) -> dict[int, list[str]]:
        """The functions that return a value, by the value's id."""
        found: dict[int, list[str]] = {}
        for function, value in self.returned.items():
            found.setdefault(id(value), []).append(function)
        return found

    @cached_property
    def _calls(self) -> list[ast.Call]:
        """All calls in the order of their lines."""
        return sorted((n for n in self.source.nodes if isinstance(n, ast.Call)), key=_line)

    @cached_property
    def results(self) -> dict[str, list[tuple[str, int]]]:
        """The names that are given what each function returns, with the lines."""
        found: dict[str, list[tuple[str, int]]] = {}
        for name, given in self.given.items():
            for since, value in given:
                for function in _functions(value):
                    found.setdefault(function, []).append((name, since))
        return found

    @cached_property
    def calls_with_results(self) -> dict[str, list[ast.Call]]:
        """The calls that are given what each function returns."""
        found: dict[str, list[ast.Call]] = {}
        for call in self._calls:
            given = (*call.args, *(keyword.value for keyword in call.keywords))
            for function in {function for one in given for function in _functions(one)}:
                found.setdefault(function, []).append(call)
        return found

    def _one_place(self, calls: Iterable[ast.Call]) -> ast.Call | None:
        """The first of the calls, where all of them go to one place."""
        first, place = None, ""
        for call in islice(calls, _CALLS_LIMIT):
            goes_to = "/".join(self.url(call).split("/")[:3])
            if first is None:
                first, place = call, goes_to
            elif goes_to != place:
                return None
        return first

    def _first(self, node: ast.expr) -> str:
        return self._host(node) if isinstance(node, ast.List) else ""

    def _host(self, node: ast.expr, depth: int = 0) -> str:
        """The first of the hosts that a client is made for: texts, or mappings with a `host`."""
        node = self.by_default(self.resolved(node))
        if depth > _DEPTH:
            return ""
        if isinstance(node, ast.List | ast.Tuple) and node.elts:
            return self._host(node.elts[0], depth + 1)
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            held = (value for key, value in pairs if key is not None and constant(key) == "host")
            return next((self._host(value, depth + 1) for value in held), "")
        found = constant(node)
        return found if isinstance(found, str) else self._text(node, 0)

    def _text(self, node: ast.expr, depth: int) -> str:
        node = self.by_default(self.nearest(self.resolved(node)))
        found = constant(node)
        if isinstance(found, str):
            return found if "://" in found else ""
        if names.STARTED.search(path(node)):
            return "https://localhost"
        if depth > _DEPTH:
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
            return self._text_of_sum(node, depth)
        if isinstance(node, ast.Subscript):
            return self._text_of_item(node, depth)
        return self._text_of_call(node, depth) if isinstance(node, ast.Call) else ""

    def _text_of_sum(self, node: ast.BinOp, depth: int) -> str:
        before = self._folded(node.left)
        if not isinstance(node.op, ast.Mod) or not before:
            left = ast.Constant(before) if before else node.left
            return self._text(left, depth + 1) + self._inserted(left, [node.right])
        scheme = before.partition("%")[0]  # "https://%s:%d" % (host, port)
        filled = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
        host = self._inserted(ast.Constant(scheme), filled)
        return scheme + host if host else self._text(node.left, depth + 1)

    def _folded(self, node: ast.expr, depth: int = 0) -> str:
        """A sum of texts that are written down: `SCHEME + "://"`."""
        node = self.resolved(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and depth < _DEPTH:
            left, right = (self._folded(one, depth + 1) for one in (node.left, node.right))
            return left + right if left and right else ""
        found = constant(node)
        return found if isinstance(found, str) else ""

    def _text_of_item(self, node: ast.Subscript, depth: int) -> str:
        """What a mapping of this file has under a key: `SERVERS["own"]`."""
        found = self._item(node, depth)
        return self._text(found, depth + 1) if found is not None else ""

    def _item(self, node: ast.Subscript, depth: int) -> ast.expr | None:
        """The value that a mapping of this file has under a key, or was given last for it."""
        held = self.nearest(self.resolved(node.value, depth))
        key = constant(node.slice)
        if not isinstance(held, ast.Dict) or key is None:
            return None
        pairs = zip(held.keys, held.values, strict=True)
        found = [value for one, value in pairs if one is not None and constant(one) == key]
        return found[-1] if found else None

    def _named(self, node: ast.Name | ast.Attribute, depth: int) -> str:
        if isinstance(node, ast.Attribute):
            made = self.returned.get(node.attr) if path(node.value) in ("self", "cls") else None
            return self._listed(node) if made is None else self._text(made, depth + 1)
        value = self.resolved(self.nearest(node))
        if value is not node:
            return self._text(value, depth + 1)
        lists = [self.resolved(one) for one in self.loops.get(node.id, ())]
        return self._passed(node, depth) or python_passed.all_here(lists)

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
        name = python_handed.last_name(node.func)
        if (made := self.returned.get(name)) is not None:
            return self._text(made, depth + 1)
        if name in ("urljoin", "Request") and node.args:
            return self._text(node.args[0], depth + 1)
        if not isinstance(node.func, ast.Attribute):
            return ""
        before = str(constant(node.func.value)).partition("{")[0]  # "https://{}/x".format(host)
        host = self._inserted(ast.Constant(before), node.args[:1])
        return before + host if host else self._text(node.func.value, depth + 1)

    def by_default(self, node: ast.expr) -> ast.expr:
        """What a variable of the environment or an option is: it stands where nothing is set."""
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            last = self.resolved(node.values[-1])
            return last if isinstance(last, ast.BoolOp) else self.by_default(last)
        if isinstance(node, ast.IfExp):
            sides = [one for one in (node.orelse, node.body) if constant(one) is not None]
            return sides[0] if len(sides) == 1 else node
        if isinstance(node, ast.Call):
            if names.is_of_environment(path(node.func)) and not self.is_tried_here:
                return node
            place = names.default_of(path(node.func))
            named = [keyword.value for keyword in node.keywords if keyword.arg == "default"]
            return (*node.args[place : place + 1], *named, node)[0] if place >= 0 else node
        if isinstance(node, ast.Attribute) and node.attr in self.asked_for:
            parsed = self.made_by(path(node.value)).rpartition(".")[2]
            return self.asked_for[node.attr] if parsed == "parse_args" else node
        return node

    def context(self, owner: str, line: int) -> ast.expr | None:
        """What made a context: the last that its name was given before a line, else any."""
        last = self._last_before(owner, line)
        return last if last is not None else self.values.get(owner)

    def nearest(self, node: ast.expr) -> ast.expr:
        """What a name was given last before this line, where it is given several things."""
        if not isinstance(node, ast.Name | ast.Attribute):
            return node
        value = self._last_before(path(node), node.lineno)
        return node if value is None else value

    def _last_before(self, name: str, line: int) -> ast.expr | None:
        """What a name was given last up to a line."""
        return self.given_last(name, line)[1]

    def given_last(self, name: str, line: int) -> tuple[int, ast.expr | None]:
        """The last line up to this one in which a name is given something, and what; 0 if none."""
        lines, values = self._ordered(name)
        number = bisect_right(lines, line)
        return (lines[number - 1], values[number - 1]) if number else (0, None)

    def _ordered(self, name: str) -> tuple[list[int], list[ast.expr | None]]:
        if name not in self._in_order:
            last_first = self.given.get(name, [])[::-1]  # of one line the first seen counts
            given = sorted(last_first, key=lambda one: one[0])
            self._in_order[name] = ([one[0] for one in given], [one[1] for one in given])
        return self._in_order[name]

    @cached_property
    def _in_order(self) -> dict[str, tuple[list[int], list[ast.expr | None]]]:
        """The lines in which names are given something, in order, with what they are given."""
        return {}

    def _inserted(self, before: ast.expr, rest: list[ast.expr]) -> str:
        """The host behind `https://`, where it is written down or runs through a list."""
        if not str(constant(before)).endswith("://") or not rest:
            return ""
        first = rest[0].value if isinstance(rest[0], ast.FormattedValue) else rest[0]
        items: list[ast.expr] = []
        for one in self.loops.get(path(first), [first]):
            listed = self.by_default(self.nearest(self.resolved(one)))
            items += listed.elts if isinstance(listed, ast.List | ast.Tuple) else [listed]
        held = (constant(self.resolved(item)) for item in items)
        hosts = [text for text in held if isinstance(text, str)]
        return max(hosts, key=lambda host: host not in names.LOOPBACK, default="")


def _line(call: ast.Call) -> int:
    return call.lineno


def _functions(value: ast.expr | None) -> set[str]:
    """The functions that a value is what one of them returns, at least where it is asked."""
    if isinstance(value, ast.IfExp):
        return _functions(value.body) | _functions(value.orelse)
    return {python_handed.last_name(value.func)} if isinstance(value, ast.Call) else set()


def _takes(call: ast.Call, name: str) -> bool:
    """Whether a call is given what a name holds, unpacked or as it is."""
    unpacked = (keyword.value for keyword in call.keywords if keyword.arg is None)
    return any(path(one) == name for one in (*unpacked, *call.args[1:]))


def _asks_of(call: ast.Call, session: str) -> bool:
    """Whether a call is a request of this session: `session.get(...)`."""
    owner, _dot, method = path(call.func).rpartition(".")
    return owner == session and (method in names.METHODS or method == "request")
