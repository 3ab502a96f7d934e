"""What curl and wget fetch from an address that only a run knows: `curl -k "$URL" | python3 -`.

The name that it gets, the end of the address, or what reads it tells that it is Python's.
"""

import re
from collections.abc import Iterator, Sequence

from certmend.judge.linting.options import flags
from certmend.judge.linting.programs import Run
from certmend.model import lazy
from certmend.model.commandline import base_name

_PYTHON = lazy.regex(r"(?:python|pypy)[\d.]*")
_KNOWN_LATER = ("$", "%", "{{")
_SAVED = ("output", "output-document")
_SENT = ("upload-file", "data", "request")
_PLAIN = frozenset(("-u", "-B", "-E", "-I", "-s"))
"""Options of Python's that leave it reading its program from its input."""


def is_pythons(run: Run, installers: re.Pattern[str]) -> bool:
    """Whether what is fetched from an unknown address is run by Python, or installs one."""
    options = list(flags(run))
    values = {value.span for option in options for value in option.values}
    plain = [
        word.text
        for word in run.arguments
        if not word.text.startswith("-") and word.span not in values
    ]
    if not any(text.startswith(_KNOWN_LATER) for text in plain):
        return False
    if any(option.name in _SENT for option in options):
        return False
    saved = [value.text for one in options if one.name in _SAVED for value in one.values]
    named = any(installers.search(name) for name in _file_names([*plain, *saved]))
    return named or _is_program(run.command.into)


def _file_names(texts: Sequence[str]) -> Iterator[str]:
    """The last part of each path or address, behind a slash."""
    for text in texts:
        yield "/" + text.partition("?")[0].rpartition("/")[2]


def _is_program(words: Sequence[str]) -> bool:
    """Whether a command is a Python that runs what it reads: no module, code or file is named."""
    names = [base_name(word) for word in words[:4]]
    at = next((n for n, name in enumerate(names) if _PYTHON.fullmatch(name)), -1)
    rest = [word for word in words[at + 1 :] if word not in _PLAIN]
    return at >= 0 and (not rest or rest[0] == "-")
