"""Structured files as one tree: YAML, JSON, TOML and INI differ only in how they are written."""

from collections.abc import Iterator

import msgspec

from certmend.model.document import Span, Word


class Node(msgspec.Struct, kw_only=True):
    """A scalar with its text, a list with items, or a mapping with pairs."""

    span: Span
    scalar: Word | None = None
    items: "list[Node] | None" = None
    pairs: "list[Pair] | None" = None

    def get(self, name: str) -> "Node | None":
        """The value of a key, compared without regard to case."""
        wanted = name.lower()
        for pair in self.pairs or ():
            if pair.key.text.lower() == wanted:
                return pair.value
        return None

    def text(self, name: str) -> str:
        """The text of a scalar below a key, or nothing."""
        node = self.get(name)
        return node.scalar.text if node is not None and node.scalar is not None else ""

    def scalars(self) -> list[Word]:
        """The texts of a scalar or of a list of scalars."""
        if self.scalar is not None:
            return [self.scalar]
        return [item.scalar for item in self.items or () if item.scalar is not None]

    def texts(self) -> list[Word]:
        """The same, with the texts of the lists inside a list."""
        if self.scalar is not None:
            return [self.scalar]
        return [text for item in self.items or () for text in item.texts()]

    def walk(self, path: tuple[str, ...] = ()) -> "Iterator[tuple[tuple[str, ...], Pair]]":
        """Every pair below, with the path to it; the items of lists are numbered."""
        for pair in self.pairs or ():
            here = (*path, pair.key.text)
            yield here, pair
            yield from pair.value.walk(here)
        for number, item in enumerate(self.items or ()):
            yield from item.walk((*path, str(number)))


class Pair(msgspec.Struct, kw_only=True):
    """A key with its value."""

    key: Word
    value: Node
    removal: Span | None = None
    """The whole lines that the two take up, where they take up whole lines."""
