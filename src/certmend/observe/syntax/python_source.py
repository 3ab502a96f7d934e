"""Python source as a syntax tree, with offsets instead of lines and bytes."""

import ast
import re
from collections.abc import Iterator

from certmend.model import lazy
from certmend.model.document import Comment, Span, Word, heeded
from certmend.observe.syntax import python_parsed, python_strings

_COMMENT = lazy.regex(
    r"'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|#([^\n]*)", re.DOTALL
)


class Python:
    """A source with its tree; `tree` is None when nothing of it can be read."""

    def __init__(self, text: Word, *, is_shallow: bool = False) -> None:
        self.word = text
        self.lines = python_parsed.split(text.text)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.tree, self._widened = python_parsed.parse(self.lines)
        if self.tree is not None and is_shallow:
            self.tree = python_parsed.shallow(self.tree)
        self.nodes = list(_nodes(self.tree)) if self.tree is not None else []
        """The nodes that say something here: calls, assignments, imports, lists, returns."""

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> Span:
        """Where a node stands in the file."""
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        return self.word.place(start, max(end, start + 1))

    def _offset(self, line: int, column: int) -> int:
        if line > len(self.lines):
            return len(self.word.text)
        text = self.lines[line - 1]
        column = max(column - self._widened.get(line, 0), 0)
        if not text.isascii():
            column = len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace"))
        return self.starts[line - 1] + column

    def constant(self, node: ast.expr) -> Word | None:
        """The text of a string, each character with its place where nothing is escaped."""
        dynamic = isinstance(node, ast.JoinedStr)
        if not dynamic and not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            return None
        span, at = self.span(node), self.word.at
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        text = str(node.value) if isinstance(node, ast.Constant) else _fields(node)
        if not dynamic and (inside := python_strings.single(self.word.text, start, text)) >= 0:
            return Word(text=text, at=at[inside : inside + len(text)], span=span, quoted=True)
        found = python_strings.characters(self.word.text, start, end)
        if found is not None and (dynamic or found[0] == text):
            places = [at[place] for place in found[1]] if len(at) >= end else []
            return Word(text=found[0], at=places, span=span, quoted=True, dynamic=dynamic)
        return Word(text=text, at=[], span=span, quoted=True, dynamic=dynamic)

    def comments(self) -> Iterator[Comment]:
        """The comments, not the `#` inside strings."""
        if not heeded(self.word.text):
            return
        for match in _COMMENT.finditer(self.word.text):
            if match[1] is not None:
                yield Comment(
                    text=self.word.part(match.start(1), match.end(1)),
                    span=self.word.place(match.start(), match.end()),
                )


def _fields(node: ast.expr) -> str:
    """An f-string's text: its fields stand as they are written, in braces."""
    pieces = [
        part.value if isinstance(part, ast.Constant) else "{" + ast.unparse(part.value) + "}"
        for part in getattr(node, "values", ())
        if isinstance(part, ast.Constant | ast.FormattedValue)
    ]
    return "".join(str(piece) for piece in pieces)


_TELLING = (
    ast.Call, ast.Assign, ast.AugAssign, ast.For, ast.comprehension, ast.arg, ast.arguments,
    ast.Compare,
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom,
    ast.List, ast.Tuple, ast.Dict, ast.withitem, ast.Return, ast.ListComp, ast.GeneratorExp,
    ast.SetComp, ast.DictComp,
)  # fmt: skip


def _nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """What `ast.walk` gives, the leaves left out: they are most of a tree.

    An assignment with a type is given as one without.
    """
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.AnnAssign):
            if node.value is not None:
                made = ast.Assign(targets=[node.target], value=node.value)
                yield ast.copy_location(made, node)
        elif isinstance(node, _TELLING):
            yield node
        for value in node.__dict__.values():
            if type(value) is list:
                waiting += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and type(value) not in _LEAVES:
                waiting.append(value)


_LEAVES = frozenset((ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del))
