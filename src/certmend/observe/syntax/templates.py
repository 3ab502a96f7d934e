"""Files that a template engine fills in first: what the template says to itself is blanked out."""

import re

from certmend.model import lazy
from certmend.model.document import Word

_STATEMENT = lazy.regex(r"\{%.*?%\}|\{#.*?#\}|<%(?![=%]).*?%>", re.DOTALL)
_ANY = lazy.regex(r"[^\n]")


def plain(text: Word) -> Word:
    """The text without statements and comments of Jinja and ERB, each character at its place."""
    if "{%" not in text.text and "<%" not in text.text:
        return text
    made = _STATEMENT.sub(lambda match: _ANY.sub(" ", match.group()), text.text)
    return Word(text=made, at=text.at, span=text.span)
