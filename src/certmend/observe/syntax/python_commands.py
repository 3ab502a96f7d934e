"""The command lines and variables of a Python program.

Lists for `subprocess`, strings for a shell, `os.environ`, and the installs of a noxfile.
"""

import ast
import re
from collections.abc import Iterator

from certmend.model.document import Assignment, Entry, How, Span, Word
from certmend.observe.syntax import argv, written
from certmend.observe.syntax.python_source import Python
from certmend.observe.syntax.shell import Shell

_SHELL_CALLS = frozenset(
    (
        "system",
        "popen",
        "getoutput",
        "getstatusoutput",
        "shell",
        "run_command",
        "sh",
        "local",
        "sudo",
        "run",
        "call",
        "check_call",
        "check_output",
        "Popen",
        "create_subprocess_shell",
        "cmd",
        "cd",
    )
)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{4,}|npm_config_\w+")
_SESSION_RUNS = frozenset(("run", "run_always", "run_install"))
_ENVIRONMENTS = ("environ", "env", "environment")


class Commands:
    """Looks through one tree."""

    def __init__(self, source: Python, scope: str = "") -> None:
        self.source = source
        self.scope = scope
        self.values: dict[str, ast.expr] = {}

    def entries(self) -> Iterator[Entry]:
        """All command lines and assignments."""
        if self.source.tree is None:
            return
        nodes = self.source.nodes
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.values.setdefault(node.targets[0].id, node.value)
        for node in nodes:
            yield from self._entry(node)

    def _entry(self, node: ast.AST) -> Iterator[Entry]:
        if isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.List | ast.Tuple):
            yield from self._list(node.elts)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from self._assignment(target, node.value, node)
                word = self.source.constant(node.value)
                if word is not None and word.text.startswith("-") and isinstance(target, ast.Name):
                    span = self.source.span(node)
                    yield Assignment(
                        name=target.id, value=word, how=How.SHELL, span=span, scope=self.scope
                    )
                if isinstance(node.value, ast.Dict) and _is_environment(target):
                    yield from self._dict(node.value)
        elif isinstance(node, ast.Dict) and None in node.keys:
            whole = zip(node.keys, node.values, strict=True)
            if any(key is None and _is_environment(value) for key, value in whole):
                yield from self._dict(node)

    def _call(self, node: ast.Call) -> Iterator[Entry]:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        yield from self._handed_on(node, name)
        if name in ("setdefault", "putenv", "setenv") and len(node.args) == 2:
            yield from self._named(node.args[0], node.args[1], node)
        elif name == "install" and _owner(node).endswith("session"):
            yield from self._words(
                [*self._synthetic(node, "pip", "install"), *self._all(node.args)]
            )
        elif name in _SESSION_RUNS and len(node.args) > 1 and self._text(node.args[0]):
            yield from self._words(self._all(node.args))
        elif name in _SHELL_CALLS and node.args:
            word = self.source.constant(_before_split(node.args[0]))
            if word is not None and " " in word.text:
                yield from Shell(self.scope).run(word)
        elif name in ("write", "write_text", "writelines") and node.args:
            yield from self._written(node, _owner(node))

    def _handed_on(self, node: ast.Call, name: str) -> Iterator[Entry]:
        """Environments in a call: `env={}`, `os.environ.update()`, `dict(os.environ, A="b")`."""
        for keyword in node.keywords:
            if keyword.arg in _ENVIRONMENTS and isinstance(keyword.value, ast.Dict):
                yield from self._dict(keyword.value)
        updates = name == "update" and _owner(node).lower().endswith(_ENVIRONMENTS)
        if updates or (name == "dict" and node.args and _is_environment(node.args[0])):
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
        texts = [self._text(element) for element in elements]
        if any(text.startswith("-") or "pip" in text for text in texts[:8]):
            yield from self._words(self._all(elements))

    def _words(self, words: list[Word]) -> Iterator[Entry]:
        yield from argv.entries(words, self.scope)

    def _all(self, elements: list[ast.expr]) -> list[Word]:
        words: list[Word] = []
        for element in elements:
            word = self.source.constant(self._resolved(element))
            if word is None:
                text = ast.unparse(element)
                text = "python" if text.endswith("sys.executable") else "{" + text + "}"
                word = Word(text=text, at=[], span=self.source.span(element), dynamic=True)
            elif word.span != self.source.span(element):
                word = Word(text=word.text, at=[], span=self.source.span(element))
            words.append(word)
        return words

    def _resolved(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Name):
            return self.values.get(node.id, node)
        return node

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
        if owner.endswith(_ENVIRONMENTS):
            yield from self._named(target.slice, value, node)

    def _named(
        self, name: ast.expr, value: ast.expr, place: ast.expr | ast.stmt
    ) -> Iterator[Entry]:
        text, word = self._text(name), self.source.constant(self._resolved(value))
        if _VARIABLE.fullmatch(text) and word is not None:
            yield Assignment(
                name=text, value=word, how=How.CODE, span=self.source.span(place), scope=self.scope
            )

    def _dict(self, node: ast.Dict) -> Iterator[Entry]:
        """`{"NAME": "value"}`: an environment for a child."""
        for key, value in zip(node.keys, node.values, strict=True):
            word = self.source.constant(value)
            if key is not None and word is not None and _VARIABLE.fullmatch(self._text(key)):
                span = self.source.span(key)
                yield Assignment(
                    name=self._text(key),
                    value=word,
                    how=How.CODE,
                    span=Span(span.start, word.span.end),
                    scope=self.scope,
                )


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
