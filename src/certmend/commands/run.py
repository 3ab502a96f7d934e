"""`certmend run`: a command, and below it the cause when it fails."""

import os
import tempfile
from typing import TYPE_CHECKING

import click

from certmend import terminal

if TYPE_CHECKING:
    from certmend.model.explanation import Explanation
    from certmend.observe.request import Request

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
        asked = None if no_diagnose else _asked(found, words)
        terminal.talk("")
        shown = _without_command(found) if asked else found
        terminal.talk(explanations.render(shown, "text", terminal.view(errors=True)))
        if asked is not None:
            _diagnose(asked)
    return status


run.help = f"{run.help}\n\n{_EXAMPLES}"


def _asked(found: "Explanation", words: tuple[str, ...]) -> "Request | None":
    """What to look at below: what failed first, with the settings of the client that was run."""
    from certmend.observe import invocation

    first = found.findings[0]
    asked = invocation.request(words, first.url, first.finding.client.partition(" ")[0])
    return asked and asked._replace(package=first.package)


def _without_command(found: "Explanation") -> "Explanation":
    """The first finding does not say what to run: it is run below."""
    import msgspec

    first, *others = found.findings
    first = msgspec.structs.replace(first, command="")
    return msgspec.structs.replace(found, findings=(first, *others))


def _diagnose(asked: "Request") -> None:
    from certmend import api

    report = api.report(api.gather(asked, os.environ))
    terminal.talk(api.render(report, "text", terminal.view(errors=True)))
