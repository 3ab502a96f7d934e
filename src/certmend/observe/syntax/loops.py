"""The loops of Ansible's tasks: what each item of a list in the file makes of a task's texts.

An item's value stands where its `{{ item }}` stands when text surrounds it, and where it is
written when it is the whole of a text. Source: Ansible's documentation, "Loops".
"""

from collections.abc import Iterator, Sequence

from certmend.model import lazy
from certmend.model.document import Word
from certmend.observe.syntax.shell_tokens import joined
from certmend.observe.syntax.tree import Node, Pair

_ITEM = lazy.regex(
    r"\{\{-?\s*item(?:\.(\w+)|\[['\"](\w+)['\"]\])?\s*(?:\|\s*(?:trim|string|quote)\s*)?-?\}\}"
)
_LISTS = ("loop", "with_items", "with_list")
_ITEMS_LIMIT = 50


def items(task: Node) -> list[Node]:
    """The items of a task's loop, as far as they stand in the file."""
    found = next((node for name in _LISTS if (node := task.get(name)) is not None), None)
    if found is not None:
        return (found.items or [])[:_ITEMS_LIMIT]
    pairs = of_dict.pairs if (of_dict := task.get("with_dict")) is not None else None
    return [_of_pair(pair) for pair in (pairs or ())[:_ITEMS_LIMIT]]


def _of_pair(pair: Pair) -> Node:
    names = [Word(text=text, at=[], span=pair.key.span) for text in ("key", "value")]
    key = Node(span=pair.key.span, scalar=pair.key)
    held = zip(names, (key, pair.value), strict=True)
    return Node(span=pair.key.span, pairs=[Pair(key=name, value=value) for name, value in held])


def of_item(word: Word, item: Node) -> Word:
    """A text with what an item gives in the places that name it."""
    pieces: list[Word] = []
    last = 0
    for match in _ITEM.finditer(word.text) if "item" in word.text else ():
        name = match[1] or match[2]
        found = item.get(name) if name else item
        if found is None or found.scalar is None:
            continue
        if match.group() == word.text.strip():
            return found.scalar
        pieces += [word.part(last, match.start()), _put(found.scalar, word, *match.span())]
        last = match.end()
    return joined([*pieces, word.part(last, len(word.text))], "", word.span) if pieces else word


def _put(value: Word, word: Word, start: int, end: int) -> Word:
    """A value as it stands in another text: at the place of what names it."""
    place = word.place(start, end)
    at = [place.start] * len(value.text)
    at[-1:] = [place.end - 1] if at else []
    return Word(text=value.text, at=at, span=place, dynamic=value.dynamic)


def names_item(word: Word) -> bool:
    """Whether a text names the item of a loop."""
    return "item" in word.text and _ITEM.search(word.text) is not None


def each(task: Node, words: Sequence[Word]) -> list[Word]:
    """The command lines of a task, one after the other for each item of its loop."""
    if not any(map(names_item, words)):
        return list(words)
    return list(_each(items(task), words)) or list(words)


def _each(listed: Sequence[Node], words: Sequence[Word]) -> Iterator[Word]:
    for item in listed:
        for word in words:
            yield of_item(word, item)
