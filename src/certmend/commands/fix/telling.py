"""What `certmend fix` says: the plan, and what became of it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from certmend import terminal

if TYPE_CHECKING:
    from certmend.model.plan import SetVariable
    from certmend.tasks.fixing import Outcome, Proposal


def show(proposal: "Proposal", options: dict[str, Any], state: str) -> None:
    """The plan, as text or JSON."""
    from certmend.present import plans

    if options["format_name"] == "json":
        _say_json(plans.result(proposal.report, proposal.plan, state))
    else:
        terminal.out(plans.text(proposal.report, proposal.plan, diffs=options["diff"]))


def tell(proposal: "Proposal", outcome: "Outcome", options: dict[str, Any]) -> int:
    """What came of the plan. 0 when nothing is left to do, 1 when something is."""
    variables = _variables(proposal)
    left = [one for one in variables if not one.set_by]
    if options["format_name"] == "json":
        _say_json(_result(proposal, outcome))
        return int(bool(left) or not outcome.done)
    _tell_proof(proposal, outcome, options)
    if not outcome.stays:
        terminal.talk(f"taken back, nothing has changed: {outcome.note}")
        return 1
    if outcome.note:
        terminal.talk(outcome.note)
    for one in left:
        terminal.talk(f"to do: {one.command}")
    _tell_of_profile(proposal, left)
    if len(left) < len(variables):
        _tell_of_this_shell(proposal)
    if outcome.record is None:
        terminal.talk("nothing had to be written: it is all as planned")
    else:
        done = outcome.record.title.removeprefix("fix: ")
        terminal.talk(f"{done}; `certmend undo {outcome.record.id}` takes it back")
    if not all(one.ok for one in outcome.proof):
        terminal.talk("not every index is reached yet: `certmend diagnose` says why")
    return int(bool(left) or not outcome.done)


def _variables(proposal: "Proposal") -> "list[SetVariable]":
    """Each variable of the plan once."""
    from certmend.model.plan import SetVariable

    steps = [step for one in proposal.plan.applicable for step in one.steps]
    found = {(one.name, one.value): one for one in steps if isinstance(one, SetVariable)}
    return list(found.values())


def _result(proposal: "Proposal", outcome: "Outcome") -> Any:
    from certmend.present import plans

    proof = tuple(
        plans.ProofResult(client=one.client, url=one.url, ok=one.ok, words=one.words)
        for one in outcome.proof
    )
    state = "done" if outcome.done else "partly" if outcome.stays else "taken-back"
    more = {
        "record": outcome.record.id if outcome.record else "",
        "note": outcome.note,
        "proof": proof,
    }
    return plans.result(proposal.report, proposal.plan, state, **more)


def _tell_proof(proposal: "Proposal", outcome: "Outcome", options: dict[str, Any]) -> None:
    from certmend.present import plans

    if options["yes"]:
        terminal.out(plans.text(proposal.report, proposal.plan) + "\n")
    width = max((len(one.client) for one in outcome.proof), default=0)
    for one in outcome.proof:
        mark = "ok" if one.ok else "--"
        terminal.out(f"  {mark}  {one.client:{width}}  {one.url}  {one.words}")


def _tell_of_profile(proposal: "Proposal", left: "list[SetVariable]") -> None:
    """How a variable that names the kept bundle stays set, where no profile was edited."""
    from certmend.model.plan import SetVariable
    from certmend.remedy import keeping, variables

    place = str(keeping.user_place(dict(os.environ)))
    names = {one.name for one in left if one.value == place}
    clients = [
        one.title.partition(" ")[0]
        for one in proposal.plan.applicable
        if any(isinstance(step, SetVariable) and step.name in names for step in one.steps)
    ]
    known = [one for one in clients if one in variables.CLIENTS]
    shell = os.environ.get("SHELL", "").rpartition("/")[2]
    if known and os.name != "nt":
        named = " ".join(f"--client {one}" for one in known)
        dialect, profile = _PROFILES.get(shell, ("bash", "~/.profile"))
        terminal.talk("and in every new shell:")
        terminal.talk(f"  certmend env --shell {dialect} {named} --write {profile}")


_PROFILES = {
    "bash": ("bash", "~/.bashrc"),
    "zsh": ("zsh", "~/.zshenv"),
    "fish": ("fish", "~/.config/fish/config.fish"),
}


def _tell_of_this_shell(proposal: "Proposal") -> None:
    """Who has the variables now, and what a shell that was started before has to read."""
    from certmend.model.plan import EditFile
    from certmend.remedy import profiles

    keeper = proposal.keeper
    if keeper is None:
        return
    last = proposal.plan.applicable[-1]
    paths = tuple(one.path for one in last.steps if isinstance(one, EditFile))
    home = os.environ.get("HOME") or str(Path.home())
    command = profiles.again(keeper, paths, home)
    this = f"; this one after `{command}`" if command else ""
    terminal.talk(f"{keeper.title} have it{this}")


def _say_json(content: Any) -> None:
    import msgspec

    terminal.out(msgspec.json.format(msgspec.json.encode(content), indent=2).decode())
