"""tox.ini: variables, dependencies with pip's options, and commands.

What `[testenv]` says holds for every environment that does not say it itself. Source: tox's
configuration reference, `set_env`, `deps`, `skip_install`.
"""

from collections.abc import Iterable, Mapping

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import argv, ini_lines, written
from certmend.observe.syntax.config import in_order, keys
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import joined
from certmend.observe.syntax.tree import Node

_COMMANDS = frozenset(
    ("commands", "commands_pre", "commands_post", "install_command", "list_dependencies_command")
)
_DEFAULT = lazy.regex(r"\{env:\w+:([^{}\n]*)\}")
_VARIABLES = ("setenv", "set_env")
_BASE = "testenv"


def read(source: Source) -> Iterable[Entry]:
    """All keys, and what runs because of them."""
    tree = ini_lines.read(source.text, inline=True)
    found: list[Entry] = list(keys("tox", tree, scope=source.scope))
    base = tree.get(_BASE)
    for pair in tree.pairs or ():
        section = _Section(pair.key.text, pair.value, base, source.scope)
        found += section.entries()
    return in_order(found, ini_lines.comments(source.text))


def _with_defaults(value: Word) -> Word:
    """A value with the defaults of `{env:NAME:default}` in their places (tox, "Substitutions")."""
    pieces: list[Word] = []
    last = 0
    for match in _DEFAULT.finditer(value.text):
        pieces += [value.part(last, match.start()), value.part(*match.span(1))]
        last = match.end()
    return joined([*pieces, value.part(last, len(value.text))], "", value.span) if last else value


class _Section:
    """One section: what it sets for its own commands, and what it runs."""

    def __init__(self, name: str, node: Node, base: Node | None, outer: str) -> None:
        self.node = node
        self.base = base if name.startswith(f"{_BASE}:") else None
        self.scope = f"{outer}{name}" if self.base is not None else outer
        self.inside = (*((outer,) if outer else ()), *name.split(":", 1))

    def entries(self) -> list[Entry]:
        """The variables, and what runs with them."""
        own = self._variables(self.node)
        found: list[Entry] = list(own)
        environment = {one.name: one.value for one in (*self._inherited(), *own)}
        for pair in self.node.pairs or ():
            name = pair.key.text
            for word in map(_with_defaults, pair.value.scalars()):
                if name in _COMMANDS:
                    found += Shell(self.scope, environment).run(word)
                elif name in ("deps", "install_requires", "pip_options"):
                    found += written.read_as("requirements.txt", word, self.scope)
        return [*found, *self._installs(environment)]

    def _variables(self, node: Node) -> list[Assignment]:
        values = [found for name in _VARIABLES if (found := node.get(name))]
        words = [word for value in values for word in value.scalars()]
        return [one for word in map(_with_defaults, words) if (one := self._variable(word))]

    def _inherited(self) -> list[Assignment]:
        """What the base environment sets, unless this one sets its own without naming that."""
        own = [found for name in _VARIABLES if (found := self.node.get(name))]
        named = any("{[" in word.text for value in own for word in value.scalars())
        return self._variables(self.base) if self.base is not None and (named or not own) else []

    def _variable(self, word: Word) -> Assignment | None:
        name, equals, value = word.text.partition("=")
        if not equals:
            return None
        start = len(word.text) - len(value.lstrip())
        return Assignment(
            name=name.split(":")[-1].strip(), value=word.part(start, len(word.text)), how=How.ENV,
            span=word.span, scope=self.scope, inside=self.inside,
        )  # fmt: skip

    def _installs(self, environment: Mapping[str, Word]) -> list[Entry]:
        """`deps` are installed with pip before the commands run."""
        deps = self.node.get("deps")
        if deps is None and self.base is not None and any(map(self.node.get, _VARIABLES)):
            deps = self.base.get("deps")
        words = [word for word in deps.scalars() if word.text] if deps is not None else []
        if not words or self.node.text("skip_install").lower() in ("true", "1", "yes", "on"):
            return []
        pip = [Word(text=text, at=[], span=words[0].span) for text in ("pip", "install")]
        return argv.entries(pip, self.scope, environment)


TOX = FileKind(name="tox", role=Role.CONFIG, read=read, names=("tox.ini", "tox-*.ini"))
