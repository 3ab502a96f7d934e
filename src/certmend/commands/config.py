"""`certmend config`: what every client is set to, where that came from, what is ignored."""

import click

from certmend import api, suggestions, terminal
from certmend.commands.diagnose import ORDER

_EXAMPLES = """\b
  certmend config                     every client with a trace here
  certmend config --client all        libraries, curl, git and npm as well
  certmend config --client uv         one client
  certmend config --format json       for other programs
"""


@click.command(
    short_help="Show what each client here reads, and what it ignores.",
    epilog="Exit status: 0 healthy, 1 findings, 2 wrong use, 3 certmend's own failure.",
)
@click.option(
    "--client",
    "clients",
    multiple=True,
    metavar="NAME",
    shell_complete=suggestions.clients,
    help="A client, or all; by default pip and every installer with a trace here.",
)
@click.option("--python", metavar="PATH", help="The Python whose pip and libraries are asked.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    default="error",
    show_default=True,
    help="Exit with 1 from this severity on.",
)
def config(*, clients: tuple[str, ...], python: str | None, format_name: str, fail_on: str) -> int:
    """Show the indexes, trust store, proxy and switches that each client really uses."""
    facts = api.config(api.Request(clients=clients, python=python))
    report = api.report(facts)
    terminal.out(api.render_config(report, format_name, terminal.view()))
    worst = max((ORDER.index(finding.severity) for finding in report.findings), default=-1)
    return 1 if worst >= ORDER.index(fail_on) else 0


config.help = f"{config.help}\n\n{_EXAMPLES}"
