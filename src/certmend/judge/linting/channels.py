"""The channels that a file gives to conda and its like: mamba, micromamba, pixi.

Sources: conda's configuration reference (`channels`, `default_channels`, `channel_alias`,
`custom_channels`, `custom_multichannels`), `conda install --help`, `conda config --help`, and
pixi's manifest reference.
"""

import re
from collections.abc import Iterator

from certmend.judge.linting.indexes import Index
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.model import lazy
from certmend.model.document import Key, Word

_URL = lazy.regex(r"https?://", re.IGNORECASE)
_KEYS = frozenset(("channels", "default_channels", "channel_alias"))
_TABLES = frozenset(("custom_channels", "custom_multichannels"))
_FLAGS = frozenset(("-c", "--channel"))

CHANNEL_WORDS = (
    "channels", "channel_alias", "--channel", "-c http", "-c 'http", '-c "http', '"-c"', "'-c'",
    "-c $",
)  # fmt: skip
"""Texts of which one stands in every file that gives a channel to a client."""


def channels(reading: Reading) -> Iterator[Index]:
    """Each channel that is given by its URL, not by a name."""
    for key in reading.keys:
        if _holds_channels(key):
            yield from (
                Index(client="conda", url=value, role="channel", span=value.span, entry=key)
                for value in key.values
                if _URL.match(value.text)
            )
    for run in reading.runs:
        if run.client == "conda":
            yield from (
                Index(client="conda", url=url, role="channel", span=url.span, entry=run.command)
                for url in _given(run)
                if _URL.match(url.text)
            )


def _holds_channels(key: Key) -> bool:
    if key.client == "conda":
        return key.path[0] in _TABLES or key.path[-1] in _KEYS
    owned = key.client == "pixi" or key.path[:2] == ("tool", "pixi")
    return owned and key.path[-1] == "channels"


def _given(run: Run) -> Iterator[Word]:
    """`-c URL`, `--channel=URL`, `config --add channels URL`, `config --set channel_alias URL`."""
    words = run.arguments
    for number, word in enumerate(words):
        before = words[number - 1].text if number else ""
        if before in _FLAGS or (run.verb == "config" and before in _KEYS):
            yield word
        elif word.text.startswith("--channel="):
            yield word.part(len("--channel="), len(word.text))
