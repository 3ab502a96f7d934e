"""`certmend run`: a command, and below it the cause when it fails."""

import os
import tempfile
from typing import TYPE_CHECKING

import click

from certmend import terminal

if TYPE_CHECKING:
    from certmend.model.explanation import Explanation

_EXAMPLES = """\b
  certmend run pip install billing
  certmend run --no-diagnose -- python -m pip download -r requirements.txt
"""


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    epilog="Exit status: the command's own; 126 and 127 as in a shell.",
)
@click.option("--no-diagnose", is_flag=True, help="Explain only; look at no index.")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def run(*, no_diagnose: bool, command: tuple[str, ...]) -> int:
    """Run a command, and explain its failure below its output."""
    from certmend import overheard

    words = command[command[0] == "--" :]
    if not words:
        raise click.UsageError("missing argument 'COMMAND...'", click.get_current_context())
    with tempfile.TemporaryFile(prefix="certmend-") as kept:
        status = overheard.run(words, os.environ, kept)
        if not status:
            return status
        from certmend import explanations

        kept.seek(0)
        found = explanations.explain([("output", kept)])
    if found.findings:
        shown = terminal.view(errors=True)
        terminal.talk("")
        terminal.talk(explanations.render(found, "text", shown))
        if not no_diagnose:
            _diagnose(found, words)
    return status


run.help = f"{run.help}\n\n{_EXAMPLES}"


def _diagnose(found: "Explanation", words: tuple[str, ...]) -> None:
    """Look at the index that failed, with the settings of the client that was run."""
    from certmend.observe import invocation

    first = found.findings[0]
    url = first.command.removeprefix("certmend diagnose").strip()
    asked = invocation.request(words, url, first.finding.client.partition(" ")[0])
    if asked is None:
        return
    from certmend import api

    folder = os.path.dirname(words[0])  # noqa: PTH120  a program named by path is the one to ask
    path = os.environ.get("PATH", os.defpath)
    environment = os.environ | ({"PATH": f"{folder}{os.pathsep}{path}"} if folder else {})
    report = api.report(api.gather(asked, environment))
    terminal.talk(api.render(report, "text", terminal.view(errors=True)))
