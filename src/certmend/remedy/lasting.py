"""The variables of a plan, set where new shells begin; or told, in words of the shell used here."""

from collections.abc import Iterable

import msgspec

from certmend.model.plan import Remedy, Safety, SetVariable, Step
from certmend.model.text import visible
from certmend.remedy import profiles, variables
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.keeper import GITHUB, Keeper


def kept(remedies: Iterable[Remedy], ground: Ground) -> tuple[Remedy, ...]:
    """The remedies, and one more that makes their variables last, where that is wished for."""
    found = tuple(remedies)
    steps = [one for remedy in found for one in remedy.steps if isinstance(one, SetVariable)]
    values = {one.name: one.value for one in steps if one.lasts}
    keeper = ground.keeper if ground.scope in (None, Scope.USER) else None
    edits = profiles.edits(keeper, values, ground) if keeper and values else ()
    names = ", ".join(visible(one.path, 300) for one in edits)
    made = tuple(_with(one, names, ground) for one in found)
    if not keeper or not edits:
        return made
    new = any(one.before != one.after for one in edits)
    return (
        *made,
        Remedy(
            title=f"{keeper.title} set {' and '.join(values)}",
            codes=tuple(dict.fromkeys(code for one in found for code in one.codes)),
            safety=Safety.REVIEW,
            steps=edits,
            why=_why(keeper) if new else "it is so already; this shell was started before",
        ),
    )


def _why(keeper: Keeper) -> str:
    if keeper.kind == GITHUB:
        return "`--no-profile` leaves it to you"
    return "every program started from such a shell reads them; `--no-profile` leaves it to you"


def _with(remedy: Remedy, names: str, ground: Ground) -> Remedy:
    """A remedy whose variables tell what sets them."""
    steps: tuple[Step, ...] = tuple(
        _told(one, names if one.lasts else "", ground) if isinstance(one, SetVariable) else one
        for one in remedy.steps
    )
    variables_of = [one for one in steps if isinstance(one, SetVariable)]
    if not variables_of:
        return remedy
    safe = remedy.safety is Safety.REVIEW and all(one.set_by for one in variables_of)
    return msgspec.structs.replace(
        remedy,
        steps=steps,
        safety=Safety.SAFE if safe else remedy.safety,
        why="" if safe else remedy.why,
    )


def _told(one: SetVariable, set_by: str, ground: Ground) -> SetVariable:
    shell = ground.environment.get("SHELL", "").rpartition("/")[2]
    if ground.platform == "win32":
        command = f'setx {one.name} "{one.value}"'
    elif shell in ("fish", "pwsh"):
        command = variables.assignment(
            {"pwsh": "powershell"}.get(shell, shell), one.name, one.value
        )
    else:
        command = variables.assignment("bash", one.name, one.value)
    return msgspec.structs.replace(one, set_by=set_by, command=visible(command, 600))
