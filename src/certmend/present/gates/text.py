"""A gate for a person and for a log: one line for each thing, and below it what to do."""

import textwrap
from collections.abc import Iterator

from certmend.model.gate import Gate, Kind, Line, Trouble
from certmend.model.plugin import GateFormat
from certmend.model.view import View

_GREEN, _RED, _YELLOW, _PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[0m"


def render(gate: Gate, view: View) -> str:
    """All lines and their sum."""
    lines = [text for line in gate.lines for text in _line(line, view)]
    return "\n".join([*lines, total(gate)]) + "\n"


def total(gate: Gate) -> str:
    """How many of how many are right."""
    if not gate.lines:
        return "no index is used here: nothing to check"
    right = sum(line.ok for line in gate.lines)
    return f"{right} of {len(gate.lines)} right (valid for at least {gate.min_days} days)"


def title(line: Line) -> str:
    """What a line is about, as its first words."""
    return f"package {line.subject}" if line.kind is Kind.PACKAGE else line.subject


def _line(line: Line, view: View) -> Iterator[str]:
    if not line.troubles:
        yield f"{_mark('ok  ', _GREEN, view)}  {title(line)}: {line.text}"
        return
    first, *rest = sorted(line.troubles, key=lambda one: not one.fails)
    yield f"{_mark_of(first, view)}  {title(line)}: {_told(line, first)}"
    yield from _more(first, line, view.width)
    for one in rest:
        yield f"{_mark_of(one, view)}    {_told(line, one)}"
        yield from _more(one, line, view.width)


def _told(line: Line, one: Trouble) -> str:
    return one.text if line.kind is Kind.PACKAGE else f"[{one.code}] {one.text}"


def _more(one: Trouble, line: Line, width: int) -> Iterator[str]:
    if one.where and one.where != line.subject:
        yield f"        at   {one.where}"
    if one.cure:
        yield from textwrap.wrap(
            one.cure,
            width,
            initial_indent="        fix  ",
            subsequent_indent=" " * 13,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _mark_of(one: Trouble, view: View) -> str:
    return _mark("fail", _RED, view) if one.fails else _mark("warn", _YELLOW, view)


def _mark(word: str, color: str, view: View) -> str:
    return f"{color}{word}{_PLAIN}" if view.color else word


TEXT = GateFormat(name="text", render=render)
