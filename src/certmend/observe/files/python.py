"""Python sources and Jupyter notebooks: what they run, what they set, what they do to TLS."""

import re
from collections.abc import Iterable, Iterator

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Role, Span, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe import project
from certmend.observe.syntax import json_tree, pipeline_names, python_parsed, written
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.python_bound import Bound
from certmend.observe.syntax.python_commands import Commands
from certmend.observe.syntax.python_files import Files
from certmend.observe.syntax.python_source import Python
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import joined
from certmend.observe.syntax.tree import Node

_MAGIC = lazy.regex(
    r"^[ \t]*(?:[\w, ]+=[ \t]*)?(?P<mark>!+|%)(?P<line>[^\n]*(?:\\\n[^\n]*)*)", re.MULTILINE
)
_KEPT_MAGIC = lazy.regex(
    r"^[ \t]*(?P<mark>!|%(?=pip|conda))(?P<line>[ \t]*(?:[^\s!]{0,80}?python[\d.]*[ ]-m[ ])?"
    r"(?:pip|conda|mamba|uv|curl|wget|git|npm)\d?\b[^\n]*)",
    re.MULTILINE,
)
"""The same in a file of Python's own, where nothing else begins so."""
_CELL_MAGIC = lazy.regex(r"\s*%(?:%(?P<name>\w+|!)|(?P<sh>sh))[ \t]*(?P<rest>[^\n]*)\n")
_TIMED = lazy.regex(r"(?:timeit|time|prun)\b[^\n!]*!")
_GIVEN = lazy.regex(
    r"^(?P<name>[A-Za-z_]\w*)[ \t]*=[ \t]*(['\"])(?P<value>[^'\"\n\\]+)\2[ \t]*(?:#[^\n]*)?$",
    re.MULTILINE,
)
_INSERTED = lazy.regex(r"\{(?P<field>[A-Za-z_]\w*)\}|\$\{?(?P<name>[A-Za-z_]\w*)\}?")
"""What IPython puts into a command line: variables of the program."""
_DATABRICKS = lazy.regex(r"\ufeff?# Databricks notebook source[ \t]*\r?\n")
_END_OF_CELL = lazy.regex(r"^# COMMAND -+[ \t]*\r?$|\Z", re.MULTILINE)
_COMMENTED = lazy.regex(r"^# MAGIC ?([^\r\n]*)", re.MULTILINE)
_CELL_COMMAND = lazy.regex(r"\s*%(?P<name>pip|conda|sh)\b(?:[ \t]+-\w+(?=\s))*")
_ENV = lazy.regex(r"(?:set_)?env\s+(?P<name>\w+)(?:\s*=\s*|\s+)(?P<value>.*)")
_SCRIPT = lazy.regex(r"^# /// script *\n(?P<body>(?:#(?:| .*)\n)+?)# ///", re.MULTILINE)
_SCRIPT_LINE = lazy.regex(r"^# ?(.*)$", re.MULTILINE)
_SHELLS = frozenset(("bash", "sh", "script", "system", "sx", "!"))


def read(source: Source) -> Iterable[Entry]:
    """One program; a notebook that was written out as one keeps its `!pip`."""
    text, found = source.text, []
    for match in _kept(text.text):
        line = text.part(match.start("line"), match.end("line"))
        found += _magic(line, match["mark"], source.scope)
    if found:
        text = Word(text=_KEPT_MAGIC.sub(_blank, text.text), at=text.at, span=text.span)
    found += _databricks(text, source.scope)
    file = project.inside(source.path)
    return in_order([*found, *_program(text, source.scope, file, source)])


def _kept(text: str) -> list[re.Match[str]]:
    """The magics of a program; where Python can read all of it they stand in its texts."""
    found = list(_KEPT_MAGIC.finditer(text))
    return found if found and not python_parsed.is_readable(text) else []


def _databricks(text: Word, scope: str) -> list[Entry]:
    """The commands of a notebook that Databricks wrote out: a comment is each of their lines.

    A cell of another language, and one of prose, begins with that one's name.
    """
    if not (begin := _DATABRICKS.match(text.text)):
        return []
    found: list[Entry] = []
    start = begin.end()
    for end in _END_OF_CELL.finditer(text.text, start):
        lines = _COMMENTED.finditer(text.text, start, end.start())
        cell = joined([text.part(*line.span(1)) for line in lines], "\n", text.span)
        start = end.end()
        if not (match := _CELL_COMMAND.match(cell.text)):
            continue
        if match["name"] == "sh":
            found += Shell(scope).run(cell.part(match.end(), len(cell.text)))
            continue
        for one in _MAGIC.finditer(cell.text):
            found += _magic(cell.part(one.start("line"), one.end("line")), one["mark"], scope)
    return found


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match.group())


def _is_tried(entry: Entry, finder: Bound) -> bool:
    """Whether a test tries it, or a suite sets it for the program that it is a suite of."""
    is_own = isinstance(entry, Assignment) and not pipeline_names.CLIENTS.fullmatch(entry.name)
    return finder.trials.tries(entry.span) or (finder.trials.is_test and is_own)


def _program(text: Word, scope: str, file: str = "", source: Source | None = None) -> list[Entry]:
    try:
        return _said(Python(text), scope, file, source)
    except RecursionError:  # a sum of a thousand parts
        return _said(Python(text, is_shallow=True), scope, file, source)


def _said(python: Python, scope: str, file: str, source: Source | None) -> list[Entry]:
    finder = Bound(python, scope, file)
    if source is not None:
        finder.heeds = source.heeds
    found: list[Entry] = list(finder.calls())
    found += finder.derived(source.verifies_with if source is not None else None)
    if source is not None and source.is_told is not None:
        found += finder.constants(source.is_told)
    commands = Commands(python, scope, finder.known)
    found += [one for one in commands.entries() if not _is_tried(one, finder)]
    if not finder.trials.is_test:
        found += Files(python, scope).entries()
    found += _metadata(python.word, scope)
    return [*found, *python.comments()]


def _metadata(text: Word, scope: str) -> Iterator[Entry]:
    """What a script says of itself to uv: TOML in comments (PEP 723)."""
    if (match := _SCRIPT.search(text.text)) is None:
        return
    lines = _SCRIPT_LINE.finditer(text.text, match.start("body"), match.end("body"))
    content = joined([text.part(*line.span(1)) for line in lines], "\n", text.span)
    yield from written.entries(Word(text="pyproject.toml", at=[], span=text.span), content, scope)


def read_notebook(source: Source) -> Iterable[Entry]:
    """The code cells, which are one program; what follows `!` and `%` is a command line."""
    found: list[Entry] = []
    for root in json_tree.read(source.text):
        cells = root.get("cells")
        program: list[Word] = []
        values: dict[str, str] = {}
        for cell in cells.items or () if cells is not None else ():
            if cell.text("cell_type") == "code":
                entries, code = _cell(_text(cell), source.scope, values)
                found += entries
                program += code
        found += _program(joined(program, "\n", root.span), source.scope)
    return in_order(found)


def _text(cell: Node) -> Word:
    """A cell's source: a list of lines, or one text."""
    source = cell.get("source")
    lines = source.scalars() if source is not None else []
    return joined(lines, "", cell.span)


def _cell(text: Word, scope: str, values: dict[str, str]) -> tuple[list[Entry], list[Word]]:
    """What a cell's commands say, and what of it belongs to the notebook's program.

    A command may be put together from the values that the program gave its names before.
    """
    values |= {match["name"]: match["value"] for match in _GIVEN.finditer(text.text)}
    if match := _CELL_MAGIC.match(text.text):
        body = text.part(match.end(), len(text.text))
        if match["sh"] or match["name"] in _SHELLS:
            return Shell(scope).run(body), []
        if match["name"] in ("writefile", "file"):
            target = Word(text=match["rest"].split()[-1] if match["rest"].split() else "", at=[],
                          span=text.span)  # fmt: skip
            return list(written.entries(target, body, scope)), []
        text = body
    found: list[Entry] = []
    for match in _MAGIC.finditer(text.text):
        line = text.part(match.start("line"), match.end("line"))
        found += _magic(_inserted(line, values), match["mark"], scope)
    rest = _MAGIC.sub(_blank, text.text)
    return found, [Word(text=rest, at=text.at, span=text.span)]


def _inserted(line: Word, values: dict[str, str]) -> Word:
    """A command line with the values of the program's variables in it."""
    parts: list[Word] = []
    end = 0
    for match in _INSERTED.finditer(line.text) if values else ():
        value = values.get(match["field"] or match["name"])
        if value is not None and len(line.at) >= match.end():
            place = line.at[match.start()]
            parts += [
                line.part(end, match.start()),
                Word(text=value, at=[place] * len(value), span=line.place(*match.span())),
            ]
            end = match.end()
    return joined([*parts, line.part(end, len(line.text))], "", line.span) if end else line


def _magic(line: Word, mark: str, scope: str) -> list[Entry]:
    if mark == "%" and (timed := _TIMED.match(line.text)):
        return Shell(scope).run(line.part(timed.end(), len(line.text)))
    if mark == "%" and (match := _ENV.fullmatch(line.text)):
        value = line.part(match.start("value"), match.end("value"))
        span = Span(line.span.start, line.span.end)
        return [Assignment(name=match["name"], value=value, how=How.CODE, span=span, scope=scope)]
    return Shell(scope).run(line)


PYTHON = FileKind(
    name="python",
    role=Role.CODE,
    read=read,
    suffixes=(".py", ".pyw", ".pyi"),
    shebangs=("python", "pypy"),
    names=("sconstruct", "sconscript", "wscript"),
)
NOTEBOOK = FileKind(
    name="notebook", role=Role.CODE, read=read_notebook, suffixes=(".ipynb",), comment=""
)
