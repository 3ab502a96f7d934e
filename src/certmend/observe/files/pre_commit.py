"""pre-commit's hooks: an `entry` and its `args` are the words of one command.

What pygrep looks for and what a hook of the language `fail` says are no commands.
Source: pre-commit's documentation, "Creating new hooks"; pre_commit/lang_base.py.
"""

from collections.abc import Iterable, Iterator

from certmend.model.document import Entry, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.files import pipelines
from certmend.observe.syntax import argv, yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.shell_words import Lexer
from certmend.observe.syntax.tree import Node

_NO_COMMANDS = frozenset(("pygrep", "fail"))


def read(source: Source) -> Iterable[Entry]:
    """What the hooks run, beside what any YAML says."""
    found = list(pipelines.read(source))
    for node in yaml_tree.read(source.text):
        for hook in _hooks(node):
            found += argv.entries(_words(hook), source.scope)
    return in_order(found)


def _hooks(node: Node) -> Iterator[Node]:
    """Every mapping with an entry, however deep: a file of hooks is a list of them."""
    if node.get("entry") is not None and node.text("language") not in _NO_COMMANDS:
        yield node
    for below in (*(pair.value for pair in node.pairs or ()), *(node.items or ())):
        yield from _hooks(below)


def _words(hook: Node) -> list[Word]:
    entry, arguments = hook.get("entry"), hook.get("args")
    if entry is None or entry.scalar is None:
        return []
    tokens = Lexer(entry.scalar, lambda _: None).tokens()
    words = [token.word for token in tokens if token.word is not None]
    return [*words, *(arguments.scalars() if arguments is not None else ())]


PRE_COMMIT = FileKind(
    name="pre-commit",
    role=Role.SCRIPT,
    read=read,
    names=(".pre-commit-config.yaml", ".pre-commit-config.yml", ".pre-commit-hooks.yaml"),
)
