"""Files that a template engine fills in first: what the template says to itself is blanked out."""

import re

from certmend.model import lazy
from certmend.model.document import Word

_STATEMENT = lazy.regex(r"\{%.*?%\}|\{#.*?#\}|<%(?![=%]).*?%>", re.DOTALL)
_REMARKS = (
    (lazy.regex(r"(?<!\$)\{#(?P<said>.*?)#\}", re.DOTALL), "#}"),
    (lazy.regex(r"<%#(?P<said>.*?)%>", re.DOTALL), "%>"),
)
"""Comments, and what ends each; `${#` is the shell's."""
_FILES = (".j2", ".jinja", ".jinja2", ".erb")
_ANY = lazy.regex(r"[^\n]")


def plain(text: Word) -> Word:
    """The text without statements and comments of Jinja and ERB, each character at its place."""
    if "{%" not in text.text and "<%" not in text.text:
        return text
    made = _STATEMENT.sub(lambda match: _ANY.sub(" ", match.group()), text.text)
    return Word(text=made, at=text.at, span=text.span)


def without_remarks(path: str, text: Word) -> Word:
    """A template's text without the engine's comments, by the file's name.

    Those that speak to this program stay.
    """
    if not path.lower().endswith(_FILES):
        return text
    made = text.text
    for pattern, end in _REMARKS:
        until = made.rfind(end) + len(end)  # what nothing ends is none, and costs nothing
        made = pattern.sub(_blanked, made[:until]) + made[until:]
    return Word(text=made, at=text.at, span=text.span)


def _blanked(match: "re.Match[str]") -> str:
    return match.group() if "certmend" in match["said"] else _ANY.sub(" ", match.group())
