"""INI files as a tree with places: sections, keys, and values that go on in indented lines.

As Python's configparser reads them, which pip, tox and setuptools use: `=` or `:`, comments at a
line's beginning (`inline=True` for those after a blank too), no interpolation; a value goes on in
lines that are indented more than its key. A carriage return alone ends a line, as in every text
that Python opens. `folded=False` for git, npm and wget, where no value
does. A key outside any section is kept: text appended to a file has no section of its own.
Source: configparser.RawConfigParser._read.
"""

import re

import msgspec

from certmend.model import lazy
from certmend.model.document import Comment, Word, heeded
from certmend.observe.syntax.tree import Node, Pair

_SECTION = lazy.regex(r"[ \t]*\[([^\]\n]+)\]")
_KEY = lazy.regex(r"([^\s=:#;\[][^=:\n]*?)[ \t]*[=:][ \t]*")
_COMMENT = lazy.regex(r"^[ \t]*[#;](.*)$|(?<=\s)#(.*)$", re.MULTILINE)
_INLINE = lazy.regex(r"\s[#;].*$")
_RETURN = lazy.regex(r"\r(?!\n)")


def read(text: Word, *, inline: bool = False, folded: bool = True, whole: bool = False) -> Node:
    """The sections as a mapping of mappings; the empty name holds keys outside any.

    `whole` is a file's text, whose lines are the file's own even where values were put in.
    """
    whole = whole or isinstance(text.at, range)
    root = Node(span=text.span, pairs=[])
    section = _section(root, text.part(0, 0))
    text = _with_newlines(text)
    source, at = text.text, 0
    lines: list[tuple[int, int]] = []
    key: Word | None = None
    depth = 0
    while at < len(source):
        end = source.find("\n", at)
        end = len(source) if end < 0 else end
        line = source[at:end]
        indent = len(line) - len(line.lstrip())
        if not line.strip() or line.lstrip()[0] in "#;":
            pass
        elif folded and key is not None and indent > depth and not _embedded_key(line, lines):
            lines.append((at, end))
        else:
            _close(section, text, key, lines, inline=inline, whole=whole)
            key, lines = None, []
            if match := _SECTION.match(source, at, end):
                section = _section(root, text.part(match.start(1), match.end(1)))
            elif match := _KEY.match(source, at + indent, end):
                key, depth = text.part(match.start(1), match.end(1)), indent
                lines = [(match.end(), end)]
        at = end + 1
    _close(section, text, key, lines, inline=inline, whole=whole)
    return root


def _with_newlines(text: Word) -> Word:
    """The same text with each line ended by a newline; nothing in it moves."""
    source = _RETURN.sub("\n", text.text) if "\r" in text.text else text.text
    return text if source == text.text else msgspec.structs.replace(text, text=source)


def comments(text: Word) -> list[Comment]:
    """Lines that begin with `#` or `;`, and what follows a blank and `#`."""
    if not heeded(text.text):
        return []
    return [
        Comment(
            text=text.part(match.start(match.lastindex), match.end(match.lastindex)),
            span=text.place(match.start(match.lastindex) - 1, match.end()),
        )
        for match in _COMMENT.finditer(text.text)
        if match.lastindex
    ]


def _embedded_key(line: str, lines: list[tuple[int, int]]) -> bool:
    """An indented section begins anew: the text stands indented in another file."""
    return bool(lines) and bool(_SECTION.fullmatch(line.rstrip()))


def _section(root: Node, name: Word) -> Node:
    found = root.get(name.text)
    if found is None:
        found = Node(span=name.span, pairs=[])
        root.pairs = [*(root.pairs or ()), Pair(key=name, value=found)]
    return found


def _close(
    section: Node,
    text: Word,
    key: Word | None,
    lines: list[tuple[int, int]],
    *,
    inline: bool,
    whole: bool,
) -> None:
    """Put a key and the lines of its value into its section."""
    if key is None or not lines:
        return
    items = [_stripped(text, start, end, inline=inline) for start, end in lines]
    items = [word for word in items if word.text] or items[:1]
    source = text.text
    start = source.rfind("\n", 0, lines[0][0]) + 1
    end = min(lines[-1][1] + 1, len(source))
    nodes = [Node(span=word.span, scalar=word) for word in items]
    value = nodes[0] if len(nodes) == 1 else Node(span=nodes[0].span, items=nodes)
    removal = text.place(start, end)
    section.pairs = [
        *(section.pairs or ()),
        Pair(key=key, value=value, removal=removal if whole else None),
    ]


def _stripped(text: Word, start: int, end: int, *, inline: bool) -> Word:
    part = text.text[start:end]
    if inline:
        part = _INLINE.sub("", part)
    begin = start + len(part) - len(part.lstrip())
    return text.part(begin, begin + len(part.strip()))
