"""The command lines and variables of a Python program.

Lists for `subprocess`, strings for a shell, `os.environ`, and the installs of a noxfile.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Word
from certmend.observe.syntax import argv, python_handed, written
from certmend.observe.syntax.python_environments import Environments, is_environment
from certmend.observe.syntax.python_expressions import constant
from certmend.observe.syntax.python_known import Known
from certmend.observe.syntax.python_options import Options
from certmend.observe.syntax.python_reached import PIPS_VALUE, Reached
from certmend.observe.syntax.python_rows import Rows
from certmend.observe.syntax.python_source import Python
from certmend.observe.syntax.python_texts import Texts, owner_of
from certmend.observe.syntax.shell import Shell

_SESSION_RUNS = frozenset(("run", "run_always", "run_install"))
_SCRIPTS = frozenset(("bash_command", "shell_command", "install_command", "setup_command"))
"""Arguments that are command lines, whatever function they are given to."""
_SETTINGS_FILE = lazy.regex(
    r"(?:.*[/\\])?(\.?(?:npmrc|yarnrc|condarc|curlrc|gitconfig)|pip\.(?:conf|ini))"
)
_FOR_OPTIONS = lazy.regex(r"(?:^|_)(?:options?|opts|args|arguments|flags|extra)$")
_FIRST = frozenset(
    (
        "npm",
        "yarn",
        "pnpm",
        "git",
        "conda",
        "mamba",
        "micromamba",
        "uv",
        "poetry",
        "pdm",
        "ssh",
        "cmd",
    )
)
"""Programs with which a list is a command line, whatever else stands in it."""
_PIP_OPTION = lazy.regex(r"--trusted-host|--(?:extra-)?index-url|-i$")
_TELLING = lazy.regex(r"pip|(?i:http\..*sslverify)|strict-ssl")
_INSTALL = lazy.regex(r"(?:sudo )?(?:\S*python[\d.]* -m )?\S*\bpip[\d.]* (?:-\S+ \S+ )*install ")


class Commands:
    """Looks through one tree."""

    def __init__(self, source: Python, scope: str, known: Known) -> None:
        self.source = source
        self.scope = scope
        self.options = Options(source, scope)
        self.texts = Texts(source)
        self.rows = Rows(self.texts)
        self.reached = Reached(self.texts, known)
        self.environments = Environments(self.texts, scope, self.reached)
        self.opened: dict[str, str] = {}
        """Names of files that are opened, and the expressions that open them."""
        self.handed: set[str] = set()
        """Names whose texts are run."""
        self.compared: set[int] = set()
        """What a test compares with: nothing of it is run."""

    def entries(self) -> Iterator[Entry]:
        """All command lines and assignments."""
        for entry in self._entries():
            yield from self.reached.entries(entry)

    def _entries(self) -> Iterator[Entry]:
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
            if isinstance(node, ast.ListComp | ast.GeneratorExp):
                yield from self._each(node.elt)
        yield from self._appended(nodes)

    def _appended(self, nodes: Sequence[ast.AST]) -> Iterator[Entry]:
        """`args.append("--trusted-host")`, its value in the same call or in the one after it."""
        calls = [node for node in nodes if _is_append(node)]
        calls.sort(key=lambda node: node.lineno)
        for number, call in enumerate(calls):
            text = self.texts.beginning(call.args[0])
            if not _PIP_OPTION.match(text):
                continue
            after = calls[number + 1 : number + 2] if _PIP_OPTION.fullmatch(text) else []
            values = [one.args[0] for one in after if owner_of(one) == owner_of(call)]
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
            yield from self._added(node)
        elif isinstance(node, ast.For | ast.comprehension):
            yield from self._held(node.target, node.iter)
        elif isinstance(node, ast.Dict) and id(node) not in self.compared:
            whole = zip(node.keys, node.values, strict=True)
            known = not any(key is None and is_environment(value) for key, value in whole)
            yield from self.environments.of_dict(node, known=known)

    def _added(self, node: ast.AugAssign) -> Iterator[Entry]:
        yield from self._held(node.target, node.value)
        yield from self._options_in(node.target, node.value, node)
        if isinstance(node.value, ast.Dict) and is_environment(node.target):
            yield from self.environments.of_dict(node.value)

    def _assigned(self, target: ast.expr, node: ast.Assign) -> Iterator[Entry]:
        yield from self.environments.assignment(target, node.value, node)
        yield from self.options.of_assignment(target, node.value)
        yield from self._options_in(target, node.value, node)
        if isinstance(node.value, ast.Dict) and is_environment(target):
            yield from self.environments.of_dict(node.value)
        yield from self._held(target, node.value)

    def _options_in(
        self, target: ast.expr, value: ast.expr, node: ast.stmt | ast.keyword
    ) -> Iterator[Entry]:
        """Options that a name gets as a text, to be put into a command line somewhere."""
        for one in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
            word = self.texts.string(one)
            if word is None or not word.text.lstrip().startswith("-"):
                continue
            if isinstance(target, ast.Name | ast.Attribute) and self.rows.has_pip:
                name, span = ast.unparse(target), self.source.span(node)
                yield Assignment(name=name, value=word, how=How.SHELL, span=span, scope=self.scope)

    def _held(self, target: ast.expr, value: ast.expr) -> Iterator[Entry]:
        """The command lines that a name holds which is run somewhere."""
        if isinstance(target, ast.Name | ast.Attribute) and ast.unparse(target) in self.handed:
            yield from self._lines(value)

    def _returned(self, node: ast.expr) -> Iterator[Entry]:
        """A command line that a function gives others to run: it begins with pip."""
        word = self.texts.string(node)
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
            word = self.texts.string(node)
            if word is not None and " " in word.text.strip():
                yield from Shell(self.scope).run(word)

    def _call(self, node: ast.Call) -> Iterator[Entry]:
        name = python_handed.last_name(node.func)
        yield from self.environments.handed_on(node, name)
        for keyword in node.keywords:
            if keyword.arg in _SCRIPTS:
                yield from self._lines(keyword.value)
            elif keyword.arg and _FOR_OPTIONS.search(keyword.arg):
                yield from self._options_in(ast.Name(id=keyword.arg), keyword.value, keyword)
        yield from self.options.of_call(node)
        yield from self._given_file(node)
        for_a_test = python_handed.is_for_a_test(node)
        owner = owner_of(node)
        if name in ("setdefault", "putenv", "setenv") and len(node.args) == 2 and not for_a_test:
            yield from self.environments.named(node.args[0], node.args[1], node)
        elif name in ("write", "write_text", "writelines") and node.args:
            yield from self._written(node, self.opened.get(owner, owner))
        elif name in ("append", "extend") and node.args and owner in self.handed:
            yield from self._lines(node.args[0])
        elif node.args and not for_a_test:
            yield from self._run(node, name, owner)
        elif python_handed.runs(name) or _is_for_a_shell(node):
            yield from self._shell_lines(node)

    def _run(self, node: ast.Call, name: str, owner: str) -> Iterator[Entry]:
        """What a call runs: words one by one, words of pip's alone, or lines for a shell."""
        if name == "install" and owner.endswith("session"):
            yield from self._words(
                [*self.texts.put_in_front(node, "pip", "install"), *self.texts.words(node.args)]
            )
        elif _is_pip(name, owner) or self._is_magic(node, name):
            yield from self._pip(node)
        elif words := self.rows.of_call(node, name):
            yield from self._words(words)
        elif name in _SESSION_RUNS and len(node.args) > 1 and self.texts.text(node.args[0]):
            yield from self._words(self.rows.command(node.args, self.texts.words(node.args)))
        elif python_handed.runs(name) or _is_for_a_shell(node):
            yield from self._shell_lines(node)

    def _shell_lines(self, node: ast.Call) -> Iterator[Entry]:
        for argument in python_handed.arguments(node):
            if not isinstance(argument, ast.List | ast.Tuple):
                yield from self._lines(argument)

    def _is_magic(self, node: ast.Call, name: str) -> bool:
        return name == "run_line_magic" and self.texts.text(node.args[0]) == "pip"

    def _pip(self, node: ast.Call) -> Iterator[Entry]:
        """`pip.main(["install", "x"])`, `run_line_magic("pip", "install x")`."""
        program = self.texts.put_in_front(node, "pip")
        argument = node.args[-1]
        if isinstance(argument, ast.List | ast.Tuple):
            yield from self._words([*program, *self.texts.words(argument.elts)])
        elif (word := self.texts.string(self.texts.values.resolved(argument))) is not None:
            words = [word.part(m.start(), m.end()) for m in re.finditer(r"\S+", word.text)]
            yield from self._words([*program, *words])

    def _given_file(self, node: ast.Call) -> Iterator[Entry]:
        """`add_file("/etc/npmrc", text)`: a file of settings, whoever writes it."""
        if len(node.args) < 2 or (target := self.source.constant(node.args[0])) is None:
            return
        match = _SETTINGS_FILE.fullmatch(target.text)
        word = self.texts.string(self.texts.values.resolved(node.args[1])) if match else None
        if match is not None and word is not None and "\n" in word.text:
            name = match[1] if match[1].startswith("pip.") else "." + match[1].lstrip(".")
            named = Word(text=name, at=[], span=target.span)
            yield from written.entries(named, word, self.scope)

    def _written(self, node: ast.Call, owner: str) -> Iterator[Entry]:
        """Text written to a file whose name stands in the same expression."""
        word = self.source.constant(node.args[0])
        match = re.search(r"['\"]([\w./~-]*(?:pip\.conf|pip\.ini|\.condarc|\.npmrc))['\"]", owner)
        if word is not None and match:
            target = Word(text=match[1], at=[], span=word.span)
            yield from written.entries(target, word, self.scope)

    def _list(self, elements: Sequence[ast.expr]) -> Iterator[Entry]:
        """A list of texts that looks like a command line: it has an option in it, or `pip`."""
        if any(_is_data(element) for element in elements):
            return
        texts = [self.texts.beginning(element) for element in elements]
        if (texts and texts[0] in _FIRST) or any(_tells(text) for text in texts[:8]):
            values = [self.texts.values.all_of(element) or [element] for element in elements]
            for place, option in enumerate(texts[:-1], 1):
                if len(values[place]) > 1 and PIPS_VALUE.fullmatch(option):
                    values[place] = [elements[place]]  # each is told where it is written
            for number in range(max((len(one) for one in values), default=0)):
                each = [one[min(number, len(one) - 1)] for one in values]
                words = self.texts.words(elements, each)
                yield from self._words(self.rows.command(elements, words))

    def _each(self, node: ast.expr) -> Iterator[Entry]:
        """`[f"--trusted-host={host}" for host in HOSTS]`, of which each is an option."""
        word = self.texts.string(node) if isinstance(node, ast.JoinedStr | ast.BinOp) else None
        if word is not None and _PIP_OPTION.match(word.text):
            words = [word.part(m.start(), m.end()) for m in re.finditer(r"\S+", word.text)]
            yield from self._words(self.rows.command([node], words))

    def _words(self, words: list[Word]) -> Iterator[Entry]:
        yield from argv.entries(words, self.scope)


def _tells(text: str) -> bool:
    return text.startswith("-") or bool(_TELLING.search(text))


def _is_for_a_shell(node: ast.Call) -> bool:
    """Whether a call is told that a shell reads what it is given."""
    return any(word.arg == "shell" and constant(word.value) is True for word in node.keywords)


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


def _is_data(node: ast.expr) -> bool:
    """Whether an expression cannot be a word of a command line."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str)
    return isinstance(node, ast.List | ast.Tuple | ast.Dict | ast.Set)
