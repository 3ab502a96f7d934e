"""The words of a Python program's command lines: texts put together, values that names have."""

import ast
from collections.abc import Sequence

from certmend.model.document import Word
from certmend.observe.syntax import python_handed
from certmend.observe.syntax.python_filled import Values
from certmend.observe.syntax.python_source import Python
from certmend.observe.syntax.shell_tokens import joined


class Texts:
    """What expressions of one program are as text."""

    def __init__(self, source: Python) -> None:
        self.source = source
        self.values = Values(source)

    def string(self, node: ast.expr) -> Word | None:
        """The text of a string, of a sum or a format of strings; unknown parts stand in braces."""
        node = _before_split(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            left = self.string(node.left)
            return left and self.values.percent(left, node.right)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self.string(node.left), self.string(node.right)
            if left is None and right is None:
                return None
            sides = [left or self._unknown(node.left), right or self._unknown(node.right)]
            return joined([_placed(side) for side in sides], "", self.source.span(node))
        if isinstance(node, ast.Call) and python_handed.last_name(node.func) == "format":
            text = self.string(node.func.value) if isinstance(node.func, ast.Attribute) else None
            return text and self.values.put_in(text, node)
        word = self.source.constant(node)
        return self.values.formatted(word) if word is not None and word.dynamic else word

    def _unknown(self, node: ast.expr) -> Word:
        """What a name holds where that is known, else its name in braces."""
        text = self.values.text(node) or "{" + ast.unparse(node) + "}"
        return Word(text=text, at=[], span=self.source.span(node), dynamic=True)

    def words(
        self, elements: Sequence[ast.expr], values: Sequence[ast.expr] | None = None
    ) -> list[Word]:
        """The words of the elements, and the values that names among them have."""
        words: list[Word] = []
        values = values or [self.values.resolved(element) for element in elements]
        for element, value in zip(elements, values, strict=True):
            word = self._word(element, value)
            if word is None:
                text = ast.unparse(element)
                text = "python" if text.endswith("sys.executable") else "{" + text + "}"
                word = Word(text=text, at=[], span=self.source.span(element), dynamic=True)
            elif word.span != self.source.span(element):
                word = Word(text=word.text, at=word.at, span=self.source.span(element))
            words.append(word)
        return words

    def _word(self, element: ast.expr, value: ast.expr) -> Word | None:
        if isinstance(value, ast.JoinedStr | ast.BinOp | ast.Call):
            splits = isinstance(value, ast.Call) and python_handed.last_name(value.func) == "split"
            return None if splits else self.string(value)
        word = self.source.constant(value)
        return None if word is None or self.values.is_told(element, word) else word

    def text(self, node: ast.expr) -> str:
        """A literal's text; empty for anything else."""
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
