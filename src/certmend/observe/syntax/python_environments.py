"""The variables that a Python program sets: `os.environ`, and the environments of its children."""

import ast
from collections.abc import Iterator

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Span
from certmend.observe.syntax import python_handed, variable_values
from certmend.observe.syntax.python_reached import Reached
from certmend.observe.syntax.python_texts import Texts, is_text, owner_of

_VARIABLE = lazy.regex(r"[A-Z][A-Z0-9_]{4,}|npm_config_\w+")
_CLIENTS_OWN = lazy.regex(
    r"PIP_(?:TRUSTED_HOST|(?:EXTRA_)?INDEX_URL)|UV_(?:INSECURE_HOST|(?:DEFAULT_|EXTRA_)?INDEX(?:_URL)?)"
    r"|GIT_SSL_NO_VERIFY|NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY|CONDA_SSL_VERIFY"
    r"|(?i:npm_config_strict_ssl)"
)
"""Variables that clients read, whatever a program calls the mapping that they stand in."""
_ENVIRONMENTS = ("environ", "env", "environment")


class Environments:
    """Looks at the mappings, calls and assignments of one program."""

    def __init__(self, texts: Texts, scope: str, reached: Reached) -> None:
        self.source = texts.source
        self.texts = texts
        self.scope = scope
        self.reached = reached
        self.seen: set[int] = set()
        """The mappings that were read as environments."""

    def handed_on(self, node: ast.Call, name: str) -> Iterator[Entry]:
        """Environments in a call: `env={}`, `os.environ.update()`, `dict(os.environ, A="b")`."""
        for keyword in node.keywords:
            if keyword.arg in _ENVIRONMENTS and isinstance(keyword.value, ast.Dict):
                yield from self.of_dict(keyword.value)
        updates = name == "update" and owner_of(node).lower().endswith(_ENVIRONMENTS)
        made = name == "dict" and node.args and is_environment(node.args[0])
        if updates or (made and not python_handed.is_for_a_test(node)):
            for keyword in node.keywords:
                yield from self._keyword(keyword)
            for argument in node.args:
                if isinstance(argument, ast.Dict):
                    yield from self.of_dict(argument)

    def _keyword(self, keyword: ast.keyword) -> Iterator[Entry]:
        """`dict(os.environ, NAME="value")`."""
        word = self.source.constant(keyword.value)
        if word is not None and keyword.arg and _VARIABLE.fullmatch(keyword.arg):
            span = self.source.span(keyword)
            yield Assignment(
                name=keyword.arg, value=word, how=How.CODE, span=span, scope=self.scope
            )

    def assignment(self, target: ast.expr, value: ast.expr, node: ast.stmt) -> Iterator[Entry]:
        """`os.environ["NAME"] = "value"`, and an environment that is a mapping."""
        if not isinstance(target, ast.Subscript):
            return
        name = self.texts.text(target.slice)
        if ast.unparse(target.value).lower().endswith(_ENVIRONMENTS):
            yield from self.named(target.slice, value, node)
        elif _CLIENTS_OWN.fullmatch(name):
            word = self.source.constant(self.texts.values.resolved(value))
            if word is None or variable_values.may_be(name, word.text):
                yield from self.named(target.slice, value, node)

    def named(self, name: ast.expr, value: ast.expr, place: ast.expr | ast.stmt) -> Iterator[Entry]:
        """The variable of a name, where it may be one."""
        text, word = self.texts.text(name), self.source.constant(self.texts.values.resolved(value))
        if _VARIABLE.fullmatch(text) and word is not None:
            yield Assignment(
                name=text, value=word, how=How.CODE, span=self.source.span(place), scope=self.scope
            )
        elif word is None:
            yield from self.reached.of(value, text)

    def of_dict(self, node: ast.Dict, *, known: bool = False) -> Iterator[Entry]:
        """`{"NAME": "value"}`: an environment for a child; else only `known` clients' variables."""
        if id(node) in self.seen:
            return
        pattern = _CLIENTS_OWN if known else _VARIABLE
        if not known:
            self.seen.add(id(node))
        for key, value in zip(node.keys, node.values, strict=True):
            name = self.texts.text(key) if key is not None else ""
            given = self.texts.values.resolved(value)
            if not is_text(given):
                if key is not None and not isinstance(value, ast.Constant):
                    yield from self.reached.of(value, name)
                continue
            word = self.source.constant(given) if pattern.fullmatch(name) else None
            if key is not None and word is not None and _is_value(name, word.text, known=known):
                span = Span(self.source.span(key).start, word.span.end)
                yield Assignment(name=name, value=word, how=How.CODE, span=span, scope=self.scope)


def _is_value(name: str, text: str, *, known: bool) -> bool:
    """Whether a mapping gives a variable its value; an environment may hold a word alone."""
    if known:
        return variable_values.may_be(name, text)
    return not variable_values.is_sentence(name, text)


def is_environment(node: ast.expr) -> bool:
    """Whether an expression is an environment, by its name."""
    return ast.unparse(node).lower().removesuffix(".copy()").endswith(_ENVIRONMENTS)
