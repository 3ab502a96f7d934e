"""Justfiles: variables, and recipes with those put in. Source: the manual of just."""

import re
from collections.abc import Iterable

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import is_left_empty, joined

_VARIABLE = lazy.regex(
    r"^(?P<export>export[ \t]+)?(?P<name>[A-Za-z_][\w-]*)[ \t]*:=[ \t]*"
    r"(?P<quote>[\"']?)(?P<value>[^\n]*?)(?P=quote)[ \t]*\r?$",
    re.MULTILINE,
)
_RECIPE = lazy.regex(r"(?:^[ \t]+\S[^\n]*(?:\n|\Z)(?:[ \t]*\n)*)+", re.MULTILINE)
_MARK = lazy.regex(r"^[ \t]+[@-]*", re.MULTILINE)
_REFERENCE = lazy.regex(r"\{\{[ \t]*([A-Za-z_][\w-]*)[ \t]*\}\}")


def read(source: Source) -> Iterable[Entry]:
    """All variables and recipes."""
    text = source.text
    values: dict[str, Word] = {}
    exported: dict[str, Word] = {}
    found: list[Entry] = []
    for match in _VARIABLE.finditer(text.text):
        name, value = match["name"], text.part(match.start("value"), match.end("value"))
        values[name] = value
        if match["export"]:
            exported[name] = value
        how = How.EXPORT if match["export"] else How.SHELL
        found.append(
            Assignment(name=name, value=value, how=how, span=value.span, scope=source.scope)
        )
    for match in _RECIPE.finditer(text.text):
        recipe = _expanded(text.part(match.start(), match.end()), values)
        found += Shell(source.scope, exported).run(recipe)
    return in_order(found, yaml_tree.comments(text))


def _expanded(recipe: Word, values: dict[str, Word]) -> Word:
    """A recipe's lines without their marks, and with the variables put in."""
    plain = _MARK.sub(lambda match: " " * len(match.group()), recipe.text)
    recipe = Word(text=plain, at=recipe.at, span=recipe.span)
    pieces: list[Word] = []
    last = 0
    for match in _REFERENCE.finditer(plain):
        value = values.get(match[1])
        if value is not None and not is_left_empty(plain, match.start(), value.text):
            pieces += [recipe.part(last, match.start()), value]
            last = match.end()
    return joined([*pieces, recipe.part(last, len(plain))], "", recipe.span)


JUSTFILE = FileKind(
    name="justfile",
    role=Role.SCRIPT,
    read=read,
    names=("justfile", ".justfile"),
    suffixes=(".just",),
)
