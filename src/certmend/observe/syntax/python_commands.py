"""The command lines and variables of a Python program.

Lists for `subprocess`, strings for a shell, `os.environ`, and the installs of a noxfile.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Span, Word
from certmend.observe.syntax import argv, python_handed, written
from certmend.observe.syntax.python_filled import Values
from certmend.observe.syntax.python_options import Options
from certmend.observe.syntax.python_source import Python
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import joined

_VARIABLE = lazy.regex(r"[A-Z][A-Z0-9_]{4,}|npm_config_\w+")
_SESSION_RUNS = frozenset(("run", "run_always", "run_install"))
_SCRIPTS = frozenset(("bash_command", "shell_command", "install_command", "setup_command"))
"""Arguments that are command lines, whatever function they are given to."""
_CLIENTS = frozenset(("npm", "yarn", "pnpm", "git", "conda", "mamba", "micromamba", "uv", "poetry"))
_CLIENTS_OWN = lazy.regex(
    r"PIP_(?:TRUSTED_HOST|(?:EXTRA_)?INDEX_URL)|UV_(?:INSECURE_HOST|(?:DEFAULT_|EXTRA_)?INDEX(?:_URL)?)"
    r"|GIT_SSL_NO_VERIFY|NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY|CONDA_SSL_VERIFY"
    r"|(?i:npm_config_strict_ssl)"
)
"""Variables that clients read, whatever a program calls the mapping that they stand in."""
_PIP_OPTION = lazy.regex(r"--trusted-host|--(?:extra-)?index-url")
_INSTALL = lazy.regex(r"(?:sudo )?(?:\S*python[\d.]* -m )?\S*\bpip[\d.]* (?:-\S+ \S+ )*install ")
_ENVIRONMENTS = ("environ", "env", "environment")


class Commands:
    """Looks through one tree."""

    def __init__(self, source: Python, scope: str = "") -> None:
        self.source = source
        self.scope = scope
        self.options = Options(source, scope)
        self.values = Values(source)
        self.opened: dict[str, str] = {}
        """Names of files that are opened, and the expressions that open them."""
        self.handed: set[str] = set()
        """Names whose texts are run."""
        self.seen: set[int] = set()
        """The mappings that were read as environments."""
        self.compared: set[int] = set()
        """What a test compares with: nothing of it is run."""

    def entries(self) -> Iterator[Entry]:
        """All command lines and assignments."""
        if self.source.tree is None:
            return
        nodes = self.source.nodes
        for node in nodes:
            if isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
                self.opened[node.optional_vars.id] = ast.unparse(node.context_expr)
        self.compared = python_handed.expected(nodes)
        self.handed = python_handed.names(nodes)
        for node in nodes:
            yield from self._entry(node)
        yield from self._appended(nodes)

    def _appended(self, nodes: Sequence[ast.AST]) -> Iterator[Entry]:
        """`args.append("--trusted-host")`, its value in the same call or in the one after it."""
        calls = [node for node in nodes if _is_append(node)]
        calls.sort(key=lambda node: node.lineno)
        for number, call in enumerate(calls):
            text = self._text(call.args[0])
            if not _PIP_OPTION.match(text):
                continue
            after = calls[number + 1 : number + 2] if _PIP_OPTION.fullmatch(text) else []
            values = [one.args[0] for one in after if _owner(one) == _owner(call)]
            yield from self._list([call.args[0], *values])

    def _entry(self, node: ast.AST) -> Iterator[Entry]:
        if isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.List | ast.Tuple):
            if id(node) not in self.compared:
                yield from self._list(node.elts)
        elif isinstance(node, ast.Assign):
            yield from (one for target in node.targets for one in self._assigned(target, node))
        elif isinstance(node, ast.Return) and node.value is not None:
            yield from self._returned(node.value)
        elif isinstance(node, ast.AugAssign):
            yield from self._held(node.target, node.value)
            if isinstance(node.value, ast.Dict) and _is_environment(node.target):
                yield from self._dict(node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            yield from self._held(node.target, node.iter)
        elif isinstance(node, ast.Dict) and id(node) not in self.compared:
            whole = zip(node.keys, node.values, strict=True)
            known = not any(key is None and _is_environment(value) for key, value in whole)
            yield from self._dict(node, known=known)

    def _assigned(self, target: ast.expr, node: ast.Assign) -> Iterator[Entry]:
        yield from self._assignment(target, node.value, node)
        yield from self.options.of_assignment(target, node.value)
        word = self.source.constant(node.value)
        if word is not None and word.text.startswith("-") and isinstance(target, ast.Name):
            span = self.source.span(node)
            yield Assignment(name=target.id, value=word, how=How.SHELL, span=span, scope=self.scope)
        if isinstance(node.value, ast.Dict) and _is_environment(target):
            yield from self._dict(node.value)
        yield from self._held(target, node.value)

    def _held(self, target: ast.expr, value: ast.expr) -> Iterator[Entry]:
        """The command lines that a name holds which is run somewhere."""
        if isinstance(target, ast.Name | ast.Attribute) and ast.unparse(target) in self.handed:
            yield from self._lines(value)

    def _returned(self, node: ast.expr) -> Iterator[Entry]:
        """A command line that a function gives others to run: it begins with pip."""
        word = self._string(node)
        if word is not None and _INSTALL.match(word.text):
            yield from Shell(self.scope).run(word)

    def _lines(self, node: ast.expr) -> Iterator[Entry]:
        """An expression's command lines: a text, or each text of a list that has blanks in it."""
        if isinstance(node, ast.List | ast.Tuple):
            for element in node.elts:
                yield from self._lines(element)
        elif isinstance(node, ast.IfExp):
            yield from self._lines(node.body)
            yield from self._lines(node.orelse)
        else:
            word = self._string(node)
            if word is not None and " " in word.text.strip():
                yield from Shell(self.scope).run(word)

    def _string(self, node: ast.expr) -> Word | None:
        """The text of a string, of a sum or a format of strings; unknown parts stand in braces."""
        node = _before_split(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            left = self._string(node.left)
            return left and self.values.percent(left, node.right)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self._string(node.left), self._string(node.right)
            if left is None and right is None:
                return None
            sides = [left or self._unknown(node.left), right or self._unknown(node.right)]
            return joined([_placed(side) for side in sides], "", self.source.span(node))
        if isinstance(node, ast.Call) and python_handed.last_name(node.func) == "format":
            text = self._string(node.func.value) if isinstance(node.func, ast.Attribute) else None
            return text and self.values.put_in(text, node)
        word = self.source.constant(node)
        return self.values.formatted(word) if word is not None and word.dynamic else word

    def _unknown(self, node: ast.expr) -> Word:
        """What a name holds where that is known, else its name in braces."""
        text = self.values.text(node) or "{" + ast.unparse(node) + "}"
        return Word(text=text, at=[], span=self.source.span(node), dynamic=True)

    def _call(self, node: ast.Call) -> Iterator[Entry]:
        name = python_handed.last_name(node.func)
        yield from self._handed_on(node, name)
        yield from self.options.of_call(node)
        for_a_test = python_handed.is_for_a_test(node)
        if name in ("setdefault", "putenv", "setenv") and len(node.args) == 2 and not for_a_test:
            yield from self._named(node.args[0], node.args[1], node)
        elif name == "install" and _owner(node).endswith("session"):
            yield from self._words(
                [*self._synthetic(node, "pip", "install"), *self._all(node.args)]
            )
        elif name in _SESSION_RUNS and len(node.args) > 1 and self._text(node.args[0]):
            yield from self._words(self._all(node.args))
        elif node.args and (_is_pip(name, _owner(node)) or self._is_magic(node, name)):
            yield from self._pip(node)
        elif python_handed.runs(name):
            for argument in python_handed.arguments(node):
                if not isinstance(argument, ast.List | ast.Tuple):
                    yield from self._lines(argument)
        elif name in ("write", "write_text", "writelines") and node.args:
            owner = _owner(node)
            yield from self._written(node, self.opened.get(owner, owner))
        elif name in ("append", "extend") and node.args and _owner(node) in self.handed:
            yield from self._lines(node.args[0])

    def _is_magic(self, node: ast.Call, name: str) -> bool:
        return name == "run_line_magic" and self._text(node.args[0]) == "pip"

    def _pip(self, node: ast.Call) -> Iterator[Entry]:
        """`pip.main(["install", "x"])`, `run_line_magic("pip", "install x")`."""
        program = self._synthetic(node, "pip")
        argument = node.args[-1]
        if isinstance(argument, ast.List | ast.Tuple):
            yield from self._words([*program, *self._all(argument.elts)])
        elif (word := self._string(self.values.resolved(argument))) is not None:
            words = [word.part(m.start(), m.end()) for m in re.finditer(r"\S+", word.text)]
            yield from self._words([*program, *words])

    def _handed_on(self, node: ast.Call, name: str) -> Iterator[Entry]:
        """Environments in a call: `env={}`, `os.environ.update()`, `dict(os.environ, A="b")`."""
        for keyword in node.keywords:
            if keyword.arg in _SCRIPTS:
                yield from self._lines(keyword.value)
            if keyword.arg in _ENVIRONMENTS and isinstance(keyword.value, ast.Dict):
                yield from self._dict(keyword.value)
        updates = name == "update" and _owner(node).lower().endswith(_ENVIRONMENTS)
        made = name == "dict" and node.args and _is_environment(node.args[0])
        if updates or (made and not python_handed.is_for_a_test(node)):
            for keyword in node.keywords:
                yield from self._keyword(keyword)
            for argument in node.args:
                if isinstance(argument, ast.Dict):
                    yield from self._dict(argument)

    def _keyword(self, keyword: ast.keyword) -> Iterator[Entry]:
        """`dict(os.environ, NAME="value")`."""
        word = self.source.constant(keyword.value)
        if word is not None and keyword.arg and _VARIABLE.fullmatch(keyword.arg):
            span = self.source.span(keyword)
            yield Assignment(
                name=keyword.arg, value=word, how=How.CODE, span=span, scope=self.scope
            )

    def _written(self, node: ast.Call, owner: str) -> Iterator[Entry]:
        """Text written to a file whose name stands in the same expression."""
        word = self.source.constant(node.args[0])
        match = re.search(r"['\"]([\w./~-]*(?:pip\.conf|pip\.ini|\.condarc|\.npmrc))['\"]", owner)
        if word is not None and match:
            target = Word(text=match[1], at=[], span=word.span)
            yield from written.entries(target, word, self.scope)

    def _list(self, elements: list[ast.expr]) -> Iterator[Entry]:
        """A list of texts that looks like a command line: it has an option in it, or `pip`."""
        if any(_is_data(element) for element in elements):
            return
        texts = [self._text(element) for element in elements[:8]]
        if (texts and texts[0] in _CLIENTS) or any(_tells(text) for text in texts):
            values = [self.values.all_of(element) or [element] for element in elements]
            for number in range(max((len(one) for one in values), default=0)):
                yield from self._words(
                    self._all(elements, [one[min(number, len(one) - 1)] for one in values])
                )

    def _words(self, words: list[Word]) -> Iterator[Entry]:
        yield from argv.entries(words, self.scope)

    def _all(
        self, elements: Sequence[ast.expr], values: Sequence[ast.expr] | None = None
    ) -> list[Word]:
        """The words of the elements, and the values that names among them have."""
        words: list[Word] = []
        values = values or [self.values.resolved(element) for element in elements]
        for element, value in zip(elements, values, strict=True):
            word = self.source.constant(value)
            if word is None:
                text = ast.unparse(element)
                text = "python" if text.endswith("sys.executable") else "{" + text + "}"
                word = Word(text=text, at=[], span=self.source.span(element), dynamic=True)
            elif word.span != self.source.span(element):
                word = Word(text=word.text, at=word.at, span=self.source.span(element))
            words.append(word)
        return words

    def _text(self, node: ast.expr) -> str:
        word = self.source.constant(node)
        return word.text if word is not None else ""

    def _synthetic(self, node: ast.Call, *words: str) -> list[Word]:
        span = self.source.span(node)
        return [Word(text=word, at=[], span=Span(span.start, span.start)) for word in words]

    def _assignment(self, target: ast.expr, value: ast.expr, node: ast.stmt) -> Iterator[Entry]:
        if not isinstance(target, ast.Subscript):
            return
        owner = ast.unparse(target.value).lower()
        if owner.endswith(_ENVIRONMENTS) or _CLIENTS_OWN.fullmatch(self._text(target.slice)):
            yield from self._named(target.slice, value, node)

    def _named(
        self, name: ast.expr, value: ast.expr, place: ast.expr | ast.stmt
    ) -> Iterator[Entry]:
        text, word = self._text(name), self.source.constant(self.values.resolved(value))
        if _VARIABLE.fullmatch(text) and word is not None:
            yield Assignment(
                name=text, value=word, how=How.CODE, span=self.source.span(place), scope=self.scope
            )

    def _dict(self, node: ast.Dict, *, known: bool = False) -> Iterator[Entry]:
        """`{"NAME": "value"}`: an environment for a child; else only `known` clients' variables."""
        if id(node) in self.seen:
            return
        pattern = _CLIENTS_OWN if known else _VARIABLE
        if not known:
            self.seen.add(id(node))
        for key, value in zip(node.keys, node.values, strict=True):
            word = self.source.constant(self.values.resolved(value))
            if key is not None and word is not None and pattern.fullmatch(self._text(key)):
                span = self.source.span(key)
                yield Assignment(
                    name=self._text(key),
                    value=word,
                    how=How.CODE,
                    span=Span(span.start, word.span.end),
                    scope=self.scope,
                )


def _tells(text: str) -> bool:
    return text.startswith("-") or "pip" in text


def _is_append(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and python_handed.last_name(node.func) == "append"
        and len(node.args) == 1
    )


def _is_pip(name: str, owner: str) -> bool:
    """Whether a function runs pip inside this program: `main` of pip, or a notebook's `%pip`."""
    own = name in ("pip_main", "pipmain", "pip_entry_point")
    return own or (name in ("main", "_main") and owner.partition(".")[0] in ("pip", "_internal"))


def _placed(word: Word) -> Word:
    """The word with a place for each character, if only that of the whole."""
    if len(word.at) == len(word.text):
        return word
    return Word(text=word.text, at=[word.span.start] * len(word.text), span=word.span, dynamic=True)


def _is_data(node: ast.expr) -> bool:
    """Whether an expression cannot be a word of a command line."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str)
    return isinstance(node, ast.List | ast.Tuple | ast.Dict | ast.Set)


def _before_split(node: ast.expr) -> ast.expr:
    """The text of `"a b".split()` and `shlex.split("a b")`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return node
    if node.func.attr != "split":
        return node
    return node.args[0] if node.args else node.func.value


def _owner(node: ast.Call) -> str:
    """What a method is called on, as it is written."""
    return ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""


def _is_environment(node: ast.expr) -> bool:
    """Whether an expression is an environment, by its name."""
    return ast.unparse(node).lower().removesuffix(".copy()").endswith(_ENVIRONMENTS)
