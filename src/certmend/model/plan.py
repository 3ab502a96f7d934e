"""A plan: what is to be done, step by step, each with how safe it is. Only data."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from certmend.model.finding import Owner


class Safety(StrEnum):
    """What may be done with a remedy without asking."""

    SAFE = "safe"
    """It trusts nothing that the person or this machine does not vouch for: applied."""
    REVIEW = "review"
    """It changes what else works, or waits for the person: asked."""
    NEVER = "never"
    """Only explained."""


class WriteFile(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="write-file"):
    """A file that certmend keeps: a bundle, a CA in the system's folder."""

    path: str
    what: str
    before: bytes | None = None
    after: bytes


class EditFile(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="edit-file"):
    """A change in a file of the person's; everything else in it stays."""

    path: str
    what: str
    before: bytes | None = None
    after: bytes


class RunProgram(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="run-program"):
    """A program to run, and the one that takes its effect back once the files are back."""

    what: str
    command: tuple[str, ...]
    undo: tuple[str, ...]


class Advise(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="advise"):
    """A message for somebody who can do what certmend cannot; ready to be sent."""

    to: Owner
    subject: str
    text: str


class SetVariable(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="set-variable"):
    """A variable to be set: certmend cannot change its parent's environment."""

    name: str
    value: str
    what: str
    lasts: bool = True
    """Whether a profile may set it in every new shell; not one that switches verification off."""
    set_by: str = ""
    """The files of the plan that set it where something starts anew; empty: the person does."""
    command: str = ""
    """What the person types, in the shell that is used here."""


Step = WriteFile | EditFile | RunProgram | Advise | SetVariable


def each_file_once(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps on one file made one: planned after each other, it ends as the last one leaves it."""
    kept: dict[object, Step] = {}
    for number, one in enumerate(steps):
        if not isinstance(one, WriteFile | EditFile):
            kept[number] = one
            continue
        first = kept.get(one.path)
        if isinstance(first, WriteFile | EditFile) and first is not one:
            what = "\n".join(dict.fromkeys((first.what, one.what)))
            if first.before == first.after or one.before == one.after:
                what = one.what
            kept[one.path] = msgspec.structs.replace(first, what=what, after=one.after)
        else:
            kept[one.path] = one
    return tuple(kept.values())


class Trusted(msgspec.Struct, frozen=True, kw_only=True):
    """A CA that a remedy makes a client trust."""

    subject: str
    sha256: str
    not_after: str
    """The day, as in 2036-11-23."""
    source: str
    vouched: str
    """Who vouches for it, as half a sentence."""


class Remedy(msgspec.Struct, frozen=True, kw_only=True):
    """What cures one or more findings."""

    title: str
    codes: tuple[str, ...]
    host: str = ""
    client: str = ""
    safety: Safety
    steps: tuple[Step, ...] = ()
    trusts: tuple[Trusted, ...] = ()
    why: str = ""
    """Why it is done so, or why it is not done."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that follows from a diagnosis, what certmend can do itself in front."""

    remedies: tuple[Remedy, ...] = ()

    @property
    def applicable(self) -> tuple[Remedy, ...]:
        """What certmend does itself."""
        return tuple(
            one
            for one in self.remedies
            if one.safety is not Safety.NEVER
            and any(not isinstance(step, Advise) for step in one.steps)
        )
