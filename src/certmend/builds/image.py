"""The patch of a Dockerfile: stage by stage, the CA before the first download.

The block stands right above the first instruction that downloads over TLS. apt downloads over
HTTP with signatures, so that ca-certificates can be installed before there is any trust; apk and
tdnf download over TLS, so that the CA is appended to the bundle first.
"""

import re

import msgspec

from certmend.builds import families, stages, trust, verification
from certmend.builds.build import Ca, Patch, Refusal, Wish
from certmend.builds.downloads import CLIENTS, Download
from certmend.builds.families import DEBIAN, Family
from certmend.builds.images import python_of
from certmend.builds.stages import Stage, Step
from certmend.judge.linting import ca_folders
from certmend.judge.linting.ca_settings import REPLACING, is_lone, is_system
from certmend.judge.linting.reading import Reading
from certmend.model.document import Assignment, How, Span
from certmend.model.lint import Edit, apply
from certmend.model.text import visible
from certmend.observe.syntax import dockerfile_lines


class _State(msgspec.Struct, kw_only=True):
    """What a stage has when its last step is done."""

    trusts: bool = False
    verified: bool = True
    """Whether its clients read the store that holds the CA, so that verification can be on."""
    variables: set[str] = set()


class Maker:
    """Goes through the stages and gathers edits."""

    def __init__(self, reading: Reading, wish: Wish) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.wish = wish
        self.cas = wish.cas or tuple(trust.known(reading))[:1]
        self.stages = stages.read(reading)
        self.end = "\r\n" if "\r\n" in self.text else "\n"
        self.escape = dockerfile_lines.escape(self.text)
        self.offs = list(verification.found(reading))
        self.edits: dict[Span, str] = {}
        self.states: dict[str, _State] = {}
        self.done: list[str] = []
        self.notes: list[str] = []
        self.refusals: list[Refusal] = []
        self.wants_ca = False

    def make(self) -> Patch:
        """The whole patch."""
        for stage in self.stages:
            self._stage(stage)
        trusting = stages.covered(
            self.stages, {s for s, one in self.states.items() if one.trusts and one.verified}
        )
        again = verification.again(self.reading, lambda one: one.scope in trusting)
        self.done += again.done
        self.notes += again.notes
        if self.edits and self.stages and self.states[self.stages[-1].scope].trusts:
            self.notes.append(
                "the CA stays in the trust store of the image, and programs in it trust it; "
                "`--method build-secret` keeps it out"
            )
        put = [Edit(span, text) for span, text in self.edits.items()]
        made = apply(self.text, [*put, *again.edits])
        if not any(stage.downloads for stage in self.stages):
            self.notes.append("no stage downloads over TLS with a client that certmend knows")
        return Patch(
            text=self.text if self.wants_ca else made,
            done=tuple(self.done),
            notes=tuple(self.notes),
            refusals=tuple(self.refusals),
            wants_ca=self.wants_ca,
        )

    def _stage(self, stage: Stage) -> None:
        parent = stage.parent
        above = self.states[parent.scope] if parent is not None else _State()
        state = _State(trusts=above.trusts, variables=set(above.variables))
        self.states[stage.scope] = state
        if not stage.downloads:
            return
        system = stages.family(stage, self.stages) or families.named(self.wish.family)
        if stage.base.why_not or system is None:
            self.refusals.append(refused(stage))
            return
        block = [] if state.trusts else self._block(stage, system)
        if block is None:
            return
        state.trusts = True
        lacking = [one for one in stage.downloads if self._lacks(one, stage, state, block=block)]
        names = list(dict.fromkeys(one.client.variable for one in lacking))
        names += [one for one in self._switched_on(stage) if one not in {*names, *state.variables}]
        state.variables |= set(names)
        env = [f"ENV {name}={system.bundle}" for name in names]
        self._put(stage, block, env, lacking)
        self._lone(stage, system)
        state.verified = not self._foreign(stage, system)

    # The CA

    def _block(self, stage: Stage, system: Family) -> "list[str] | None":
        """The lines that put the CA in; none where the stage has it; None where there is no CA."""
        every = (one for one in trust.own(self.reading, stage, self.wish.holds) if one.ours)
        own = [one for one in every if _right(one, system) or self._set_right(one, system)]
        in_time = self._in_time(stage)
        timely = [one for one in own if 0 <= one.taken_up <= in_time]
        if timely:
            self._say_unseen(timely)
            return []
        first = stage.downloads[0]
        at = self._place(stage, self._step(stage, first)).start
        copied = [one for one in own if one.placed.span.start < at]
        if not self.cas and not copied:
            self.wants_ca = True
            return None
        lines = [] if copied else [_copy(self.cas, system)]
        if not (not copied and self._installed_by(stage, first)):
            paths = [system.path(one.name) for one in self.cas]
            lines += self._refresh(stage, system, at, paths)
        return lines

    def _set_right(self, one: trust.Own, system: Family) -> bool:
        """Give a CA in Debian's folder a name that counts; where that cannot be done, say so."""
        placed = one.placed
        if system is not DEBIAN or placed.folder != system.folder:
            return False
        line, _ = self.reading.document.position(placed.span.start)
        name = visible(placed.name, 100)
        path = f"{placed.folder}/{placed.name}"
        # A variable that names this file is pointed at the bundle, and one elsewhere is not.
        lone = [one for one in self.reading.variables if one.value.text == path]
        alone = placed.to_folder or self.text.count(path) == 1 + len(lone)
        if not alone or not (edits := ca_folders.renamed(placed)):
            self.notes.append(f"line {line}: {name} is ignored there: it does not end in .crt")
            return False
        self.edits |= {edit.span: edit.text for edit in edits}
        better = visible(ca_folders.name_that_counts(placed), 100)
        self.done.append(f"line {line}: {name} becomes {better}: no other name counts there")
        return True

    def _say_unseen(self, timely: list[trust.Own]) -> None:
        if self.wish.cas and not any(one.seen for one in timely):
            line, _ = self.reading.document.position(timely[0].placed.span.start)
            self.notes.append(
                f"line {line} puts a CA in that cannot be looked at from here: it is taken for the "
                "one given"
            )

    def _in_time(self, stage: Stage) -> int:
        """Where the first client downloads; the package manager may install the store itself."""
        clients = [one for one in stage.downloads if not one.manager]
        return clients[0].command.span.start if clients else len(self.text)

    def _installed_by(self, stage: Stage, first: Download) -> bool:
        """Whether the first step that downloads installs the store by apt before it does."""
        step = self._step(stage, first)
        return stages.family(stage, self.stages) is DEBIAN and any(
            ca_folders.refreshes(one) and one.span.start < first.command.span.start
            for one in step.commands
        )

    def _refresh(self, stage: Stage, system: Family, at: int, paths: list[str]) -> list[str]:
        ready = stage.base.ready and stage.base.family is system
        if not system.install or ready or trust.ready_before(stage, at):
            return [f"RUN {system.refresh}"]
        parts = [system.install, system.refresh, *([system.clean] if system.clean else [])]
        if not system.over_tls:
            why = "# apt verifies by signature, over HTTP: it needs no CA before this one."
            return [why, f"RUN {self._joined(parts)}"]
        first = f"cat {' '.join(paths)} >> {system.bundle}"
        manager = system.install.split()[0]
        return [
            f"# {manager} itself has to trust the CA before it can download ca-certificates.",
            f"RUN {self._joined([first, *parts])}",
        ]

    def _joined(self, parts: list[str]) -> str:
        return f" {self.escape}{self.end}    && ".join(parts)

    # Where it goes

    def _step(self, stage: Stage, download: Download) -> Step:
        return next(step for step in stage.steps if download in step.downloads)

    def _place(self, stage: Stage, step: Step) -> Step:
        """The step above which root can act: the one given, or the `USER` that left root."""
        if step.as_root:
            return step
        at = stage.steps.index(step)
        for one in reversed(stage.steps[:at]):
            if one.instruction.name == "USER" and one.as_root:
                return one
            if one.as_root:
                break
        return step

    def _put(self, stage: Stage, block: list[str], env: list[str], lacking: list[Download]) -> None:
        if not block and not env:
            return
        if block:
            step = self._place(stage, self._step(stage, stage.downloads[0]))
            if not step.as_root and any(line.startswith("RUN") for line in block):
                block = ["USER root", *block, f"USER {step.user}"]
        else:
            step = self._step(stage, (lacking or stage.downloads)[0])
        lines = [*block, *env]
        span = Span(step.start, step.start)
        text = "".join(f"{line}{self.end}" for line in lines)
        if re.search(r"\n[ \t]*\r?\n\Z", self.text[: step.start]):
            text += self.end  # where instructions stand in paragraphs, this is one of them
        self.edits[span] = self.edits.get(span, "") + text
        names = " ".join(line.split("=")[0].removeprefix("ENV ") for line in env)
        what = [*(["the CA"] if block else []), *([names] if names else [])]
        clients = ", ".join(dict.fromkeys(one.name for one in stage.downloads))
        self.done.append(f"stage {stage.label}: {' and '.join(what)}, before {visible(clients)}")

    # What clients read

    def _lacks(self, one: Download, stage: Stage, state: _State, *, block: list[str]) -> bool:
        """Whether a variable is missing: none of its own, and none put in above."""
        if not one.client.variable or one.served:
            return False
        if one.client.variable in state.variables or self._declared(one, stage):
            return False
        # pip from 24.2 on, which every image of Python 3.13 has, reads the system's store.
        version = python_of(stage.root_image)
        modern = one.name == "pip" and version is not None and version >= (3, 13)
        return bool(block) or not modern

    def _declared(self, one: Download, stage: Stage) -> bool:
        """Whether an ENV above sets a variable: not every script tells its environment."""
        scopes = {kin.scope for kin in stage.line}
        return any(
            entry.name.upper() in one.client.reads
            and entry.how in (How.ENV, How.ARG)
            and entry.scope in scopes
            and entry.value.text
            and entry.span.start < one.command.span.start
            for entry in self.reading.variables
        )

    def _switched_on(self, stage: Stage) -> list[str]:
        """The variables of clients that are verified again here, where nothing sets one."""
        there = {one.name.upper() for one in self.reading.variables}
        found = [CLIENTS.get(one.client) for one in self.offs if one.scope == stage.scope]
        return list(
            dict.fromkeys(
                one.variable
                for one in found
                if one is not None and one.variable and not there & set(one.reads)
            )
        )

    def _foreign(self, stage: Stage, system: Family) -> bool:
        """Whether a client is pointed at a bundle that is neither the system's nor the CA alone."""
        scopes = {one.scope for one in stage.line}
        reads = {name for one in stage.downloads for name in one.client.reads}
        found = False
        for entry in self.reading.variables:
            name, path = entry.name.upper(), entry.value.text
            mine = entry.scope in scopes and name in REPLACING & reads and path
            if mine and not is_system(path) and not is_lone(path, self.reading):
                found = True
                line, _ = self.reading.document.position(entry.span.start)
                self.notes.append(
                    f"line {line}: {name} names {visible(path, 200)}: see that it holds the CA, or "
                    f"name {system.bundle}"
                )
        return found

    def _lone(self, stage: Stage, system: Family) -> None:
        """A variable that names the CA alone would shut the public roots out: name the bundle."""
        scopes = {one.scope for one in stage.line}
        for entry in self.reading.variables:
            mine = isinstance(entry, Assignment) and entry.how in (How.ENV, How.ARG)
            if not mine or entry.scope not in scopes or entry.name.upper() not in REPLACING:
                continue
            value = entry.value
            if value.text and value.is_written_here and is_lone(value.text, self.reading):
                self.edits[value.place()] = system.bundle
                self.done.append(f"stage {stage.label}: {entry.name} names the system's bundle")


def _right(one: trust.Own, system: Family) -> bool:
    """Whether a CA lies where this system looks for it, under a name that counts."""
    if one.placed.folder not in (system.folder, *system.also):
        return False
    name = one.placed.name
    return system is not DEBIAN or not name or name.endswith((".crt", "*")) or "$" in name


def _copy(cas: tuple[Ca, ...], system: Family) -> str:
    if len(cas) == 1:
        return f"COPY {cas[0].source} {system.path(cas[0].name)}"
    return f"COPY {' '.join(one.source for one in cas)} {system.folder}/"


def refused(stage: Stage) -> Refusal:
    """A stage in which nothing can be put in, or whose system nobody knows."""
    clients = ", ".join(dict.fromkeys(one.name for one in stage.downloads))
    place = f"stage {stage.label} ({visible(stage.root_image, 100)})"
    if stage.base.why_not:
        return Refusal(place=place, why=f"it downloads with {clients}, but {stage.base.why_not}")
    return Refusal(
        place=place,
        why=f"it downloads with {clients}, but neither the image's name nor what it runs tells "
        "which system it is",
        hint="Say it with `--family debian` (or alpine, rhel, arch, suse).",
    )
