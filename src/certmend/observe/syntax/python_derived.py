"""Classes of a Python program that switch off what a base in another module verifies with.

`verify = False` below an imported `Scraper` is a setting of that class. What has a name of TLS is
told where the base is no record of settings; a bare `verify` needs more: a base that is known, one
of the tree that verifies with it, or a class that asks servers itself. Sources: the documentation
of requests' Session, scrapelib's Scraper, the Singer SDK's RESTStream.
"""

import ast
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from certmend.model import lazy, switch_names
from certmend.observe.syntax import python_calls
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import path
from certmend.observe.syntax.python_scopes import Function

VerifiesWith = Callable[[str, str], bool | None]
"""Whether objects of a class, by its full name, verify with an attribute; None: not known."""

_DOUBLE = lazy.regex(r"[Mm]ock|[Ff]ake|[Dd]ummy|[Ss]tub|(?:^|[._])[Tt]ests?(?=[._A-Z]|$)|TestCase")
_RECORD = lazy.regex(
    r"(?:Settings|Config|Configuration|Options|Params|Parameters|Args|Arguments|Model|Schema|"
    r"Serializer|Form|Enum|Flag|Struct|Dict|Tuple|Exception|Error|Mixin|Validator|Protocol)$"
)
"""Bases of what holds settings, or fields with their defaults: nobody is asked with one."""
_CLIENT = lazy.regex(r"(?:Client|Session|Scraper|Crawler)$")
_PROPERTIES = frozenset(("property", "cached_property"))


class Attribute(NamedTuple):
    """An attribute that a class or a method of it sets to False."""

    holder: ast.ClassDef
    name: str
    node: ast.expr
    statement: ast.stmt
    of_class: bool
    """Whether the class's body gives it, and no method."""


def switched_off(
    nodes: Sequence[ast.AST], verifies_with: VerifiesWith | None
) -> Iterator[Attribute]:
    """The attributes by which classes of imported bases switch verification off."""
    classes = [one for one in nodes if isinstance(one, ast.ClassDef)]
    given = {one.name: list(_given(one)) for one in classes}
    if not any(given.values()):
        return
    known = imported(nodes)
    own = {one.name: one for one in classes}
    for holder in classes:
        bases = list(_outer(holder, own, known)) if given[holder.name] else []
        if not bases or _is_double(holder, bases):
            continue
        for one in given[holder.name]:
            if one.holder is not holder or _is_set_otherwise(one):
                continue
            if _is_switch_of(one, bases, verifies_with):
                yield one


def _is_set_otherwise(one: Attribute) -> bool:
    """Whether a method of the class gives the attribute something else: false is its default."""
    given = (node for node in ast.walk(one.holder) if isinstance(node, ast.Assign))
    return any(
        path(target) == f"self.{one.name}" and not _is_false(node.value)
        for node in given
        for target in node.targets
    )


def _is_switch_of(one: Attribute, bases: Sequence[str], verifies_with: VerifiesWith | None) -> bool:
    said = [verifies_with(base, one.name) if verifies_with else None for base in bases]
    if True in said:
        return True
    unknown = [base for base, answer in zip(bases, said, strict=True) if answer is None]
    if not unknown or isinstance(one.statement, ast.Return):
        return False
    if one.name == "verify":
        return any(_is_client(base) for base in unknown) or _asks(one.holder)
    is_plain = one.of_class and not one.holder.decorator_list
    return is_plain and not any(_RECORD.search(base) for base in bases)


def is_session(base: str) -> bool:
    """Whether a class is a session of one of the HTTP libraries, or a scraper made of one."""
    first, last = base.partition(".")[0], base.rpartition(".")[2]
    return first in names.HTTP_MODULES and names.MADE.search(last) is not None


def _is_client(base: str) -> bool:
    return is_session(base) or _CLIENT.search(base) is not None


def _asks(holder: ast.ClassDef) -> bool:
    """Whether a class asks servers by its own methods, and not with a library's."""
    asked = (f"self.{one}" for one in (*names.METHODS, "request"))
    methods = frozenset(asked)
    calls = (one for one in ast.walk(holder) if isinstance(one, ast.Call))
    return any(path(call.func) in methods and python_calls.asks(call) for call in calls)


def _is_double(holder: ast.ClassDef, bases: Sequence[str]) -> bool:
    return any(_DOUBLE.search(name) for name in (holder.name, *bases))


def _given(holder: ast.ClassDef) -> Iterator[Attribute]:
    """What a class gives a false value that may be a switch of verification."""
    for statement in holder.body:
        if isinstance(statement, Function):
            yield from _of_method(holder, statement)
        elif isinstance(statement, ast.Assign) and _is_false(statement.value):
            for target in statement.targets:
                if _may_switch(path(target)):
                    yield Attribute(holder, path(target), statement.value, statement, True)


def _of_method(
    holder: ast.ClassDef, method: ast.FunctionDef | ast.AsyncFunctionDef
) -> Iterator[Attribute]:
    for one in method.body:
        if isinstance(one, ast.Assign) and _is_false(one.value):
            for target in one.targets:
                owner, _dot, name = path(target).rpartition(".")
                if owner == "self" and _may_switch(name):
                    yield Attribute(holder, name, one.value, one, False)
    decorated = {path(one).rpartition(".")[2] for one in method.decorator_list}
    only = method.body[-1] if len(method.body) == 1 else None
    value = only.value if isinstance(only, ast.Return) else None
    if not (decorated & _PROPERTIES and _may_switch(method.name)):
        return
    if only is not None and value is not None and _is_false(value):
        yield Attribute(holder, method.name, value, only, True)


def _may_switch(name: str) -> bool:
    return name == "verify" or switch_names.checks(name)


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _outer(
    holder: ast.ClassDef, own: Mapping[str, ast.ClassDef], known: Mapping[str, str]
) -> Iterator[str]:
    """The full names of the bases, near and far, that stand in other modules."""
    waiting, seen = [holder], {holder.name}
    while waiting:
        for base in waiting.pop().bases:
            name = full(base, known, own)
            if name in own and name not in seen:
                seen.add(name)
                waiting.append(own[name])
            elif "." in name:
                yield name


def full(base: ast.expr, known: Mapping[str, str], own: Container[str]) -> str:
    """The full name of a base; the plain one of a module's own class, nothing for any other."""
    name = path(base.value if isinstance(base, ast.Subscript) else base)
    first, dot, rest = name.partition(".")
    if name in own:
        return name
    return known[first] + dot + rest if first in known else ""


def imported(nodes: Sequence[ast.AST]) -> dict[str, str]:
    """The full names of what a program imports; of what lies beside it, without the dots."""
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            module = f"{node.module}." if node.module else ""
            found |= {one.asname or one.name: module + one.name for one in node.names}
        elif isinstance(node, ast.Import):
            for one in node.names:
                first = one.name.partition(".")[0]
                found[one.asname or first] = one.name if one.asname else first
    return found
