"""The words of a Python program's command lines: texts put together, values that names have."""

import ast
from collections.abc import Sequence

from certmend.model.document import Word
from certmend.observe.syntax import python_handed
from certmend.observe.syntax.python_filled import Values
from certmend.observe.syntax.python_source import Python
from certmend.observe.syntax.shell_tokens import joined

_KEPT = frozenset(("dedent", "cleandoc"))
"""Functions that leave a text's lines what they are."""


class Texts:
    """What expressions of one program are as text."""

    def __init__(self, source: Python) -> None:
        self.source = source
        self.values = Values(source)
        self._made_of: set[int] = set()
        """The calls whose texts are being made: `a = [" ".join(a)]` leads back to itself."""

    def string(self, node: ast.expr) -> Word | None:
        """The text of a string, of a sum or a format of strings; unknown parts stand in braces."""
        node = _before_split(node)
        if isinstance(node, ast.BinOp):
            return self._summed(node)
        if isinstance(node, ast.IfExp):
            sides = (self.string(node.body), self.string(node.orelse))
            return next((one for one in sides if one is not None and one.text), None)
        if isinstance(node, ast.Call) and python_handed.last_name(node.func) in _KEPT:
            return self.string(node.args[0]) if node.args else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return self._made(node, node.func)
        word = self.source.constant(node)
        return self.values.formatted(word, node) if word is not None and word.dynamic else word

    def _summed(self, node: ast.BinOp) -> Word | None:
        """`"a " + b` and `"a %s" % b`."""
        left = self.string(node.left)
        if isinstance(node.op, ast.Mod):
            return left and self.values.percent(left, node.right)
        right = self.string(node.right) if isinstance(node.op, ast.Add) else None
        if (left is None and right is None) or not isinstance(node.op, ast.Add):
            return None
        sides = [left or self._unknown(node.left), right or self._unknown(node.right)]
        return joined([_placed(side) for side in sides], "", self.source.span(node))

    def _made(self, node: ast.Call, method: ast.Attribute) -> Word | None:
        """`"a {}".format(b)` and `" ".join(["a b", c])`."""
        text = self.string(method.value) if method.attr in ("format", "join") else None
        if text is None or method.attr == "format":
            return text and self.values.put_in(text, node)
        parts = self.values.resolved(node.args[0]) if node.args else node
        if not isinstance(parts, ast.List | ast.Tuple) or id(node) in self._made_of:
            return None
        self._made_of.add(id(node))
        words = [self.string(part) or self._unknown(part) for part in parts.elts]
        self._made_of.discard(id(node))
        if not any(" " in word.text for word in words):
            return None  # such a list is a command line by itself
        return joined([_placed(word) for word in words], text.text, self.source.span(node))

    def _unknown(self, node: ast.expr) -> Word:
        """What a name holds where that is known, else its name in braces."""
        return Word(text=self.values.shown(node), at=[], span=self.source.span(node), dynamic=True)

    def words(
        self, elements: Sequence[ast.expr], values: Sequence[ast.expr] | None = None
    ) -> list[Word]:
        """The words of the elements, and the values that names among them have."""
        words: list[Word] = []
        values = values or [self.values.resolved(element) for element in elements]
        for element, value in zip(elements, values, strict=True):
            word = self._word(element, value)
            if word is None:
                text = self.values.worked_out(value) or self._kept(element, value)
                text = "python" if text.endswith("sys.executable}") else text
                word = Word(text=text, at=[], span=self.source.span(element), dynamic=True)
            elif word.span != self.source.span(element):
                word = Word(text=word.text, at=word.at, span=self.source.span(element))
            words.append(word)
        return words

    def _word(self, element: ast.expr, value: ast.expr) -> Word | None:
        if isinstance(value, ast.JoinedStr | ast.BinOp | ast.Call):
            splits = isinstance(value, ast.Call) and python_handed.last_name(value.func) == "split"
            is_cut = isinstance(value, ast.Call) and self.values.host(value)
            return None if splits or is_cut else self.string(value)
        word = self.source.constant(value)
        return None if word is None or self.values.is_told(element, word) else word

    def _kept(self, element: ast.expr, value: ast.expr) -> str:
        written = self.values.host(value) or "{" + ast.unparse(element) + "}"
        return self.values.kept(element, written)

    def text(self, node: ast.expr) -> str:
        """A literal's text; empty for anything else."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else ""
        word = self.source.constant(node)
        return word.text if word is not None else ""

    def beginning(self, node: ast.expr) -> str:
        """The literal text that a text which is put together begins with."""
        while isinstance(node, ast.BinOp):
            node = node.left
        if isinstance(node, ast.Call) and python_handed.last_name(node.func) == "format":
            node = node.func.value if isinstance(node.func, ast.Attribute) else node
        return self.text(node)

    def put_in_front(self, node: ast.Call, *words: str) -> list[Word]:
        """Words that are not written there; nothing can be cut out from their end."""
        span = self.source.span(node)
        return [Word(text=word, at=[], span=span) for word in words]


def is_text(node: ast.expr) -> bool:
    """Whether an expression is a text as it stands."""
    is_literal = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_literal or isinstance(node, ast.JoinedStr)


def _placed(word: Word) -> Word:
    """The word with a place for each character, if only that of the whole."""
    if len(word.at) == len(word.text):
        return word
    return Word(text=word.text, at=[word.span.start] * len(word.text), span=word.span, dynamic=True)


def _before_split(node: ast.expr) -> ast.expr:
    """The text of `"a b".split()` and `shlex.split("a b")`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return node
    if node.func.attr != "split":
        return node
    return node.args[0] if node.args else node.func.value


def owner_of(node: ast.Call) -> str:
    """What a method is called on, as it is written."""
    return ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
