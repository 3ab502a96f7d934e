"""The patch of a pipeline: in each job, before its first download, the CA of the project.

It is what `certmend init ci` writes (`present/pipeline_steps.py`): the file's digest is compared,
and a bundle of public roots and the CA is made, which the variables of the clients name.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial

import msgspec

from certmend.builds import images, verification, yaml_text
from certmend.builds.build import Patch, Refusal, Way, Wish
from certmend.builds.downloads import CLIENTS, Client, Download, downloads
from certmend.builds.families import DEBIAN, Family
from certmend.builds.verification import Off
from certmend.judge.linting.programs import PYTHON_CLIENTS
from certmend.judge.linting.reading import Reading
from certmend.model.document import Span
from certmend.model.lint import Edit, apply
from certmend.model.plugin import PinnedCa
from certmend.model.text import visible
from certmend.observe.syntax.tree import Node
from certmend.present.pipeline_steps import PIP_ROOTS, pin

_WITH_PIP = (PYTHON_CLIENTS - {"uv", "hatch"}) | {"tox"}
TITLE = "Trust the CA of the package index"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A job, as a service writes it."""

    name: str
    span: Span
    steps: tuple[Node, ...]
    """The items of its list of steps, in the order in which they run."""
    image: str = ""
    """The image that it runs in, where it says so."""
    after: int = 0
    """The number of steps behind which the project's files are there; -1: never."""
    why_not: str = ""
    """Why nothing can be put in."""
    heirs: tuple[Node, ...] = ()
    """Steps of other jobs that run behind these in the same shell."""
    inherits: bool = False
    """Whether the lines of the job that comes first (`default`) run in its shell before its own."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The CA out of the service's own configuration, for `--method build-secret`."""

    line: str
    """Adds it to the bundle; `{first}` is filled in."""
    note: str
    """What the person has to set there."""
    head: str = ""
    """In place of the form's own head; empty: that one."""
    tail: str = ""
    deeper: int = 0


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How a service's steps are written."""

    place: str
    """The bundle's path, in terms of the shell."""
    hand_on: str
    """The line that hands a variable on to later steps: `{name}` and `{first}` are filled in."""
    head: str
    """What stands in front of the lines, `{pad}` being the item's indent."""
    deep: int
    """How much deeper than the item the lines stand."""
    tail: str = ""
    declare: str = ""
    """A line in front of the step for each variable, where the step itself cannot hand it on."""
    kept: Kept
    prepare: tuple[str, ...] = ()
    """What the step has to do first."""
    above: Callable[[str, Node], tuple[int, str] | None] = yaml_text.above_item
    """Where a step's line begins, and its indent; None where nothing can be put in above it."""


class Maker:
    """Goes through the jobs."""

    def __init__(self, reading: Reading, wish: Wish, form: Form) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.wish = wish
        self.form = form
        self.end = yaml_text.line_end(self.text)
        self.offs = list(verification.found(reading))
        self.edits: dict[Span, str] = {}
        self.done: list[str] = []
        self.notes: list[str] = []
        self.refusals: list[Refusal] = []
        self.trusting: list[Span] = []
        self.wants_ca = False
        self.shared: tuple[str, ...] = ()
        """The variables that the job in front of all others sets."""

    def make(self, jobs: Iterable[Job]) -> Patch:
        """The whole patch."""
        every = tuple(jobs)
        for job in every:
            self._job(job)
        again = verification.again(self.reading, partial(self._covered, every))
        puts = [Edit(span, text) for span, text in self.edits.items()]
        made = apply(self.text, [*puts, *again.edits])
        return Patch(
            text=self.text if self.wants_ca else made,
            done=(*self.done, *again.done),
            notes=(*self.notes, *again.notes),
            refusals=tuple(self.refusals),
            wants_ca=self.wants_ca,
        )

    def _covered(self, jobs: tuple[Job, ...], off: Off) -> bool:
        """Whether what a switch counts for trusts the CA: its job, or all where it stands above."""
        if any(off.place.within(job.span) for job in jobs):
            return any(off.place.within(span) for span in self.trusting)
        if self.trusting and self.refusals:
            line, _ = self.reading.document.position(off.place.start)
            self.notes.append(
                f"line {line}: {off.what} stays: jobs that do not trust the CA read it too"
            )
        return bool(self.trusting) and not self.refusals

    def _job(self, job: Job) -> None:
        found = [self._downloads(step.span) for step in job.steps]
        first = next((number for number, some in enumerate(found) if some), None)
        every = [one for some in found for one in some]
        if first is None:
            return
        heirs = [one for step in job.heirs for one in self._downloads(step.span)]
        names = self._names([*every, *heirs], job)
        if self._provided(job, every) or (job.inherits and set(names) <= set(self.shared)):
            self.trusting.append(job.span)
            return
        clients = ", ".join(dict.fromkeys(one.name for one in every))
        place = self.form.above(self.text, job.steps[first])
        why = job.why_not or self._why_not(job, first)
        if why or place is None:
            why = why or "its steps do not begin a line each"
            self.refusals.append(
                Refusal(
                    place=f"job {visible(job.name)}", why=f"it downloads with {clients}, but {why}"
                )
            )
            return
        if not self.wish.cas and self.wish.way is Way.STORE:
            self.wants_ca = True
            return
        at, indent = place
        self.shared = self.shared if job.inherits else tuple(names)
        self.edits[Span(at, at)] = self._step(indent, names, self._lines(names, every, job))
        self.trusting.append(job.span)
        self.done.append(
            f"job {visible(job.name)}: the CA, as {' '.join(names)}, before {visible(clients)}"
        )

    def _downloads(self, span: Span) -> list[Download]:
        found = [
            one
            for command in self.reading.commands
            if span.start <= command.span.start < span.end
            for one in downloads(command)
        ]
        return [
            one for one in found if not one.manager and (one.client.variable or one.client.secret)
        ]

    def _provided(self, job: Job, every: list[Download]) -> bool:
        """Whether each client is pointed at a bundle, by the file or by the job's own steps."""
        start = min(one.command.span.start for one in every)
        before = self.text[job.span.start : start]
        return all(
            one.served
            or any(
                re.search(rf"\b{name}\b", before)
                for name in (*one.client.reads, *_names(one.client))
            )
            for one in every
        )

    def _why_not(self, job: Job, first: int) -> str:
        if job.after < 0:
            return "it checks nothing out: the CA's file is not there"
        return "" if job.after <= first else "it downloads before the project is checked out"

    def _names(self, every: list[Download], job: Job) -> list[str]:
        """The variables of the clients, and of those that are verified again."""
        again = [one.client for one in self.offs if one.place.within(job.span) and one.edits]
        clients = [*(one.client for one in every), *(CLIENTS[c] for c in again if c in CLIENTS)]
        return list(dict.fromkeys(name for one in clients for name in _names(one)))

    def _lines(self, names: list[str], every: list[Download], job: Job) -> tuple[str, ...]:
        first = names[0]
        system = _family(job.image)
        has_pip = any(one.name in _WITH_PIP for one in every)
        roots = PIP_ROOTS if has_pip else f"cat {system.bundle}"
        lines = [*self.form.prepare, f"export {first}={self.form.place}"]
        if self.wish.way is Way.SECRET:
            kept = self.form.kept.line.format(first=first)
            lines += [f'{roots} > "${first}"', kept]
            self.notes = [self.form.kept.note]
        for number, one in enumerate(self.wish.cas):
            pinned = PinnedCa(path=one.source, sha256=one.sha256)
            made = pin(pinned, variable=first, roots=roots)
            lines += made if number == 0 else (made[0], made[2])
        hand_on = self.form.hand_on
        handed = [hand_on.format(name=name, first=first) for name in names if hand_on]
        lines += [line for line in handed if line != f'export {first}="${first}"']
        return tuple(lines)

    def _step(self, indent: str, names: list[str], lines: tuple[str, ...]) -> str:
        form, kept = self.form, self.form.kept
        secret = self.wish.way is Way.SECRET
        head = kept.head if secret and kept.head else form.head
        tail = kept.tail if secret and kept.tail else form.tail
        pad = indent + " " * (form.deep + (kept.deeper if secret else 0))
        body = "".join(f"{pad}{line}\n" for line in ("set -e", *lines))
        declared = "".join(
            self.form.declare.format(pad=indent, name=name) for name in names if self.form.declare
        )
        made = declared + head.format(pad=indent) + body + tail.format(pad=indent)
        return made.replace("\n", self.end)


def _names(one: Client) -> tuple[str, ...]:
    return tuple(name for name in (one.variable or one.secret,) if name)


def _family(image: str) -> Family:
    """The system of a job's image; runners of the services are Ubuntu."""
    return (images.base(image).family if image else None) or DEBIAN
