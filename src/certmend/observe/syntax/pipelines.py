"""What YAML makes run: pipelines, compose files, pods, playbooks, and the variables they set.

The services differ in where scripts and variables stand, not in what these are. A key of a known
name with a text below it is a script, a mapping of a known name holds variables, and both are in
force for all that stands below. Sources: the reference of each service's file format.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Image, Span, Word
from certmend.observe.syntax import (
    argv,
    block_strings,
    loops,
    matrices,
    mounted,
    pipeline_jobs,
    playbooks,
    sections,
    step_shells,
    written,
)
from certmend.observe.syntax import pipeline_names as names
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import joined
from certmend.observe.syntax.tree import Node, Pair

_WITH_DEFAULT = lazy.regex(r"\$\{\w+:?-([^{}]+)\}")
"""A variable of a compose file that falls back to a value written there."""
_OWN_SCRIPT = lazy.regex(
    r"[a-z](?:[_-](?:command|script|cmd)s?|(?:Command|Script|Cmd)s?)(?:[_-](?:linux|macos|unix))?$"
)
_PIP_OPTIONS = lazy.regex(r"(?=-).*?(?:--trusted-host|index-url|(?<!\S)-i[ =]+https?:)", re.DOTALL)
_BEGUN = ("--trusted-host", "--index-url", "--extra-index-url")
_GROUPS = ("global", "jobs", "matrix", "<<")
_NAME = lazy.regex(r"[A-Za-z_][\w.-]*")
_LINE = lazy.regex(r"^[ \t]*([A-Za-z_]\w*)=(.*?)[ \t]*$", re.MULTILINE)
_PYTHON_LINE = lazy.regex(r"[/ ](?:python|pypy)[\d.]*\s*$")


_PROGRAMS = ("entrypoint", "path")
"""What names a program whose `args` are a list; `path` is Concourse's."""


class Reader:
    """Walks a tree and gathers what it runs and sets."""

    def __init__(self, scope: str = "", *, defines: bool = False) -> None:
        self.scope = scope
        self.defines = defines
        """Whether the file holds Ansible's variables."""
        self.entries: list[Entry] = []
        self.number = 0
        """How many documents the file has so far."""
        self.shell = ""
        """What runs scripts in this place when they do not say so themselves."""
        self.matrix: dict[str, Word] = {}
        """What the matrix of the job around this place holds."""
        self.noted: set[int] = set()
        """Where the variables stand that were told."""
        self.tasks: dict[int, str] = {}
        """What runs the script among the inputs of a task, by their node."""

    def read(self, node: Node, environment: Mapping[str, Word], path: tuple[str, ...] = ()) -> None:
        """A node with the variables in force above it."""
        self.number += not path
        inside = path or (("steps",) if playbooks.is_task_list(node) else ())
        for number, item in enumerate(node.items or ()):
            self.read(item, environment, (*inside, str(number)))
        if node.pairs is None:
            return
        outer, self.shell = self.shell, step_shells.default(node) or self.shell
        around = self.matrix
        if path[-2:-1] == ("jobs",):
            self.matrix = matrices.values(node)
        environment = pipeline_jobs.inherited(node, environment)
        if added := {**pipeline_jobs.of_container(node), **self._variables(node, path)}:
            environment = {**environment, **added}
        if exported := self._scripts(node, environment, path):
            environment = {**environment, **exported}
        self._special(node, environment, path)
        for pair in node.pairs:
            if not _is_opaque(pair.key.text, node, path):
                self.read(pair.value, environment, (*path, pair.key.text))
        self.shell, self.matrix = outer, around

    # Variables

    def _variables(self, node: Node, path: tuple[str, ...]) -> dict[str, Word]:
        found: dict[str, Word] = {}
        for pair in node.pairs or ():
            name = pair.key.text.lower()
            if (
                names.VARIABLES.fullmatch(name)
                or name in names.LISTS
                or self._is_config_map(node, name)
            ):
                found |= self._declared(pair.value, How.ENV, path)
            elif (
                name == "trusted-host" and path[-1:] == ("with",) and pair.value.scalar is not None
            ):
                span = Span(pair.key.span.start, pair.value.scalar.span.end)
                self._note("PIP_TRUSTED_HOST", pair.value.scalar, How.ENV, span, path, None)
            elif setting := self._setting(pair, path):
                span = Span(pair.key.span.start, setting[1].span.end)
                self._note(*setting, How.ENV, span, path, None)
            elif name == "matrix":
                for item in pair.value.items or ():
                    self._declared(item, How.ENV, path)
            elif name in names.BUILD_ARGS or (
                name == "args" and (path[-1:] == ("build",) or pipeline_jobs.is_build(node))
            ):
                self._declared(pair.value, How.ARG, path)
            elif names.CLIENTS.fullmatch(pair.key.text):
                self._known(pair.key.text, pair.key.span, pair.value, path)
        name = node.text("name")
        if names.CLIENTS.fullmatch(name) and (value := node.get("value")) is not None:
            self._known(name, value.span, value, path)
        return found

    def _known(self, name: str, start: Span, node: Node, path: tuple[str, ...]) -> None:
        """A variable that is known by its own name, where the mapping around it says nothing."""
        value = node.scalar
        if value is None or start.start in self.noted or (name == "CURL_CA_BUNDLE" and value.text):
            return
        if not names.TEXTS.isdisjoint(path):
            return
        span = Span(start.start, max(start.end, value.span.end))
        self._note(name, value, How.ENV, span, path, None)

    def _setting(self, pair: Pair, path: tuple[str, ...]) -> tuple[str, Word] | None:
        """The setting of pip that a variable of Ansible's stands for, and its value."""
        value = pair.value.scalar
        if value is None:
            return None
        of_play = "vars" in path and (path[0].isdigit() or path[0] == "steps")
        name = names.setting_of(pair.key.text, value.text, defined=self.defines or of_play)
        return (name, value) if name else None

    def _declared(self, node: Node, how: How, path: tuple[str, ...]) -> dict[str, Word]:
        found: dict[str, Word] = {}
        only = len(node.pairs or ()) == 1
        for pair in node.pairs or ():
            if pair.key.text in _GROUPS and pair.value.scalar is None:
                found |= self._declared(pair.value, how, path)
                continue
            value = _value(pair.value)
            if value is not None and _NAME.fullmatch(pair.key.text):
                span = Span(pair.key.span.start, max(pair.key.span.end, value.span.end))
                value = matrices.filled(value, self.matrix)
                removal = None if only else pair.removal
                found[pair.key.text] = value
                self._note(pair.key.text, value, how, span, path, removal)
        for item in node.items or ():
            found |= self._item(item, how, path)
        if node.scalar is not None:
            found |= self._lines(node.scalar, how, path)
        return found

    def _item(self, item: Node, how: How, path: tuple[str, ...]) -> dict[str, Word]:
        """`- NAME=value`, or `- name: NAME` with `value: value`."""
        if item.scalar is not None:
            return self._lines(item.scalar, how, path)
        name = item.text("name") or item.text("key")
        value = item.get("value")
        if name and value is not None and value.scalar is not None:
            self._note(name, value.scalar, how, value.scalar.span, path, None)
            return {name: value.scalar}
        if item.pairs and len(item.pairs) == 1:
            (pair,) = item.pairs
            if (scalar := pair.value.scalar) is not None:
                self._note(pair.key.text, scalar, how, item.span, path, None)
                return {pair.key.text: scalar}
        return {}

    def _lines(self, text: Word, how: How, path: tuple[str, ...]) -> dict[str, Word]:
        found: dict[str, Word] = {}
        if "\n" in text.text.strip():
            for match in _LINE.finditer(text.text):
                value = text.part(match.start(2), match.end(2))
                found[match[1]] = value
                self._note(match[1], value, how, value.span, path, None)
            return found
        if text.place().start > text.span.start + 1:  # a block: its first line is not the key's
            text = text.part(0, len(text.text.rstrip()))
        name, equals, _ = text.text.partition("=")
        if equals and _NAME.fullmatch(name.strip()) and " " not in text.text:
            value = text.part(len(name) + 1, len(text.text))
            self._note(name.strip(), value, how, text.span, path, None)
            return {name.strip(): value}
        for word in playbooks.words(text):
            name, equals, _ = word.text.partition("=")
            if equals and _NAME.fullmatch(name):
                found[name] = word.part(len(name) + 1, len(word.text))
                self._note(name, found[name], how, word.span, path, None)
        return found

    def _note(
        self,
        name: str,
        value: Word,
        how: How,
        span: Span,
        path: tuple[str, ...],
        removal: Span | None,
    ) -> None:
        scope = _scope(path, self.scope)
        self.noted.add(span.start)
        if match := _WITH_DEFAULT.fullmatch(value.text):
            value, removal = value.part(match.start(1), match.end(1)), None
        value = matrices.filled(value, self.matrix)
        self.entries.append(
            Assignment(
                name=name, value=value, how=how, span=span, scope=scope, removal=removal,
                inside=None if path[-1:] == ("vars",) else (str(self.number), *path),
            )
        )  # fmt: skip
        if name.upper().startswith("CIBW_"):
            self._cibuildwheel(name.upper(), value, scope)

    def _cibuildwheel(self, name: str, value: Word, scope: str) -> None:
        """Cibuildwheel takes its settings from variables: some are scripts, some variables."""
        if name.startswith(("CIBW_BEFORE", "CIBW_TEST_COMMAND", "CIBW_ENVIRONMENT")):
            script = value
            if name.startswith("CIBW_ENVIRONMENT"):
                script = joined([value.part(0, 0), value], "export ", value.span)
            self.entries += Shell(scope).run(script)

    # Scripts

    def _scripts(
        self, node: Node, environment: Mapping[str, Word], path: tuple[str, ...]
    ) -> dict[str, Word]:
        """Run the scripts of one mapping in one shell; what it exports goes further down."""
        pairs = [pair for pair in node.pairs or () if self._is_script(pair, node)]
        pairs.sort(key=lambda pair: pair.key.text.lower() not in names.BEFORE)
        scope = _scope(path, self.scope)
        shell = Shell(scope, environment if pairs else None, self.matrix)
        interpreter = self._interpreter(node)
        for pair in pairs:
            words = loops.each(node, _script_lines(pair))
            name = pair.key.text.lower()
            if name in names.LISTED:
                self._listed(pair.value, environment, scope)
            if kind := step_shells.other(name, interpreter):
                for word in words:
                    self.entries += written.under(environment, written.read_as(kind, word, scope))
            elif words and not (name in names.ARGV and pair.value.items):
                self.entries += _as_one(shell, words)
        self._argv(node, environment, scope)
        before = any(pair.key.text.lower() in names.BEFORE for pair in pairs)
        return shell.exported if before else {}

    def _interpreter(self, node: Node) -> str:
        """What runs a step's script, where the step says so."""
        inputs = node.get("inputs")
        if inputs is not None:
            task = node.text("task").partition("@")[0].lower()
            self.tasks[id(inputs)] = names.TASKS.get(task, "")
        if node.get("source") is not None:
            return step_shells.of_source(node)
        return node.text("shell") or self.shell if node.get("run") else self.tasks.get(id(node), "")

    def _listed(self, node: Node, environment: Mapping[str, Word], scope: str) -> None:
        for item in node.items or ():
            if item.items:
                self.entries += argv.entries(item.scalars(), scope, environment)

    def _is_config_map(self, node: Node, name: str) -> bool:
        kind = node.text("kind")
        return (name == "data" and kind == "ConfigMap") or (
            name == "stringdata" and kind == "Secret"
        )

    def _is_script(self, pair: Pair, node: Node) -> bool:
        name = pair.key.text.lower()
        if name == "shell" and node.get("run") is not None:
            return False
        return (
            name in names.SCRIPTS
            or name in names.POWERSHELL
            or name == "bat"
            or step_shells.is_source(pair, node)
            or _is_named_script(pair)
        )

    def _argv(self, node: Node, environment: Mapping[str, Word], scope: str) -> None:
        """`entrypoint`, `command` and `args` given as lists are one command line."""
        words: list[Word] = []
        for name in ("entrypoint", "path", "command", "cmd", "args", "exec", "test", "argv"):
            value = node.get(name)
            if value is not None and value.items:
                words += [word for word in value.scalars() if word.text not in ("CMD", "CMD-SHELL")]
            elif value is not None and name in _PROGRAMS and value.scalar is not None:
                words += [value.scalar] if node.get("args") and " " not in value.scalar.text else []
        if (options := node.get("runArgs")) is not None and options.items:
            start = [Word(text=text, at=[], span=options.span) for text in ("docker", "run")]
            words = [*start, *options.scalars()]
        if words:
            self.entries += argv.entries(words, scope, environment)

    # Playbooks, and text that is written to files

    def _special(self, node: Node, environment: Mapping[str, Word], path: tuple[str, ...]) -> None:
        scope = _scope(path, self.scope)
        listed, shown = loops.items(node), mounted.ForPeople(node)
        for pair in node.pairs or ():
            held = pair.value.scalar
            if pair.key.text.lower() in names.TEXTS:
                continue
            task = playbooks.task(pair.key.text, pair.value, scope, listed)
            self.entries += written.under(environment, task)
            if image := pipeline_jobs.image(pair):
                self.entries.append(Image(name=image, span=pair.value.span, scope=scope))
            if held is not None and _holds_options(held.text):
                self._note(pair.key.text, held, How.SHELL, held.span, path, None)
            elif held is None and _lists_options(pair.value) and not _is_argv(pair):
                options = joined(pair.value.scalars(), " ", pair.value.span)
                self._note(pair.key.text, options, How.SHELL, options.span, path, None)
            elif block_strings.may_be(held) and not (self._is_script(pair, node) or shown.is_so):
                said = block_strings.entries(pair.key, held, path, scope)
                self.entries += written.under(environment, said)
        self.entries += sections.row(node, scope)
        self.entries += mounted.entries(node, scope)
        self.entries += list(block_strings.copied(node, path, scope, self.entries))
        if not path:
            self.entries += mounted.configs(node, scope)


def _is_opaque(key: str, node: Node, path: tuple[str, ...]) -> bool:
    """Whether nothing below a key is read: annotations, and a Secret's data, which is base64."""
    return (key == "annotations" and path[-1:] == ("metadata",)) or (
        key == "data" and node.text("kind") == "Secret"
    )


def _is_named_script(pair: Pair) -> bool:
    """`install_command`, `buildScript`: a command line under a name of somebody's own."""
    return bool(_OWN_SCRIPT.search(pair.key.text)) and pair.value.pairs is None


def _holds_options(text: str) -> bool:
    """Options of pip that stand alone: a matrix or an input hands them on."""
    return bool(_PIP_OPTIONS.match(text))


def _is_argv(pair: Pair) -> bool:
    """Whether a list is read as a command line of pip's options, as one that stands alone is."""
    first = next((word.text for word in pair.value.scalars()), "")
    return pair.key.text.lower() in names.ARGV and first.startswith(_BEGUN)


def _lists_options(node: Node) -> bool:
    """The same as a list: the arguments that a plug-in gives to pip."""
    words = [word.text for word in node.scalars()]
    return bool(words) and words[0].startswith("-") and any(_holds_options(word) for word in words)


def _script_lines(pair: Pair) -> list[Word]:
    """The texts of a script: one, those of a list and of the lists in it, or of a mapping."""
    value, name = pair.value, pair.key.text.lower()
    if value.pairs and names.OBJECTS.fullmatch(name):
        return [text for inner in value.pairs for text in _whole(inner.value)]
    if value.items and names.LIFE_CYCLE.fullmatch(name):
        return _whole(value)
    return value.scalars() if name in names.LISTED else value.texts()


def _whole(node: Node) -> list[Word]:
    """A command line given as text, or as the list of its words."""
    return [joined(node.scalars(), " ", node.span)] if node.items else node.scalars()


def _value(node: Node) -> Word | None:
    """A variable's value: a text, or a mapping that holds one as `value`."""
    if node.scalar is not None:
        return node.scalar
    inner = node.get("value") or node.get("default")
    return inner.scalar if inner is not None else None


def _as_one(shell: Shell, words: Sequence[Word]) -> Iterator[Entry]:
    for word in words:
        first = word.text.partition("\n")[0]
        if first.startswith("#!") and _PYTHON_LINE.search(first):
            yield from written.under(shell.exported, written.read_as("x.py", word, shell.scope))
        else:
            yield from shell.run(word)


def _scope(path: tuple[str, ...], outer: str) -> str:
    """The job, service or play that a path lies in."""
    for number, name in enumerate(path[:-1]):
        if name in ("jobs", "services", "stages", "pipelines"):
            return f"{name}:{path[number + 1]}"
    return path[0] if path and path[0] not in names.OF_ALL else outer
