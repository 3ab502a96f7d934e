"""The command line: the commands, found by name, and the boundary where errors become words.

A command is a module of `certmend.commands` that holds a click command of its own name; it is
imported only when it is called or listed.
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path
from typing import Any

import click

from certmend import __version__, commands, suggestions, terminal
from certmend.errors import CertmendError

_OVERVIEW = """\
certmend finds out why pip does not trust a package index, and cures it.

  certmend diagnose                    every index that pip uses here
  certmend diagnose URL                one index
  certmend fix                         the cure: shown, asked, applied, proven
  certmend undo                        takes the last one back
  certmend bundle --help               CA bundles made, checked and rotated
  certmend lab list                    broken indexes to try it on
  certmend COMMAND --help              all options

Start with `certmend diagnose`.
"""


class Commands(click.Group):
    """The group of all commands, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        del ctx
        return sorted(entry.name for entry in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"certmend.commands.{cmd_name}")
        found: click.Command = getattr(module, cmd_name)
        if suggestions.asked(os.environ):
            suggestions.offer_files(found)
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "suggestions.Items":
        """The commands that begin so, without importing one, and the options."""
        names = suggestions.commands(self.list_commands(ctx), incomplete)
        return names + click.Command.shell_complete(self, ctx, incomplete)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog="Exit status: 0 healthy, 1 findings, 2 wrong use, 3 certmend's own failure, "
    "130 interrupted.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, message="certmend %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Find out why pip does not trust a package index, and what to do about it."""
    if ctx.invoked_subcommand is None:
        terminal.out(_OVERVIEW)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status; errors are two lines on stderr.

    0 healthy, 1 findings, 2 wrong use, 3 a failure of certmend's own, 130 interrupted.
    """
    try:
        status: Any = cli.main(args=arguments, prog_name="certmend", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        terminal.talk("certmend: interrupted")
        return 130
    except click.ClickException as error:
        return _usage(error)
    except CertmendError as error:
        return _say(error.message, error.hint, error.exit_status)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:  # noqa: BLE001  the boundary: never a traceback
        if suggestions.asked(os.environ):
            return 3  # the line that a person is typing is no place for it
        if _is_nowhere():
            return _say("the current folder is not there any more", "go to another: `cd ~`", 2)
        from certmend import crash

        return _say(*crash.report(error), 3)


def _is_nowhere() -> bool:
    """Whether the folder that certmend was started in has been removed since."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "certmend"
    said = error.format_message().rstrip(".")
    said = said[:1].lower() + said[1:] if said[1:2].islower() else said
    return _say(said, f"`{where} --help` shows the options", 2)


def _say(message: str, hint: str, status: int) -> int:
    from certmend.model.text import redact, visible

    # What a person typed in the wrong place may be a URL with a password in it.
    message, hint = (redact(visible(text, 1000)) for text in (message, hint))
    terminal.talk(f"certmend: error: {message}")
    if hint:
        terminal.talk(f"certmend: hint: {hint}")
    return status
