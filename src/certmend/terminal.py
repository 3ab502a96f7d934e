"""The only place that writes to the terminal: data to stdout, talk to stderr.

Every text that came from outside is made harmless before it gets here, by
`certmend.model.text.visible`; this module only writes.
"""

import sys
from typing import TextIO


def out(text: str) -> None:
    """Write data to standard output, as it is, with a final line end."""
    _write(sys.stdout, text)


def talk(text: str) -> None:
    """Write a message to standard error."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    line = text if text.endswith("\n") else text + "\n"
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()
