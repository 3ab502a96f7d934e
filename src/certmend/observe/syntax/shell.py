"""What a shell script does: assignments, command lines, and the files that it writes.

Read from top to bottom with the variables it sets on the way. Scripts inside (`bash -c`, `eval`,
here-documents for a shell, `$(...)`) are read as well, each once.
"""

import posixpath
from collections.abc import Mapping

from certmend.model import lazy
from certmend.model.commandline import base_name, given, program_at
from certmend.model.document import Assignment, Command, Entry, How, Span, Word
from certmend.observe.syntax import carried, edits, written
from certmend.observe.syntax.shell_tokens import Redirect, Token, joined
from certmend.observe.syntax.shell_words import Lexer

_ASSIGNED = lazy.regex(r"(?P<name>[A-Za-z_]\w*)(?P<more>\+?=)")
_KEYWORDS = frozenset(
    (
        "if",
        "then",
        "elif",
        "else",
        "fi",
        "while",
        "until",
        "do",
        "done",
        "!",
        "{",
        "}",
        "time",
        "esac",
        "function",
        "in",
        "coproc",
    )
)
_DECLARING = frozenset(("export", "declare", "typeset", "readonly", "local", "setenv"))
_FISH = lazy.regex(r"-(?:[gUlu]*x[gUlu]*|-export)")
_NAME = lazy.regex(r"[A-Za-z_]\w*")
_SHELL_OPTION = lazy.regex(r"-[a-zA-Z]*c[eluvx]{0,4}")
_CARRIERS = frozenset(("ssh", "su", "docker", "podman", "kubectl", "oc", "nerdctl", "runuser"))
_PYTHON = lazy.regex(r"(?:python|pypy)[\d.]*")
_RUNNER = lazy.regex(r"(?:^|[_-])(?:run|exec|execute|try|retry|cmd|runcmd|execcmd)(?:[_-]|$)")
"""Functions of a script's own that are given a command line as one text."""
_CAT = lazy.regex(r"(?:\bcat\s*>{1,2}|\btee(?:\s+-a)?)\s*[\"']?([^\s\"';|&>]+)")
_MESSAGES = frozenset(("echo", "printf", "cat"))
_DEPTH_LIMIT = 8
_NESTED_LIMIT = 500
"""Scripts three deep and deeper: `X='eval "$X; $X"'` holds itself twice."""


class _Simple:
    """A simple command while it grows."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.redirects: list[Redirect] = []
        self.environment: dict[str, Word] = {}
        self.into: tuple[str, ...] = ()


class Shell:
    """A shell's state while a script is read: its variables, and the entries so far."""

    def __init__(
        self,
        scope: str = "",
        environment: Mapping[str, Word] | None = None,
        variables: Mapping[str, Word] | None = None,
        depth: int = 0,
        folder: str = "",
    ) -> None:
        self.scope = scope
        self.folders = [folder]
        self.exported: dict[str, Word] = dict(environment or {})
        self.values: dict[str, Word] = {**(variables or {}), **self.exported}
        self.entries: list[Entry] = []
        self.files: dict[str, tuple[Word, list[Entry]]] = {}
        """What was written last to each file, and what that says."""
        self.depth = depth
        self.nested = [0]
        """How many scripts lie deep inside, among those that were read so far."""
        self._export_all = False

    def run(self, script: Word) -> list[Entry]:
        """Read a script; the entries found in it are returned and kept."""
        before = len(self.entries)
        lexer = Lexer(script, self.values.get)
        lexer.keep = self.values.__setitem__
        simples = self._simples(lexer)
        for simple in simples:
            self._emit(simple)
        for inner in lexer.inner:
            self._nested(inner)
        return self.entries[before:]

    def _simples(self, lexer: Lexer) -> list[_Simple]:
        simples: list[_Simple] = []
        groups: list[int] = []
        closed: int | None = None
        current, piping = _Simple(), None
        for token in lexer.tokens():
            if token.word is not None:
                if not current.words and not token.word.quoted and token.word.text in _KEYWORDS:
                    closed = _group(token.word.text, groups, len(simples), closed)
                    continue
                current.words.append(token.word)
            elif token.redirect is not None:
                if current.words or closed is None:
                    current.redirects.append(token.redirect)
                else:
                    for simple in simples[closed:]:
                        simple.redirects.append(token.redirect)
            else:
                piping = self._end(token, current, simples, piping)
                closed = _group(token.operator, groups, len(simples), closed)
                current = _Simple()
        self._end(Token(operator="\n"), current, simples, piping)
        return simples

    def _end(
        self, token: Token, current: _Simple, simples: list[_Simple], piping: _Simple | None
    ) -> _Simple | None:
        """A simple command is complete; returns it when its output goes into the next one."""
        if not current.words and not current.redirects:
            return piping if token.operator == "\n" else None
        if piping is not None:
            piping.into = tuple(word.text for word in current.words)
        self._assign(current)
        current.environment = {**self.exported, **current.environment}
        simples.append(current)
        return current if token.operator in ("|", "|&") else None

    def _assign(self, current: _Simple) -> None:
        """Take the assignments in front; without a command they stay."""
        count = 0
        while count < len(current.words) and _is_assignment(current.words[count]):
            count += 1
        front, current.words = current.words[:count], current.words[count:]
        if not current.words:
            for word in front:
                how = How.EXPORT if self._export_all else How.SHELL
                self._set(word, how, Span(word.span.start, word.span.end))
            return
        for word in front:
            name, value = _parted(word)
            self._note(name, value, How.PREFIX, word.span)
            current.environment[name] = value
        self._give(current)
        self._declare(current.words)
        self._loop(current.words)

    def _give(self, current: _Simple) -> None:
        """Take what wrappers hand to the command: `sudo NAME=value`, `timeout 5 env NAME=value`."""
        words = current.words
        for number in given([word.text for word in words]):
            name, value = _parted(words[number])
            self._note(name, value, How.PREFIX, words[number].span)
            current.environment[name] = value

    def _loop(self, words: list[Word]) -> None:
        """`for NAME in WORDS`: the name stands for all of them."""
        if words[0].text == "for" and len(words) > 3 and words[2].text == "in":
            self.values[words[1].text] = joined(words[3:], " ", words[3].span)

    def _declare(self, words: list[Word]) -> None:
        name = base_name(words[0].text)
        if pair := _named(name, words):
            self._note(
                pair[0].text, pair[1], How.EXPORT, Span(words[0].span.start, pair[1].span.end)
            )
            self.exported[pair[0].text] = self.values[pair[0].text] = pair[1]
        elif name == "set" and any(word.text in ("-a", "allexport") for word in words[1:3]):
            self._export_all = True
        elif name == "unset":
            for word in words[1:]:
                self.values.pop(word.text, None)
                self.exported.pop(word.text, None)
        elif name in _DECLARING:
            self._declared(name, words)
        elif name == "set" and len(words) > 1 and _ASSIGNED.match(words[1].text):
            self._set(words[1], How.EXPORT, words[1].span)  # of cmd.exe, in a script of npm's

    def _declared(self, name: str, words: list[Word]) -> None:
        """`export NAME=value NAME`, `declare -x NAME=value` and their like."""
        flags = [word.text for word in words[1:] if word.text.startswith("-")]
        how = How.EXPORT if name in ("export", "setenv") or "-x" in flags else How.SHELL
        span = Span(words[0].span.start, words[-1].span.end)
        for word in words[1:]:
            if _ASSIGNED.match(word.text):
                self._set(word, how, span if len(words) == 2 else word.span)
            elif how is How.EXPORT and (value := self.values.get(word.text)):
                self._note(word.text, value, How.EXPORT, word.span)
                self.exported[word.text] = value

    def _set(self, word: Word, how: How, span: Span) -> None:
        name, value = _parted(word)
        match = _ASSIGNED.match(word.text)
        if match and match["more"] == "+=" and name in self.values:
            value = joined([self.values[name], value], "", value.span)
        self._note(name, value, how, span)
        self.values[name] = value
        if how is How.EXPORT or name in self.exported:
            self.exported[name] = value

    def _note(self, name: str, value: Word, how: How, span: Span) -> None:
        self.entries.append(
            Assignment(name=name, value=value, how=how, span=span, scope=self.scope)
        )

    def _emit(self, simple: _Simple) -> None:
        words = simple.words
        target = next((r.target for r in simple.redirects if r.operator in _WRITING), None)
        if words:
            span = Span(words[0].span.start, max(word.span.end for word in words))
            self.entries.append(
                Command(
                    words=tuple(words), environment=simple.environment, span=span,
                    scope=self.scope, into=simple.into, output=target, folder=self.folders[-1],
                )
            )  # fmt: skip
            self.entries += edits.entries(words, self.scope)
            self._move(words)
        if self.depth < _DEPTH_LIMIT:
            self._written(simple, target)
            self._inside(simple)

    def _move(self, words: list[Word]) -> None:
        """Follow `cd`, `pushd` and `popd`; a folder that is not written out is not known."""
        name = words[0].text
        if name == "popd" and len(self.folders) > 1:
            self.folders.pop()
        elif name in ("cd", "pushd"):
            text = next((word.text for word in words[1:] if word.text[:1] != "-"), "")
            here = posixpath.normpath(posixpath.join(self.folders[-1], text)) if text else ""
            folder = here if here.startswith("/") and "$" not in here else ""
            self.folders = [*(self.folders if name == "pushd" else self.folders[:-1]), folder]

    def _written(self, simple: _Simple, target: Word | None) -> None:
        """Text that goes to a file: by a redirection, or through `tee`."""
        content = written.printed(simple.words)
        if content is None and (bodies := [r.body for r in simple.redirects if r.body]):
            content = bodies[0]
        if target is None or target.text == "/dev/null":
            words = simple.into or tuple(word.text for word in simple.words)
            target = self._tee(words, simple)
        if content is not None and target is not None:
            self._wrote(target, content)

    def _wrote(self, target: Word, content: Word) -> None:
        """What a file says now; an indented line goes on with what was written there before."""
        before = self.files.get(target.text) if content.text[:1] in (" ", "\t") else None
        if before is not None:
            content = joined([before[0], content], "\n", before[0].span)
            self.entries = [entry for entry in self.entries if entry not in before[1]]
        entries = list(written.under(self.exported, written.entries(target, content, self.scope)))
        self.entries += entries
        if entries:
            self.files[target.text] = content, entries

    def _tee(self, words: tuple[str, ...], simple: _Simple) -> Word | None:
        names = [base_name(word) for word in words]
        if "tee" not in names or not simple.words:
            return None
        files = [word for word in words[names.index("tee") + 1 :] if not word.startswith("-")]
        place = simple.words[0].span
        return Word(text=files[0], at=[], span=place) if files else None

    def _inside(self, simple: _Simple) -> None:
        """Scripts that this command runs: `bash -c TEXT`, `eval TEXT`, a shell's input."""
        texts = [word.text for word in simple.words]
        if not texts:
            return
        names = [base_name(text) for text in texts]
        at = program_at(texts)
        bodies = [r.body for r in simple.redirects if r.body is not None]
        runs_shell = any(name in carried.SHELLS for name in names) or names[at] in _CARRIERS
        if names[at] == "eval":
            self._nested(joined(simple.words[at + 1 :], " ", simple.words[at].span))
        elif names[at] == "alias":
            self._aliases(simple.words[at + 1 :])
        elif (script := carried.script(simple.words, names)) is not None:
            self._nested(script)
        elif names[at] in _CARRIERS and (inner := _python_in(names, at + 1)):
            self._python(simple.words[inner + 1 :], bodies)
        elif runs_shell:
            self._shell_text(simple.words, names, bodies)
        elif names[at] in _MESSAGES and simple.into:
            self._piped(simple, bodies)
        elif _PYTHON.fullmatch(names[at]):
            self._python(simple.words[at + 1 :], bodies)
        elif _RUNNER.search(names[at]):
            self._texts(simple.words[at + 1 :])

    def _piped(self, simple: _Simple, bodies: list[Word]) -> None:
        """What is printed into a shell is a script."""
        if base_name(simple.into[program_at(simple.into)]) in carried.SHELLS:
            printed = written.printed(simple.words)
            for body in bodies or ([printed] if printed is not None else []):
                self._nested(body)

    def _aliases(self, words: list[Word]) -> None:
        for word in words:
            self._nested(_parted(word)[1])

    def _texts(self, words: list[Word]) -> None:
        for word in words:
            if word.quoted and " " in word.text:
                self._nested(word)

    def _shell_text(self, words: list[Word], names: list[str], bodies: list[Word]) -> None:
        for number in range(carried.begin(names), len(words)):
            before = words[number - 1].text if number else ""
            if _SHELL_OPTION.fullmatch(before) or before == "--command":
                script = carried.command_string(words[number:])
                self._nested(script)
                self._fed(script, bodies)
                return
        if bodies and any(_CAT.search(word.text) for word in words):
            self._fed(words[-1], bodies)
            return
        for body in bodies:
            self._nested(body)
        if names[program_at([word.text for word in words])] == "ssh":
            self._texts(words[2:])

    def _fed(self, script: Word, bodies: list[Word]) -> None:
        """`bash -c "cat > FILE" <<EOF`: what is fed to the script goes to the file."""
        if match := _CAT.search(script.text):
            for body in bodies:
                target = script.part(match.start(1), match.end(1))
                self.entries += written.entries(target, body, self.scope)

    def _python(self, words: list[Word], bodies: list[Word]) -> None:
        for number, word in enumerate(words):
            if word.text == "-c" and number + 1 < len(words):
                bodies = [words[number + 1]]
                break
            if not word.text.startswith("-") or word.text == "-m":
                return
        for body in bodies:
            self.entries += written.under(self.exported, written.read_as("x.py", body, self.scope))

    def _nested(self, script: Word) -> None:
        self.nested[0] += self.depth > 1
        if self.depth >= _DEPTH_LIMIT or self.nested[0] > _NESTED_LIMIT:
            return
        inner = Shell(self.scope, self.exported, self.values, self.depth + 1, self.folders[-1])
        inner.nested = self.nested
        self.entries += inner.run(script)


_WRITING = frozenset((">", ">>", ">|", "&>", "&>>"))


def _named(name: str, words: list[Word]) -> tuple[Word, Word] | None:
    """Name and value in `setenv NAME value` (csh) and `set -gx NAME value` (fish)."""
    options = [word for word in words[1:] if word.text.startswith("-")]
    plain = [word for word in words[1:] if not word.text.startswith("-")]
    is_fish = name == "set" and any(_FISH.fullmatch(word.text) for word in options)
    if len(plain) < 2 or not (is_fish or name == "setenv") or not _NAME.fullmatch(plain[0].text):
        return None
    return plain[0], joined(plain[1:], " ", plain[1].span)


def _group(text: str, groups: list[int], count: int, closed: int | None) -> int | None:
    """Where the group begins whose end a redirection may follow, in the list of commands."""
    if text in ("{", "("):
        groups.append(count)
        return None
    if text in ("}", ")"):
        return groups.pop() if groups else None
    return closed if text == "" else None


def _is_assignment(word: Word) -> bool:
    """Whether a word in front assigns: a shell looks for that before it expands variables.

    POSIX, Shell Command Language, 2.9.1: what a variable holds is no assignment.
    """
    match = _ASSIGNED.match(word.text)
    return match is not None and word.place(0, match.end()).within(word.span)


def _parted(word: Word) -> tuple[str, Word]:
    match = _ASSIGNED.match(word.text)
    if match is None:
        return word.text, word.part(len(word.text), len(word.text))
    return match["name"], word.part(match.end(), len(word.text))


def _python_in(names: list[str], at: int) -> int:
    """Where a carrier's command is a Python: `docker exec -i NAME python3 -`; 0 where none is."""
    found = (place for place in range(at, len(names)) if _PYTHON.fullmatch(names[place]))
    place = next(found, 0)
    return 0 if any(name in carried.SHELLS for name in names[at:place]) else place
