"""JSON as a tree with the place of every character, comments and trailing commas allowed.

Notebooks are JSON; devcontainer.json is JSON with comments (containers.dev, JSONC).
"""

import re

from certmend.model import lazy
from certmend.model.document import Comment, Word
from certmend.observe.syntax.tree import Node, Pair

_BLANK = lazy.regex(r"(?:\s+|//[^\n]*|/\*.*?\*/|,)+", re.DOTALL)
_COMMENT = lazy.regex(r'"(?:[^"\\\n]|\\.)*"|//([^\n]*)|/\*(.*?)\*/', re.DOTALL)
_PLAIN = lazy.regex(r'[^"\\]+')
_LITERAL = lazy.regex(r"[^\s,:\]}\[{]+")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_DEPTH_LIMIT = 100


def read(text: Word) -> list[Node]:
    """The file's value; what stands in it is kept even when its end is missing."""
    reader = _Reader(text)
    return [reader.value(0)] if text.text.strip() else []


def comments(text: Word) -> list[Comment]:
    """The comments of JSONC."""
    return [
        Comment(
            text=text.part(match.start(match.lastindex), match.end(match.lastindex)),
            span=text.place(match.start(), match.end()),
        )
        for match in _COMMENT.finditer(text.text)
        if match.lastindex
    ]


class _Reader:
    def __init__(self, text: Word) -> None:
        self.word = text
        self.text = text.text
        self.at = 0
        self._skip()

    def _skip(self) -> None:
        if match := _BLANK.match(self.text, self.at):
            self.at = match.end()

    def value(self, depth: int) -> Node:
        start = self.at
        character = self.text[self.at : self.at + 1]
        if character in ("{", "[") and depth < _DEPTH_LIMIT:
            self.at += 1
            return self._pairs(start, depth) if character == "{" else self._items(start, depth)
        word = self._string() if character == '"' else self._literal()
        return Node(span=word.span, scalar=word)

    def _items(self, start: int, depth: int) -> Node:
        items: list[Node] = []
        self._skip()
        while self.at < len(self.text) and self.text[self.at] not in "]}":
            items.append(self.value(depth + 1))
            self._skip()
        self.at += 1
        return Node(span=self.word.place(start, self.at), items=items)

    def _pairs(self, start: int, depth: int) -> Node:
        pairs: list[Pair] = []
        self._skip()
        while self.at < len(self.text) and self.text[self.at] not in "]}":
            key = self._string() if self.text[self.at] == '"' else self._literal()
            self._skip()
            if self.text[self.at : self.at + 1] == ":":
                self.at += 1
                self._skip()
            pairs.append(Pair(key=key, value=self.value(depth + 1)))
            self._skip()
        self.at += 1
        return Node(span=self.word.place(start, self.at), pairs=pairs)

    def _literal(self) -> Word:
        match = _LITERAL.match(self.text, self.at)
        start, self.at = self.at, match.end() if match else self.at + 1
        return self.word.part(start, self.at)

    def _string(self) -> Word:
        start = self.at
        self.at += 1
        text: list[str] = []
        at: list[int] = []
        while self.at < len(self.text) and self.text[self.at] != '"':
            if match := _PLAIN.match(self.text, self.at):
                text.append(match.group())
                at += self.word.at[self.at : match.end()]
                self.at = match.end()
            else:
                text.append(self._escape())
                at.append(self.word.at[self._escaped])
        self.at += 1
        return Word(text="".join(text), at=at, span=self.word.place(start, self.at), quoted=True)

    def _escape(self) -> str:
        self._escaped = self.at
        mark = self.text[self.at + 1 : self.at + 2]
        code = self.text[self.at + 2 : self.at + 6]
        if mark == "u" and re.fullmatch(r"[0-9a-fA-F]{4}", code):
            self.at += 6
            return chr(int(code, 16))
        self.at += 2
        return _ESCAPES.get(mark, mark) or " "
