"""The literals of a Python module by which other modules may tell their clients not to verify.

`VERIFY_SSL = False`; the same in a class of settings, whose objects lead to it by other names; an
entry of a mapping; what a Flask application is configured with. Sources: Python's language
reference, "Naming and binding"; Flask's "Configuration Handling"; Pydantic's "Settings Management".
"""

import ast
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from certmend.model import lazy, switch_names
from certmend.model.constant import Constant, Off
from certmend.observe.syntax import python_names as names
from certmend.observe.syntax.python_expressions import constant, is_none, path
from certmend.observe.syntax.python_handed import last_name

_ABOUT_TLS = lazy.regex(r"verif|ssl|tls|https|cert", re.IGNORECASE)
_SKIPS = lazy.regex(
    r".*insecure|(?=.*(?:verif|ssl|tls|https|cert))"
    r"(?:.*_)?(?:skip|disable|ignore|no|allow|accept|trust|bypass)(?:_|$)",
    re.IGNORECASE,
)
_MAPPINGS = frozenset(
    ("dict", "Box", "SimpleNamespace", "Namespace", "Munch", "AttrDict", "DotDict", "Bunch")
)
_FROM_OUTSIDE = frozenset(("BaseSettings", "EnvSettings", "AutoConfig"))
"""Classes whose attributes are only what stands where the environment says nothing."""
_FOR_TRIALS = lazy.regex(r"test", re.IGNORECASE)
_FOR_WORK = lazy.regex(r"dev|local|debug", re.IGNORECASE)
_APPLICATION = lazy.regex(r"(?:^|\.)(?:current_app|app|application|flask_app)\.config$")
_DEPTH = 4
"""So far entries of mappings, and classes in classes, are followed."""
_FAMILY_LIMIT = 50
"""More classes above or below one, or objects of them, are not looked at."""
_CLASSES_LIMIT = 50
"""A module with more classes is no application's configuration."""
_Function = ast.FunctionDef | ast.AsyncFunctionDef

_BRANCHES = (
    ast.If, ast.Try, ast.ExceptHandler, ast.With, ast.For, ast.While, ast.Match, ast.match_case
)  # fmt: skip


class Found(NamedTuple):
    """A constant, and the literal in the file."""

    constant: Constant
    node: ast.expr
    shown: str


class Constants:
    """The constants of one module."""

    def __init__(self, tree: ast.Module, nodes: Sequence[ast.AST]) -> None:
        self._tree = tree
        self._functions = [one for one in nodes if isinstance(one, _Function)]
        self._classes = {one.name: one for one in tree.body if isinstance(one, ast.ClassDef)}
        self._has = {
            name: {given for part in one.body for given in _defined(part)}
            for name, one in self._classes.items()
        }
        """What each class gives its objects by itself."""
        self._derived: dict[str, list[str]] = {}
        for one in self._classes.values():
            for base in one.bases:
                self._derived.setdefault(path(base), []).append(one.name)
        self._made = self._objects()
        targets = (to for one in nodes if isinstance(one, ast.Assign) for to in one.targets)
        self._changed = {path(one) for one in targets if isinstance(one, ast.Attribute)}

    def found(self) -> Iterator[Found]:
        """Each literal that may be about TLS, in the order of what holds it."""
        yield from self._of_body(self._tree.body, (), 0)
        for held in self._classes.values():
            if not self._is_from_outside(held.name):
                yield from self._of_body(held.body, (held.name,), 1)
                yield from self._stored(held)
        yield from _configured([self._tree, *self._functions])

    def _of_body(
        self, body: list[ast.stmt], holders: tuple[str, ...], depth: int
    ) -> Iterator[Found]:
        given: dict[str, list[ast.expr | None]] = {}
        for one in body:
            if isinstance(one, ast.Assign | ast.AnnAssign):
                targets = one.targets if isinstance(one, ast.Assign) else [one.target]
                for target in targets:
                    given.setdefault(_named(target), []).append(one.value)
            elif isinstance(one, ast.ClassDef) and holders and depth < _DEPTH:
                yield from self._of_body(one.body, (*holders, one.name), depth + 1)
        decided = set(_decided(body))
        for name, values in given.items():
            value = values[-1]
            if value is not None and name and name not in decided:
                yield from self._of_value(name, value, holders, given.keys())

    def _of_value(
        self, name: str, value: ast.expr, holders: tuple[str, ...], given: Container[str]
    ) -> Iterator[Found]:
        last, entries = name.rpartition(".")[2], list(_entries(value, 0))
        off = _off(last, value)
        if off is None and not entries:
            return
        reached = self._reached(holders, name)
        key = name if name.isupper() and self._configures(holders, name) else ""
        holder = holders[-1] if holders else ""
        if off is not None:
            one = Constant(reached, off, key=key, holder=holder)
            yield Found(one, value, f"{last} = {ast.unparse(value)}")
        for keys, node in entries:
            if ".".join((name, *keys)) in given:
                continue  # later
            *above, entry = keys
            shown = f'"{entry}": {ast.unparse(node)}'
            way = "".join(f".{one}" for one in above)
            of_mapping = tuple(one + way for one in reached)
            off = Off.TRUE if constant(node) else Off.FALSE
            told = Constant(of_mapping, off, argument=entry, key=key and key + way, holder=holder)
            yield Found(told, node, shown)
            every = tuple(f"{one}.{entry}" for one in of_mapping)
            one = Constant(every, off, key=key and f"{key}{way}.{entry}", holder=holder)
            yield Found(one, node, shown)

    def _reached(self, holders: tuple[str, ...], name: str) -> tuple[str, ...]:
        """The names under which other modules reach what a class, or the module, holds."""
        if not holders:
            return (name,)
        first, *rest = holders
        below = "".join(f".{one}" for one in (*rest, name))
        asked = rest[0] if rest else name.partition(".")[0]
        if f"self.{asked}" in self._changed:
            return (first + below,)
        owners = self._below(first, asked)
        objects = [made for one in owners for made in self._made.get(one, ())][:_FAMILY_LIMIT]
        reached = (f"{one}{below}" for one in dict.fromkeys((first, *owners, *objects)))
        return tuple(one for one in reached if one not in self._changed)

    def _stored(self, held: ast.ClassDef) -> Iterator[Found]:
        """What `__init__` gives each object: `self.verify_ssl = False`."""
        stored: Counter[str] | None = None
        methods = [one for one in held.body if isinstance(one, _Function)]
        start = next((one for one in methods if one.name == "__init__"), None)
        for one in start.body if start is not None else ():
            target = one.targets[0] if isinstance(one, ast.Assign) else None
            target = one.target if isinstance(one, ast.AnnAssign) else target
            value = one.value if isinstance(one, ast.Assign | ast.AnnAssign) else None
            owner, _dot, name = (path(target) if target is not None else "").partition(".")
            off = _off(name, value) if value is not None and owner == "self" else None
            if value is None or off is None:
                continue
            stored = stored or Counter(_stores(held))
            if stored[f"self.{name}"] == 1:
                objects = (held.name, *self._made.get(held.name, ()))
                reached = tuple({f"{made}.{name}" for made in objects} - self._changed)
                yield Found(Constant(reached, off), value, f"self.{name} = {ast.unparse(value)}")

    def _objects(self) -> dict[str, list[str]]:
        """The names that hold an object of each class, and the functions that give one."""
        found: dict[str, list[str]] = {}
        for one in self._tree.body:
            if isinstance(one, ast.Assign | ast.AnnAssign) and one.value is not None:
                targets = one.targets if isinstance(one, ast.Assign) else [one.target]
                made = self._made_by(one.value)
                for target in targets if made else ():
                    found.setdefault(made, []).append(path(target))
            elif isinstance(one, _Function) and (made := self._returned(one)):
                found.setdefault(made, []).append(one.name)
        return found

    def _returned(self, function: _Function) -> str:
        """The class whose object a function gives, also one that it keeps under a name."""
        last = function.body[-1]
        value = last.value if isinstance(last, ast.Return) else None
        if not isinstance(value, ast.Name):
            return self._made_by(value) if value is not None else ""
        given = (one for one in ast.walk(function) if isinstance(one, ast.Assign))
        held = {self._made_by(one.value) for one in given if path(one.targets[0]) == value.id}
        return held.pop() if len(held) == 1 else ""

    def _made_by(self, value: ast.expr) -> str:
        """The class of this module whose object an expression is, made as the class has it."""
        if not isinstance(value, ast.Call) or value.args or value.keywords:
            return ""
        name = path(value.func)
        return name if name in self._classes else ""

    def _above(self, name: str) -> Iterator[str]:
        """A class and those that it is derived from, the nearest first; also unknown ones."""
        waiting, seen = [name], set[str]()
        while waiting and len(seen) < _FAMILY_LIMIT:
            one = waiting.pop(0)
            if one in seen:
                continue
            seen.add(one)
            yield one
            held = self._classes.get(one)
            waiting += [path(base) for base in held.bases] if held is not None else ()

    def _below(self, name: str, attribute: str) -> list[str]:
        """A class and those whose objects have an attribute from it."""
        found, waiting = {name: None}, [name]
        while waiting and len(found) < _FAMILY_LIMIT:
            derived = self._derived.get(waiting.pop(), ())
            more = [one for one in derived if one not in found and attribute not in self._has[one]]
            found |= dict.fromkeys(more)
            waiting += more
        return list(found)

    def _is_from_outside(self, name: str) -> bool:
        return any(one.rpartition(".")[2] in _FROM_OUTSIDE for one in self._above(name))

    def _configures(self, holders: tuple[str, ...], name: str) -> bool:
        """Whether an application that runs is told this one, not a suite's or a programmer's."""
        if len(holders) != 1:
            return not holders
        if _FOR_TRIALS.search(holders[0]) or len(self._classes) > _CLASSES_LIMIT:
            return False
        others = [one for one in self._classes if one != holders[0] and name in self._has[one]]
        on = [one for one in others if name not in self._gives_false(one)]
        if any(holders[0] in self._above(one) for one in on):
            return False
        in_use = [one for one in others if not _FOR_WORK.search(one)]
        return not (_FOR_WORK.search(holders[0]) and in_use) or any(one not in on for one in in_use)

    def _gives_false(self, holder: str) -> set[str]:
        """What a class gives its objects that is false."""
        body = self._classes[holder].body
        false = (one for one in body if isinstance(one, ast.Assign) and _is_false(one.value))
        return {name for one in false for name in _defined(one)}


def _decided(body: Sequence[ast.stmt]) -> Iterator[str]:
    """The names that a branch of a body may give something else."""
    waiting: list[ast.AST] = [one for one in body if isinstance(one, _BRANCHES)]
    while waiting:
        one = waiting.pop()
        for inner in ast.iter_child_nodes(one):
            if isinstance(inner, ast.Assign | ast.AnnAssign | ast.AugAssign):
                targets = inner.targets if isinstance(inner, ast.Assign) else [inner.target]
                yield from map(_named, targets)
            elif isinstance(inner, _BRANCHES):
                waiting.append(inner)


def _named(target: ast.expr) -> str:
    """A dotted name, also of an entry: `SETTINGS["jira"]["verify"]`."""
    if isinstance(target, ast.Subscript):
        owner, key = _named(target.value), constant(target.slice)
        return f"{owner}.{key}" if owner and isinstance(key, str) else ""
    return path(target) if isinstance(target, ast.Name) else ""


def _off(name: str, value: ast.expr) -> Off | None:
    """With which value a name switches verification off, where it has that one."""
    if _is_false(value):
        return Off.FALSE if _ABOUT_TLS.search(name) else None
    if isinstance(value, ast.Constant) and value.value is True:
        return Off.TRUE if _SKIPS.match(name) else None
    return Off.MODE if is_none(value) and _ABOUT_TLS.search(name) else None


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False  # 0 is a mode's number


def _entries(value: ast.expr, depth: int) -> Iterator[tuple[tuple[str, ...], ast.expr]]:
    """The entries of a mapping that switch verification off, with the keys that lead there."""
    for key, one in _pairs(value) if depth < _DEPTH else ():
        if _pairs(one):
            yield from (((key, *keys), node) for keys, node in _entries(one, depth + 1))
        elif names.is_switch(key) and isinstance(one, ast.Constant):
            off = switch_names.skips(key) or key in names.SWITCHES_ON
            if one.value is off:
                yield (key,), one


def _pairs(value: ast.expr) -> list[tuple[str, ast.expr]]:
    if isinstance(value, ast.Call):
        name = last_name(value.func)
        if name in _MAPPINGS and not value.args:
            return [(one.arg, one.value) for one in value.keywords if one.arg is not None]
        holds = name[:1].isupper() and len(value.args) == 1 and not value.keywords
        value = value.args[0] if holds else value
    pairs = zip(value.keys, value.values, strict=True) if isinstance(value, ast.Dict) else ()
    named = ((constant(key), one) for key, one in pairs if key is not None)
    return [(key, one) for key, one in named if isinstance(key, str)]


def _configured(blocks: Sequence[ast.Module | _Function]) -> Iterator[Found]:
    """`app.config["VERIFY_SSL"] = False`, where nothing else is given it and no branch decides."""
    told: dict[str, list[tuple[str, ast.expr]]] = {}
    for block in blocks:
        settled = {f"{one}.config" for one in _made_here(block)}
        for one in block.body:
            for owner, key, value in _set(one, settled):
                told.setdefault(key, []).append((owner, value))
    for key, values in told.items():
        (owner, value), *more = values
        off = _off(key.rpartition(".")[2], value)
        if not more and off is not None:
            entry = '"]["'.join(key.split("."))
            shown = f'{owner}["{entry}"] = {ast.unparse(value)}'
            yield Found(Constant((), off, key=key, holder=owner), value, shown)
        for keys, node in _entries(value, 0) if not more else ():
            way = ".".join((key, *keys))
            if way not in told:
                off = Off.TRUE if constant(node) else Off.FALSE
                shown = f'"{keys[-1]}": {ast.unparse(node)}'
                yield Found(Constant((), off, key=way, holder=owner), node, shown)


def _made_here(block: ast.Module | _Function) -> set[str]:
    """The applications that a block makes and reads no configuration for: its defaults hold."""
    made, told = set[str](), set[str]()
    for one in block.body:
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Call):
            if last_name(one.value.func) in ("Flask", "APIFlask", "Quart"):
                made |= {path(target) for target in one.targets}
        elif isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            owner, _config, method = path(one.value.func).partition(".config.")
            told |= {owner} if method.startswith("from_") else set()
    return made - told


def _set(statement: ast.stmt, settled: Container[str]) -> Iterator[tuple[str, str, ast.expr]]:
    """What a statement gives an application's configuration: owner, key and value."""
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            owner, key = _entry(target)
            if key and _APPLICATION.search(owner):
                yield owner, key, statement.value
    elif isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.BitOr):
        if _APPLICATION.search(owner := path(statement.target)):
            yield from ((owner, key, value) for key, value in _pairs(statement.value))
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        yield from _set_by(statement.value, settled)


def _set_by(call: ast.Call, settled: Container[str]) -> Iterator[tuple[str, str, ast.expr]]:
    """What a call gives an application's configuration."""
    owner, _dot, method = path(call.func).rpartition(".")
    if method == "setdefault" and owner in settled and len(call.args) == 2:
        if isinstance(key := constant(call.args[0]), str):
            yield owner, key, call.args[1]
    elif method in ("update", "from_mapping") and _APPLICATION.search(owner):
        yield from ((owner, one.arg, one.value) for one in call.keywords if one.arg is not None)
        for argument in call.args:
            yield from ((owner, key, value) for key, value in _pairs(argument))


def _entry(target: ast.expr) -> tuple[str, str]:
    """What holds an entry, and the keys that lead to it: `app.config["NEXUS"]["verify"]`."""
    keys: list[str] = []
    while isinstance(target, ast.Subscript):
        keys.append(str(constant(target.slice)))
        target = target.value
    return path(target), ".".join(reversed(keys))


def _defined(statement: ast.stmt) -> list[str]:
    """The names that a class's statement gives something."""
    if isinstance(statement, ast.ClassDef):
        return [statement.name]
    if isinstance(statement, ast.AnnAssign):
        return [path(statement.target)] if statement.value is not None else []
    return [path(one) for one in statement.targets] if isinstance(statement, ast.Assign) else []


def _stores(held: ast.ClassDef) -> Iterator[str]:
    """The attributes that a class's methods give objects."""
    for one in ast.walk(held):
        if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store):
            yield path(one)
