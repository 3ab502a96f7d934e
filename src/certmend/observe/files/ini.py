"""INI files of other clients: setup.cfg, .pypirc, .npmrc, .gitconfig, .curlrc, .wgetrc."""

from collections.abc import Callable, Iterable

from certmend.model.document import Entry, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import ini_lines
from certmend.observe.syntax.config import in_order, keys


def _reader(
    client: str, *, inline: bool = False, folded: bool = False
) -> Callable[[Source], Iterable[Entry]]:
    def read(source: Source) -> Iterable[Entry]:
        tree = ini_lines.read(source.text, inline=inline, folded=folded)
        return in_order(keys(client, tree, scope=source.scope), ini_lines.comments(source.text))

    return read


SETUP_CFG = FileKind(
    name="setup-cfg",
    role=Role.CONFIG,
    read=_reader("setuptools", folded=True),
    names=("setup.cfg", ".pydistutils.cfg", "pydistutils.cfg", "distutils.cfg"),
)
PYPIRC = FileKind(
    name="pypirc", role=Role.CONFIG, read=_reader("twine", folded=True), names=(".pypirc",)
)
NPMRC = FileKind(name="npmrc", role=Role.CONFIG, read=_reader("npm"), names=(".npmrc", "npmrc"))
GITCONFIG = FileKind(
    name="gitconfig",
    role=Role.CONFIG,
    read=_reader("git", inline=True),
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
