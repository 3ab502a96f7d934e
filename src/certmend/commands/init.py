"""`certmend init`: files that a project needs to keep its index trusted."""

from pathlib import Path

import click

from certmend import api, terminal

_EXAMPLES = """\b
  certmend init ci gitlab                      show what would be written
  certmend init ci gitlab --ca certs/ca.pem    and pin the project's CA
  certmend init ci gitlab --ca certs/ca.pem --write
"""


@click.group()
def init() -> None:
    """Write files that a project needs to keep its index trusted."""


@init.command()
@click.argument("system", type=click.Choice(["github", "gitlab", "jenkins", "azure", "docker"]))
@click.option(
    "--ca",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A PEM file of the project with the CA of the index: pinned by its SHA-256.",
)
@click.option("--write", is_flag=True, help="Write the file; never over one that is there.")
def ci(*, system: str, ca: Path | None, write: bool) -> int:
    """Make the check of the package index the first step of a pipeline."""
    project = Path()
    proposal = api.propose_pipeline(system, project, ca)
    difference = proposal.difference
    if not difference:
        terminal.out(f"{proposal.path} is already as it would be written")
        return 0
    terminal.out(difference)
    if not write:
        terminal.talk(f"certmend: nothing was written; `--write` makes {proposal.path}")
        return 0
    api.write_pipeline(project, proposal)
    terminal.talk(f"certmend: {proposal.path} is written. {proposal.use}")
    return 0


ci.help = f"{ci.help}\n\n{_EXAMPLES}"
