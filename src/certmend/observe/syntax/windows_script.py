"""What a PowerShell or batch script runs, sets and writes to files.

Sources: about_Redirection, Set-Content, Out-File and Start-Process of PowerShell's documentation;
`cmd /?` and `setx /?`.
"""

import re
from collections.abc import Sequence

from certmend.model import lazy
from certmend.model.commandline import base_name
from certmend.model.document import Assignment, Command, Entry, How, Span, Word
from certmend.model.plugin import Source
from certmend.observe.syntax import written
from certmend.observe.syntax.powershell_values import ASSIGNED, Values, as_expression
from certmend.observe.syntax.shell_tokens import BATCH, POWERSHELL, Dialect, Redirect, joined
from certmend.observe.syntax.shell_words import Lexer

_MARKS = lazy.regex(r"[@()'\",]")
_PROGRAM = lazy.regex(
    r"\s*(?:\S*python\S*\s+)?(?:-m\s+)?\S*pip[\d.]*(?:\.exe)?\s+(?=\w)", re.IGNORECASE
)
"""A whole command line in a text, up to its verb."""
_PARAMETER = lazy.regex(r"-[A-Za-z]+")
_WRITERS = frozenset(("set-content", "add-content", "out-file", "new-item", "sc", "ac"))
_PATHS = frozenset(("-path", "-filepath", "-literalpath"))
_INNER = {"cmd": ".bat", "powershell": ".ps1", "pwsh": ".ps1"}
_CARRIERS = frozenset(("docker", "podman", "nerdctl", "kubectl"))
_START_OPTION = lazy.regex(r"/\w+")
_NAMED = lazy.regex(r"%(\w+)%")
_VALUE_LIMIT = 2000
"""A value that is longer is no address; `PATH=%PATH%;x` would grow with every line."""
_NESTED = lazy.regex(r"nested-(\d+)\.")
"""The name of a script inside a script, with its depth."""
_SKIPPED = frozenset(("&", ".", "{", "}", "if", "else", "do", "call", "@"))
_DEPTH_LIMIT = 4

_Words = list[Word]


class Reader:
    """Reads one script."""

    def __init__(self, source: Source, dialect: Dialect, text: str = "") -> None:
        self.source = source
        self.dialect = dialect
        self.values: dict[str, Word] = {}
        self.entries: list[Entry] = []
        self.coming: list[tuple[int, str, Word]] = []
        """The variables that are set further down, from the last to the first."""
        self.environment: dict[str, Word] = {}
        self.printed: list[Word] = []
        """The texts that were printed, in order: a redirection may follow their group."""
        self.groups: list[int] = []
        self.told: set[int] = set()
        """Where a `set` stands that was read as an assignment."""
        self.own = Values(source.text, text) if dialect is POWERSHELL else None
        self.at = 0
        """How far the commands were read."""

    def assignments(self, pattern: re.Pattern[str], text: str) -> None:
        """The variables that the file sets."""
        word = self.source.text
        for match in pattern.finditer(text):
            value = word.part(match.start("value"), match.end("value"))
            name, place = match["name"].upper(), word.place(match.start(), match.end())
            if "how" in pattern.groupindex:
                self.told.add(word.place(*match.span("how")).start)
            if not value.text:  # unset: `set /?`; PowerShell's about_Environment_Variables
                self.values.pop(name, None)
                self.coming.append((place.start, name, value))
                continue
            if self.own is not None and match["quote"] != "'":
                value = self.own.expanded(value, place.start)
                value = value if match["quote"] else as_expression(value)
            self.values[name] = self._expanded(value)
            self._note(name, value, How.EXPORT, place)
            self.coming.append((place.start, name, self.values[name]))

    def _expanded(self, value: Word) -> Word:
        """A batch file's value with those in it that were set before: `%BASE%/python.zip`."""
        found = [match for match in _NAMED.finditer(value.text) if match[1].upper() in self.values]
        if not found or self.dialect is not BATCH:
            return value
        parts: _Words = []
        end = 0
        for match in found:
            parts += [value.part(end, match.start()), self.values[match[1].upper()]]
            end = match.end()
        whole = joined([*parts, value.part(end, len(value.text))], "", value.span)
        return whole if len(whole.text) <= _VALUE_LIMIT else value

    def options(self, pattern: re.Pattern[str], text: str) -> None:
        """Arguments that a variable holds, to be put into a command line somewhere."""
        word = self.source.text
        for match in pattern.finditer(text):
            part = word.part(match.start("value"), match.end("value"))
            plain = _MARKS.sub(" ", part.text)
            start = found.end() if (found := _PROGRAM.match(plain)) else 0
            value = Word(text=plain[start:], at=part.at[start:], span=part.span)
            if self.own is not None:
                value = self.own.expanded(value, part.span.start)
            self._note(match["name"] or "ArgumentList", value, How.SHELL, part.span)

    def _note(self, name: str, value: Word, how: How, span: Span) -> None:
        scope = self.source.scope
        self.entries.append(Assignment(name=name, value=value, how=how, span=span, scope=scope))

    def commands(self, text: str) -> None:
        """The command lines."""
        self.coming.sort(key=lambda one: one[0], reverse=True)
        word = self.source.text
        if self.own is not None:
            text = self.own.signed(word, text)
        script = Word(text=text, at=word.at, span=word.span)
        lexer = Lexer(script, self._value, dialect=self.dialect)
        words: _Words = []
        redirects: list[Redirect] = []
        closed: int | None = None
        for token in lexer.tokens():
            if token.word is not None:
                words.append(token.word)
                self.at = token.word.span.end
            elif token.redirect is not None:
                redirects.append(token.redirect)
            else:
                self._command(words, redirects, closed)
                if token.operator == "|" and words and words[0].quoted:
                    self.printed.append(words[0])
                closed = self._group(token.operator)
                words, redirects = [], []
        self._command(words, redirects, closed)

    def _value(self, name: str) -> Word | None:
        """What a variable holds where the commands are read now."""
        own = self.own.before(name, self.at + 1) if self.own is not None else None
        return own or self.values.get(name.upper())

    def _group(self, operator: str) -> int | None:
        """Where the group that ends here began among what was printed."""
        if operator == "(":
            self.groups.append(len(self.printed))
        return self.groups.pop() if operator == ")" and self.groups else None

    def _command(self, words: _Words, redirects: list[Redirect], closed: int | None) -> None:
        words = _bare(words, batch=self.dialect is BATCH)
        printed = self._printed(words)
        if printed is not None:
            self.printed.append(printed)
        target = next((one.target for one in redirects if one.operator in (">", ">>")), None)
        if target is not None and (printed is not None or closed is not None):
            texts = [printed] if printed is not None else self.printed[closed:]
            self._write(target, joined([text for text in texts if text], "\n", target.span))
        words = _started(words)
        if words and words[0].span.start not in self.told:
            span = Span(words[0].span.start, max(word.span.end for word in words))
            while self.coming and self.coming[-1][0] < span.start:
                _, name, value = self.coming.pop()
                self.environment[name] = value
                if not value.text:
                    del self.environment[name]
            environment, scope = dict(self.environment), self.source.scope
            self.entries.append(
                Command(words=tuple(words), environment=environment, span=span, scope=scope)
            )
            self.entries += written.announced(words[1:], scope)
            self._inside(words)

    def _printed(self, words: _Words) -> Word | None:
        """What a command prints: `echo`, or in PowerShell a text that stands alone."""
        if words and words[0].text.lower() in ("echo", "echo."):
            return joined(words[1:], " ", words[0].span) if len(words) > 1 else None
        alone = self.dialect is not BATCH and len(words) == 1 and words[0].quoted
        return words[0] if alone else None

    def _inside(self, words: _Words) -> None:
        """What a command runs or writes that it is given as a text."""
        name = base_name(words[0].text)
        if name in _CARRIERS:  # `docker exec NAME cmd /c "..."`
            inner = next((n for n, word in enumerate(words) if word.text.lower() in _INNER), 0)
            words, name = words[inner:], base_name(words[inner].text)
        if name in ("invoke-expression", "iex"):
            for word in [word for word in words[1:] if not _PARAMETER.fullmatch(word.text)][:1]:
                self._nested(".ps1", word)
        elif name in _INNER:
            marks = [n for n, word in enumerate(words) if word.text.lower() in _SCRIPT_FLAGS]
            if marks and marks[0] + 1 < len(words):
                self._nested(_INNER[name], joined(words[marks[0] + 1 :], " ", words[0].span))
        elif name in _WRITERS:
            target, content = _content(words[1:])
            content = content or (self.printed[-1] if self.printed else None)
            if target is not None and content is not None:
                self._write(target, content)

    def _nested(self, ending: str, script: Word) -> None:
        match = _NESTED.match(self.source.path)
        depth = int(match[1]) + 1 if match else 1
        if depth <= _DEPTH_LIMIT:
            self.entries += written.read_as(f"nested-{depth}{ending}", script, self.source.scope)

    def _write(self, target: Word, content: Word) -> None:
        self.entries += written.entries(target, content, self.source.scope)


_SIGNS = frozenset(("$", ASSIGNED))
_SCRIPT_FLAGS = frozenset(("/c", "/k", "-command", "-c"))


def _bare(words: _Words, *, batch: bool) -> _Words:
    """A command without the words in front that run nothing, nor `$name =`."""
    at = 0
    while at < len(words) and (name := words[at].text.lower()) in _SKIPPED:
        at += _condition(words[at : at + _CONDITION_LIMIT]) if batch and name == "if" else 1
    words = words[at:]
    if len(words) > 2 and words[0].text[:1] in _SIGNS and words[1].text in ("=", "+="):
        return _bare(words[2:], batch=batch)
    if batch and words and words[0].text.startswith("@") and len(words[0].text) > 1:
        words = [words[0].part(1, len(words[0].text)), *words[1:]]
    return words


def _condition(words: _Words) -> int:
    """How many words `if` and its condition are: `if /i not "%1"=="x"`, `if exist FILE`."""
    texts = [word.text.lower() for word in words]
    at = 1
    while at < len(texts) and texts[at] in ("/i", "not"):
        at += 1
    if at < len(texts) and texts[at] in ("exist", "defined", "errorlevel", "cmdextversion"):
        return at + 2
    left, sign = (*texts[at : at + 2], "", "")[:2]
    if sign in _COMPARED:
        return at + 3
    apart = left.endswith("==") and words[at + 1 :] and words[at + 1].quoted and sign.isalnum()
    return at + 2 if apart or sign.startswith("==") else at + 1  # `"%1"==""` ends like `"%1"== "x"`


_CONDITION_LIMIT = 8
"""No condition is longer."""
_COMPARED = frozenset(("==", "equ", "neq", "lss", "leq", "gtr", "geq"))


def _content(words: Sequence[Word]) -> tuple[Word | None, Word | None]:
    """The file that is written, and what: by their parameters, else by their order."""
    target: Word | None = None
    content: Word | None = None
    plain: _Words = []
    before = ""
    for word in words:
        if _PARAMETER.fullmatch(word.text) and not word.quoted:
            before = word.text.lower()
            continue
        if before in _PATHS:
            target = word
        elif before == "-value":
            content = word
        elif not before or before in ("-append", "-force", "-nonewline", "-encoding"):
            plain.append(word)
        before = ""
    plain = [word for word in plain if word.text.lower() not in ("utf8", "ascii", "unicode")]
    target = target or (plain.pop(0) if plain else None)
    return target, content or (plain[0] if plain else None)


def _started(words: list[Word]) -> list[Word]:
    """`Start-Process pip -ArgumentList "install x"`: the program and its arguments.

    Those of `start` and of an alias of cmd.exe: `start /wait pip x`, `doskey name=pip x`.
    """
    name = base_name(words[0].text) if len(words) > 1 else ""
    if name == "doskey" and (mark := words[1].text.find("=")) > 0:
        return [words[1].part(mark + 1, len(words[1].text)), *words[2:]]
    if name == "start":
        at = 2 if words[1].quoted and len(words) > 2 else 1  # the title of the window
        while at + 1 < len(words) and _START_OPTION.fullmatch(words[at].text):
            at += 2 if words[at].text.lower() == "/d" else 1
        return words[at:]
    if not words or words[0].text.lower() not in ("start-process", "saps"):
        return words
    plain = [word for word in words[1:] if not re.fullmatch(r"-[A-Za-z]+", word.text)]
    split = [
        word.part(match.start(), match.end())
        for word in plain[1:]
        for match in re.finditer(r"[^\s,'\"]+", word.text)
    ]
    return [*plain[:1], *split]
