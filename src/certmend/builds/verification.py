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
_OWNERS = (
    ("GIT_", "git"), ("NODE_", "npm"), ("NPM_", "npm"), ("YARN_", "yarn"), ("CONDA_", "conda"),
    ("MAMBA_", "conda"), ("PDM_", "pdm"), ("PIPENV_", "pipenv"), ("POETRY_", "poetry"),
    ("CURL_", "curl"),
)  # fmt: skip
_PLAIN_HTTP = re.compile(r"http://[^\s'\"]+")


class Off(msgspec.Struct, frozen=True, kw_only=True):
    """A switch that turns verification off, and the edits that take it out."""

    what: str
    place: Span
    scope: str
    edits: tuple[Edit, ...] = ()
    """None where it cannot be taken out by itself."""
    why_kept: str = ""
    client: str = ""
    """Whose verification it is, where that is known."""


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
            yield _off(what, span, entry, gap, reading, client=_client(entry.name.upper()))
    for run in reading.runs:
        for span, what, removal in switches.of_run(run, reading):
            option = next((o for o in flags(run) if span in (o.anchor, o.span)), None)
            gap = removal or (option.removal if option is not None else None)
            whole = _only_sets(run.verb)
            yield _off(
                what,
                span,
                run.command,
                gap if not whole else None,
                reading,
                whole=whole,
                client=run.client,
            )


def _hosts(
    reading: Reading, name: str, every: list[Trusted], removed: list[Trusted]
) -> Iterator[Off]:
    for one in every:
        what, place = f"{name} {visible(one.host, 100)}", one.option.anchor
        scope = one.option.entry.scope
        if one not in removed:
            why = f"{visible(one.host, 100)} is an index over plain HTTP"
            yield Off(what=what, place=place, scope=scope, why_kept=why, client=one.option.client)
            continue
        edits = trusted.without(one, removed, reading.document.text)
        entry = one.option.entry
        config = isinstance(entry, Command) and one.option.run is None
        if config and isinstance(entry, Command):
            edits = command_out(entry, reading)
        yield Off(what=what, place=place, scope=scope, edits=edits, client=one.option.client)


def _off(
    what: str,
    span: Span,
    entry: Entry,
    gap: Span | None,
    reading: Reading,
    *,
    whole: bool = False,
    client: str = "",
) -> Off:
    edits: tuple[Edit, ...] = (Edit(gap, ""),) if gap is not None else ()
    if whole and isinstance(entry, Command):
        edits = command_out(entry, reading)
    return Off(what=visible(what), place=span, scope=entry.scope, edits=edits, client=client)


def _client(variable: str) -> str:
    """Whose a variable is, by how its name begins."""
    return next((client for start, client in _OWNERS if variable.startswith(start)), "")


def _only_sets(verb: str) -> bool:
    """Whether all that a command does is to set the switch: `git config …`, `npm set …`."""
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
    head = text[line:start]
    alone = re.fullmatch(r"\s*(?:RUN|-)\s+", head, re.IGNORECASE)
    if (alone or _is_one_line_of_several(text, line, stop)) and not text[end:stop].strip():
        return (Edit(Span(line, stop), ""),)
    return ()


def _is_one_line_of_several(text: str, line: int, stop: int) -> bool:
    """Whether a line of a script, joined to none, has another at its side."""
    here = re.match(r"[ \t]*", text[line:stop])
    above = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line].rstrip("\r\n")
    below = text[stop : (text.find("\n", stop) + 1) or len(text)]
    indent = here[0] if here is not None else ""
    if re.search(r"(?:[\\`|&]|&&)[ \t]*$", above):
        return False
    return any(
        re.match(rf"{indent}[^\s#-]", one) and not re.match(r"[\w-]+:(?:\s|$)", one.strip())
        for one in (above, below)
    )
