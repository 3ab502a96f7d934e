r"""Text as the man macros want it.

A hyphen that is typed is written `\-`, quotes and tildes by their names: otherwise some
devices show typographic characters, which nobody can paste into a shell (groff_char(7)).
"""

import inspect
import re
import textwrap
from collections.abc import Iterator

_NAMED = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "~": r"\(ti", "^": r"\(ha"}
_CODE = re.compile(r"`([^`]+)`")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
_WORD = re.compile(r"\b[A-Z][A-Z0-9]*\b")


def literal(text: str) -> str:
    """Text that can be typed as it is shown."""
    return "".join(_NAMED.get(one, one) for one in text)


def bold(text: str) -> str:
    """The same, in bold; no word of it is cut in two at the end of a line."""
    words = " ".join(rf"\%{literal(word)}" for word in text.split(" "))
    return rf"\fB{words}\fR"


def prose(text: str) -> str:
    """A paragraph; what stands between backticks is bold and literal."""
    pieces = _CODE.split(" ".join(text.split()))
    shown = [bold(one) if place % 2 else _plain(one) for place, one in enumerate(pieces)]
    return _begun("".join(shown))


def usage(text: str) -> str:
    """Options bold, words in capitals in italics."""
    marked = literal(text)
    marked = re.sub(r"(?<![\w\\-])(?:\\-){1,2}[a-z](?:\w|\\-)*", r"\\fB\g<0>\\fR", marked)
    return _begun(_WORD.sub(r"\\fI\g<0>\\fR", marked))


def blocks(text: str) -> Iterator[str]:
    r"""The paragraphs of a help text; those after `\b` keep their lines, as click shows them."""
    for number, block in enumerate(inspect.cleandoc(text).split("\n\n")):
        if block.startswith("\b"):
            lines = textwrap.dedent(block.removeprefix("\b").strip("\n")).split("\n")
            yield from (".PP", ".EX", *(_begun(literal(line)) for line in lines), ".EE")
            continue
        if number:
            yield ".PP"
        yield prose(block)


def _plain(text: str) -> str:
    text = text.replace("\\", r"\e")
    return _OPTION.sub(lambda found: bold(found[0]), text)


def _begun(line: str) -> str:
    """A line that begins with a control character would be a request."""
    return rf"\&{line}" if line.startswith((".", "'")) else line
