"""Texts of a Python program with the values of names put in: f-strings, `%` and `.format()`.

Only names with one text for a value, or loops over texts that stand there, are known. A value that
is put in stands where its field stands, so that nothing is cut in the middle of a field.
"""

import ast
import re
from collections.abc import Callable, Sequence

from certmend.model import lazy
from certmend.model.document import Word
from certmend.observe.syntax.python_source import Python

_FIELD = lazy.regex(r"\{(?P<name>(?:self\.|cls\.)?\w+)\}|\{[^{}\n]*[\s'\"/]pip['\"][^{}\n]*\}")
_PIPS = "{pip}"
"""What a field is that works out where pip lies: one word, whatever stands in it."""
_PLACE = lazy.regex(r"\{(?P<name>\w*)\}")
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
        self.loops: dict[str, list[tuple[int, list[ast.expr]]]] = {}
        """What a name takes in each loop over it, with the line of the loop."""
        for node in source.nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.held.setdefault(node.targets[0].id, node.value)
        for node in source.nodes:
            if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
                items = self.resolved(node.iter)
                if isinstance(items, ast.List | ast.Tuple | ast.Set):
                    one = (node.target.lineno, items.elts)
                    self.loops.setdefault(node.target.id, []).append(one)

    def resolved(self, node: ast.expr) -> ast.expr:
        """What a name stands for, a constant of the class too; anything else as it is."""
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in _OWN:
            return self.held.get(node.attr, node)
        return self.held.get(node.id, node) if isinstance(node, ast.Name) else node

    def all_of(self, node: ast.expr) -> list[ast.expr]:
        """Every value that a name takes."""
        if isinstance(node, ast.Name) and node.id in self.loops:
            line = getattr(node, "lineno", 0)
            return min(self.loops[node.id], key=lambda one: abs(one[0] - line))[1]
        return [self.resolved(node)]

    def text(self, node: ast.expr) -> str | None:
        """The text that an expression is known to be."""
        word = self.source.constant(next(iter(self.all_of(node)), node))
        return None if word is None or word.dynamic or self.is_told(node, word) else word.text

    def is_told(self, node: ast.expr, word: Word) -> bool:
        """Whether a name's text is options of pip: they are told where it gets them."""
        return self.resolved(node) is not node and bool(OPTIONS.match(word.text))

    def formatted(self, word: Word) -> Word:
        """An f-string's text with the values of its names."""
        return _filled(
            word,
            _FIELD,
            lambda match, _: self.text(_named(match["name"])) if match["name"] else _PIPS,
        )

    def percent(self, word: Word, right: ast.expr) -> Word:
        """`"pip install --trusted-host %s" % host`."""
        values = right.elts if isinstance(right, ast.Tuple) else [right]
        return _filled(word, _PERCENT, lambda _, number: self._numbered(values, number))

    def shown(self, node: ast.expr) -> str:
        """What an expression is known to be, or else itself in braces, as one word."""
        if found := self.text(node):
            return found
        written = "{" + ast.unparse(node) + "}"
        return _PIPS if "'pip'" in written else _as_one_word(written)

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
