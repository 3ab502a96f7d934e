"""Lists of hosts that a client leaves unverified: which of their words can be a host at all.

pip sets an adapter at `https://WORD/` and knows neither schemes nor wildcards there; uv takes a
host or a URL, and `*` for every host (crates/uv-configuration, TrustedHost). A word of another
form matches nothing, and neither client says so.
"""

import re

from certmend.model.text import visible

_NAME = r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+|[0-9A-Fa-f:]{2,})(?::\d+)?"
_HOST = re.compile(_NAME)
_URL = re.compile(rf"\*|(?:https?://)?{_NAME}/?")


def usable(word: str, client: str) -> bool:
    """Whether a word of a client's list can match a host."""
    form = _URL if client == "uv" else _HOST
    return form.fullmatch(word) is not None


def why_not(value: str, client: str) -> str:
    """Which words of a list match nothing, as a sentence; empty where each can."""
    dead = [visible(word, 80) for word in value.split() if not usable(word, client)]
    if not dead:
        return ""
    takes = "hosts and URLs, with blanks between" if client == "uv" else "a host, or HOST:PORT"
    return f"{client} takes {takes}: {', '.join(dead[:3])} matches nothing"
