"""`certmend check`: a gate for pipelines and images, in a few seconds."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from certmend import api, flags, process, suggestions, terminal
from certmend.errors import UsageError

_EXAMPLES = """\b
  certmend check                           every index that is used here
  certmend check --package billing         and pip can download it
  certmend check --min-days 30 --format junit > check.xml
  RUN certmend check                       in a Dockerfile
"""


@click.command(
    short_help="A gate for builds: indexes verify, nothing expires soon.",
    epilog="Exit status: 0 all is right, 1 something is not, 2 wrong use, 3 a failure of its own.",
)
@click.option(
    "--min-days",
    type=click.IntRange(0, 36500),
    default=14,
    show_default=True,
    metavar="N",
    help="How long every certificate must be valid yet.",
)
@click.option(
    "--package",
    "packages",
    multiple=True,
    metavar="NAME",
    help="A package that pip must be able to download; NAME==VERSION too.",
)
@click.option(
    "--clients",
    metavar="NAMES",
    shell_complete=suggestions.clients,
    help="Clients joined by commas, or all; by default pip and those of this folder's files.",
)
@click.option(
    "-r",
    "--requirement",
    "requirement_files",
    multiple=True,
    metavar="FILE",
    help="A requirements file, for its index options; requirements.txt if it is there.",
)
@flags.python("asked")
@flags.indexes
@flags.connection
@flags.timeout(5.0, flags.EACH_STAGE)
@flags.formats("text", "json", "junit", "github", "gitlab")
def check(
    *,
    min_days: int,
    packages: tuple[str, ...],
    clients: str | None,
    format_name: str,
    **given: Any,
) -> int:
    """Check that every index verifies, nothing expires soon and nothing insecure is on."""
    process.end_on("SIGTERM", 143)
    process.end_on("SIGHUP", 129)
    files = tuple(given.pop("requirement_files"))
    if not files and Path("requirements.txt").is_file():
        files = ("requirements.txt",)
    names = [api.package_name(one) for one in packages]
    asked = tuple(one.strip() for one in clients.split(",")) if clients else api.used_here()
    request = api.Request(
        clients=asked, requirement_files=files, package=names[0] if names else "", **given
    )
    if packages and not request.asks_pip:
        raise UsageError("--package is proven with pip", "name pip in `--clients` too")
    gate = api.check(
        request,
        packages,
        min_days=min_days,
        while_waiting=partial(api.prepare_check, format_name),
    )
    terminal.out(api.render_check(gate, format_name, color=terminal.view().color))
    return 0 if gate.ok else 1


check.help = f"{check.help}\n\n{_EXAMPLES}"
