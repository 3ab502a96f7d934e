"""tox.ini: variables, dependencies with pip's options, and commands."""

from collections.abc import Iterable

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import ini_lines, written
from certmend.observe.syntax.config import in_order, keys
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import joined

_COMMANDS = frozenset(
    ("commands", "commands_pre", "commands_post", "install_command", "list_dependencies_command")
)
_DEFAULT = lazy.regex(r"\{env:\w+:([^{}\n]*)\}")
_VARIABLES = frozenset(("setenv", "set_env"))


def read(source: Source) -> Iterable[Entry]:
    """All keys, and what runs because of them."""
    tree = ini_lines.read(source.text, inline=True)
    found: list[Entry] = list(keys("tox", tree, scope=source.scope))
    for path, pair in tree.walk():
        name = path[-1]
        for scalar in pair.value.scalars():
            word = _with_defaults(scalar)
            if name in _VARIABLES:
                found += _variable(word, source.scope)
            elif name in _COMMANDS:
                found += Shell(source.scope).run(word)
            elif name in ("deps", "install_requires", "pip_options"):
                found += written.read_as("requirements.txt", word, source.scope)
    return in_order(found, ini_lines.comments(source.text))


def _with_defaults(value: Word) -> Word:
    """A value with the defaults of `{env:NAME:default}` in their places (tox, "Substitutions")."""
    pieces: list[Word] = []
    last = 0
    for match in _DEFAULT.finditer(value.text):
        pieces += [value.part(last, match.start()), value.part(*match.span(1))]
        last = match.end()
    return joined([*pieces, value.part(last, len(value.text))], "", value.span) if last else value


def _variable(word: Word, scope: str) -> Iterable[Entry]:
    name, equals, value = word.text.partition("=")
    if equals:
        start = len(word.text) - len(value.lstrip())
        yield Assignment(
            name=name.split(":")[-1].strip(),
            value=word.part(start, len(word.text)),
            how=How.ENV,
            span=word.span,
            scope=scope,
        )


TOX = FileKind(name="tox", role=Role.CONFIG, read=read, names=("tox.ini", "tox-*.ini"))
