"""The values that pip's options take in a Python program where a name stands for several of them.

`for host in HOSTS: cmd += ["--trusted-host", host]` is told by the list, `MIRRORS[name]["url"]` by
the table, a parameter by the calls that pass it. Each value is told once, where it is written.
"""

import ast
import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from certmend.model import lazy
from certmend.model.document import Command, Entry, Key, Word
from certmend.observe.syntax import python_hosts
from certmend.observe.syntax.python_expressions import path
from certmend.observe.syntax.python_filled import COMPREHENSIONS
from certmend.observe.syntax.python_flow import Flow, Origin
from certmend.observe.syntax.python_handed import last_name
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_scopes import Binding
from certmend.observe.syntax.python_texts import Texts

_OPTIONS = {
    "--trusted-host": "trusted-host", "--index-url": "index-url", "-i": "index-url",
    "--extra-index-url": "index-url", "global.trusted-host": "trusted-host",
    "install.trusted-host": "trusted-host", "global.index-url": "index-url",
}  # fmt: skip
_VARIABLES = {
    "PIP_TRUSTED_HOST": "trusted-host", "PIP_INDEX_URL": "index-url",
    "PIP_EXTRA_INDEX_URL": "index-url",
}  # fmt: skip
_TOLD_AS = {"index-url": "find-links"}
"""One of several indexes is not the one that all others of the file stand beside."""
PIPS_VALUE = lazy.regex("|".join(re.escape(one) for one in _OPTIONS))
"""What stands before a value that is followed."""
_FIELD = lazy.regex(r"[\"']?(?P<field>\{[^{}]+\})[\"']?")
_UNSAFE = lazy.regex(r"trust|insecure|verif|scheme|http\b|skip|ssl", re.IGNORECASE)
_VALUES_LIMIT = 100
_Step = tuple[ast.expr, bool, Origin | None]


class Reached:
    """Follows the values of one program's options."""

    def __init__(self, texts: Texts, known: Known) -> None:
        self._texts = texts
        self._known = known

    def entries(self, entry: Entry) -> Iterator[Entry]:
        """An entry, and the values that an option in it takes: those are told by themselves."""
        if not isinstance(entry, Command):
            yield entry
            return
        words, found = list(entry.words), list[Entry]()
        for number, option, field in _fields(entry):
            node = self._texts.values.unknown_in(field, entry.span)
            told = list(self.of(node, option)) if node is not None else []
            found += told
            if node is not None and (told or self._is_asked_for(node)):
                text = words[number].text.replace(field, "{}")
                words[number] = msgspec.structs.replace(words[number], text=text, at=[])
        yield msgspec.structs.replace(entry, words=tuple(words))
        yield from found

    def _is_asked_for(self, node: ast.expr) -> bool:
        """Whether a condition around an expression asks for what is not safe."""
        return any(first <= node.lineno <= last for first, last in self._conditions)

    @cached_property
    def _conditions(self) -> list[tuple[int, int]]:
        """The lines of what is done where somebody asked for something that is not safe."""
        tree = self._texts.source.tree
        asked = (one for one in ast.walk(tree) if isinstance(one, ast.If)) if tree else ()
        return [
            (one.body[0].lineno, one.body[-1].end_lineno or one.body[-1].lineno)
            for one in asked
            if _UNSAFE.search(ast.unparse(one.test))
        ]

    def of(self, node: ast.expr, option: str) -> Iterator[Entry]:
        """The texts that an option's value may be, each as the key of its own that it is."""
        option = _VARIABLES.get(option, option)
        if not option.islower():
            return  # a variable of something else
        told: set[int] = set()
        for literal, is_cut in self._origins.texts(node):
            word = self._texts.source.constant(literal)
            if word is None or id(literal) in told:
                continue
            told.add(id(literal))
            if (value := _value(word, option, is_cut=is_cut)) is not None:
                yield Key(
                    client="pip",
                    path=("global", _TOLD_AS.get(option, option)),
                    values=(value,),
                    span=word.span,
                )
            if len(told) > _VALUES_LIMIT:
                return

    @cached_property
    def _origins(self) -> "_Origins":
        return _Origins(self._known)


class _Origins(Flow):
    """The ways of texts; of a value that is marked the host alone counts."""

    def texts(self, node: ast.expr) -> Iterator[tuple[ast.Constant, bool]]:
        """The texts that a value comes from, and whether the host in them is what it is."""
        waiting: list[tuple[ast.expr, bool]] = [(node, False)]
        seen: set[tuple[int, bool]] = set()
        while waiting and self._left > 0:
            self._left -= 1
            value, is_cut = waiting.pop(0)
            if isinstance(value, ast.Constant):
                if value is not node and isinstance(value.value, str) and value.value:
                    yield value, is_cut
            elif (id(value), is_cut) not in seen:
                seen.add((id(value), is_cut))
                waiting += [(one, cut) for one, cut, _ in self._step(value, off=is_cut)]

    def _step(self, node: ast.expr, *, off: bool) -> Iterator[_Step]:
        address = python_hosts.address_cut(node)
        if address is not None:
            yield python_hosts.parsed(address), True, None
        elif isinstance(node, ast.IfExp):
            yield from ((one, off, None) for one in (node.body, node.orelse))
        elif isinstance(node, ast.Call) and last_name(node.func) == "join" and node.args:
            for one in self._joined(node.args[0]):
                yield one, off, None
        elif not isinstance(node, ast.BoolOp | ast.UnaryOp):
            yield from super()._step(node, off=off)

    def _joined(self, listed: ast.expr) -> Iterator[ast.expr]:
        """What a text is joined from."""
        if isinstance(listed, ast.GeneratorExp | ast.ListComp):
            yield listed.elt
        else:
            yield from self._tables.elements(listed)

    def _of_name(self, node: ast.Name, *, off: bool) -> Iterator[_Step]:
        if (listed := self._run_through(node)) is not None:
            target, items = listed
            for one in self._tables.elements(items):
                yield from self._part(one, target, node.id, off=off)
            return
        is_followed = False
        for step in super()._of_name(node, off=off):
            is_followed = True
            yield step
        if not is_followed:
            yield from self._unpacked(node, off=off)

    def _of_bindings(
        self, node: ast.Name, bound: list[Binding], *, off: bool, here: bool
    ) -> Iterator[_Step]:
        around = [
            one for one in bound
            if one.run_through is not None
            and one.statement.lineno <= node.lineno <= (one.statement.end_lineno or 0)
        ]  # fmt: skip
        yield from super()._of_bindings(node, around[-1:] or bound, off=off, here=here)

    def _part(self, row: ast.expr, target: ast.expr, name: str, *, off: bool) -> Iterator[_Step]:
        """The part of a row that a name of a target takes."""
        if isinstance(target, ast.Name):
            yield row, off, None
        elif isinstance(target, ast.Tuple | ast.List) and isinstance(row, ast.Tuple | ast.List):
            for one, part in zip(target.elts, row.elts, strict=False):
                if name in (path(inner) for inner in ast.walk(one) if isinstance(inner, ast.Name)):
                    yield from self._part(part, one, name, off=off)

    def _run_through(self, node: ast.Name) -> tuple[ast.expr, ast.expr] | None:
        """The target and the list of the comprehension that gives a name its values."""
        around = [
            one for one in self._comprehensions.get(node.id, ())
            if one[0].lineno <= node.lineno <= (one[0].end_lineno or 0)
        ]  # fmt: skip
        if not around:
            return None
        inmost = max(around, key=lambda one: one[0].lineno)[1]
        return inmost.target, inmost.iter

    @cached_property
    def _comprehensions(self) -> dict[str, list[tuple[ast.expr, ast.comprehension]]]:
        found: dict[str, list[tuple[ast.expr, ast.comprehension]]] = {}
        for node in self.known.source.nodes:
            if not isinstance(node, COMPREHENSIONS):
                continue
            for one in node.generators:
                for name in ast.walk(one.target):
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, []).append((node, one))
        return found

    def _unpacked(self, node: ast.Name, *, off: bool) -> Iterator[_Step]:
        """`url, host = MIRRORS[name]`: what the rows of a table have at a place."""
        for function in (*self.scopes.around(node.lineno), None):
            bound = self.scopes.bindings(function).get(node.id, [])
            for one in bound[:1] if len(bound) == 1 else ():
                statement = one.statement
                if isinstance(statement, ast.Assign) and isinstance(
                    statement.targets[0], ast.Tuple
                ):
                    for row in self._tables.rows(statement.value):
                        yield from self._part(row, statement.targets[0], node.id, off=off)
            if bound:
                return


def _fields(entry: Command) -> Iterator[tuple[int, str, str]]:
    """The words of a command that are an option's value and stand for something else."""
    for number, word in enumerate(entry.words):
        written, equals, value = word.text.partition("=")
        option = _OPTIONS.get(written)
        if option is None:
            continue
        place = number if equals else number + 1
        if place < len(entry.words):
            match = _FIELD.fullmatch(value if equals else entry.words[place].text)
            if match is not None:
                yield place, option, match["field"]


def _value(word: Word, option: str, *, is_cut: bool) -> Word | None:
    """The part of a text that an option takes; None where it takes none."""
    place = python_hosts.span_in(word.text)
    if is_cut:
        return word.part(*place) if place is not None else None
    if option == "index-url" and place is None:
        return None
    return word
