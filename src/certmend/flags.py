"""Options that several commands have, in pip's words where pip has them too."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from certmend import suggestions

Command = Callable[..., Any]
_AS_PIP = "As pip's option of that name."


def python(verb: str) -> Callable[[Command], Command]:
    """`--python`: whose pip is asked, or used."""
    return click.option("--python", metavar="PATH", help=f"The Python whose pip is {verb}.")


def indexes(command: Command) -> Command:
    """`--index-url` and `--extra-index-url`."""
    return _all(
        command,
        click.option("-i", "--index-url", metavar="URL", help=_AS_PIP),
        click.option(
            "--extra-index-url", "extra_index_urls", multiple=True, metavar="URL", help=_AS_PIP
        ),
    )


def find_links(command: Command) -> Command:
    """`--find-links`."""
    return click.option("-f", "--find-links", multiple=True, metavar="URL", help=_AS_PIP)(command)


def connection(command: Command) -> Command:
    """`--cert`, `--client-cert` and `--proxy`."""
    return _all(
        command,
        click.option("--cert", metavar="FILE", help=_AS_PIP),
        click.option("--client-cert", metavar="FILE", help=_AS_PIP),
        click.option("--proxy", metavar="URL", help=_AS_PIP),
    )


def timeout(seconds: float, meaning: str) -> Callable[[Command], Command]:
    """`--timeout`, with a default and what it is the time of."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0.1, max=600),
        default=seconds,
        show_default=True,
        metavar="S",
        help=meaning,
    )


def clients(meaning: str) -> Callable[[Command], Command]:
    """`--client`, any number of times."""
    return click.option(
        "--client",
        "clients",
        multiple=True,
        metavar="NAME",
        shell_complete=suggestions.clients,
        help=meaning,
    )


def formats(*names: str) -> Callable[[Command], Command]:
    """`--format`, by default the first of them."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
    )


def fail_on(command: Command) -> Command:
    """`--fail-on`, for `exit_status`."""
    return click.option(
        "--fail-on",
        type=click.Choice(SEVERITIES),
        default="error",
        show_default=True,
        help="Exit with 1 from this severity on.",
    )(command)


def exit_status(severities: Iterable[str], fail_on: str) -> int:
    """1 when one of the severities is as bad as `fail_on` or worse, else 0."""
    return int(any(SEVERITIES.index(one) <= SEVERITIES.index(fail_on) for one in severities))


SEVERITIES = ("error", "warning", "note")
"""The worst first."""
EACH_STAGE = "Seconds for each stage; the whole takes at most three times that."


def _all(command: Command, *options: Callable[[Command], Command]) -> Command:
    """A command with options that its help shows in this order."""
    for option in reversed(options):
        command = option(command)
    return command
