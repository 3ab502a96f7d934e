"""The only place that writes to the terminal: data to stdout, talk to stderr.

Every text that came from outside is made harmless before it gets here, by
`certmend.model.text.visible`; this module only writes.
"""

import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from certmend.model.view import View


def out(text: str) -> None:
    """Write data to standard output, as it is, with a final line end."""
    _write(sys.stdout, text)


def talk(text: str) -> None:
    """Write a message to standard error."""
    _write(sys.stderr, text)


def status(text: str) -> None:
    """Show a line of progress in place of the one before; an empty one clears it.

    Nothing is written where standard error is no terminal.
    """
    if sys.stderr.isatty():
        _raw(sys.stderr, f"\r\x1b[K{text[: _columns() - 1]}")


def _write(stream: TextIO, text: str) -> None:
    _raw(stream, text if text.endswith("\n") else text + "\n")


def _raw(stream: TextIO, line: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def view(*, verbose: bool = False, quiet: bool = False, errors: bool = False) -> "View":
    """How standard output (or with `errors` standard error) is to be written to.

    A pipe or file gets 80 columns and no colour; NO_COLOR and TERM=dumb take colour away too.
    """
    import os

    from certmend.model.view import View

    shown = (sys.stderr if errors else sys.stdout).isatty()
    color = shown and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return View(
        width=min(_columns(), 100) if shown else 80, color=color, verbose=verbose, quiet=quiet
    )


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns
