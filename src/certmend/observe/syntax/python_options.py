"""Settings of clients that a Python program hands to a library instead of a command line.

A file of CAs (`verify="/x.pem"`), GitPython's configuration (`config=`, `multi_options=`,
`git.config()`, `set_value()`), a pip.conf that configparser makes, the indexes of a Kubeflow
component. Sources: the documentation of GitPython, configparser and kfp.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from certmend.model import lazy
from certmend.model.document import Assignment, Command, Entry, How, Key, Span, Word
from certmend.observe.syntax.python_expressions import constant, path
from certmend.observe.syntax.python_source import Python

_GIT = lazy.regex(
    r"(?:-c\s+|--config[= ])?(?P<setting>http\.\S*sslverify\s*=\s*\S+)", re.IGNORECASE
)
_SECTIONS = frozenset(("global", "install", "download"))
_FILES = ("pip.conf", "pip.ini")
_FILES_OF_CAS = frozenset(("verify", "cafile", "ca_certs", "ca_bundle", "ca_cert"))
_PATH = lazy.regex(r"(?:[A-Za-z]:)?[/\\~][^\n]*\.(?:pem|crt|cer|cert)", re.IGNORECASE)
_LISTS = {"pip_trusted_hosts": "PIP_TRUSTED_HOST", "pip_index_urls": "PIP_INDEX_URL"}


class Options:
    """Looks at the calls and assignments of one program."""

    def __init__(self, source: Python, scope: str) -> None:
        self.source = source
        self.scope = scope
        self.writes_pip = any(name in source.word.text for name in _FILES)

    def of_call(self, node: ast.Call) -> Iterator[Entry]:
        """What a call sets."""
        for keyword in node.keywords:
            if keyword.arg in ("config", "multi_options", "c"):
                yield from self._git_texts(keyword.value, node)
            elif keyword.arg in _FILES_OF_CAS:
                yield from self._file(keyword.value)
            elif keyword.arg in _LISTS and isinstance(keyword.value, ast.List | ast.Tuple):
                yield from self._variables(_LISTS[keyword.arg], keyword.value.elts)
            elif keyword.arg == "dependency_links":
                yield from self._links(keyword.value)
        last = path(node.func).rsplit(".", 1)[-1]
        if last in ("config", "set_value", "set", "config_set"):
            yield from self._git_setting(node)
        if last == "set" and len(node.args) == 3 and self._is_section(node.args[0]):
            yield from self._key(node.args[0], node.args[1], node.args[2])

    def of_assignment(self, target: ast.expr, value: ast.expr) -> Iterator[Entry]:
        """`parser["global"] = {...}` and `parser["global"]["cert"] = ...`."""
        if isinstance(target, ast.Attribute) and target.attr == "verify":
            yield from self._file(value)
        if path(target).lower() == "dependency_links":
            yield from self._links(value)
        if not isinstance(target, ast.Subscript):
            return
        if isinstance(value, ast.Dict) and self._is_section(target.slice):
            for key, one in zip(value.keys, value.values, strict=True):
                if key is not None:
                    yield from self._key(target.slice, key, one)
        elif isinstance(target.value, ast.Subscript) and self._is_section(target.value.slice):
            yield from self._key(target.value.slice, target.slice, value)

    def _file(self, node: ast.expr) -> Iterator[Key]:
        """A CA file that a client of this program is given."""
        word = self.source.constant(node)
        if word is not None and _PATH.fullmatch(word.text):
            yield Key(client="python", path=("client", "cafile"), values=(word,), span=word.span,
                      scope=self.scope)  # fmt: skip

    def _links(self, node: ast.expr) -> Iterator[Key]:
        """Where setuptools looks for what `setup()` requires."""
        elements = node.elts if isinstance(node, ast.List | ast.Tuple) else ()
        for word in (self.source.constant(element) for element in elements):
            if word is not None:
                yield Key(client="setuptools", path=("options", "dependency_links"),
                          values=(word,), span=word.span, scope=self.scope)  # fmt: skip

    def _is_section(self, node: ast.expr) -> bool:
        return self.writes_pip and constant(node) in _SECTIONS

    def _key(self, section: ast.expr, name: ast.expr, value: ast.expr) -> Iterator[Key]:
        word = self.source.constant(value)
        if word is not None and isinstance(constant(name), str):
            span = Span(self.source.span(name).start, word.span.end)
            names = (str(constant(section)), str(constant(name)))
            yield Key(client="pip", path=names, values=(word,), span=span, scope=self.scope)

    def _git_texts(self, node: ast.expr, call: ast.Call) -> Iterator[Command]:
        given = (self.source.constant(argument) for argument in call.args)
        addresses = [word for word in given if word is not None]
        option = Word(text="--config", at=[], span=self.source.span(node))
        for element in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
            word = self.source.constant(element)
            if word is not None and (match := _GIT.fullmatch(word.text.strip())):
                start = word.text.index(match["setting"])
                setting = word.part(start, len(word.text))
                yield self._git("clone", [option, setting, *addresses], word.span)

    def _git_setting(self, node: ast.Call) -> Iterator[Command]:
        """`config("http.sslVerify", "false")`, `set_value("http", "sslVerify", False)`."""
        texts = [constant(argument) for argument in node.args]
        for number, text in enumerate(texts[:-1]):
            if not (isinstance(text, str) and text.lower().endswith("sslverify")):
                continue
            if (value := texts[number + 1]) is None:
                return  # only a run knows it
            section = f"{texts[0]}." if number and isinstance(texts[0], str) else ""
            name = text if text.lower().startswith("http.") else f"{section}{text}"
            span = self.source.span(node)
            words = [name.strip("-"), str(value).lower()]
            yield self._git("config", [Word(text=word, at=[], span=span) for word in words], span)
            return

    def _git(self, verb: str, words: Sequence[Word], span: Span) -> Command:
        start = [Word(text=text, at=[], span=span) for text in ("git", verb)]
        return Command(words=(*start, *words), span=span, scope=self.scope)

    def _variables(self, name: str, elements: Sequence[ast.expr]) -> Iterator[Assignment]:
        for number, element in enumerate(elements):
            word = self.source.constant(element)
            full = "PIP_EXTRA_INDEX_URL" if number and name == "PIP_INDEX_URL" else name
            if word is not None:
                yield Assignment(
                    name=full, value=word, how=How.CODE, span=word.span, scope=self.scope
                )
