"""A scenario: one broken registry, what should be said about it, and what must not.

Each is one function in `certmend.lab.scenarios`; its name, with dashes, is the scenario's, and
its docstring is the story and what the fault means. The truth can depend on the client.
"""

import datetime as dt
import difflib
import inspect
from collections.abc import Callable, Iterable

import msgspec
from packaging.version import Version

from certmend import registry
from certmend.errors import UsageError
from certmend.lab.lab import Lab
from certmend.lab.setup import Setup


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What is so, seen from one client."""

    codes: frozenset[str] = frozenset()
    """The errors and warnings that must be reported, and no other."""
    notes: frozenset[str] = frozenset()
    """The notes that may be reported."""
    pip_fails: bool


Judge = Callable[[Version, Version], Truth]
"""The truth for a version of pip and one of Python."""
Client = Callable[[Version, Version], bool]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """A broken registry that can be put up."""

    name: str
    story: str
    """One line: what went wrong."""
    meaning: str
    """What each fault means and what to try; may be empty."""
    expects: frozenset[str]
    """The codes of the clients that have the fault."""
    wrong: frozenset[str]
    """Codes that look right and are not."""
    truth: Judge
    suits: Client
    """Whether a pip on a Python can be put into this situation at all."""
    build: Callable[[Lab], Setup]


def scenario(
    *,
    expects: Iterable[str] = (),
    wrong: Iterable[str] = (),
    notes: Iterable[str] = (),
    pip_fails: bool = True,
    truth: Judge | None = None,
    suits: Client | None = None,
) -> Callable[[Callable[[Lab], Setup]], Scenario]:
    """Make a scenario of a function; without `truth`, the same is true for every client.

    `notes` are the codes that may be reported as notes; an expected one among them is no more
    than that.
    """
    codes, remarks = frozenset(expects), frozenset(notes)
    constant = Truth(codes=codes - remarks, notes=remarks, pip_fails=pip_fails)

    def decorate(build: Callable[[Lab], Setup]) -> Scenario:
        story, _, meaning = inspect.cleandoc(build.__doc__ or "").partition("\n")
        return Scenario(
            name=build.__name__.replace("_", "-"),
            story=story,
            meaning=meaning.strip(),
            expects=codes,
            wrong=frozenset(wrong),
            truth=truth or (lambda _pip, _python: constant),
            suits=suits or (lambda _pip, _python: True),
            build=build,
        )

    return decorate


def only_where(client: Client, codes: Iterable[str], *, notes: Iterable[str] = ()) -> Judge:
    """The truth where some clients fail with `codes` and every other works, perhaps with notes."""
    broken = Truth(codes=frozenset(codes), pip_fails=True)
    fine = Truth(notes=frozenset(notes), pip_fails=False)
    return lambda pip, python: broken if client(pip, python) else fine


def between(first: str, last: str, *, python: str = "2") -> Client:
    """The clients from one version of pip to another, on a Python from a version on."""
    low, high, oldest = Version(first), Version(last), Version(python)
    return lambda pip, running: low <= pip <= high and running >= oldest


def in_days(number: float) -> dt.datetime:
    """The time so many days from now; negative for the past."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(days=number)


LIMITS: dict[str, str] = {
    "clock-skew": "the servers' world is three days ahead, the clock here is left alone",
    "outdated-client": "seen with pip 24.2 to 26.0.1 on Python 3.10 and later; others work",
    "sni-missing": "by an index that is an address; no client in use sends no name for a name",
    "strict-profile": "an error with pip from 26.1 on, on Python 3.13 and later; else a note",
    "no-ssl-module": "by a wrapper that starts a good Python; not one with ssl compiled in",
}
"""Every code can be produced on Linux; these only with a limit."""


def scenarios() -> tuple[Scenario, ...]:
    """Every scenario, sorted by name."""
    found = registry.load("certmend.lab.scenarios", Scenario)
    return tuple(sorted(found, key=lambda one: one.name))


def find(name: str) -> Scenario:
    """The scenario of that name; raises `UsageError`, with names that are near."""
    known = {one.name: one for one in scenarios()}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`certmend lab list` shows all"
    raise UsageError(f"there is no scenario named {name!r}", hint)
