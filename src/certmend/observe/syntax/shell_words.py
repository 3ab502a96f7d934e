"""Shell text taken apart into words, operators and redirections, as POSIX sh and bash do it.

Quotes, escapes, joined lines, comments, here-documents, arrays, variables and their defaults are
understood; what runs first (`$(...)`) is kept as it is written and handed out to be read too.
Templates of pipelines and playbooks (`${{ }}`, `{{ }}`) are one piece of a word.
Source: POSIX.1-2017, Shell Command Language, 2.2 to 2.6 and 2.7.4; Bash Reference Manual 3.1.2.
"""

import re
from collections.abc import Callable, Iterator

from certmend.model import lazy
from certmend.model.document import Word
from certmend.observe.syntax.shell_tokens import (
    ARRAY,
    BATCH,
    POSIX,
    POWERSHELL,
    Builder,
    Dialect,
    Redirect,
    Token,
    blank,
    closing,
    plain,
    without_tabs,
)

Lookup = Callable[[str], Word | None]
_REDIRECT = lazy.regex(r"(?:\d+|\{\w+\})?(?:<<<|<<-?|&>>|&>|>>|>\||>&|<&|<>|>|<)")
_REDIRECTING = frozenset("0123456789{&<>")
"""What a redirection begins with."""
_OPERATOR = lazy.regex(r"&&|\|\||;;&?|;&|\|&|[;|&()\n]")
_OPERATING = frozenset("&|;()\n")
_ENDING = frozenset(("", *" \t\r\n;&|)<>"))
"""What a word without quotes, variables and escapes is surely over at."""
_NAME = lazy.regex(r"[A-Za-z_]\w*|[0-9@*#?!$-]")
_BRACED = lazy.regex(r"(?P<name>[A-Za-z_]\w*|\d+)(?P<items>\[[@*]\])?(?P<rest>.*)", re.DOTALL)
_DEFAULT = lazy.regex(r":?[-=]")
_TEMPLATE_VARIABLE = lazy.regex(r"\$\{\{\s*(?:env\.(\w+)|(matrix\.[\w.-]+))\s*\}\}")
_ENVIRONMENT = lazy.regex(r"\$env:(\w+)|\$\{env:(\w+)\}", re.IGNORECASE)
_ARRAY_BEGIN = lazy.regex(r"[A-Za-z_]\w*\+?=")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_DEPTH_LIMIT = 20
_EXPANSION_LIMIT = 200_000
"""What a script's variables may put in, in characters: `X="$X$X"` would grow without end."""
_VALUE_LIMIT = 10_000
"""A longer value is put in nowhere, in characters: each line may name it again."""


class _PutIn:
    """How much variables have put into a script and what stands inside it."""

    characters = 0


class Lexer:
    """The tokens of a script, made one by one: a variable may be set before it is looked up."""

    def __init__(
        self,
        script: Word,
        look: Lookup,
        depth: int = 0,
        dialect: Dialect = POSIX,
        put_in: "_PutIn | None" = None,
    ) -> None:
        self.dialect = dialect
        self._blank, self._plain = blank(dialect), plain(dialect)
        self.script = script
        self.source = script.text
        self.look = look
        self.depth = depth
        self.inner: list[Word] = []
        """Scripts met inside: command substitutions."""
        self.keep: Callable[[str, Word], None] | None = None
        """What is told of a variable that `${NAME:=value}` sets."""
        self._pending: list[tuple[str, bool, bool, Redirect]] = []
        self._is_valued = False
        """Whether an option stands in front, which may take the next word as its value."""
        self._put_in = put_in or _PutIn()

    def tokens(self) -> Iterator[Token]:
        """All tokens; a here-document's body is in its redirection when its line has ended."""
        source, blanks = self.source, self.dialect.blanks
        at, end = 0, len(source)
        while at < end:
            first = source[at]
            if first in blanks and (match := self._blank.match(source, at)):
                at = match.end()
            elif first == self.dialect.comment:
                at = self._line_end(at)
            elif first in _REDIRECTING and (match := _REDIRECT.match(source, at)):
                at, token = self._redirect(match)
                yield token
            elif first in _OPERATING and (match := _OPERATOR.match(source, at)):
                at = match.end()
                if match.group() == "\n":
                    at = self._bodies(at)
                yield Token(operator=match.group())
            else:
                at, words = self.words(at)
                self._is_valued = bool(words) and words[-1].text[:1] == "-"
                yield from (Token(word=word) for word in words)

    def words(self, start: int) -> tuple[int, list[Word]]:
        """The words that one written word becomes, and where it ends."""
        run = self._plain.match(self.source, start)
        if run is not None and self.source[run.end() : run.end() + 1] in _ENDING:
            end = run.end()
            place = self.script.place(start, end)
            return end, [Word(text=run.group(), at=self.script.at[start:end], span=place)]
        builder = Builder()
        at = self._piece_by_piece(start, builder)
        place = self.script.place(start, at)
        builder.cut()
        return max(at, start + 1), [
            Word(text=text, at=where, span=place, quoted=builder.quoted, dynamic=dynamic)
            for text, where, dynamic in builder.done
        ]

    def _piece_by_piece(self, at: int, builder: Builder) -> int:
        end = len(self.source)
        while at < end:
            character = self.source[at]
            if match := self._plain.match(self.source, at):
                self._take(builder, at, match.end())
                at = match.end()
            elif character == self.dialect.escape:
                at = self._escape(at, builder)
            elif character in self.dialect.quotes:
                builder.quoted = builder.begun = True
                at = self._single(at, builder) if character == "'" else self._double(at, builder)
            elif character == "%" and self.dialect is BATCH:
                at = self._percent(at, builder)
            elif character in "$`":
                at = self._dollar(at, builder, quoted=False)
            elif character == "{":
                at = self._brace(at, builder)
            elif character == "(" and _ARRAY_BEGIN.fullmatch(builder.text()):
                return self._array(at, builder)
            else:
                break
        return at

    def _take(self, builder: Builder, start: int, end: int) -> None:
        builder.add(self.source[start:end], list(self.script.at[start:end]))

    def _raw(self, builder: Builder, start: int, end: int) -> int:
        self._take(builder, start, end)
        builder.dynamic = True
        return end

    def _escape(self, at: int, builder: Builder) -> int:
        if (match := self._blank.match(self.source, at)) and match.end() > at + 1:
            return match.end()
        self._take(builder, at + 1, at + 2)
        return at + 2

    def _single(self, at: int, builder: Builder) -> int:
        end = self.source.find("'", at + 1)
        end = len(self.source) if end < 0 else end
        self._take(builder, at + 1, end)
        return end + 1

    def _double(self, at: int, builder: Builder) -> int:
        at += 1
        while at < len(self.source) and self.source[at] != '"':
            at = self._inside(at, builder)
        return at + 1

    def _inside(self, at: int, builder: Builder) -> int:
        """One piece of text between double quotes, or of a here-document."""
        character = self.source[at]
        if character == "%" and self.dialect is BATCH:
            return self._percent(at, builder)
        if self.dialect is BATCH:
            self._take(builder, at, at + 1)
            return at + 1
        if character == "`" and self.dialect is POWERSHELL:
            escaped = self.source[at + 1 : at + 2]
            builder.add(_ESCAPES.get(escaped, escaped), list(self.script.at[at : at + 1]))
            return at + 2
        if character == "\\" and self.dialect is POSIX:
            following = self.source[at + 1 : at + 2]
            if following == "\n":
                return at + 2
            skipped = following in ("$", "`", '"', "\\")
            self._take(builder, at + skipped, at + 2)
            return at + 2
        if character in "$`":
            return self._dollar(at, builder, quoted=True)
        match = re.compile(r'[^\\"$`]+|.', re.DOTALL).match(self.source, at)
        end = match.end() if match else at + 1
        self._take(builder, at, end)
        return end

    def _brace(self, at: int, builder: Builder) -> int:
        if self.source.startswith("{{", at) and (end := self.source.find("}}", at)) > 0:
            return self._raw(builder, at, end + 2)
        self._take(builder, at, at + 1)
        return at + 1

    def _dollar(self, at: int, builder: Builder, *, quoted: bool) -> int:
        text = self.source
        if text[at] == "`":
            end = text.find("`", at + 1)
            end = len(text) if end < 0 else end
            self._substitution(at + 1, end)
            return self._raw(builder, at, end + 1)
        if text.startswith("${{", at):
            return self._template(at, builder, quoted=quoted)
        if text.startswith("$'", at) and not quoted:
            return self._ansi(at + 2, builder)
        if text.startswith("$((", at):
            return self._raw(builder, at, closing(text, at + 1, "(", ")"))
        if self.dialect is POWERSHELL and (match := _ENVIRONMENT.match(text, at)):
            self._variable(match[1] or match[2], at, match.end(), builder, quoted=quoted)
            return match.end()
        if text.startswith("$(", at):
            end = closing(text, at + 1, "(", ")")
            self._substitution(at + 2, end - 1)
            return self._raw(builder, at, end)
        if text.startswith("${", at):
            return self._braced(at, builder, quoted=quoted)
        if match := _NAME.match(text, at + 1):
            self._variable(match.group(), at, match.end(), builder, quoted=quoted)
            return match.end()
        self._take(builder, at, at + 1)
        return at + 1

    def _percent(self, at: int, builder: Builder) -> int:
        """`%NAME%` of a batch file; `%1` and `%%i` are known only when it runs."""
        match = re.compile(r"%(\w+)%|%+~?\w?").match(self.source, at)
        end = match.end() if match else at + 1
        self._variable((match[1] or "") if match else "", at, end, builder, quoted=True)
        return end

    def _substitution(self, start: int, end: int) -> None:
        if self.depth < _DEPTH_LIMIT:
            self.inner.append(self.script.part(start, end))

    def _template(self, at: int, builder: Builder, *, quoted: bool) -> int:
        end = self.source.find("}}", at)
        end = len(self.source) if end < 0 else end + 2
        match = _TEMPLATE_VARIABLE.fullmatch(self.source[at:end])
        self._variable((match[1] or match[2]) if match else "", at, end, builder, quoted=quoted)
        return end

    def _variable(self, name: str, at: int, end: int, builder: Builder, *, quoted: bool) -> None:
        value = self._value(name) if name else None
        if value is None or self._is_left_empty(value, quoted=quoted):
            self._raw(builder, at, end)
        else:
            builder.value(value, quoted=quoted, items=False)

    def _is_left_empty(self, value: Word, *, quoted: bool) -> bool:
        """Whether an option's value is an empty default: who runs this gives another one."""
        return self._is_valued and not quoted and not value.text.strip()

    def _value(self, name: str) -> Word | None:
        """A variable's value, as long as there is room for it."""
        value = self.look(name)
        if value is None or len(value.text) > _VALUE_LIMIT:
            return None
        self._put_in.characters += len(value.text)
        return value if self._put_in.characters <= _EXPANSION_LIMIT else None

    def _braced(self, at: int, builder: Builder, *, quoted: bool) -> int:
        end = closing(self.source, at + 1, "{", "}")
        match = _BRACED.fullmatch(self.source, at + 2, end - 1)
        if match is None:
            return self._raw(builder, at, end)
        value, rest = self._value(match["name"]), match["rest"]
        default = _DEFAULT.match(rest)
        is_empty = value is not None and self._is_left_empty(value, quoted=quoted)
        if is_empty and (not rest or len(rest) == 2):
            self._raw(builder, at, end)
        elif value is not None and (not rest or (default and (value.text or rest[0] != ":"))):
            builder.value(value, quoted=quoted, items=bool(match["items"]))
        elif default and self.depth < _DEPTH_LIMIT:
            start = match.start("rest") + default.end()
            made = self._default(self.script.part(start, end - 1), builder, quoted=quoted)
            if self.keep is not None and default.group().endswith("="):
                self.keep(match["name"], made)
        else:
            self._raw(builder, at, end)
        return end

    def _default(self, script: Word, builder: Builder, *, quoted: bool) -> Word:
        inner = Lexer(script, self.look, self.depth + 1, put_in=self._put_in)
        grown = Builder()
        at = 0
        while at < len(script.text):
            if script.text[at] == '"':
                at += 1
            elif script.text[at] == "'" and not quoted:
                at = inner._single(at, grown)
            else:
                at = inner._inside(at, grown)
        self.inner += inner.inner
        value = Word(text=grown.text(), at=grown.at, span=script.span, dynamic=grown.dynamic)
        if self._is_left_empty(value, quoted=quoted):
            builder.add("${}", [script.span.start] * 3)
            builder.dynamic = True
        else:
            builder.value(value, quoted=quoted, items=False)
        return value

    def _ansi(self, at: int, builder: Builder) -> int:
        builder.quoted = builder.begun = True
        while at < len(self.source) and self.source[at] != "'":
            if self.source[at] == "\\" and at + 1 < len(self.source):
                escaped = self.source[at + 1]
                builder.add(_ESCAPES.get(escaped, escaped), [self.script.at[at]])
                at += 2
            else:
                self._take(builder, at, at + 1)
                at += 1
        return at + 1

    def _array(self, at: int, builder: Builder) -> int:
        """`NAME=(one two)`: the items, with a mark between them."""
        end = closing(self.source, at, "(", ")")
        items = self.script.part(at + 1, end - 1)
        inner = Lexer(items, self.look, self.depth + 1, put_in=self._put_in)
        for token in inner.tokens():
            if token.word is not None:
                text, where = token.word.text, list(token.word.at)
                builder.add(text + ARRAY, [*where, where[-1] if where else self.script.at[at]])
                builder.dynamic |= token.word.dynamic
        self.inner += inner.inner
        return end

    def _line_end(self, at: int) -> int:
        end = self.source.find("\n", at)
        return len(self.source) if end < 0 else end

    def _redirect(self, match: re.Match[str]) -> tuple[int, Token]:
        written, at = match.group(), match.end()
        operator = written.lstrip("0123456789")
        if space := self._blank.match(self.source, at):
            at = space.end()
        if at >= len(self.source) or self.source[at] in "\n;|&()<>":
            return at, Token(redirect=Redirect(written, self.script.part(at, at)))
        end, words = self.words(at)
        target = words[0] if words else self.script.part(at, end)
        redirect = Redirect(written, target)
        if operator in ("<<", "<<-"):
            name = re.sub(r"['\"\\]", "", self.source[at:end])
            literal = any(mark in self.source[at:end] for mark in "'\"\\")
            self._pending.append((name, literal, operator == "<<-", redirect))
        elif operator == "<<<":
            redirect.body = target
        return end, Token(redirect=redirect)

    def _bodies(self, at: int) -> int:
        for name, literal, stripped, redirect in self._pending:
            start, at = at, self._body_end(at, name)
            body = self.script.part(start, at)
            at = min(self._line_end(at) + 1, len(self.source))
            redirect.body = self._read_body(body, literal=literal, stripped=stripped)
        self._pending = []
        return at

    def _body_end(self, at: int, name: str) -> int:
        while at < len(self.source):
            end = self._line_end(at)
            if self.source[at:end].strip(" \t\r") == name:
                return at
            at = end + 1
        return len(self.source)

    def _read_body(self, body: Word, *, literal: bool, stripped: bool) -> Word:
        if stripped:
            body = without_tabs(body)
        if literal:
            return body
        inner = Lexer(body, self.look, self.depth + 1, put_in=self._put_in)
        grown = Builder()
        at = 0
        while at < len(body.text):
            if body.text[at] == '"':
                inner._take(grown, at, at + 1)
                at += 1
            else:
                at = inner._inside(at, grown)
        self.inner += inner.inner
        return Word(text=grown.text(), at=grown.at, span=body.span)
