"""`certmend lab`: package indexes that are broken in a chosen way, on loopback."""

import os
import shlex
import textwrap
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import click

from certmend import process, suggestions, terminal

if TYPE_CHECKING:
    from certmend.lab.scenario import Scenario
    from certmend.lab.setup import Setup

_EXAMPLES = """\b
  certmend lab list                                  what there is
  certmend lab up untrusted-root                     serve one; says what to try
  certmend lab run expired -- pip download billing   a command meets one
  certmend lab run expired -- certmend diagnose
"""
_RUN_EXAMPLE = """\b
  certmend lab run untrusted-root -- pip download --no-deps billing
"""
_WIDTH = 80
_LABEL = 9


@click.group(short_help="Serve broken package indexes on loopback, to try things on.")
def lab() -> None:
    """Serve package indexes that are broken in a chosen way, on loopback."""


lab.help = f"{lab.help}\n\n{_EXAMPLES}"


@lab.command("list")
def list_() -> None:
    """Show every scenario: its name, the codes to expect, and its story."""
    from certmend.lab.scenario import LIMITS, scenarios

    lines: list[str] = []
    for one in scenarios():
        lines += [one.name, *_field("expects", _codes(one)), *_field("story", one.story), ""]
    lines.append("Every code can be produced here; these only with a limit:")
    for code, limit in LIMITS.items():
        lines += _field(code, limit, 16)
    terminal.out("\n".join(lines))


@lab.command()
@click.argument("scenario", shell_complete=suggestions.scenarios)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Where the first server listens; a free port without it.",
)
def up(scenario: str, port: int | None) -> None:
    """Serve a scenario until Ctrl-C, and say what to try."""
    from certmend.lab.lab import Lab
    from certmend.lab.scenario import find

    one = find(scenario)
    process.end_on("SIGTERM", 0)
    process.end_on("SIGHUP", 129)
    with Lab(port=port or 0) as running:
        terminal.out("\n".join(_instructions(one, one.build(running))))
        _serve_until_told()


@lab.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("scenario", shell_complete=suggestions.scenarios)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def run(scenario: str, command: tuple[str, ...]) -> int:
    """Run a command in a scenario, and exit with its status."""
    from certmend import attended
    from certmend.lab.lab import Lab
    from certmend.lab.scenario import find
    from certmend.lab.setup import environment_for

    words = command[command[0] == "--" :]
    if not words:
        raise click.UsageError("missing argument 'COMMAND...'", click.get_current_context())
    one = find(scenario)
    process.end_on("SIGTERM", 143)
    process.end_on("SIGHUP", 129)
    with Lab() as running:
        environment = environment_for(one.build(running), os.environ)
        return attended.run(words, environment)


run.help = f"{run.help}\n\n{_RUN_EXAMPLE}"


def _serve_until_told() -> NoReturn:
    """Wait for a signal; looking up now and then, since one may come just before the wait."""
    while True:
        time.sleep(0.5)


def _codes(one: "Scenario") -> str:
    return ", ".join(sorted(one.expects)) or "nothing"


def _field(label: str, text: str, size: int = _LABEL) -> list[str]:
    """A labelled line, wrapped below itself."""
    start = f"  {label:{size}}"
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _instructions(one: "Scenario", setup: "Setup") -> Iterator[str]:
    yield from textwrap.wrap(f"{one.name}: {one.story}", _WIDTH, break_on_hyphens=False)
    yield ""
    for number, url in enumerate(setup.index_urls):
        yield f"  {'also' if number else 'index':{_LABEL}}{url}"
    if setup.ca_file is not None:
        yield f"  {'CA file':{_LABEL}}{setup.ca_file}"
    yield from _field("expects", _codes(one))
    yield from ("", "Environment:", "", *_shell(setup))
    yield from ("", "Try:", "", *_tries(setup))
    if one.meaning:
        yield from ("", "What it means:", "", *_field("", one.meaning, 0))
    yield from ("", "Ctrl-C stops it.")


def _shell(setup: "Setup") -> Iterator[str]:
    """What a shell has to be told: variables that would disturb, and those of the scenario."""
    from certmend.lab.setup import PYTHON, disturbing, environment_for

    names = [name for name in disturbing(os.environ) if name not in setup.environment]
    for line in textwrap.wrap(" ".join(names), _WIDTH - 8, break_long_words=False):
        yield f"  unset {line}"
    for name, value in setup.environment.items():
        yield f"  export {name}={shlex.quote(value)}"
    if setup.python is not None:
        yield f"  export {PYTHON}={shlex.quote(environment_for(setup, os.environ)[PYTHON])}"
        yield f'  export PATH={shlex.quote(str(setup.python.parent))}:"$PATH"'


def _tries(setup: "Setup") -> Iterator[str]:
    words = shlex.join([*setup.arguments, setup.package])
    yield f"  pip download --no-deps --no-cache-dir --retries 0 {words}"
    yield f"  certmend diagnose --package {shlex.join([setup.package, *setup.arguments])}"
