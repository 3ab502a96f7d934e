"""`certmend explain`: what a log tells, or the page of a cause."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import click

from certmend import flags, suggestions, terminal
from certmend.errors import UsageError

_EXAMPLES = """\b
  certmend explain build.log               what went wrong in a log
  pip install billing 2>&1 | certmend explain
  certmend explain untrusted-root          the page of a cause
  certmend explain --list                  all causes
"""


@click.command(
    short_help="Find the cause in what a client or a CI job printed.",
    epilog="Exit status: 0 nothing found, 1 findings, 2 wrong use, 3 own failure.",
)
@click.argument(
    "what", nargs=-1, metavar="[FILE|-|CODE]...", shell_complete=suggestions.codes_or_files
)
@click.option("--list", "listed", is_flag=True, help="Show all causes, one line each.")
@flags.formats("text", "json", "markdown", "github")
@flags.fail_on
@click.option("-q", "--quiet", is_flag=True, help="One line for each finding.")
def explain(
    *, what: tuple[str, ...], listed: bool, format_name: str, fail_on: str, quiet: bool
) -> int:
    """Find the cause in what a client printed; or show the page of a cause."""
    if listed or (len(what) == 1 and _is_code(what[0])):
        _pages(what, format_name, listed=listed)
        return 0
    from certmend import explanations

    with ExitStack() as opened:
        found = explanations.explain(
            (name, _open(name, opened)) for name in (what or (_standard_input(),))
        )
    terminal.out(explanations.render(found, format_name, terminal.view(quiet=quiet)))
    return flags.exit_status((one.finding.severity for one in found.findings), fail_on)


explain.help = f"{explain.help}\n\n{_EXAMPLES}"


def _standard_input() -> str:
    if sys.stdin.isatty():
        terminal.talk("certmend: paste the text, then end it with Ctrl-D (Windows: Ctrl-Z, Enter)")
    return "-"


def _open(name: str, opened: ExitStack) -> BinaryIO:
    """The log of that name, closed at the end; `-` is standard input."""
    if name == "-":
        return sys.stdin.buffer
    try:
        if Path(name).is_dir():
            raise UsageError(f"{name!r} is a folder", "name the log files in it")
        return opened.enter_context(Path(name).open("rb"))
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot read {name!r}: {words}", _meant(name)) from None


def _meant(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, _codes(), cutoff=0.6)
    if near:
        return f"did you mean the cause {' or '.join(near)}?"
    return "give a log file, `-` for standard input, or a code of `certmend explain --list`"


def _codes() -> tuple[str, ...]:
    from certmend import registry

    names = registry.module_names("certmend.judge.causes")
    return tuple(name.rpartition(".")[2].replace("_", "-") for name in names)


def _is_code(name: str) -> bool:
    return not Path(name).exists() and name in _codes()


def _pages(what: tuple[str, ...], format_name: str, *, listed: bool) -> None:
    from certmend.judge import engine
    from certmend.model.page import Page
    from certmend.present import pages

    if listed and what:
        raise UsageError("--list takes no file or code", "leave one of them out")
    if format_name == "github":
        raise UsageError("a page has no github format", "use text, json or markdown")
    found = tuple(Page(code=one.code, family=one.family, text=one.page) for one in engine.causes())
    if listed:
        terminal.out(pages.listed(found, format_name))
        return
    shown = next(page for page in found if page.code == what[0])
    terminal.out(pages.page(shown, format_name, terminal.view()))
