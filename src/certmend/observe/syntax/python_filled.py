"""Texts of a Python program with the values of names put in: f-strings, `%` and `.format()`.

Only names with one text for a value, or loops over texts that stand there, are known. A value that
is put in stands where its field stands, so that nothing is cut in the middle of a field.
"""

import ast
import re
from collections.abc import Callable, Sequence

from certmend.model import lazy
from certmend.model.document import Span, Word
from certmend.observe.syntax import python_hosts
from certmend.observe.syntax.python_source import Python

_FIELD = lazy.regex(
    r"\{(?P<name>(?:self\.|cls\.)?\w+)\}|\{[^{}\n]*[\s'\"/]pip['\"][^{}\n]*\}"
    r"|\{(?P<part>[^{}\n]*(?:\.(?:hostname|netloc|r?split)\b|\[)[^{}\n]*)\}"
)
_PIPS = "{pip}"
"""What a field is that works out where pip lies: one word, whatever stands in it."""
_PLACE = lazy.regex(r"\{(?P<name>\w*)\}")
COMPREHENSIONS = ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp
_LOOPS_LIMIT = 100
"""More loops over one name, and more places of one field, are not looked at."""
_OWN = ("self", "cls")
OPTIONS = lazy.regex(
    r"\s*(?:-.*?)?(?:--trusted-host|--(?:extra-)?index-url|-i)[ =]+[^\s=]", re.DOTALL
)
"""Options of pip with a value, as a text begins that holds nothing else."""
_PERCENT = lazy.regex(r"%(?:\((?P<name>\w+)\))?[sdr]")


class Values:
    """The names of a program and the expressions they stand for."""

    def __init__(self, source: Python) -> None:
        self.source = source
        self.held: dict[str, ast.expr] = {}
        self.loops: dict[str, list[tuple[range, list[ast.expr]]]] = {}
        """What a name takes in each loop over it, with the lines of the loop."""
        self._unknown: dict[str, dict[int, ast.expr]] = {}
        """The expressions that stand in braces in a text, by what is written there."""
        for node in source.nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.held.setdefault(node.targets[0].id, node.value)
        for node in source.nodes:
            if isinstance(node, ast.For):
                self._learn_loop(node, node.target, node.iter)
            elif isinstance(node, COMPREHENSIONS):
                for one in node.generators:
                    self._learn_loop(node, one.target, one.iter)

    def _learn_loop(self, node: ast.For | ast.expr, target: ast.expr, listed: ast.expr) -> None:
        items = self.resolved(listed) if isinstance(target, ast.Name) else None
        if isinstance(target, ast.Name) and isinstance(items, ast.List | ast.Tuple | ast.Set):
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            kept = self.loops.setdefault(target.id, [])
            if len(kept) < _LOOPS_LIMIT:
                kept.append((lines, items.elts))

    def resolved(self, node: ast.expr) -> ast.expr:
        """What a name stands for, a constant of the class too; anything else as it is."""
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in _OWN:
            return self.held.get(node.attr, node)
        return self.held.get(node.id, node) if isinstance(node, ast.Name) else node

    def all_of(self, node: ast.expr) -> list[ast.expr]:
        """Every value that a name takes."""
        loops = self.loops.get(node.id, []) if isinstance(node, ast.Name) else []
        line = getattr(node, "lineno", 0)
        around = [one for one in loops if line in one[0]]
        if around:
            return max(around, key=lambda one: one[0].start)[1]
        if loops and not line:  # a field of a text: it may be in any of them
            return [value for _, values in loops for value in values]
        return [self.resolved(node)]

    def text(self, node: ast.expr) -> str | None:
        """The text that an expression is known to be; what a loop runs through is not one."""
        values = self.all_of(node)
        if len(values) != 1:
            return None
        word = self.source.constant(values[0])
        if word is None:
            return self.worked_out(values[0])
        return None if word.dynamic or self.is_told(node, word) else word.text

    def worked_out(self, node: ast.expr) -> str | None:
        """The host of an address that is written down, and the sum of texts that are."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            sides = [self.source.constant(self.resolved(side)) for side in (node.left, node.right)]
            known = [one.text for one in sides if one is not None and not one.dynamic]
            return "".join(known) if len(known) == 2 else None
        if (address := self._address_cut(node)) is None:
            return None
        word = self.source.constant(address)
        place = python_hosts.span_in(word.text) if word is not None else None
        return word.text[slice(*place)] if word is not None and place is not None else None

    def _address_cut(self, node: ast.expr) -> ast.expr | None:
        """The address that an expression, or what a name stands for, takes the host out of."""
        address = python_hosts.address_cut(self.resolved(node))
        if address is None:
            return None
        return self.resolved(python_hosts.parsed(self.resolved(address)))

    def host(self, node: ast.expr) -> str:
        """The field of a host that is taken out of an address which only a run knows."""
        address = python_hosts.address_cut(self.resolved(node))
        if address is None:
            return ""
        parsed = self.resolved(address)
        address = python_hosts.parsed(parsed) if isinstance(parsed, ast.Call) else address
        return python_hosts.field(address)

    def is_told(self, node: ast.expr, word: Word) -> bool:
        """Whether a name's text is options of pip: they are told where it gets them."""
        return self.resolved(node) is not node and bool(OPTIONS.match(word.text))

    def kept(self, node: ast.expr, written: str) -> str:
        """What stands for an expression that is not known, which is found again by it."""
        found = self._unknown.setdefault(written, {})
        if len(found) < _LOOPS_LIMIT:
            found[id(node)] = node
        return written

    def unknown_in(self, written: str, span: Span) -> ast.expr | None:
        """The expression that braces in a place stand for."""
        found = list(self._unknown.get(written, {}).values())
        near = (one for one in found if self.source.span(one).within(span))
        return next(near, found[0] if len(found) == 1 else None)

    def formatted(self, word: Word, node: ast.expr) -> Word:
        """An f-string's text with the values of its names."""
        for part in node.values if isinstance(node, ast.JoinedStr) else ():
            if isinstance(part, ast.FormattedValue):
                written = "{" + ast.unparse(part.value) + "}"
                self.kept(part.value, self.host(part.value) or _as_one_word(written))
        return _filled(word, _FIELD, lambda match, _: self._in_field(match))

    def _in_field(self, match: re.Match[str]) -> str | None:
        """What an f-string's field is known to be."""
        if match["name"]:
            name = _named(match["name"])
            return self.text(name) or self.host(name)
        node = python_hosts.parse(match["part"]) if match["part"] else None
        if node is None:
            return None if match["part"] else _PIPS
        return self.worked_out(node) or self.host(node) or _as_one_word(match.group())

    def percent(self, word: Word, right: ast.expr) -> Word:
        """`"pip install --trusted-host %s" % host`."""
        values = right.elts if isinstance(right, ast.Tuple) else [right]
        return _filled(word, _PERCENT, lambda _, number: self._numbered(values, number))

    def shown(self, node: ast.expr) -> str:
        """What an expression is known to be, or else itself in braces, as one word."""
        if found := self.text(node):
            return found
        written = "{" + ast.unparse(node) + "}"
        if "'pip'" in written:
            return _PIPS
        return self.kept(node, self.host(node) or _as_one_word(written))

    def put_in(self, word: Word, call: ast.Call) -> Word:
        """`"pip install --trusted-host {}".format(host)`."""
        named = {keyword.arg: keyword.value for keyword in call.keywords}

        def value(match: re.Match[str], number: int) -> str | None:
            name = match["name"]
            if name in named:
                return self.shown(named[name])
            return self._numbered(call.args, int(name) if name.isdigit() else number)

        return _filled(word, _PLACE, value)

    def _numbered(self, values: Sequence[ast.expr], number: int) -> str | None:
        return self.shown(values[number]) if number < len(values) else None


def _as_one_word(text: str) -> str:
    return re.sub(r"[\s'\"]", "", text)


def _named(text: str) -> ast.expr:
    """A name, or an attribute of `self`, as an expression."""
    owner, dot, name = text.rpartition(".")
    return ast.Attribute(value=ast.Name(id=owner), attr=name) if dot else ast.Name(id=text)


def _filled(
    word: Word, pattern: re.Pattern[str], value: Callable[[re.Match[str], int], str | None]
) -> Word:
    """A word with the known values in the places of their fields."""
    placed = len(word.at) == len(word.text)
    text, at, end = "", list[int](), 0
    for number, match in enumerate(pattern.finditer(word.text)):
        found = value(match, number)
        if not found:
            continue
        text += word.text[end : match.start()] + found
        if placed:
            first, last = word.at[match.start()], word.at[match.end() - 1]
            at += [*word.at[end : match.start()], *([first] * (len(found) - 1)), last]
        end = match.end()
    if not end:
        return word
    text += word.text[end:]
    at += word.at[end:] if placed else []
    return Word(text=text, at=at, span=word.span, quoted=True, dynamic=True)
