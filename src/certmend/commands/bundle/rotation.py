"""`certmend bundle rotate`."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from certmend import terminal
from certmend.commands.bundle import options
from certmend.errors import UsageError
from certmend.model.text import visible

if TYPE_CHECKING:
    from certmend.observe.containers import Password
    from certmend.remedy.bundles import Member
    from certmend.tasks.rotation import Rotation


@click.command(short_help="Replace a CA by its successor, everywhere here.")
@click.argument("bundles", nargs=-1, metavar="[BUNDLE]...")
@click.option("--add", "new", required=True, metavar="FILE", help="The CA's new certificate.")
@click.option("--retire", "old", required=True, metavar="FILE", help="The one to be removed.")
@click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="HOST[:PORT]",
    help="An index that uses the CA, or its URL; looked at now, as those are that clients here "
    "are set to.",
)
@click.option("--after", metavar="DATE", help="Retire the old CA from this date on (2026-12-31).")
@click.option("--dry-run", is_flag=True, help="Say what would be done.")
@options.passwords
def rotate(
    bundles: tuple[str, ...],
    new: str,
    old: str,
    hosts: tuple[str, ...],
    after: str | None,
    dry_run: bool,
    password_file: str | None,
    password_env: str | None,
) -> int:
    """Replace a CA by its successor, in every bundle of this machine that holds it.

    The new certificate is put beside the old one. When every index verifies without the old one,
    or the date has come, the old one is removed; never while an index still needs it, of --host
    or of a client here.

    Exit status: 0 done or waiting, 1 the date has come and an index still needs the old CA.
    """
    from certmend.remedy import journal
    from certmend.tasks import bundling, rotation

    ask = options.asker(password_file, password_env)
    now = journal.now()
    successor, retired = _single(new, ask, now), _single(old, ask, None)
    due = _date(after) if after else None
    plan = rotation.plan(successor, retired, bundles, hosts, due, now, os.environ)
    _say(plan, successor, retired)
    if not dry_run:
        kept = bundling.the_journal(os.environ)
        record, changes = bundling.store(kept, f"bundle rotate {successor.label}", plan.contents)
        for change in changes:
            terminal.out(f"changed: {change.path}")
        if record:
            terminal.talk(f"`certmend undo {record.id}` takes it back")
        else:
            terminal.talk("nothing had to change")
    return int(plan.due and not plan.retires)


def _single(path: str, ask: "Password", now: datetime | None) -> "Member":
    from certmend.remedy import bundles
    from certmend.tasks import bundling

    found = bundling.load((path,), ask)
    if len(found) != 1:
        raise UsageError(
            f"{visible(path, 300)} holds {len(found)} certificates", "give a file with one"
        )
    bundles.refuse_leaf(found[0])
    if now is not None and found[0].not_after < now:
        raise UsageError(f'"{found[0].label}" has expired', "ask for the CA's new certificate")
    return found[0]


def _date(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{visible(text)!r} is no date", "write it as in 2026-12-31") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _say(plan: "Rotation", new: "Member", old: "Member") -> None:
    terminal.out(f"new  {new.label}  {new.sha256[:16]}\nold  {old.label}  {old.sha256[:16]}")
    for one in plan.hosts:
        shown = f"{one.host} ({one.client})" if one.client else one.host
        if one.moved:
            terminal.out(f"  ok  {shown}: verifies without the old one")
        elif one.needs_old:
            terminal.out(f"  --  {shown}: still needs the old one")
        else:
            terminal.out(f"  --  {shown}: {one.reason}")
    for path in plan.left:
        terminal.out(f"left alone, the system or a package keeps it: {path}")
    if plan.retires:
        terminal.out("the old one is retired, the new one trusted")
    elif plan.due:
        terminal.out("the date has come, and the old one stays: an index still needs it")
    else:
        terminal.out("both are trusted side by side; run it again when the indexes have moved")
