"""What both parts of the command ask of its options."""

import sys
from typing import Any

from certmend.errors import UsageError
from certmend.model.text import visible


def asks(options: dict[str, Any]) -> bool:
    """Whether there is somebody to be asked: off a terminal, and with --yes, there is not."""
    shows = options["yes"] or options["diff"] or options["dry_run"]
    return not shows and options["format_name"] == "text" and sys.stdin.isatty()


def fingerprints(options: dict[str, Any]) -> frozenset[str]:
    """The SHA-256 of `--fingerprint` in lower-case hexadecimal. Raises `UsageError`."""
    from certmend.remedy.bundles import hexadecimal

    prints: set[str] = set()
    for words in options["fingerprints"]:
        digits = hexadecimal(words)
        if digits is None or len(digits) != 64:
            raise UsageError(
                f"{visible(words)} is no SHA-256 fingerprint", "it has 64 hexadecimal digits"
            )
        prints.add(digits)
    return frozenset(prints)
