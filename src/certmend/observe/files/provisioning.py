"""Scripts inside other languages: Vagrantfiles, Terraform and Packer, Singularity's recipes.

A here-document is a script where its first line or its key says so, and so are the texts of an
`inline` or a `command`. Sources: the documentation of Vagrant's shell provisioner, Terraform's
heredocs and provisioners, Packer's shell provisioner, Bake's `args`, and Singularity's definition
files.
"""

import re
from collections.abc import Iterable, Iterator

from certmend.model import lazy
from certmend.model.document import Assignment, Comment, Entry, How, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import hcl_settings, remarks, written, yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.shell import Shell

_HEREDOC = lazy.regex(remarks.HEREDOC, re.DOTALL | re.MULTILINE)
_STRING = lazy.regex(r"(?P<quote>[\"'])(?P<text>(?:\\.|(?!(?P=quote))[^\\\n])*)(?P=quote)")
_SCRIPTS = lazy.regex(
    r"\b(?:inline|command|user_data|custom_data|metadata_startup_script|startup-script)\b[\"']?\s*"
    r"(?:=>|[=:])\s*(?P<value>\[[^\]]*\]|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
)
_TABLES = lazy.regex(
    r"\b(?:args|env|environment|environment_variables|build_args|build_arg|variables)\b[\"']?\s*"
    r"(?:=>|[=:])?\s*\{(?P<value>[^{}]*)\}"
)
_LISTS = lazy.regex(r"\b(?:environment_vars|env)\b\s*=\s*\[(?P<value>[^\]]*)\]")
_PAIR = lazy.regex(
    r"[\"']?(?P<name>[A-Za-z_]\w*)[\"']?\s*(?:=>|[=:])\s*(?P<quote>[\"'])(?P<value>[^\"'\n]*)(?P=quote)"
)
_COMMENT = lazy.regex(r"^[ \t]*(?:#|//)[^\n]*", re.MULTILINE)
_SECTION = lazy.regex(r"^%(?P<name>\w+)[^\n]*\n(?P<body>.*?)(?=^%\w|\Z)", re.DOTALL | re.MULTILINE)
_RUN = frozenset(("post", "environment", "runscript", "startscript", "test", "setup", "appinstall"))
_KINDS = ((re.compile(r"\s*#cloud-config"), "x.yaml"), (re.compile(r"\s*<powershell>"), "x.ps1"),
          (re.compile(r"\s*#!.*python"), "x.py"))  # fmt: skip


def read(source: Source) -> Iterable[Entry]:
    """Every script and every variable that is handed to one."""
    comments = list(_comments(source.text))
    is_ruby = "vagrant" in source.path.lower()
    text = remarks.without(remarks.closed(source.text), is_ruby=is_ruby)
    plain = _COMMENT.sub(lambda match: " " * len(match.group()), text.text)
    found: list[Entry] = []
    for match in _HEREDOC.finditer(text.text):
        if is_ruby or remarks.is_script(text.text, match):
            found += _script(text.part(match.start("body"), match.end("body")), source.scope)
    outside = _HEREDOC.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), plain)
    for match in _SCRIPTS.finditer(outside):
        for string in _STRING.finditer(outside, match.start("value"), match.end("value")):
            script = written.unescaped(text.part(string.start("text"), string.end("text")))
            found += Shell(source.scope).run(script)
    found += _variables(text, outside, source.scope)
    noted = {one.value.place().end for one in found if isinstance(one, Assignment)}
    declared = hcl_settings.variables(text, outside, source.scope)
    found += [one for one in declared if one.value.place().end not in noted]
    found += hcl_settings.files(text, source.scope)
    return in_order(found, comments)


def _comments(text: Word) -> Iterator[Comment]:
    for match in _COMMENT.finditer(text.text):
        yield Comment(
            text=text.part(match.start(), match.end()), span=text.place(match.start(), match.end())
        )


def _script(body: Word, scope: str) -> list[Entry]:
    """A here-document's entries: it says in its first line what reads it."""
    for mark, name in _KINDS:
        if mark.match(body.text):
            return written.read_as(name, body, scope)
    return Shell(scope).run(body)


def _variables(text: Word, outside: str, scope: str) -> Iterator[Assignment]:
    for match in _TABLES.finditer(outside):
        for pair in _PAIR.finditer(outside, match.start("value"), match.end("value")):
            yield _variable(text, pair, scope)
    for match in _LISTS.finditer(outside):
        for string in _STRING.finditer(outside, match.start("value"), match.end("value")):
            name, equals, _ = string["text"].partition("=")
            if equals:
                start = string.start("text") + len(name) + 1
                value = text.part(start, string.end("text"))
                span = text.place(string.start("text"), string.end("text"))
                yield Assignment(name=name, value=value, how=How.ENV, span=span, scope=scope)


def _variable(text: Word, pair: re.Match[str], scope: str) -> Assignment:
    value = text.part(pair.start("value"), pair.end("value"))
    span = text.place(pair.start(), pair.end())
    return Assignment(name=pair["name"], value=value, how=How.ENV, span=span, scope=scope)


def read_singularity(source: Source) -> Iterable[Entry]:
    """The sections that are scripts; what the environment exports is in force in the others."""
    found: list[Entry] = []
    for match in _SECTION.finditer(source.text.text):
        if match["name"] in _RUN:
            body = source.text.part(match.start("body"), match.end("body"))
            found += Shell(source.scope).run(body)
    return in_order(found, yaml_tree.comments(source.text))


VAGRANT = FileKind(
    name="vagrant", role=Role.SCRIPT, read=read, names=("vagrantfile", "vagrantfile.*")
)
TERRAFORM = FileKind(name="hcl", role=Role.CONFIG, read=read, suffixes=(".tf", ".hcl", ".tfvars"))
SINGULARITY = FileKind(
    name="singularity", role=Role.IMAGE, read=read_singularity,
    names=("singularity", "singularity.*", "apptainer.def"), suffixes=(".def",),
)  # fmt: skip
