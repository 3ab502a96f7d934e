"""`certmend config`: what every client is set to, where that came from, what is ignored."""

import click

from certmend import api, flags, terminal

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
@flags.clients("A client, or all; by default pip and every installer with a trace here.")
@click.option("--python", metavar="PATH", help="The Python whose pip and libraries are asked.")
@flags.formats("text", "json")
@flags.fail_on
def config(*, clients: tuple[str, ...], python: str | None, format_name: str, fail_on: str) -> int:
    """Show the indexes, trust store, proxy and switches that each client really uses."""
    facts = api.config(api.Request(clients=clients, python=python))
    report = api.report(facts)
    terminal.out(api.render_config(report, format_name, terminal.view()))
    return flags.exit_status((one.severity for one in report.findings), fail_on)


config.help = f"{config.help}\n\n{_EXAMPLES}"
