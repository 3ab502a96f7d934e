"""Values that are made when a file runs: `$(echo $URL | cut -d/ -f3)`, `${URL#https://}`.

The words of such a substitution are a program's, not those of its result. Where a host is taken
from a URL, the URL is what it reads. Sources: POSIX.1-2017, Shell Command Language, 2.6.2 and
2.6.3; GNU make, "Functions for Transforming Text" and "The shell Function".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certmend.model import lazy
from certmend.model.document import Assignment

if TYPE_CHECKING:
    from certmend.judge.linting.options import Option
    from certmend.judge.linting.reading import Reading

COMMAND = r"\$\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)|`[^`]*`"
"""What a command prints, or a function of make; three deep, as `$(word 3,$(subst /, ,$(URL)))`."""
_ANY = lazy.regex(COMMAND + r"|\$\{(?!\{)[^{}]*\}")
_CUT = lazy.regex(COMMAND + r"|\$\{\w+(?:[#%/]|:\d)[^{}]*\}")
"""All of a value is printed by a command, or is cut out of a variable."""
_URL = lazy.regex(r"https?://(?:[^/@\s'\"|]*@)?[A-Za-z0-9][\w.-]*(?=[/:\s'\",)]|$)")
_READ = lazy.regex(r"\$[({]*(\w+)")


def without(text: str) -> str:
    """A value without what is substituted in it."""
    return _ANY.sub("", text) if "$" in text or "`" in text else text


def is_whole(text: str) -> bool:
    """Whether all of a value is substituted by a command, or cut out of a variable's value."""
    text = text.strip("\"'")
    return text[:1] in ("$", "`") and _CUT.fullmatch(text) is not None


def address(text: str, option: Option, reading: Reading) -> str:
    """The URL that a substitution reads, else the one of the same call; empty when unknown."""
    if match := _URL.search(text):
        return match.group()
    names = {match[1] for match in _READ.finditer(text)}
    found = ""
    for entry in reading.document.entries:
        if entry.span.start > option.span.start and found:
            break
        if isinstance(entry, Assignment) and entry.name in names:
            match = _URL.match(entry.value.text)
            found = match.group() if match else found
    return found or _beside(option, reading)


def _beside(option: Option, reading: Reading) -> str:
    """The index that the same command is given."""
    for other in reading.named("index-url", "extra-index-url"):
        if other.run is option.run is not None:
            for value in other.values:
                if match := _URL.match(value.text):
                    return match.group()
    return ""
