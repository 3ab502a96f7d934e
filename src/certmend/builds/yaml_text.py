"""Places in YAML where lines are put in, so that all the rest stays as it is written."""

import re

from certmend.model.document import Document, whole
from certmend.observe.syntax import yaml_tree
from certmend.observe.syntax.tree import Node, Pair

_DASH = re.compile(r"[ \t]*-[ \t]+")


def read(document: Document) -> list[Node]:
    """The documents of a YAML file."""
    word = whole(document.text)
    return yaml_tree.read(word.part(1, len(word.text)) if word.text.startswith("\ufeff") else word)


def above_item(text: str, item: Node) -> tuple[int, str] | None:
    """The line of an item that begins with a dash, or of the comments above it, and its indent.

    None for an item of a list in brackets.
    """
    line = text.rfind("\n", 0, item.span.start) + 1
    match = _DASH.match(text, line)
    if match is None or match.end() != item.span.start:
        return None
    indent = match.group().partition("-")[0]
    return _comments_above(text, line, indent), indent


def above_pair(text: str, pair: Pair) -> tuple[int, str] | None:
    """The line of a key, and its indent; None where the key does not begin its line."""
    line = text.rfind("\n", 0, pair.key.span.start) + 1
    indent = text[line : pair.key.span.start]
    return None if indent.strip() else (line, indent)


def below_pair(text: str, pair: Pair) -> tuple[int, str] | None:
    """The line below a key with a plain value, and its indent."""
    found = above_pair(text, pair)
    if found is None or pair.value.scalar is None or not is_one_line(text, pair):
        return None
    end = text.find("\n", pair.value.span.end)
    return (len(text) if end < 0 else end + 1), found[1]


def is_one_line(text: str, pair: Pair) -> bool:
    """Whether a key and its value stand on one line."""
    return "\n" not in text[pair.key.span.start : pair.value.span.end].strip()


def _comments_above(text: str, line: int, indent: str) -> int:
    at = line
    while at > 0:
        before = text.rfind("\n", 0, at - 1) + 1
        words = text[before:at]
        if not words.startswith(indent + "#"):
            break
        at = before
    return at


def pair(node: Node | None, name: str) -> Pair | None:
    """The pair of a key in a mapping."""
    return next((one for one in (node.pairs if node else None) or () if one.key.text == name), None)


def line_end(text: str) -> str:
    """How the file ends its lines."""
    return "\r\n" if "\r\n" in text else "\n"


def texts(node: Node | None) -> list[str]:
    """All plain values below a node."""
    found = node.walk() if node is not None else ()
    return [word.text for _, pair in found for word in pair.value.scalars()]
