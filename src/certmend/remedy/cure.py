"""The type of a cure, and the decorator that makes one: a plug-in of `certmend.remedy.catalogue`.

A cure names the codes it cures and makes remedies of a finding. A cure by somebody else is a
message that is ready to be sent, with the evidence in it.
"""

from collections.abc import Callable, Iterable

import msgspec

from certmend.model.finding import Evidence, Finding, Owner
from certmend.model.plan import Advise, Remedy, Safety
from certmend.remedy import asks
from certmend.remedy.ground import Ground

Propose = Callable[[Finding, Ground], Iterable[Remedy]]


class Cure(msgspec.Struct, frozen=True, kw_only=True):
    """What to do about some codes."""

    codes: frozenset[str]
    propose: Propose


def cure(*codes: str) -> Callable[[Propose], Cure]:
    """Make a `Cure` of a function."""
    return lambda propose: Cure(codes=frozenset(codes), propose=propose)


def letter(
    finding: Finding, to: Owner, subject: str, ground: Ground, more: Iterable[str] = ()
) -> Remedy:
    """A remedy that somebody else carries out: when and what was seen, and what is asked for.

    What the person can do without them stands beside it.
    """
    seen = f"{ground.now:%Y-%m-%d %H:%M} UTC, with {finding.client}"
    shown = (*finding.evidence, Evidence(label="seen", text=seen))
    text = msgspec.structs.replace(finding, evidence=shown)
    made = message(text, to, subject, (*asks.of(finding, to), *more))
    if own := asks.yours(finding, to):
        about = "What you can do"
        step = Advise(to=Owner.YOU, subject=about, text="\n".join(own))
        made = msgspec.structs.replace(made, steps=(*made.steps, step))
    return made


def message(finding: Finding, to: Owner, subject: str, body: Iterable[str]) -> Remedy:
    """A remedy that somebody else carries out: what was seen, and what to do."""
    lines = [f"{_sentence(finding.summary)}.", ""]
    if finding.evidence:
        width = max(len(one.label) for one in finding.evidence)
        lines += [f"    {one.label:{width}}  {one.text}" for one in finding.evidence]
        lines.append("")
    if finding.why:
        lines += [finding.why, ""]
    lines += list(body)
    return Remedy(
        title=f"{to} can cure {finding.code}"
        if to is not Owner.YOU
        else f"{finding.code}: for you",
        codes=(finding.code,),
        host=finding.host,
        client=finding.client,
        safety=Safety.NEVER,
        steps=(Advise(to=to, subject=subject, text="\n".join(lines).rstrip()),),
        why="certmend cannot do it from here",
    )


def _sentence(summary: str) -> str:
    """A host or a program at its beginning stays as it is written."""
    ordinary = summary.partition(" ")[0] in ("a", "an", "the", "this", "what", "something")
    return summary[0].upper() + summary[1:] if ordinary else summary
