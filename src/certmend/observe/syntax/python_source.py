"""Python source as a syntax tree, with offsets instead of lines and bytes.

A line that this Python cannot read (Python 2's `print x`, a magic of a notebook) is left out and
the rest is read: one old statement does not hide a file.
"""

import ast
import re
import warnings
from collections.abc import Iterator

from certmend.model.document import Comment, Span, Word

_REPAIRS = 40
_COMMENT = re.compile(
    r"'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|#([^\n]*)", re.DOTALL
)
_QUOTED = re.compile(r"([rRbBuU]*)('''|\"\"\"|'|\")")


class Python:
    """A source with its tree; `tree` is None when nothing of it can be read."""

    def __init__(self, text: Word) -> None:
        self.word = text
        self.lines = text.text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.tree = self._parse()
        self.nodes = list(_nodes(self.tree)) if self.tree is not None else []
        """The nodes that say something here: calls, assignments, imports, lists and mappings."""

    def _parse(self) -> ast.Module | None:
        lines = list(self.lines)
        for _ in range(_REPAIRS):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    return ast.parse("".join(lines))
            except SyntaxError as error:
                number = min(max((error.lineno or 0) - 1, 0), max(len(lines) - 1, 0))
                if not lines or not _blank_out(lines, number):
                    return None
            except (ValueError, RecursionError, MemoryError):
                return None
        return None

    def span(self, node: ast.expr | ast.stmt | ast.keyword) -> Span:
        """Where a node stands in the file."""
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        return self.word.place(start, max(end, start + 1))

    def _offset(self, line: int, column: int) -> int:
        if line > len(self.lines):
            return len(self.word.text)
        text = self.lines[line - 1]
        if not text.isascii():
            column = len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace"))
        return self.starts[line - 1] + column

    def constant(self, node: ast.expr) -> Word | None:
        """The text of a string, each character with its place where nothing is escaped."""
        if isinstance(node, ast.JoinedStr):
            return self._formatted(node)
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            return None
        start = self._offset(node.lineno, node.col_offset)
        span = self.span(node)
        match = _QUOTED.match(self.word.text, start)
        if match:
            inside = start + len(match.group())
            if self.word.text.startswith(node.value, inside):
                at = self.word.at[inside : inside + len(node.value)]
                return Word(text=node.value, at=at, span=span, quoted=True)
        return Word(text=node.value, at=[], span=span, quoted=True)

    def _formatted(self, node: ast.JoinedStr) -> Word:
        """An f-string: its fields stand as they are written, in braces."""
        pieces = [
            part.value if isinstance(part, ast.Constant) else "{" + ast.unparse(part.value) + "}"
            for part in node.values
            if isinstance(part, ast.Constant | ast.FormattedValue)
        ]
        text = "".join(str(piece) for piece in pieces)
        return Word(text=text, at=[], span=self.span(node), quoted=True, dynamic=True)

    def comments(self) -> Iterator[Comment]:
        """The comments, not the `#` inside strings."""
        for match in _COMMENT.finditer(self.word.text):
            if match[1] is not None:
                yield Comment(
                    text=self.word.part(match.start(1), match.end(1)),
                    span=self.word.place(match.start(), match.end()),
                )


_TELLING = (ast.Call, ast.Assign, ast.Import, ast.ImportFrom, ast.List, ast.Tuple, ast.Dict)


def _nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """What `ast.walk` gives, the leaves left out: they are most of a tree."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _TELLING):
            yield node
        for value in node.__dict__.values():
            if type(value) is list:
                waiting += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and type(value) not in _LEAVES:
                waiting.append(value)


_LEAVES = frozenset((ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del))


def _blank_out(lines: list[str], number: int) -> bool:
    line = lines[number]
    indent = line[: len(line) - len(line.lstrip())].replace("\n", "")
    end = line[len(line.rstrip("\r\n")) :]
    made = f"{indent}pass{end}"
    if line == made:
        if line.strip() != "pass" or not indent:
            return False
        made = end
    lines[number] = made
    return True
