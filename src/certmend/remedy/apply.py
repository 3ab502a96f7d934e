"""Apply a plan's changes all or none, and take them back: the two that write.

with the lock held:   record "applying" → files → programs → proof → record "done"
taken back:           record "undoing" → files in reverse → programs → record "undone"
"""

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from certmend.errors import WriteError
from certmend.model.difference import diff
from certmend.model.text import visible
from certmend.remedy import files
from certmend.remedy.journal import Change, Journal, Program, Record, State, now

_PROGRAM_SECONDS = 300.0

Proof = Callable[[], str]
"""Looks whether the changes did what they should; the reason why they did not, or nothing."""


def apply(
    journal: Journal,
    title: str,
    changes: Iterable[Change],
    *,
    programs: Iterable[Program] = (),
    proof: Proof = lambda: "",
    waiting: Callable[[], None] = lambda: None,
) -> Record:
    """Make the changes; the record is `undone`, with the reason, when the proof failed.

    Raises `WriteError` when a file cannot be written or is no longer what the plan saw; what
    was written before it is taken back.
    """
    with journal.lock(waiting):
        recover(journal)
        made = now()
        record = Record(
            id=journal.new_id(made),
            made=made,
            title=title,
            state=State.APPLYING,
            changes=tuple(_prepared(one) for one in changes),
            programs=tuple(programs),
        )
        for one in record.changes:
            _unchanged(one)
        journal.write(record)
        try:
            for number, one in enumerate(record.changes):
                _make(one, _temporary(record, number))
            for program in record.programs:
                _run(program.command)
            reason = proof()
        except BaseException as error:
            _take_back(journal, record, visible(str(error)))
            raise
        if reason:
            return _take_back(journal, record, reason)
        return _mark(journal, record, State.DONE)


def undo(
    journal: Journal, name: str = "", waiting: Callable[[], None] = lambda: None
) -> tuple[Record, ...]:
    """Take back a record, or the newest that is done; and first what was interrupted.

    With no name given, taking back what was interrupted is enough. Raises `UsageError` for an
    unknown name and `WriteError` when a file was changed since; nothing is touched then.
    """
    with journal.lock(waiting):
        found = recover(journal)
        if found and not name:
            return found
        record = next_undone(journal, name)
        if record is None:
            return found
        for one in record.changes:
            if difference(one):
                raise WriteError(
                    f"{one.path} was changed since: it is left as it is",
                    f"`certmend undo {record.id} --dry-run` shows the difference",
                )
        return (*found, _take_back(journal, record, ""))


def next_undone(journal: Journal, name: str = "") -> Record | None:
    """The record that `undo` would take back: the one named, or the newest; None: there is none.

    Raises `UsageError` for an unknown name.
    """
    undone = (State.UNDONE,)
    if name:
        named = journal.find(name)
        return named if named.state not in undone else None
    left = [one for one in journal.records() if one.state not in undone]
    return left[-1] if left else None


def recover(journal: Journal) -> tuple[Record, ...]:
    """Take back every plan that was interrupted; the lock must be held."""
    open_states = (State.APPLYING, State.UNDOING)
    return tuple(
        _take_back(journal, one, one.note or "it was interrupted")
        for one in reversed(journal.records())
        if one.state in open_states
    )


def difference(change: Change) -> str:
    """What undoing a change would meet that it did not write, as a unified diff; or nothing."""
    current = files.see(change.before.path)
    if current.target == change.before.target and current.content in (
        change.after,
        change.before.content,
    ):
        return ""
    return diff(change.after, current.content, change.path, ("as certmend wrote it", "as it is"))


def _prepared(change: Change) -> Change:
    return msgspec.structs.replace(change, folders=files.folders_to_make(change.before.target))


def _temporary(record: Record, number: int) -> str:
    return f".certmend-{record.id}-{number}"


def _unchanged(change: Change) -> None:
    current = files.see(change.before.path)
    if (current.target, current.content) != (change.before.target, change.before.content):
        raise WriteError(
            f"{change.path} has changed since the plan was made", "run the command again"
        )


def _make(change: Change, temporary: str) -> None:
    try:
        for folder in change.folders:
            Path(folder).mkdir(exist_ok=True)
            _belong(folder, change)
        _unchanged(change)
        if change.after is None:
            files.remove(change.before.target)
        else:
            files.replace(
                change.before.target, change.after, like=change.before, temporary=temporary
            )
    except OSError as error:
        raise files.refused(f"cannot write {change.path}", error) from None


def _belong(folder: str, change: Change) -> None:
    """A folder made by root for somebody else's file belongs to that somebody."""
    if change.before.user >= 0 and hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(folder, change.before.user, change.before.group)


def _take_back(journal: Journal, record: Record, note: str) -> Record:
    record = msgspec.structs.replace(record, note=note)
    # A full disk may have no room for the word, and "applying" says the same to who finds it.
    with contextlib.suppress(*(WriteError,) if record.state is State.APPLYING else ()):
        record = _mark(journal, record, State.UNDOING)
    left: list[str] = []
    for number, one in reversed(list(enumerate(record.changes))):
        try:
            _restore(one, _temporary(record, number), left)
        except OSError as error:
            raise files.refused(f"cannot restore {one.path}", error) from None
    for program in reversed(record.programs):
        try:
            _run(program.undo)
        except WriteError as error:
            left.append(error.message)
    if left:
        record = msgspec.structs.replace(record, note="; ".join((*filter(None, (note,)), *left)))
    return _mark(journal, record, State.UNDONE)


def _restore(change: Change, temporary: str, left: list[str]) -> None:
    before = change.before
    (Path(before.target).parent / temporary).unlink(missing_ok=True)
    current = files.see(before.path)
    if current.content == change.after and current.content != before.content:
        if before.content is None:
            files.remove(before.target)
        else:
            files.replace(before.target, before.content, like=before, temporary=temporary)
    elif current.content != before.content:
        left.append(f"{change.path} was changed by somebody else and is left as it is")
    for folder in reversed(change.folders):
        with contextlib.suppress(OSError):  # something else was put there: it stays
            Path(folder).rmdir()


def _mark(journal: Journal, record: Record, state: State) -> Record:
    record = msgspec.structs.replace(record, state=state)
    journal.write(record)
    return record


def _run(command: tuple[str, ...]) -> None:
    from certmend import process

    shown = visible(" ".join(command))
    try:
        done = process.run(command, timeout=_PROGRAM_SECONDS)
    except (OSError, process.TimeoutExpired) as error:
        raise files.refused(f"cannot run `{shown}`", error) from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        words = visible(said[-1]) if said else f"exit status {done.returncode}"
        raise WriteError(f"`{shown}` failed: {words}", "what it had changed was taken back")
