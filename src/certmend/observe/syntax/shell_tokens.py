"""What a shell's text is taken apart into, and what shells differ in."""

import re
from functools import cache

import msgspec

from certmend.model import lazy
from certmend.model.document import Span, Word

ARRAY = "\0"
"""Between the items of an array's value."""


class Dialect(msgspec.Struct, frozen=True):
    """How a shell's words differ from POSIX: its escape character, quotes, variables, comments."""

    escape: str = "\\"
    quotes: str = "'\""
    variables: str = "$"
    comment: str = "#"
    separators: str = ""
    """What stands between words beside blanks."""

    @property
    def blanks(self) -> str:
        """What `blank` may begin with."""
        return " \t\r\f\v" + self.separators + self.escape


@cache
def blank(dialect: Dialect) -> re.Pattern[str]:
    """What stands between words: blanks, and line ends behind the escape character."""
    line_end = rf"{re.escape(dialect.escape)}[ \t]*\r?\n"
    return re.compile(rf"(?:[ \t\r\f\v{dialect.separators}]|{line_end})+")


@cache
def plain(dialect: Dialect) -> re.Pattern[str]:
    """A run of characters without a meaning of their own."""
    marks = re.escape(dialect.escape + dialect.quotes + dialect.variables + dialect.separators)
    return re.compile(rf"[^\s{marks}`;&|()<>{{]+")


POSIX = Dialect()
POWERSHELL = Dialect(escape="`", separators=",")
BATCH = Dialect(escape="^", quotes='"', variables="%", comment="")


class Redirect:
    """A redirection; the body of a here-document is filled in when its lines have been read.

    That of an output other than the standard one keeps the output's number: `2>`.
    """

    def __init__(self, operator: str, target: Word) -> None:
        numbered = ">" in operator
        self.operator = operator.removeprefix("1") if numbered else operator.lstrip("0123456789")
        self.target = target
        self.body: Word | None = None


_ITEM = lazy.regex(r"[^\0]+")
_UNBROKEN = lazy.regex(r"(?:\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|[^\s\0])+")
"""What has no blank in it; what a command will print is one, whatever its own words are."""


_VALUED = lazy.regex(r"(?<!\S)-[\w-]+[ \t]+$")


def is_left_empty(text: str, at: int, value: str) -> bool:
    """Whether an option's value is an empty default, for which who runs it gives another one."""
    return not value.strip() and bool(_VALUED.search(text, max(at - 80, 0), at))


class Token(msgspec.Struct):
    """A word, an operator (a line end is one), or a redirection."""

    word: Word | None = None
    operator: str = ""
    redirect: Redirect | None = None


class Builder:
    """The words that grow out of one written word."""

    def __init__(self) -> None:
        self.done: list[tuple[str, list[int], bool]] = []
        self.characters: list[str] = []
        self.at: list[int] = []
        self.quoted = self.dynamic = self.begun = False

    def add(self, text: str, at: "list[int] | range") -> None:
        self.characters.append(text)
        self.at.extend(at)
        self.begun = True

    def text(self) -> str:
        return "".join(self.characters)

    def cut(self) -> None:
        """End this word; the next one begins."""
        if self.begun:
            self.done.append((self.text(), self.at, self.dynamic))
        self.characters, self.at, self.begun, self.dynamic = [], [], False, False

    def value(self, value: Word, *, quoted: bool, items: bool) -> None:
        """Put a variable's value in: whole inside quotes, else split at its blanks."""
        self.dynamic |= value.dynamic
        if quoted and not items:
            self.add(value.text.replace(ARRAY, " "), list(value.at))
            return
        pattern = _ITEM if items and ARRAY in value.text else _UNBROKEN
        last = 0
        for match in pattern.finditer(value.text):
            if match.start() > last or (last and match.start() > 0):
                self.cut()
                self.dynamic |= value.dynamic
            self.add(match.group(), list(value.at[match.start() : match.end()]))
            last = match.end()
        if last < len(value.text):
            self.cut()


def without_tabs(body: Word) -> Word:
    """A here-document's text without the tabs that its lines begin with."""
    kept = [
        at
        for match in re.finditer(r"[^\n]*\n?", body.text)
        for at in range(
            match.start() + len(match.group()) - len(match.group().lstrip("\t")), match.end()
        )
    ]
    return Word(
        text="".join(body.text[at] for at in kept),
        at=[body.at[at] for at in kept],
        span=body.span,
    )


def closing(text: str, at: int, opening: str, close: str) -> int:
    """The index after the bracket that closes the one at `at`; quoted brackets do not count."""
    depth = 0
    while at < len(text):
        character = text[at]
        if character == "\\":
            at += 1
        elif character == "'" and opening == "(":
            end = text.find("'", at + 1)
            at = end if end > 0 else at
        elif character == opening:
            depth += 1
        elif character == close:
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(text)


def joined(words: list[Word], separator: str, span: Span) -> Word:
    """Words put together with a separator between them, as one text."""
    text: list[str] = []
    at: list[int] = []
    for number, word in enumerate(words):
        if number:
            text.append(separator)
            at.extend([at[-1] if at else word.span.start] * len(separator))
        text.append(word.text)
        at.extend(word.at)
    dynamic = any(word.dynamic for word in words)
    return Word(text="".join(text), at=at, span=span, dynamic=dynamic)
