"""What Node's projects and editors run and set: package.json, tasks, launch settings, .yarnrc.

Sources: npm's package.json, VS Code's tasks and launch configurations, Yarn 1's .yarnrc.
"""

import re
from collections.abc import Iterable, Iterator

from certmend.model.document import Entry, Key, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.files.pipelines import read_json
from certmend.observe.syntax import json_tree, yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.shell import Shell

_SETTING = re.compile(
    r"^[ \t]*\"?(?P<name>[\w.:@/-]+)\"?[ \t]+\"?(?P<value>[^\"\n]*?)\"?[ \t]*\r?$", re.MULTILINE
)


def read_package(source: Source) -> Iterable[Entry]:
    """The scripts, each in a shell of its own."""
    found: list[Entry] = []
    for node in json_tree.read(source.text):
        scripts = node.get("scripts")
        for pair in scripts.pairs or () if scripts is not None else ():
            if pair.value.scalar is not None:
                found += Shell(source.scope).run(pair.value.scalar)
    return in_order(found)


def read_yarnrc(source: Source) -> Iterable[Entry]:
    """A name, a blank and a value on each line."""
    return in_order(_settings(source), yaml_tree.comments(source.text))


def _settings(source: Source) -> Iterator[Key]:
    text = source.text
    for match in _SETTING.finditer(text.text):
        value = text.part(match.start("value"), match.end("value"))
        span = text.place(match.start(), match.end())
        yield Key(
            client="npm", path=(match["name"],), values=(value,), span=span, scope=source.scope
        )


PACKAGE = FileKind(
    name="package-json", role=Role.SCRIPT, read=read_package, names=("package.json",), comment=""
)
EDITOR = FileKind(
    name="editor",
    role=Role.CONFIG,
    read=read_json,
    names=("launch.json", "tasks.json", "settings.json", "settings.local.json", "mcp.json",
           ".mcp.json", "packer.json"),
    comment="//",
)  # fmt: skip
YARNRC_CLASSIC = FileKind(
    name="yarnrc-classic", role=Role.CONFIG, read=read_yarnrc, names=(".yarnrc",)
)
