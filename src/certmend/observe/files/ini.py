"""INI files of other clients: setup.cfg, .pypirc, .npmrc, .gitconfig, .curlrc, .wgetrc."""

from collections.abc import Callable, Iterable

from certmend.model.document import Command, Comment, Entry, Key, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import ini_lines, written
from certmend.observe.syntax.config import in_order, keys
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_words import Lexer


def _reader(
    client: str, *, inline: bool = False, folded: bool = False
) -> Callable[[Source], Iterable[Entry]]:
    def read(source: Source) -> Iterable[Entry]:
        tree = ini_lines.read(source.text, inline=inline, folded=folded)
        return in_order(keys(client, tree, scope=source.scope), ini_lines.comments(source.text))

    return read


def _read_setup_cfg(source: Source) -> Iterable[Entry]:
    """Its own keys, and what tox runs because of it."""
    found = list(_reader("setuptools", folded=True)(source))
    if "[testenv" in source.text.text:
        of_tox = written.read_as("tox.ini", source.text, source.scope)
        found += [
            entry for entry in of_tox if not isinstance(entry, Comment) and not _is_key(entry)
        ]
    return in_order(found)


def _is_key(entry: Entry) -> bool:
    return isinstance(entry, Key) and entry.client == "tox"


def _git(source: Source) -> Iterable[Entry]:
    """The keys, and what an alias runs: a command of git's, or behind `!` one of the shell's."""
    found = list(_reader("git", inline=True)(source))
    for key in [one for one in found if isinstance(one, Key) and one.path[0].lower() == "alias"]:
        for value in key.values:
            quoted = len(value.text) > 1 and value.text[0] == value.text[-1] == '"'
            text = value.part(quoted, len(value.text) - quoted)
            if text.text.startswith("!"):
                found += Shell(source.scope).run(text.part(1, len(text.text)))
                continue
            tokens = Lexer(text, lambda _: None).tokens()
            words = [token.word for token in tokens if token.word is not None]
            git = Word(text="git", at=[], span=text.place(0, 0))
            found.append(Command(words=(git, *words), span=text.span, scope=source.scope))
    return in_order(found)


SETUP_CFG = FileKind(
    name="setup-cfg",
    role=Role.CONFIG,
    read=_read_setup_cfg,
    names=("setup.cfg", ".pydistutils.cfg", "pydistutils.cfg", "distutils.cfg"),
)
PYPIRC = FileKind(
    name="pypirc", role=Role.CONFIG, read=_reader("twine", folded=True), names=(".pypirc",)
)
NPMRC = FileKind(name="npmrc", role=Role.CONFIG, read=_reader("npm"), names=(".npmrc", "npmrc"))
GITCONFIG = FileKind(
    name="gitconfig",
    role=Role.CONFIG,
    read=_git,
    names=(
        ".gitconfig",
        "gitconfig",
        ".gitconfig.*",
        ".gitconfig-*",
        ".gitconfig_*",
        "*.gitconfig",
        "gitconfig-*",
        "gitconfig_*",
    ),
    paths=("git/config",),
)
WGETRC = FileKind(
    name="wgetrc", role=Role.CONFIG, read=_reader("wget"), names=(".wgetrc", "wgetrc")
)
