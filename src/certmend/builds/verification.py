"""Verification switched on again, where the CA is put in: the switches of lint, taken out.

A host that is an index over plain HTTP keeps its `--trusted-host`: pip takes HTTP from no other.
"""

import re
from collections.abc import Iterator

import msgspec

from certmend.judge.linting import switches, trusted
from certmend.judge.linting.hosts import host_of
from certmend.judge.linting.options import flags
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.trusted import Trusted
from certmend.model.document import Assignment, Command, Entry, Span
from certmend.model.lint import Edit
from certmend.model.text import visible

_AFTER = re.compile(r"[ \t]*(?:[\\`][ \t]*\r?\n\s*)?(?:&&|;)(?:[ \t]*[\\`][ \t]*\r?\n)?\s*")
_BEFORE = re.compile(r"(?:\s|[\\`][ \t]*\r?\n)*(?:&&|;)(?:\s|[\\`][ \t]*\r?\n)*$")
_PLAIN_HTTP = re.compile(r"http://[^\s'\"]+")


class Off(msgspec.Struct, frozen=True, kw_only=True):
    """A switch that turns verification off, and the edits that take it out."""

    what: str
    place: Span
    scope: str
    edits: tuple[Edit, ...] = ()
    """None where it cannot be taken out by itself."""
    why_kept: str = ""


def found(reading: Reading) -> Iterator[Off]:
    """Every switch of a file, with what takes it out."""
    plain = {host_of(url) for url in _PLAIN_HTTP.findall(reading.document.text)}
    for name in ("trusted-host", "insecure-host"):
        every = list(trusted.trusted(reading, name))
        removed = [one for one in every if one.host not in plain]
        yield from _hosts(reading, name, every, removed)
    for entry in reading.variables:
        for span, what, removal in switches.of_variable(entry):
            gap = removal or (entry.removal if isinstance(entry, Assignment) else None)
            yield _off(what, span, entry, gap, reading)
    for run in reading.runs:
        for span, what, removal in switches.of_run(run, reading):
            option = next((o for o in flags(run) if span in (o.anchor, o.span)), None)
            gap = removal or (option.removal if option is not None else None)
            whole = _only_sets(run.command, run.verb)
            yield _off(what, span, run.command, gap if not whole else None, reading, whole=whole)


def _hosts(
    reading: Reading, name: str, every: list[Trusted], removed: list[Trusted]
) -> Iterator[Off]:
    for one in every:
        what, place = f"{name} {visible(one.host, 100)}", one.option.anchor
        scope = one.option.entry.scope
        if one not in removed:
            why = f"{visible(one.host, 100)} is an index over plain HTTP"
            yield Off(what=what, place=place, scope=scope, why_kept=why)
            continue
        edits = trusted.without(one, removed, reading.document.text)
        entry = one.option.entry
        config = isinstance(entry, Command) and one.option.run is None
        if config and isinstance(entry, Command):
            edits = command_out(entry, reading)
        yield Off(what=what, place=place, scope=scope, edits=edits)


def _off(
    what: str,
    span: Span,
    entry: Entry,
    gap: Span | None,
    reading: Reading,
    *,
    whole: bool = False,
) -> Off:
    edits: tuple[Edit, ...] = (Edit(gap, ""),) if gap is not None else ()
    if whole and isinstance(entry, Command):
        edits = command_out(entry, reading)
    return Off(what=visible(what), place=span, scope=entry.scope, edits=edits)


def _only_sets(command: Command, verb: str) -> bool:
    """Whether all that a command does is to set the switch: `git config …`, `npm set …`."""
    del command
    return verb in ("config", "set", "c")


def command_out(command: Command, reading: Reading) -> tuple[Edit, ...]:
    """The edit that takes a command out of its line: with its `&&`, or the whole instruction."""
    text = reading.document.text
    start, end = command.span.start, command.span.end
    if match := _AFTER.match(text, end):
        return (Edit(Span(start, match.end()), ""),)
    if match := _BEFORE.search(text, 0, start):
        return (Edit(Span(match.start(), end), ""),)
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop + 1
    alone = re.fullmatch(r"\s*(?:RUN|-|- run:|run:)\s+", text[line:start], re.IGNORECASE)
    if alone and not text[end:stop].strip():
        return (Edit(Span(line, stop), ""),)
    return ()
