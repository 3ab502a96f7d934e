"""Conda's .condarc, and environments with the pip requirements in them; yarn's settings in YAML."""

from collections.abc import Iterable

from certmend.model.document import Assignment, Entry, How, Role, Span
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import written, yaml_tree
from certmend.observe.syntax.config import in_order, keys


def read(source: Source) -> Iterable[Entry]:
    """The keys; a `pip:` list holds lines of a requirements file."""
    found: list[Entry] = []
    for node in yaml_tree.read(source.text):
        found += keys("conda", node, scope=source.scope)
        for path, pair in node.walk():
            if path[-1] == "pip":
                for word in pair.value.scalars():
                    found += written.read_as("requirements.txt", word, source.scope)
            elif path[:-1] == ("variables",) and (value := pair.value.scalar) is not None:
                span = Span(pair.key.span.start, value.span.end)
                name = pair.key.text
                found.append(Assignment(name=name, value=value, how=How.ENV, span=span))
    return in_order(found, yaml_tree.comments(source.text))


def read_yarn(source: Source) -> Iterable[Entry]:
    """The keys of yarn's settings."""
    found = [key for node in yaml_tree.read(source.text) for key in keys("npm", node)]
    return in_order(found, yaml_tree.comments(source.text))


CONDARC = FileKind(
    name="condarc", role=Role.CONFIG, read=read,
    names=(".condarc", "condarc", "*.condarc", ".mambarc"),
    paths=("condarc.d/*.yml",),
)  # fmt: skip
ENVIRONMENT = FileKind(
    name="conda-environment",
    role=Role.CONFIG,
    read=read,
    names=(
        "environment.yml", "environment.yaml", "environment-*.yml", "environment_*.yml",
        "environment-*.yaml", "environment_*.yaml", "conda.yml", "conda.yaml", "*environment.yml",
        "*environment.yaml", "conda*.yml", "conda*.yaml",
    ),
)  # fmt: skip
YARNRC = FileKind(name="yarnrc", role=Role.CONFIG, read=read_yarn, names=(".yarnrc.yml",))
