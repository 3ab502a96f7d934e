"""`certmend undo`: what certmend changed, taken back byte for byte."""

import os
from typing import TYPE_CHECKING

import click

from certmend import terminal
from certmend.model.text import visible

if TYPE_CHECKING:
    from certmend.remedy.journal import Journal, Record


@click.command(short_help="Take back what certmend changed last, or one record.")
@click.argument("record", required=False, default="", metavar="[ID]")
@click.option("--list", "list_", is_flag=True, help="Show what was applied, the newest last.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def undo(record: str, list_: bool, dry_run: bool) -> int:
    """Take back what certmend changed last, or the record with this ID.

    Each file becomes what it was, byte for byte. A file that was changed since is left alone, and
    then nothing is taken back.
    """
    from certmend.remedy import apply, journal

    kept = journal.Journal(journal.folder(dict(os.environ)))
    if list_:
        return _list(kept)
    if dry_run:
        return _preview(kept, record)
    taken = apply.undo(kept, record, lambda: terminal.talk("waiting for another certmend to end"))
    for one in taken:
        _say(one)
        _warn(one)
    if not taken:
        terminal.talk("nothing to take back")
    return 0


def _say(one: "Record") -> None:
    words = f" ({one.note})" if one.note else ""
    terminal.out(f"taken back: {one.title}{words}")
    for change in one.changes:
        state = "as before" if change.before.content is not None else "gone again"
        terminal.out(f"  {change.path}: {state}")
    for program in one.programs:
        terminal.out(f"  ran `{' '.join(program.undo)}`")


def _warn(one: "Record") -> None:
    """Variables of this shell that name a file which is gone: a client may stop at them."""
    gone = {change.before.path for change in one.changes if change.before.content is None}
    for name, value in os.environ.items():
        if value in gone:
            terminal.talk(f"to do: unset {visible(name)}, which names a file that is gone again")


def _list(kept: "Journal") -> int:
    records = kept.records()
    for one in records:
        terminal.out(f"{one.id}  {one.state:8}  {one.title}")
        for change in one.changes:
            terminal.out(f"  {change.path}")
        if one.note:
            terminal.out(f"  note: {one.note}")
    if not records:
        terminal.talk("nothing was applied here")
    return 0


def _preview(kept: "Journal", name: str) -> int:
    from certmend.model.difference import shown
    from certmend.remedy import apply

    one = apply.next_undone(kept, name)
    if one is None:
        terminal.talk("nothing to take back")
        return 0
    terminal.out(f"would take back: {one.title} ({one.id})")
    status = 0
    for change in one.changes:
        if foreign := apply.difference(change):
            terminal.out(f"{change.path} was changed since, so nothing would be taken back:")
            terminal.out(foreign)
            status = 1
        else:
            terminal.out(shown(change.after, change.before.content, change.path))
    for program in one.programs:
        terminal.out(f"would run `{' '.join(program.undo)}`")
    return status
