"""YAML as a tree, with the place of every scalar's characters.

PyYAML composes the nodes and says where they stand; the characters of a scalar are found again in
its source, so that a word inside a block of shell has its own line and column. Where a template
language stands between, it is blanked out first; a file that is no YAML at all gives nothing.
"""

import itertools
import re
from typing import Any

from certmend.model import lazy
from certmend.model.document import Comment, Word, heeded
from certmend.observe.syntax.tree import Node, Pair

_TEMPLATE = lazy.regex(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TEMPLATE_LINE = lazy.regex(r"^[ \t]*(?:\{\{[^{}\n]*\}\}|\{%[^\n]*%\})[ \t]*\r?$", re.MULTILINE)
_REMARK = lazy.regex(r"\{#.*?#\}|^[ \t]*\{%(?:(?!%\}).)*%\}[ \t]*\r?$", re.DOTALL | re.MULTILINE)
"""What a template says to itself: comments, and statements on lines of their own."""
_DOCUMENT = lazy.regex(r"^---(?=\s|$)", re.MULTILINE)
_SCHEMA = lazy.regex(r"^kind: *[\"']?CustomResourceDefinition\b", re.MULTILINE)
_BLANK = lazy.regex(r"[^\n]")
_COMMENT = lazy.regex(r"(?:^|(?<=\s))#(.*)$", re.MULTILINE)
_STYLES = {'"': r"\\(?:\r?\n[ \t]*|x..|u.{4}|U.{8}|.)", "'": "''"}
_FOLD = r"(?P<fold>[ \t]*(?:\r?\n[ \t]*)+)|"
_PIECES = {
    '"': re.compile(
        r"(?P<joined>\\\r?\n[ \t]*)|" + _FOLD + r"(?P<escape>\\(?:x..|u.{4}|U.{8}|.))|"
        r"[^\\\r\n \t]+|[ \t]+"
    ),
    "'": re.compile(r"(?P<joined>(?!))|" + _FOLD + r"(?P<escape>'')|[^'\r\n \t]+|[ \t]+"),
}
"""What a quoted scalar is made of, by its quotes."""
_NULL = "tag:yaml.org,2002:null"
_TEXT_TAGS = frozenset(("!sub", "!base64", "!unsafe", "!str", "!string", "!expand", "!literal"))
"""Tags of texts that are as they are written: CloudFormation's and Ansible's, and their like."""
_DEPTH_LIMIT = 100
_REPEATS = 5000
"""Texts that aliases may stand for in one file."""
_MASK = "\ue000"
"""Stands for a character of a template while YAML is read: allowed in it, and used by nobody."""


def read(text: Word) -> list[Node]:
    """The documents of a YAML file; one that cannot be read is left out."""
    source = _without_schemas(text.text)
    try:
        return _compose(text, source)
    except ValueError:
        masked = _masked(source)
    try:
        return _compose(text, masked)
    except ValueError:
        return _parts(text, masked)


def damage(text: Word) -> str:
    """Why a file is no YAML, not even where a template stands in it; empty where it is."""
    source = _without_schemas(text.text)
    for one in (source, _masked(source)):
        try:
            _compose(text, one)
        except ValueError as error:
            said = " ".join(str(error).split())
        else:
            return ""
    return said


def _masked(source: str) -> str:
    """The text with what a template language says blanked out."""
    plain = _REMARK.sub(lambda match: _BLANK.sub(" ", match.group()), source)
    return _TEMPLATE.sub(_mask, _TEMPLATE_LINE.sub(_comment_out, plain))


def _without_schemas(source: str) -> str:
    """The text with the custom resource definitions blanked out: megabytes that run nothing."""
    if "CustomResourceDefinition" not in source:
        return source
    starts = [0, *(match.start() for match in _DOCUMENT.finditer(source)), len(source)]
    documents = (source[start:end] for start, end in itertools.pairwise(starts))
    return "".join(_BLANK.sub(" ", one) if _SCHEMA.search(one) else one for one in documents)


def comments(text: Word) -> list[Comment]:
    """Everything after a `#` that may begin a comment, in YAML and in files like it."""
    if not heeded(text.text):
        return []
    return [
        Comment(
            text=text.part(match.start(1), match.end(1)),
            span=text.place(match.start(), match.end()),
        )
        for match in _COMMENT.finditer(text.text)
    ]


def _mask(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _MASK, match.group())


def _comment_out(match: re.Match[str]) -> str:
    return re.sub(r"\S", "#", match.group(), count=1)


def _parts(text: Word, masked: str) -> list[Node]:
    """Each document by itself: one that is broken does not hide the others."""
    starts = [0, *(match.start() for match in _DOCUMENT.finditer(masked)), len(masked)]
    found: list[Node] = []
    for start, end in itertools.pairwise(starts):
        blank = re.sub(r"[^\n]", " ", masked[:start])
        try:
            found += _compose(text, blank + masked[start:end])
        except ValueError:
            continue
    return found


def _compose(text: Word, source: str) -> list[Node]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        nodes = [node for node in yaml.compose_all(source, Loader=loader) if node is not None]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ValueError(str(error)) from None
    builder = _Builder(text, source)
    return [builder.node(node, 0) for node in nodes]


def _is_unwritten(node: Any) -> bool:
    """Whether a scalar's value stands elsewhere: a null, or what a tag looks up or decrypts."""
    if not node.style and node.tag == _NULL:
        return bool(node.value)
    return node.tag[:1] == "!" and node.tag.lower() not in _TEXT_TAGS


class _Builder:
    def __init__(self, text: Word, source: str) -> None:
        self.word = text
        self.text = source
        """As YAML saw it: templates are masked."""
        self.seen: set[int] = set()
        self.repeated = 0
        self.is_whole = text.at == range(len(source))

    def node(self, node: Any, depth: int) -> Node:
        """A node of ours for one of PyYAML's.

        An alias of one seen before is left empty, or taken again where it is a list of commands
        or a mapping of variables.
        """
        start, end = node.start_mark.index, node.end_mark.index
        place = self.word.place(start, end)
        again = (
            id(node) in self.seen and not isinstance(node.value, str) and not self._repeats(node)
        )
        self.seen.add(id(node))
        if isinstance(node.value, str) and _is_unwritten(node):
            return Node(span=place, scalar=Word(text="", at=[], span=place, dynamic=True))
        if isinstance(node.value, str):
            return Node(span=place, scalar=self._scalar(node, start, end))
        if again or depth > _DEPTH_LIMIT:
            return Node(span=place, items=[])
        if node.id == "sequence":
            return Node(span=place, items=[self.node(item, depth + 1) for item in node.value])
        return Node(span=place, pairs=[self._pair(k, v, depth) for k, v in node.value])

    def _repeats(self, node: Any) -> bool:
        """Whether an alias stands for plain texts alone; not without end."""
        inside = [n for one in node.value for n in (one if isinstance(one, tuple) else (one,))]
        self.repeated += len(inside)
        return self.repeated < _REPEATS and all(isinstance(one.value, str) for one in inside)

    def _pair(self, key: Any, value: Any, depth: int) -> Pair:
        name = self.node(key, depth + 1)
        begin, end = key.start_mark.index, value.end_mark.index
        line = self.text.rfind("\n", 0, begin) + 1
        block = isinstance(value.value, str) and not self.text[line:begin].strip()
        stop = self.text.find("\n", end)
        stop = len(self.text) if stop < 0 else stop + 1
        alone = block and value.style not in ("|", ">") and not self.text[end:stop].strip(" \t\r\n")
        return Pair(
            key=name.scalar or Word(text="", at=[], span=name.span),
            value=self.node(value, depth + 1),
            removal=self.word.place(line, stop) if alone else None,
        )

    def _scalar(self, node: Any, start: int, end: int) -> Word:
        inside = start + (node.style in ("'", '"'))
        length = len(node.value)
        if _MASK not in node.value and self.text.startswith(node.value, inside):
            return Word(
                text=node.value,
                at=self.word.at[inside : inside + length],
                span=self.word.place(start, end),
                quoted=node.style is not None,
            )
        if node.style == "|":
            at = self._literal(node.value, start, end)
        elif node.style == ">":
            at = self._block(node.value, start, end)
        elif node.style in ('"', "'"):
            at = self._quoted(node.value, start + 1, end - 1, node.style)
        else:
            at = self._folded(node.value, start, end)
        last = len(self.text) - 1
        if at and max(at) > last:
            at = [min(i, last) for i in at]
        value = node.value
        if _MASK in value:
            written = self.word.text
            value = "".join(written[i] if c == _MASK else c for c, i in zip(value, at, strict=True))
        return Word(
            text=value,
            at=at if self.is_whole else [self.word.at[i] for i in at],
            span=self.word.place(start, end),
            quoted=node.style is not None,
        )

    def _literal(self, value: str, start: int, end: int) -> list[int]:
        """The offsets in a literal block: each line is the end of one in the source."""
        at: list[int] = []
        here = self.text.find("\n", start) + 1
        for line in value.splitlines(keepends=True):
            stop = self.text.find("\n", here)
            stop = len(self.text) if stop < 0 else stop
            bare = line.rstrip("\n")
            begin = stop - len(bare) - (self.text[stop - 1 : stop] == "\r" and bare[-1:] != "\r")
            if self.text[begin : begin + len(bare)] != bare:
                return self._block(value, start, end)
            at += range(begin, begin + len(line))
            here = stop + 1
        return at

    def _block(self, value: str, start: int, end: int) -> list[int]:
        """The offsets of a block's characters: indentation is skipped line by line."""
        header = self.text.find("\n", start)
        return self._folded(value, header + 1 if 0 <= header < end else start, end)

    def _folded(self, value: str, start: int, end: int) -> list[int]:
        """Offsets by walking both texts: blanks and line ends may differ, the rest may not."""
        at: list[int] = []
        here = start
        for character in value:
            if character in " \n\t":
                if here < end and self.text[here] == character:
                    at.append(here)
                    here += 1
                    continue
                at.append(min(here, end - 1))
                continue
            while here < end and self.text[here] != character:
                here += 1
            at.append(min(here, end - 1))
            here += 1
        return at

    def _quoted(self, value: str, start: int, end: int, style: str) -> list[int]:
        """Offsets inside quotes, where an escape stands for one character."""
        found = _by_pieces(self.text, start, end, style)
        if len(found) == len(value):
            return found
        escape = re.compile(_STYLES[style], re.DOTALL)
        at: list[int] = []
        here = start
        for character in value:
            if style == '"':
                while match := re.compile(r"\\\r?\n[ \t]*").match(self.text, here, end):
                    here = match.end()
            if match := escape.match(self.text, here, end):
                at.append(here)
                here = match.end()
                continue
            if self.text[here : here + 1] != character and character not in " \n":
                further = self.text.find(character, here, end)
                here = further if further >= 0 else here
            at.append(min(here, max(end - 1, start)))
            here += 1
        return at


def _by_pieces(text: str, start: int, end: int, style: str) -> list[int]:
    """The offsets of a quoted scalar's characters, run by run; YAML 1.1, 5.7, 7.3 and 7.4."""
    at: list[int] = []
    for match in _PIECES[style].finditer(text, start, end):
        piece, here = match.group(), match.start()
        if match["fold"]:
            at += [here] * max(piece.count("\n") - 1, 1)
        elif match["escape"]:
            at.append(here)
        elif not match["joined"]:
            at += range(here, match.end())
    return at
