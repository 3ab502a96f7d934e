"""Configuration files as entries: every key of a tree, with all its values."""

from collections.abc import Iterable, Iterator

from certmend.model.document import Comment, Entry, Key, Span
from certmend.observe.syntax.tree import Node


def keys(client: str, node: Node, *, scope: str = "") -> Iterator[Key]:
    """Each key that has a text or a list of texts, with the path to it."""
    for path, pair in node.walk():
        values = pair.value.scalars()
        names = tuple(name for name in path if name)
        if names and (values or pair.value.items == []):
            start = pair.key.span
            end = values[-1].span if values else pair.value.span
            yield Key(
                client=client,
                path=names,
                values=tuple(values),
                span=Span(start.start, max(start.end, end.end)) if start.start < end.start
                else start,  # a variable's value stands further up
                removal=pair.removal,
                scope=scope,
            )  # fmt: skip


def in_order(entries: Iterable[Entry], comments: Iterable[Comment] = ()) -> list[Entry]:
    """Entries and comments as they follow each other in the file."""
    return sorted([*entries, *comments], key=lambda entry: entry.span.start)
