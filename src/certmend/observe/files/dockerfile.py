"""Dockerfiles: what each stage sets, copies and runs, with the variables in force there."""

import posixpath
import re
from collections.abc import Iterable, Sequence

import msgspec

from certmend.model import lazy
from certmend.model.commandline import base_name
from certmend.model.document import (
    Assignment,
    Copied,
    Entry,
    How,
    Key,
    Role,
    Span,
    Stage,
    Word,
)
from certmend.model.plugin import FileKind, Source
from certmend.observe import kinds
from certmend.observe.syntax import argv, copied_settings, json_tree, written
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.dockerfile_lines import Instruction
from certmend.observe.syntax.dockerfile_lines import read as instructions
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_words import Lexer

_PAIR = lazy.regex(r"[A-Za-z_][\w.-]*=")
_READS = {"powershell": ".ps1", "pwsh": ".ps1", "cmd": ".bat"}
_MOUNTED = lazy.regex(r",(?:target|dst|destination)=([^,]+\.\w+)(?=,|$)")
"""A file that is mounted; folders have no ending."""
_ONLY_MARKS = lazy.regex(r"(?:\s*<<-?(['\"]?)[A-Za-z_][\w.]*\1)+\s*")
_CHECKED = lazy.regex(r"\s*CMD\s+", re.IGNORECASE)
_LEGACY = lazy.regex(r"(?P<name>[A-Za-z_]\w*)\s+(?P<value>.*\S)", re.DOTALL)


class _Stage(msgspec.Struct):
    """What is in force in a stage."""

    scope: str
    arguments: dict[str, Word] = {}
    environment: dict[str, Word] = {}
    parents: tuple[str, ...] = ()
    reads: str = ""
    """The ending of a script that another shell than POSIX's runs: `.ps1`, `.bat`."""
    folder: str = ""
    is_root: bool = True
    """Whether commands are run by root."""
    waiting: tuple[Key, ...] = ()
    """Settings in the homes of other users."""

    def values(self) -> dict[str, Word]:
        """ENV wins over ARG of the same name."""
        return {**self.arguments, **self.environment}


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.entries: list[Entry] = []
        self.stages: dict[str, _Stage] = {}
        self.stage = _Stage(scope="", arguments={}, environment={})
        self.count = 0

    def read(self, found: Instruction) -> None:
        """One instruction."""
        methods = {
            "FROM": self._from, "ARG": self._arg, "ENV": self._env, "RUN": self._run,
            "CMD": self._run, "ENTRYPOINT": self._run, "COPY": self._copy, "ADD": self._copy,
            "SHELL": self._change_shell, "WORKDIR": self._move, "HEALTHCHECK": self._check,
            "USER": self._user,
        }  # fmt: skip
        if method := methods.get(found.name):
            method(found)

    def _from(self, found: Instruction) -> None:
        words = [word.text for word in self._words(found.rest, self.stages_arguments())]
        image = words[0] if words else ""
        parent = self.stages.get(image.lower())
        scope = f"stage:{self.count}"
        self.count += 1
        self.stage = _Stage(
            scope=scope,
            arguments={},
            environment=dict(parent.environment) if parent else {},
            folder=parent.folder if parent else "",
            is_root=parent.is_root if parent else True,
            waiting=parent.waiting if parent else (),
            parents=(*parent.parents, parent.scope) if parent else (),
        )
        if len(words) == 3:
            self.stages[words[2].lower()] = self.stage
        self.entries.append(
            Stage(span=found.span, scope=scope, image=image, parents=self.stage.parents)
        )

    def stages_arguments(self) -> dict[str, Word]:
        """The arguments declared before the first stage."""
        return self.stages.setdefault("", _Stage(scope="", arguments={})).arguments

    def _arg(self, found: Instruction) -> None:
        for word in self._words(found.rest, self.stage.values()):
            name, equals, _ = word.text.partition("=")
            before = self.stages_arguments()
            value = word.part(len(name) + len(equals), len(word.text))
            if not equals and self.stage.scope and name in before:
                self.stage.arguments[name] = before[name]
            elif value.text:
                (self.stage.arguments if self.stage.scope else before)[name] = value
            self._note(name, value, How.ARG, word, found)

    def _env(self, found: Instruction) -> None:
        values = self.stage.values()
        pairs = self._words(found.rest, values)
        if not pairs or not _PAIR.match(found.rest.text):
            if match := _LEGACY.match(found.rest.text):
                value = found.rest.part(match.start("value"), match.end("value"))
                words = self._words(value, values)
                value = words[0] if len(words) == 1 else value
                self.stage.environment[match["name"]] = value
                self._note(match["name"], value, How.ENV, found.rest, found)
            return
        for word in pairs:
            name, _, _ = word.text.partition("=")
            value = word.part(len(name) + 1, len(word.text))
            self.stage.environment[name] = value
            self._note(name, value, How.ENV, word, found if len(pairs) == 1 else None)

    def _note(
        self, name: str, value: Word, how: How, word: Word, found: Instruction | None
    ) -> None:
        removal = None
        if found is not None and not self.source.embedded:
            removal = Span(found.span.start, min(found.span.end + 1, len(self.source.text.text)))
        self.entries.append(
            Assignment(
                name=name, value=value, how=how, span=word.span, scope=self.stage.scope,
                removal=removal,
            )
        )  # fmt: skip

    def _words(self, text: Word, values: dict[str, Word]) -> list[Word]:
        return [token.word for token in Lexer(text, values.get).tokens() if token.word is not None]

    def _run(self, found: Instruction) -> None:
        self._mounted(found)
        words = _json(found.rest)
        environment = self.stage.values()
        if words is not None:
            self.entries += argv.entries(words, self.stage.scope, environment)
        elif found.bodies and _ONLY_MARKS.fullmatch(found.rest.text):
            for _, body in found.bodies:
                self._script(body, environment)
        else:
            script = found.rest
            if found.bodies:
                script = _with_bodies(script, found)
            self._shell(script, environment)

    def _script(self, script: Word, environment: dict[str, Word]) -> None:
        """A here-document is a script of its own, of the kind that its first line names."""
        first = script.text.partition("\n")[0]
        named = first.startswith("#!")
        kind = kinds.by_first_line(first.encode("utf-8", "replace")) if named else None
        if kind is None or kind.name == "shell":
            self._shell(script, environment)
        else:
            source = Source(path="", text=script, scope=self.stage.scope, embedded=True)
            self.entries += kind.read(source)

    def _shell(self, script: Word, environment: dict[str, Word]) -> None:
        if self.stage.reads:
            found = written.read_as(f"x{self.stage.reads}", script, self.stage.scope)
            self.entries += written.under(environment, found)
        else:
            shell = Shell(self.stage.scope, environment, folder=self.stage.folder)
            self.entries += shell.run(script)

    def _change_shell(self, found: Instruction) -> None:
        words = _json(found.rest) or []
        self.stage.reads = _READS.get(base_name(words[0].text), "") if words else ""

    def _move(self, found: Instruction) -> None:
        words = self._words(found.rest, self.stage.values())
        folder = posixpath.join(self.stage.folder or "/", words[0].text if words else "")
        self.stage.folder = "" if "$" in folder else posixpath.normpath(folder)

    def _check(self, found: Instruction) -> None:
        """`HEALTHCHECK CMD ...`: the rest is as that of CMD."""
        if match := _CHECKED.match(found.rest.text):
            rest = found.rest.part(match.end(), len(found.rest.text))
            self._run(msgspec.structs.replace(found, rest=rest))

    def _copy(self, found: Instruction) -> None:
        words = _json(found.rest) or self._words(found.rest, self.stage.values())
        files = [word for word in words if not word.text.startswith("<<")]
        if found.bodies and files:
            for _, body in found.bodies:
                self.entries += written.entries(files[-1], body, self.stage.scope)
        sources = [*(_named(mark, body) for mark, body in found.bodies), *words[:-1]]
        if sources and words:
            self._put(sources, words[-1], found)
        if "from" not in found.flags and words:
            self._configure(words[:-1], words[-1], found.span)

    def _configure(self, sources: list[Word], target: Word, span: Span) -> None:
        """A pip.conf of the tree is copied: one in a home counts once its user is the one."""
        stage = self.stage
        if (copied := self.source.copied) is None:
            return
        path = posixpath.join(stage.folder, target.text)
        keys = copied_settings.entries(sources, path, span, stage.scope, copied)
        home = stage.environment.get("HOME")
        waits = copied_settings.is_for_another_user(path, home.text if home is not None else "")
        if waits and stage.is_root:
            stage.waiting += tuple(keys)
        else:
            self.entries += keys

    def _user(self, found: Instruction) -> None:
        stage = self.stage
        words = self._words(found.rest, stage.values())
        stage.is_root = not words or words[0].text.partition(":")[0] in ("root", "0")
        if not stage.is_root:
            for key in stage.waiting:
                self.entries.append(
                    msgspec.structs.replace(key, span=found.span, scope=stage.scope)
                )
            stage.waiting = ()

    def _put(self, sources: Sequence[Word], target: Word, found: Instruction) -> None:
        self.entries.append(
            Copied(
                sources=tuple(sources), target=target, span=found.span, scope=self.stage.scope,
                remote="from" in found.flags, mounted=found.name == "RUN",
                folder=self.stage.folder,
            )
        )  # fmt: skip

    def _mounted(self, found: Instruction) -> None:
        """`RUN --mount=type=bind,source=FILE,target=FILE`: there while this runs."""
        for path in _MOUNTED.findall(found.flags.get("mount", "")):
            target = Word(text=path, at=[], span=found.span)
            self._put([target], target, found)


def _named(mark: str, body: Word) -> Word:
    """The text of a here-document as a file: it has the name of its mark, where it has none."""
    return Word(text=mark.lstrip("<-").strip("'\""), at=[], span=body.span)


def _json(rest: Word) -> list[Word] | None:
    """The words of the JSON form; None when it is none."""
    text = rest.text.strip()
    if not (text.startswith("[") and text.endswith("]")):
        return None
    nodes = json_tree.read(rest)
    if not nodes or nodes[0].items is None:
        return None
    words = [item.scalar for item in nodes[0].items if item.scalar is not None]
    return words if all(word.quoted for word in words) and words else None


def _with_bodies(script: Word, found: Instruction) -> Word:
    """The command line with its here-documents below it again, as a shell reads them."""
    text, at = script.text + "\n", [*script.at, script.span.end]
    for mark, body in found.bodies:
        name = re.sub(r"<<-?|['\"]", "", mark)
        text += body.text + name + "\n"
        at += [*body.at, *([body.span.end] * (len(name) + 1))]
    return Word(text=text, at=at, span=script.span)


def read(source: Source) -> Iterable[Entry]:
    """All that the stages say, in order."""
    reader = _Reader(source)
    found, comments = instructions(source.text)
    for instruction in found:
        reader.read(instruction)
    return in_order(reader.entries, comments)


DOCKERFILE = FileKind(
    name="dockerfile",
    role=Role.IMAGE,
    read=read,
    names=(
        "dockerfile", "dockerfile.*", "dockerfile-*", "dockerfile_*", "*.dockerfile",
        "*-dockerfile", "*_dockerfile", "dockerfile[0-9]*",
        "containerfile", "containerfile.*", "containerfile-*", "containerfile_*",
        "*.containerfile", "*-containerfile", "*_containerfile",
    ),
    suffixes=(".dockerfile", ".containerfile"),
)  # fmt: skip
