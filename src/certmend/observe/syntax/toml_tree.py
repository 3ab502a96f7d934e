"""TOML as a tree with places: tables, dotted keys, arrays of tables, inline tables.

Lenient: a line that is no TOML is skipped. Source: TOML 1.0.
"""

import re

from certmend.model import lazy
from certmend.model.document import Word
from certmend.observe.syntax.tree import Node, Pair

_HEADER = lazy.regex(r"[ \t]*(\[\[?)([^\]\n]*)\]\]?[ \t]*(?:#[^\n]*)?(?=\r?\n|$)")
_NAME = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_KEY = lazy.regex(rf"[ \t]*({_NAME}(?:\s*\.\s*{_NAME})*)[ \t]*=[ \t]*")
_BLANK = lazy.regex(r"(?:\s+|#[^\n]*|,)+")
_STRING = lazy.regex(
    r'"""(.*?)"""|\'\'\'(.*?)\'\'\'|"((?:[^"\\\n]|\\.)*)"|\'([^\'\n]*)\'', re.DOTALL
)
_BARE = lazy.regex(r"[^\s,\]}#]+")
_PART = lazy.regex(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")
_DEPTH_LIMIT = 50
"""Tables in tables, of a dotted key or header and of inline ones; what lies deeper is joined."""


def read(text: Word) -> Node:
    """The whole file as one mapping; a dotted key is a mapping in a mapping."""
    return _Reader(text).document()


class _Reader:
    def __init__(self, text: Word) -> None:
        self.word = text
        self.text = text.text

    def document(self) -> Node:
        root = Node(span=self.word.span, pairs=[])
        table, at = root, 0
        while at < len(self.text):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            if header := _HEADER.match(self.text, at):
                table = self._table(root, header)
                at = end + 1
            elif key := _KEY.match(self.text, at):
                at = self._pair(table, key, at)
            else:
                at = end + 1
        return root

    def _table(self, root: Node, header: re.Match[str]) -> Node:
        names = self._names(header.start(2), header.end(2))
        table = root
        for name in names[:-1][:_DEPTH_LIMIT]:
            table = self._below(table, name)
        if header[1] == "[[" and names:
            pairs = table.pairs if table.pairs is not None else []
            found = table.get(names[-1].text)
            if found is None or found.items is None:
                found = Node(span=names[-1].span, items=[])
                pairs.append(Pair(key=names[-1], value=found))
            made = Node(span=names[-1].span, pairs=[])
            found.items = [*(found.items or ()), made]
            return made
        return self._below(table, names[-1]) if names else table

    def _below(self, table: Node, name: Word) -> Node:
        found = table.get(name.text)
        if found is not None and found.items:
            return found.items[-1]
        if found is None or found.pairs is None:
            found = Node(span=name.span, pairs=[])
            if table.pairs is None:
                table.pairs = []
            table.pairs.append(Pair(key=name, value=found))
        return found

    def _names(self, start: int, end: int) -> list[Word]:
        return [
            self.word.part(match.start(match.lastindex), match.end(match.lastindex))
            for match in _PART.finditer(self.text, start, end)
            if match.lastindex
        ]

    def _pair(self, table: Node, key: re.Match[str], line: int) -> int:
        names = self._names(key.start(1), key.end(1))
        for name in names[:-1][:_DEPTH_LIMIT]:
            table = self._below(table, name)
        end, value = self._value(key.end(), 0)
        stop = self.text.find("\n", end)
        stop = len(self.text) if stop < 0 else stop + 1
        alone = not re.sub(r"#.*", "", self.text[end:stop]).strip()
        if table.pairs is None:
            table.pairs = []
        table.pairs.append(
            Pair(
                key=names[-1] if names else self.word.part(key.start(1), key.end(1)),
                value=value,
                removal=self.word.place(line, stop) if alone else None,
            )
        )
        return stop

    def _value(self, at: int, depth: int) -> tuple[int, Node]:
        character = self.text[at : at + 1]
        if character == "[" and depth < _DEPTH_LIMIT:
            return self._array(at, depth)
        if character == "{" and depth < _DEPTH_LIMIT:
            return self._inline(at, depth)
        if match := _STRING.match(self.text, at):
            group = match.lastindex or 0
            word = self._unescaped(match.start(group), match.end(group), escapes=group in (1, 3))
            place = self.word.place(match.start(), match.end())
            word = Word(text=word.text, at=word.at, span=place, quoted=True)
            return match.end(), Node(span=place, scalar=word)
        match = _BARE.match(self.text, at)
        end = match.end() if match else at + 1
        word = self.word.part(at, end)
        return max(end, at + 1), Node(span=word.span, scalar=word)

    def _unescaped(self, start: int, end: int, *, escapes: bool) -> Word:
        if not escapes or "\\" not in self.text[start:end]:
            return self.word.part(start, end)
        text: list[str] = []
        at: list[int] = []
        for match in re.finditer(r"\\(.)|[^\\]", self.text[start:end], re.DOTALL):
            text.append({"n": "\n", "t": "\t"}.get(match[1], match[1]) if match[1] else match[0])
            at.append(self.word.at[start + match.start()])
        return Word(text="".join(text), at=at, span=self.word.place(start, end))

    def _array(self, start: int, depth: int) -> tuple[int, Node]:
        items: list[Node] = []
        at = self._skip(start + 1)
        while at < len(self.text) and self.text[at] != "]":
            at, item = self._value(at, depth + 1)
            items.append(item)
            at = self._skip(at)
        return at + 1, Node(span=self.word.place(start, min(at + 1, len(self.text))), items=items)

    def _inline(self, start: int, depth: int) -> tuple[int, Node]:
        node = Node(span=self.word.span, pairs=[])
        at = self._skip(start + 1)
        while at < len(self.text) and self.text[at] != "}":
            key = _KEY.match(self.text, at)
            if key is None:
                at = self._skip(at + 1)
                continue
            names = self._names(key.start(1), key.end(1))
            at, value = self._value(key.end(), depth + 1)
            if names and node.pairs is not None:
                node.pairs.append(Pair(key=names[-1], value=value))
            at = self._skip(at)
        node.span = self.word.place(start, min(at + 1, len(self.text)))
        return at + 1, node

    def _skip(self, at: int) -> int:
        match = _BLANK.match(self.text, at)
        return match.end() if match else at
