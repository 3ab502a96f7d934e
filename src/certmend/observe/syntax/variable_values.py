"""What a client's variable may be given: hosts, addresses, a switch; prose and names are none.

A mapping of somebody's own may hold a text about each variable, or a name for it, as well as its
value. Sources: pip's "Configuration" (hosts and URLs parted by blanks), uv's reference of
environment variables, git(1) and npm-config on what switches take.
"""

import re

from certmend.model import lazy

_PARTED = lazy.regex(r"[\s,]+")
_HOST = lazy.regex(
    r"\W*(?:\w+://\S+|(?:\*\.)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?|[\w.-]+:\d+|\d+(?:\.\d+){3}"
    r"|\[[0-9a-f:]+\](?::\d+)?)[^\w.]*",
    re.IGNORECASE,
)
_ADDRESS = lazy.regex(r"(?:[\w-]+=)?(?:[a-z]+\+)?[a-z]+://[^\s/].*|/.*", re.IGNORECASE)
_SWITCH = lazy.regex(r"[01]?|true|false|yes|no|on|off|[./~].*", re.IGNORECASE)
_MADE = lazy.regex(r"[{$]|%\(")
"""What a value is put together with when the program runs."""
_PROSE = 3
"""So many words of which none is a host are a sentence."""


def may_be(variable: str, text: str) -> bool:
    """Whether a text is a value of a client's variable, all of it."""
    words = _PARTED.split(text.strip())
    pattern = _SWITCH
    if variable.endswith("_HOST"):
        pattern = _HOST
    elif "_INDEX" in variable:
        pattern = _ADDRESS
    return all(_MADE.search(word) or pattern.fullmatch(word) for word in words)


def is_sentence(variable: str, text: str) -> bool:
    """Whether a text speaks of hosts and names none."""
    words = _PARTED.split(text.strip()) if variable.endswith("_HOST") else []
    return len(words) >= _PROSE and not any(
        _MADE.search(word) or _HOST.fullmatch(word) for word in words
    )
