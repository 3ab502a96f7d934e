"""`certmend diagnose`: which cause it is, on which index, with the evidence and the cure."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certmend import api, flags, terminal
from certmend.errors import UsageError
from certmend.model.text import visible

if TYPE_CHECKING:
    from certmend.model.facts import Facts

_EXAMPLES = """\b
  certmend diagnose                        every index that pip uses here
  certmend diagnose https://pypi.corp.example/simple/
  certmend diagnose -r requirements.txt --package billing
  certmend diagnose --client uv            another client; or all of them
  certmend diagnose --save facts.json      to judge again elsewhere
"""


@click.command(epilog="Exit status: 0 healthy, 1 findings, 2 wrong use, 3 certmend's own failure.")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "-r",
    "--requirement",
    "requirement_files",
    multiple=True,
    metavar="FILE",
    help="A requirements file: its index options, requirements and direct URLs.",
)
@flags.indexes
@flags.find_links
@flags.python("asked")
@flags.clients("A client to ask, or all; by default pip and every installer with a trace here.")
@flags.connection
@click.option(
    "--trusted-host",
    "trusted_hosts",
    multiple=True,
    metavar="HOST",
    help="As pip's option of that name.",
)
@click.option("--package", default="", metavar="NAME", help="A package to look for on each index.")
@flags.timeout(10.0, flags.EACH_STAGE)
@click.option("--at", metavar="TIME", help="Judge dates at this time (RFC 3339).")
@click.option("--no-fetch", is_flag=True, help="Fetch no missing certificate or revocation list.")
@click.option(
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the facts to a file.",
)
@click.option(
    "--facts",
    "facts_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Judge the facts of a file, without network.",
)
@flags.formats("text", "json", "markdown")
@flags.fail_on
@click.option("-v", "--verbose", is_flag=True, help="Show the settings of the client too.")
@click.option("-q", "--quiet", is_flag=True, help="One line for each finding.")
def diagnose(
    *,
    save: Path | None,
    facts_file: Path | None,
    format_name: str,
    fail_on: str,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Find out which cause it is, on every index that pip uses."""
    if facts_file is not None and save is not None:
        raise UsageError("--save and --facts do not go together", "leave one of them out")
    if facts_file is not None:
        facts = _read(facts_file)
    else:
        ready = partial(api.prepare, format_name)
        facts = api.gather(request_from(**given), while_waiting=ready)
    if save is not None:
        from certmend.model import codec

        _write(save, codec.encode(facts))
    report = api.report(facts)
    terminal.out(api.render(report, format_name, terminal.view(verbose=verbose, quiet=quiet)))
    return flags.exit_status((one.severity for one in report.findings), fail_on)


diagnose.help = f"{diagnose.help}\n\n{_EXAMPLES}"


def request_from(*, at: str | None, no_fetch: bool, **given: Any) -> api.Request:
    """What the options ask for."""
    files = tuple(given.pop("requirement_files"))
    if not files and not given["urls"] and given["index_url"] is None:
        files = ("requirements.txt",) if Path("requirements.txt").is_file() else ()
    return api.Request(
        requirement_files=files, at=_time(at) if at else None, fetch=not no_fetch, **given
    )


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{visible(text)!r} is not a time", "write it as in 2026-11-24T12:00:00Z"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _read(path: Path) -> "Facts":
    try:
        content = path.read_bytes()
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise UsageError(
            f"cannot read {visible(str(path))}: {words}",
            "give a file that `certmend diagnose --save` wrote",
        ) from None
    from certmend.model import codec

    return codec.decode(content, visible(str(path)))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise UsageError(
            f"cannot write {visible(str(path))}: {words}", "give the path of a file to write"
        ) from None
