"""A Dockerfile's instructions, as BuildKit cuts them.

The escape directive, joined lines with comments between them, here-documents, `ONBUILD`, flags
and the JSON form are understood. Source: moby/buildkit `frontend/dockerfile/parser/parser.go`,
`directives.go` and `line_parsers.go`.
"""

import re
from collections.abc import Iterator

import msgspec

from certmend.model import lazy
from certmend.model.document import Comment, Span, Word, heeded

_DIRECTIVE = lazy.regex(r"#[ \t]*([a-z]+)[ \t]*=[ \t]*(.+?)[ \t\r]*$", re.IGNORECASE)
_INSTRUCTION = lazy.regex(r"\s*([A-Za-z]+)(?:\s+|$)")
_FLAG = lazy.regex(r"--([a-z-]+)(?:=(\S*))?\s+")
_HEREDOC = lazy.regex(r"(?<!<)<<(-?)(['\"]?)([A-Za-z_][\w.]*)\2")
_WITH_HEREDOC = frozenset(("RUN", "COPY", "ADD"))


class Instruction(msgspec.Struct, kw_only=True):
    """One instruction: its name in upper case, its flags, and the rest of it."""

    name: str
    flags: dict[str, str]
    rest: Word
    span: Span
    """From its first character to the end of its last line."""
    bodies: list[tuple[str, Word]]
    """Name and text of its here-documents."""


class _Reader:
    def __init__(self, text: Word) -> None:
        self.word = text
        self.text = text.text
        self.comments: list[Comment] = []
        self.heeded = heeded(self.text)
        self.escape = self._escape()

    def _escape(self) -> str:
        for line in self.text.splitlines():
            match = _DIRECTIVE.match(line)
            if match is None:
                break
            if match[1].lower() == "escape" and match[2] in ("\\", "`"):
                return match[2]
        return "\\"

    def line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def instructions(self) -> Iterator[Instruction]:
        at = 0
        while at < len(self.text):
            end = self.line_end(at)
            line = self.text[at:end].strip()
            if not line or line.startswith("#"):
                self._comment(at, end)
                at = end + 1
                continue
            at, found = self._instruction(at)
            if found is not None:
                yield found

    def _comment(self, start: int, end: int) -> None:
        mark = self.text.find("#", start, end) if self.heeded else -1
        if mark >= 0:
            place = self.word.place(mark, end)
            self.comments.append(Comment(text=self.word.part(mark + 1, end), span=place))

    def _instruction(self, start: int) -> tuple[int, Instruction | None]:
        kept, at = self._joined(start)
        text = "".join(self.text[i] for i in kept)
        logical = Word(
            text=text, at=[self.word.at[i] for i in kept], span=self.word.place(start, at)
        )
        match = _INSTRUCTION.match(text)
        if match is None:
            return at + 1, None
        name, rest = match[1].upper(), match.end()
        if name == "ONBUILD" and (match := _INSTRUCTION.match(text, rest)):
            name, rest = match[1].upper(), match.end()
        flags: dict[str, str] = {}
        while flag := _FLAG.match(text, rest):
            flags[flag[1]] = flags.get(flag[1], "") + "," + (flag[2] or "true")
            rest = flag.end()
        bodies: list[tuple[str, Word]] = []
        if name in _WITH_HEREDOC and not text[rest:].lstrip().startswith("["):
            for heredoc in _HEREDOC.finditer(text, rest):
                body, at = self._body(at, heredoc[3], stripped=bool(heredoc[1]))
                bodies.append((heredoc.group(), body))
        return at + 1, Instruction(
            name=name,
            flags=flags,
            rest=logical.part(rest, len(text)),
            span=self.word.place(start, min(at, len(self.text))),
            bodies=bodies,
        )

    def _joined(self, start: int) -> tuple[list[int], int]:
        """The offsets of a logical line's characters, and the end of its last line."""
        kept: list[int] = []
        at = start
        while True:
            end = self.line_end(at)
            line = self.text[at:end]
            if kept and (not line.strip() or line.lstrip().startswith("#")):
                # A comment or an empty line between joined lines is left out.
                self._comment(at, end)
                last = end >= len(self.text)
            else:
                bare = line.rstrip()
                last = not bare.endswith(self.escape)
                kept.extend(range(at, at + (len(line.rstrip("\r")) if last else len(bare) - 1)))
            if last or end >= len(self.text):
                return kept, end
            at = end + 1

    def _body(self, line_end: int, name: str, *, stripped: bool) -> tuple[Word, int]:
        start = at = min(line_end + 1, len(self.text))
        while at < len(self.text):
            end = self.line_end(at)
            if self.text[at:end].strip("\t \r" if stripped else "\r") == name:
                return self.word.part(start, at), end
            at = end + 1
        return self.word.part(start, len(self.text)), len(self.text)


def read(text: Word) -> tuple[list[Instruction], list[Comment]]:
    """The instructions of a Dockerfile, and its comments."""
    reader = _Reader(text)
    return list(reader.instructions()), reader.comments


def escape(text: str) -> str:
    """The character that joins lines: a backslash, or what the escape directive names."""
    return _Reader(Word(text=text, at=range(len(text)), span=Span(0, len(text)))).escape
