"""The stages of a Dockerfile, step by step: who runs what, in which order, on which system."""

from collections.abc import Iterable, Iterator

import msgspec

from certmend.builds import families, images
from certmend.builds.downloads import Download, downloads
from certmend.builds.families import Family
from certmend.builds.images import Base
from certmend.judge.linting.reading import Reading
from certmend.model import document as _document
from certmend.model.commandline import base_name, program_at
from certmend.model.document import Command, Span, whole
from certmend.observe.syntax import dockerfile_lines
from certmend.observe.syntax.dockerfile_lines import Instruction

_ROOT = frozenset(("", "root", "0", "root:root", "0:0", "root:0", "0:root"))


class Step(msgspec.Struct, kw_only=True):
    """An instruction of a stage."""

    instruction: Instruction
    start: int
    """Where something may be put in above it: comments right above it stay with it."""
    user: str
    """Who it runs as; empty for root."""
    commands: tuple[Command, ...] = ()
    downloads: tuple[Download, ...] = ()

    @property
    def as_root(self) -> bool:
        """Whether it runs as root."""
        return self.user.strip("\"'") in _ROOT


class Stage(msgspec.Struct, kw_only=True):
    """A stage: what it begins with, and its steps."""

    scope: str
    label: str
    """Its name, or its number and image."""
    image: str
    parent: "Stage | None" = None
    steps: list[Step] = []
    last_user: str = ""

    @property
    def base(self) -> Base:
        """What is known of the image that it begins with, its own or its first ancestor's."""
        return self.parent.base if self.parent is not None else images.base(self.image)

    @property
    def root_image(self) -> str:
        """The image that it or its first ancestor begins with."""
        return self.parent.root_image if self.parent is not None else self.image

    @property
    def line(self) -> "list[Stage]":
        """Itself and the stages that it continues, the nearest first."""
        return [self, *(self.parent.line if self.parent is not None else [])]

    @property
    def downloads(self) -> list[Download]:
        """All that its steps download."""
        return [one for step in self.steps for one in step.downloads]

    @property
    def commands(self) -> Iterator[Command]:
        """All commands of its steps."""
        return (command for step in self.steps for command in step.commands)


def read(reading: Reading) -> list[Stage]:
    """The stages in their order; what stands before the first FROM belongs to none."""
    document = reading.document
    word = whole(document.text)
    word = word.part(1, len(word.text)) if word.text.startswith("\ufeff") else word
    found, _ = dockerfile_lines.read(word)
    spoken = {one.scope: one for one in reading.stages}
    stages: list[Stage] = []
    ended = 0
    for instruction in found:
        if instruction.name == "FROM":
            stages.append(_begun(instruction, spoken[f"stage:{len(stages)}"], stages))
        elif stages:
            stages[-1].steps.append(_step(instruction, stages[-1], reading, ended))
            if instruction.name == "USER":
                stages[-1].last_user = instruction.rest.text.strip()
        ended = instruction.span.end
    for stage in stages:
        _seen_as_root(stage)
    return stages


def _seen_as_root(stage: Stage) -> None:
    """An image whose own user installs packages has root for it, whatever the table says."""
    own = stage.base.user
    mine = [step for step in stage.steps if stage.parent is None and own and step.user == own]
    first = next((n for n, step in enumerate(stage.steps) if step.instruction.name == "USER"), None)
    mine = mine[:first] if first is not None else mine
    if any(_installs(command) for step in mine for command in step.commands):
        for step in mine:
            step.user = ""


def _installs(command: Command) -> bool:
    """Whether a command runs the system's package manager, and not through sudo."""
    words = [word.text for word in command.words]
    name = base_name(words[program_at(words)]) if words else ""
    return families.of_program(name) is not None and "sudo" not in words


def _begun(instruction: Instruction, said: _document.Stage, stages: list[Stage]) -> Stage:
    scope, image = said.scope, said.image
    words = instruction.rest.text.split()
    name = words[2] if len(words) == 3 and words[1].lower() == "as" else ""
    known = {one.scope: one for one in stages}
    parents = said.parents
    parent = known.get(parents[-1]) if parents else None
    stage = Stage(
        scope=scope, label=name or f"{len(stages) + 1}", image=image, parent=parent, steps=[]
    )
    stage.last_user = parent.last_user if parent is not None else stage.base.user
    return stage


def _step(instruction: Instruction, stage: Stage, reading: Reading, ended: int) -> Step:
    text = reading.document.text
    commands: tuple[Command, ...] = ()
    if instruction.name == "RUN":
        commands = tuple(_within(reading.commands, instruction.span))
    # What stands above tells whether apt downloads over TLS.
    before = text[: instruction.span.start] if "apt" in instruction.rest.text else ""
    found = tuple(one for command in commands for one in downloads(command, before))
    return Step(
        instruction=instruction,
        start=_above(text, instruction.span.start, ended),
        user=stage.last_user,
        commands=commands,
        downloads=found,
    )


def _within(commands: Iterable[Command], span: Span) -> Iterator[Command]:
    return (one for one in commands if span.start <= one.span.start < span.end)


def _above(text: str, start: int, ended: int) -> int:
    """The start of an instruction's line, or of the comments right above it."""
    at = text.rfind("\n", 0, start) + 1
    while at > ended:
        line = text.rfind("\n", 0, at - 1) + 1
        if line < ended or not text[line:at].lstrip().startswith("#"):
            break
        at = line
    return at


def family(stage: Stage, every: Iterable[Stage]) -> Family | None:
    """The system of a stage: by its image's name, else by the package managers that it runs."""
    said = stage.base.family
    if said is not None and "$" not in stage.root_image:
        return said
    kin = [*stage.line, *(one for one in every if stage in one.line)]
    for one in kin:
        for command in one.commands:
            words = [word.text for word in command.words]
            name = base_name(words[program_at(words)]) if words else ""
            if found := families.of_program(name):
                return found
    return said


def covered(every: Iterable[Stage], trusting: set[str]) -> set[str]:
    """The scopes whose every heir that downloads trusts the CA; those that trust it included."""
    stages = list(every)
    found = set(trusting)
    for one in stages:
        heirs = [other for other in stages if one in other.line and other.downloads]
        if heirs and all(other.scope in trusting for other in heirs):
            found.add(one.scope)
    return found
