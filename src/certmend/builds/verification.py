"""Verification switched on again, where the CA is put in: the switches of lint, taken out.

A host that is an index over plain HTTP keeps its `--trusted-host`: pip takes HTTP from no other.
"""

import re
from collections.abc import Callable, Iterator

import msgspec

from certmend.builds import excision
from certmend.builds.excision import Edits
from certmend.judge.linting import switches, trusted
from certmend.judge.linting.hosts import host_of
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.trusted import Trusted
from certmend.model.document import Assignment, Command, Entry, Span
from certmend.model.lint import Edit
from certmend.model.text import visible

_OWNERS = (
    ("GIT_", "git"), ("NODE_", "npm"), ("NPM_", "npm"), ("YARN_", "yarn"), ("CONDA_", "conda"),
    ("MAMBA_", "conda"), ("PDM_", "pdm"), ("PIPENV_", "pipenv"), ("POETRY_", "poetry"),
    ("CURL_", "curl"),
)  # fmt: skip
_PLAIN_HTTP = re.compile(r"http://[^\s'\"]+")
_SETTING = frozenset(("config", "set", "c"))
_TAKING_BACK = frozenset(("--unset", "--unset-all", "unset", "delete", "--remove-key"))
_SWITCH = re.compile(r"http\..*sslverify|strict-ssl|ssl_verify|.*trusted-host", re.IGNORECASE)


class Off(msgspec.Struct, frozen=True, kw_only=True):
    """A switch that turns verification off, and the edits that take it out."""

    what: str
    place: Span
    scope: str
    edits: Edits = ()
    """None where it cannot be taken out by itself."""
    why_kept: str = ""
    client: str = ""
    """Whose verification it is, where that is known."""


def found(reading: Reading) -> list[Off]:
    """Every switch of a file, with what takes it out, in the order of the lines."""
    plain = {host_of(url) for url in _PLAIN_HTTP.findall(reading.document.text)}
    offs: list[Off] = []
    for name in ("trusted-host", "insecure-host"):
        every = list(trusted.trusted(reading, name))
        offs += _hosts(reading, name, every, [one for one in every if one.host not in plain])
    for entry in reading.variables:
        edits = excision.variable(entry, reading.document)
        for span, what, _ in switches.of_variable(entry):
            offs.append(_off(what, span, entry, edits, _client(entry.name.upper())))
    for run in reading.runs:
        for span, what, _ in switches.of_run(run, reading):
            offs.append(_off(what, span, run.command, _of_run(run, span, reading), run.client))
    return sorted(offs, key=lambda one: one.place.start)


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """What switches verification on again, and what is said of it."""

    edits: Edits = ()
    done: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def again(reading: Reading, covered: Callable[[Off], bool]) -> Again:
    """The switches where the CA is trusted, taken out; those that cannot be are named."""
    edits: list[Edit] = []
    done: list[str] = []
    notes: list[str] = []
    for one in found(reading):
        if not covered(one):
            continue
        line, _ = reading.document.position(one.place.start)
        edits += one.edits
        if one.edits:
            done.append(f"line {line}: verified again, without {one.what}")
        elif one.why_kept:
            notes.append(f"line {line}: {one.what} stays: {one.why_kept}")
        else:
            notes.append(f"line {line}: take it out yourself: {one.what}")
    together = excision.joined(tuple(edits), reading.document.text)
    return Again(edits=together, done=tuple(done), notes=tuple(notes))


def _off(what: str, span: Span, entry: Entry, edits: Edits, client: str) -> Off:
    """The words in front of the colon say what it is; those behind it, what it does."""
    short = visible(what.partition(": ")[0])
    return Off(what=short, place=span, scope=entry.scope, edits=edits, client=client)


def _of_run(run: Run, span: Span, reading: Reading) -> Edits:
    if run.verb not in _SETTING:
        return excision.option(run, span)
    edits = excision.command(run.command, reading.document.text)
    return (*edits, *_taken_back(run, reading)) if edits else ()


def _taken_back(run: Run, reading: Reading) -> Iterator[Edit]:
    """A later command that unsets what is not set any more: it would fail."""
    for other in reading.runs:
        texts = [word.text for word in other.arguments]
        later = other.command.span.start > run.command.span.start
        if (
            other.client == run.client
            and later
            and other.command.scope == run.command.scope
            and _TAKING_BACK & set(texts)
            and any(_SWITCH.fullmatch(text) for text in texts)
        ):
            yield from excision.command(other.command, reading.document.text)


def _hosts(
    reading: Reading, name: str, every: list[Trusted], removed: list[Trusted]
) -> Iterator[Off]:
    kept = [one for one in every if one not in removed]
    for one in every:
        what, entry = f"{name} {visible(one.host, 100)}", one.option.entry
        off = Off(what=what, place=one.option.anchor, scope=entry.scope, client=one.option.client)
        if one in kept:
            why = f"{visible(one.host, 100)} is an index over plain HTTP"
            yield msgspec.structs.replace(off, why_kept=why)
            continue
        alone = not any(other.option is one.option for other in kept)
        edits = trusted.without(one, removed, reading.document.text)
        if isinstance(entry, Command) and one.option.run is None:
            run = next((run for run in reading.runs if run.command is entry), None)
            edits = _of_run(run, one.span, reading) if run is not None and alone else ()
        elif isinstance(entry, Assignment) and not edits and alone:
            edits = excision.variable(entry, reading.document)
        yield msgspec.structs.replace(off, edits=edits)


def _client(variable: str) -> str:
    """Whose a variable is, by how its name begins."""
    return next((client for start, client in _OWNERS if variable.startswith(start)), "")
