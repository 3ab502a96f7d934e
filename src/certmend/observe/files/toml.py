"""TOML files: pyproject.toml, tox.toml, uv.toml, poetry.toml, pdm.toml, hatch.toml, Pipfile.

Of any other the command lines and variables are read: nixpacks.toml, railway.toml, netlify.toml,
mise.toml, Cargo Make's and their like, by the names that they give them.
"""

from collections.abc import Callable, Iterable, Iterator

from certmend.model.document import Assignment, Entry, How, Key, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import argv, pipeline_names, toml_tree, written, yaml_tree
from certmend.observe.syntax.config import in_order, keys
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import joined
from certmend.observe.syntax.tree import Node

_SCRIPTS = (
    "scripts",
    "cmd",
    "shell",
    "before-build",
    "before-all",
    "test-command",
    "composite",
    "before-test",
    "commands",
    "run",
    "pre-install-commands",
    "post-install-commands",
    "tasks",
    "poe",
    "cmds",
    "command",
    "buildCommand",
    "startCommand",
    "preDeployCommand",
    "releaseCommand",
    "installCommand",
)
_TEXTS = pipeline_names.TEXTS | {"usage", "summary", "desc"}
_ENVIRONMENTS = ("environment", "env-vars", "env", "set_env", "setenv", "overrides", "variables")


def _reader(client: str) -> Callable[[Source], Iterable[Entry]]:
    def read(source: Source) -> Iterable[Entry]:
        tree = toml_tree.read(source.text)
        found = list(keys(client, tree, scope=source.scope))
        inside = [entry for key in found for entry in _inside(key)]
        inside += _lists(tree)
        return in_order([*found, *inside], yaml_tree.comments(source.text))

    return read


def _inside(key: Key) -> Iterator[Entry]:
    """The variables and the command lines that a build's settings hold."""
    if any(part in _ENVIRONMENTS for part in key.path[:-1]) and len(key.values) == 1:
        yield Assignment(
            name=key.path[-1], value=key.values[0], how=How.ENV, span=key.span, removal=key.removal
        )
    elif key.path[-1] == "environment" and "cibuildwheel" in key.path:
        for value in key.values:
            yield from _script(joined([value.part(0, 0), value], "export ", value.span))
    elif key.path[-1:] == ("legacy_tox_ini",):
        for value in key.values:
            yield from written.read_as("tox.ini", value, "")
    elif key.client == "tox" and key.path[-1] == "deps":
        for value in key.values:
            yield from written.read_as("requirements.txt", value, "")
    elif any(part in _SCRIPTS for part in key.path) and not _is_text(key):
        for value in key.values:
            yield from _script(value)


def _is_text(key: Key) -> bool:
    """Whether a task says by this key what it is for; a task may be called `help` itself."""
    return key.path[-1] in _TEXTS and key.path[-2] not in _SCRIPTS


def _lists(tree: Node) -> Iterator[Entry]:
    """The commands that are given as lists of their words: tox 4 has lists of such lists."""
    for path, pair in tree.walk():
        if path[-1] in _SCRIPTS:
            for item in pair.value.items or ():
                if item.items:
                    yield from argv.entries(item.scalars(), "")


def _script(value: Word) -> list[Entry]:
    return Shell().run(value)


PYPROJECT = FileKind(
    name="pyproject", role=Role.CONFIG, read=_reader("pyproject"), names=("pyproject.toml",)
)
UV = FileKind(name="uv", role=Role.CONFIG, read=_reader("uv"), names=("uv.toml",))
POETRY = FileKind(
    name="poetry",
    role=Role.CONFIG,
    read=_reader("poetry"),
    names=("poetry.toml",),
    paths=("pypoetry/config.toml", "pypoetry/auth.toml"),
)
PDM = FileKind(
    name="pdm", role=Role.CONFIG, read=_reader("pdm"), names=("pdm.toml", ".pdm.toml"),
    paths=("pdm/config.toml",),
)  # fmt: skip
HATCH = FileKind(name="hatch", role=Role.CONFIG, read=_reader("hatch"), names=("hatch.toml",))
PIPFILE = FileKind(name="pipfile", role=Role.CONFIG, read=_reader("pipenv"), names=("pipfile",))
PIXI = FileKind(name="pixi", role=Role.CONFIG, read=_reader("pixi"), names=("pixi.toml",))
TOX = FileKind(name="tox-toml", role=Role.CONFIG, read=_reader("tox"), names=("tox.toml",))
OTHER = FileKind(name="toml", role=Role.CONFIG, read=_reader("toml"), suffixes=(".toml",))
