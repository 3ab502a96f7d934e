"""Makefiles: variables, and the recipes with those put in."""

import re
from collections.abc import Iterable

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import is_left_empty

_LINE = lazy.regex(r"(?:[^\n]*\\\r?\n)*[^\n]*(?:\n|$)")
_VARIABLE = lazy.regex(
    r"(?P<export>export[ \t]+)?(?:override[ \t]+)?(?P<name>[A-Za-z_][\w.-]*)[ \t]*"
    r"(?P<how>[:?+]{0,2}=)[ \t]*(?P<value>.*?)\s*$",
    re.DOTALL,
)
_REFERENCE = lazy.regex(r"\$(?:\$|\((?P<round>[\w.-]+)\)|\{(?P<curly>[\w.-]+)\})")
_DEFINE = lazy.regex(r"[ \t]*(?:define[ \t]+([\w.-]+)[ \t]*[:?+]?=?[ \t]*\r?\n|endef\b)")
_USE = lazy.regex(r"\$(?:\$[({]?|[({](?:call[ \t]+)?)([\w.-]+)")
_PRINTS = lazy.regex(r"(?:^|[\s@(])(?:echo|printf|info|warning|error)\s[^;&|]*$")
_GOES_ON = lazy.regex(r"[^\n;&|>]{0,200}(?:\||>(?!&2))")
"""Where what is printed goes to a program or into a file."""
_BEFORE_USE = 200
"""Characters in front of a use in which a word that prints it is looked for."""
_VALUE_LIMIT = 50_000
"""`X := $(X)$(X)` would grow without end."""
_PREFIX = lazy.regex(r"[\t ]+[@+-]*[ \t]*")


class _Reader:
    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.scope = source.scope
        self.values: dict[str, Word] = {}
        self.exported: dict[str, Word] = {}
        self.own: dict[str, dict[str, Word]] = {}
        """What is exported for one target alone, by the target."""
        self.target = ""
        self.entries: list[Entry] = []

    def line(self, start: int, line: str) -> None:
        """A recipe's line, a variable, or something else."""
        if line.startswith("\t"):
            self.script(start, line)
            return
        target, colon, rest = line.partition(":")
        stripped = len(line) - len(line.lstrip(" "))
        match = _VARIABLE.match(line, stripped)
        owner = ""
        if match is None and colon and not rest.startswith("="):
            # `target: NAME = value` is a variable of that target.
            owner = target.strip()
            match = _VARIABLE.match(line, len(target) + 1 + len(rest) - len(rest.lstrip()))
            self.target = owner
        if match is not None and "#" not in line[: match.start("value")]:
            self._variable(match, start, owner)
        elif line.startswith("export"):
            for name in line.split()[1:]:
                if value := self.values.get(name):
                    self._export(name, value)

    def script(self, start: int, line: str) -> None:
        """A line of `define`: a recipe that has a name."""
        match = _PREFIX.match(line)
        begin = start + (match.end() if match else 0)
        script = self._expanded(self.text.part(begin, start + len(line)))
        own = self.own.get(self.target)
        environment = {**self.exported, **own} if own else self.exported
        self.entries += Shell(self._scope(self.target), environment).run(script)

    def _scope(self, target: str) -> str:
        """Where a target's recipe runs: apart, when something is exported for it alone."""
        return f"{self.scope}{target}:" if target in self.own else self.scope

    def _variable(self, match: re.Match[str], start: int, owner: str) -> None:
        end = match.end("value")
        if (comment := re.search(r"(?:^|\s)#", match["value"])) is not None:
            end = match.start("value") + comment.start()
        value = self._expanded(self.text.part(start + match.start("value"), start + end))
        self.values[match["name"]] = value
        if match["export"] and owner:
            self.own.setdefault(owner, {})[match["name"]] = value
            self._note(match["name"], value, How.EXPORT, self._scope(owner))
        elif match["export"]:
            self._export(match["name"], value)
        else:
            self._note(match["name"], value, How.SHELL)

    def _export(self, name: str, value: Word) -> None:
        self.exported[name] = value
        self._note(name, value, How.EXPORT)

    def _note(self, name: str, value: Word, how: How, scope: str = "") -> None:
        scope = scope or self.scope
        self.entries.append(
            Assignment(name=name, value=value, how=how, span=value.span, scope=scope)
        )

    def _expanded(self, text: Word) -> Word:
        """The text with make's variables put in and `$$` made `$`."""
        pieces: list[str] = []
        at: list[int] = []
        last = 0
        for match in _REFERENCE.finditer(text.text):
            pieces.append(text.text[last : match.start()])
            at += text.at[last : match.start()]
            value = self.values.get(match["round"] or match["curly"] or "")
            if match.group() == "$$":
                pieces.append("$")
                at.append(text.at[match.start()])
            elif (
                value is not None
                and not is_left_empty(text.text, match.start(), value.text)
                and len(value.text) + len(at) <= _VALUE_LIMIT
            ):
                pieces.append(value.text)
                at += value.at
            else:
                # Not known here: a shell's variable of that name stands for it.
                name = (match["round"] or match["curly"]).replace(".", "_").replace("-", "_")
                pieces.append("${" + name + "}")
                at += [text.at[match.start()]] * (len(name) + 3)
            last = match.end()
        pieces.append(text.text[last:])
        at += text.at[last:]
        return Word(text="".join(pieces), at=at, span=text.span)


def _printed(text: str) -> set[str]:
    """The names whose texts are printed and nothing else: `@echo "$$HELP"`, `$(info $(HELP))`."""
    printed: set[str] = set()
    run: set[str] = set()
    for match in _USE.finditer(text):
        low = max(match.start() - _BEFORE_USE, 0)
        start = max(text.rfind("\n", low, match.start()) + 1, low)
        is_printed = _PRINTS.search(text[start : match.start()])
        is_shown = is_printed and not _GOES_ON.match(text, match.end())
        (printed if is_shown else run).add(match[1])
    return printed - run


def read(source: Source) -> Iterable[Entry]:
    """All recipes and exported variables; a `define` is a recipe too, unless it is a text."""
    reader = _Reader(source)
    texts = _printed(source.text.text) if "define" in source.text.text else set[str]()
    inside = ""
    for match in _LINE.finditer(source.text.text):
        if found := _DEFINE.match(match.group()):
            inside = found[1] or ""
        elif inside and inside not in texts:
            reader.script(match.start(), match.group())
        elif inside:
            continue
        elif match.group().strip() and not match.group().lstrip().startswith("#"):
            reader.line(match.start(), match.group())
    return in_order(reader.entries, yaml_tree.comments(source.text))


MAKEFILE = FileKind(
    name="makefile",
    role=Role.SCRIPT,
    read=read,
    names=("makefile", "gnumakefile", "makefile.*", "*.makefile"),
    suffixes=(".mk", ".mak"),
)
