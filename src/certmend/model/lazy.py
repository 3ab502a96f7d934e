"""Regular expressions that are compiled when they are first used.

A command loads two hundred of them and uses thirty; to compile all takes half of its start.
"""

import re
from typing import Any, AnyStr, cast


class _Regex:
    """Stands for a compiled pattern, and takes its methods over one by one as they are used."""

    def __init__(self, words: str | bytes, flags: int) -> None:
        self._words = words
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._words, self._flags), name)
        setattr(self, name, found)
        return found


def regex(words: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, to be compiled later; a mistake in it comes to light then too."""
    return cast("re.Pattern[AnyStr]", _Regex(words, flags))
