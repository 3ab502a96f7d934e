"""PowerShell and batch files."""

import re
from collections.abc import Iterable, Iterator

from certmend.model.document import Assignment, Command, Comment, Entry, How, Role, Span, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import written, yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.shell_tokens import BATCH, POWERSHELL, Dialect
from certmend.observe.syntax.shell_words import Lexer

_ENV = re.compile(
    r"(?:^|;)[ \t]*\$env:(?P<name>\w+)[ \t]*=[ \t]*(?P<quote>['\"]?)(?P<value>[^;\n]*?)"
    r"(?P=quote)[ \t\r]*(?=;|$)",
    re.MULTILINE | re.IGNORECASE,
)
_SET_ENV = re.compile(
    r"SetEnvironmentVariable\(\s*['\"](?P<name>\w+)['\"]\s*,\s*['\"](?P<value>[^'\"]*)['\"]",
    re.IGNORECASE,
)
_BLOCK_COMMENT = re.compile(r"<#.*?#>", re.DOTALL)
_HERE_STRING = re.compile(r"@(?P<mark>['\"])[ \t]*\r?\n(?P<body>.*?)\r?\n(?P=mark)@", re.DOTALL)
_SET = re.compile(
    r"^[ \t@]*(?P<how>setx?)[ \t]+(?P<quote>\"?)(?P<name>\w+)(?:[ \t]*=|\"?[ \t]+\"?)"
    r"(?P<value>[^\"\r\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
_REM = re.compile(r"^[ \t@]*(?:rem\b|::)(.*)$", re.MULTILINE | re.IGNORECASE)


class _Reader:
    def __init__(self, source: Source, dialect: Dialect) -> None:
        self.source = source
        self.dialect = dialect
        self.values: dict[str, Word] = {}
        self.entries: list[Entry] = []

    def assignments(self, pattern: re.Pattern[str], text: str) -> None:
        """The variables that the file sets."""
        word = self.source.text
        for match in pattern.finditer(text):
            value = word.part(match.start("value"), match.end("value"))
            name = match["name"].upper()
            self.values[name] = value
            span = word.place(match.start(), match.end())
            self.entries.append(
                Assignment(
                    name=name, value=value, how=How.EXPORT, span=span, scope=self.source.scope
                )
            )

    def commands(self, text: str) -> None:
        """The command lines."""
        word = self.source.text
        script = Word(text=text, at=word.at, span=word.span)
        lexer = Lexer(script, lambda name: self.values.get(name.upper()), dialect=self.dialect)
        words: list[Word] = []
        for token in lexer.tokens():
            if token.word is not None:
                words.append(token.word)
            elif token.operator:
                self._command(words)
                words = []
        self._command(words)

    def _command(self, words: list[Word]) -> None:
        while words and words[0].text in ("&", ".", "{", "}", "if", "else", "do", "call", "@"):
            words = words[1:]
        words = _started(words)
        if words:
            span = Span(words[0].span.start, max(word.span.end for word in words))
            self.entries.append(
                Command(
                    words=tuple(words), environment=dict(self.values), span=span,
                    scope=self.source.scope,
                )
            )  # fmt: skip


def _started(words: list[Word]) -> list[Word]:
    """`Start-Process pip -ArgumentList "install x"`: the program and its arguments."""
    if not words or words[0].text.lower() not in ("start-process", "saps"):
        return words
    plain = [word for word in words[1:] if not re.fullmatch(r"-[A-Za-z]+", word.text)]
    split = [
        word.part(match.start(), match.end())
        for word in plain[1:]
        for match in re.finditer(r"[^\s,'\"]+", word.text)
    ]
    return [*plain[:1], *split]


def read_powershell(source: Source) -> Iterable[Entry]:
    """Variables of the environment, and commands."""
    text = _BLOCK_COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), source.text.text)
    reader = _Reader(source, POWERSHELL)
    reader.assignments(_ENV, text)
    reader.assignments(_SET_ENV, text)
    reader.assignments(_SET, text)
    reader.commands(text)
    reader.entries += _here_strings(source, text)
    return in_order(reader.entries, yaml_tree.comments(source.text))


def _here_strings(source: Source, text: str) -> Iterator[Entry]:
    """A here-string that looks like a pip.ini, in a script that names one."""
    if re.search(r"pip\.(?:ini|conf)", text):
        for match in _HERE_STRING.finditer(text):
            body = source.text.part(match.start("body"), match.end("body"))
            if re.search(r"^\s*\[(?:global|install)\]", body.text, re.MULTILINE):
                yield from written.read_as("pip.ini", body, source.scope)


def read_batch(source: Source) -> Iterable[Entry]:
    """`set` and `setx`, and commands; `rem` and `::` begin comments."""
    word = source.text
    comments = [
        Comment(text=word.part(match.start(1), match.end(1)), span=word.place(*match.span()))
        for match in _REM.finditer(word.text)
    ]
    text = _REM.sub(lambda m: " " * len(m.group()), word.text)
    reader = _Reader(source, BATCH)
    reader.assignments(_SET, text)
    reader.commands(text)
    return in_order(reader.entries, comments)


POWERSHELL_FILE = FileKind(
    name="powershell",
    role=Role.SCRIPT,
    read=read_powershell,
    suffixes=(".ps1", ".psm1"),
    shebangs=("pwsh",),
)
BATCH_FILE = FileKind(
    name="batch", role=Role.SCRIPT, read=read_batch, suffixes=(".bat", ".cmd"), comment="rem "
)
