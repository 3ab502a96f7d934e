"""git's `http.sslVerify`, switched off on a command line or in a configuration file.

A host may stand in the key itself (`http.https://git.corp.example/.sslVerify`), as a section's
name does, or be that of the one address that a command is run with. Sources: git-config(1) on
`http.<url>.*`; git(1) on `-c`; git-clone(1) on `--config`.
"""

import re
from collections.abc import Iterator, Sequence

from certmend.judge.linting.hosts import host_of, is_loopback
from certmend.judge.linting.programs import Run
from certmend.model import lazy
from certmend.model.document import Command, Span, Word

_KEY = lazy.regex(r"(?P<key>http\.(?:(?P<url>.*)\.)?sslverify)(?:=(?P<value>.*))?", re.IGNORECASE)
_SECTION = lazy.regex(r"http[ \t]+\"(?P<url>[^\"]*)", re.IGNORECASE)
_ADDRESS = lazy.regex(r"(?:https?|ssh|git|ftps?)://", re.IGNORECASE)
_FOR_ONE_RUN = ("-c", "--config")
_READS = frozenset(
    ("get", "list", "unset", "get-all", "get-regexp", "get-urlmatch", "get-color", "get-colorbool",
     "unset-all", "l", "remove-section", "rename-section", "edit", "e")
)  # fmt: skip
"""What `git config` does when it writes no value: each an option, or a command of its own."""


def is_of_this_machine(path: Sequence[str]) -> bool:
    """Whether a key of a configuration file stands in the section of a loopback host."""
    match = _SECTION.match(path[-2]) if len(path) > 1 else None
    return match is not None and is_loopback(host_of(match["url"]))


def is_key_of_this_machine(key: str) -> bool:
    """Whether `http.URL.sslVerify` is for a loopback host."""
    match = _KEY.fullmatch(key)
    return match is not None and is_loopback(host_of(match["url"] or ""))


def asks_this_machine(command: Command) -> bool:
    """Whether a command names addresses, and all of them are this machine's."""
    urls = [word.text for word in command.words if _ADDRESS.match(word.text)]
    return bool(urls) and all(is_loopback(host_of(url)) for url in urls)


def switched_off(run: Run, off: frozenset[str]) -> Iterator[tuple[Span, str]]:
    """Each place where a run of git gives `http.sslVerify` one of these values."""
    words = run.arguments
    for number, word in enumerate(words):
        match = _KEY.fullmatch(word.text.removeprefix("--config="))
        if match is None or is_loopback(host_of(match["url"] or "")):
            continue
        before = words[number - 1].text if number else ""
        following = words[number + 1] if number + 1 < len(words) else None
        if match["value"] is not None:
            passed = before in _FOR_ONE_RUN or word.text.startswith("--config=")
            if passed and match["value"].lower() in off and not asks_this_machine(run.command):
                yield word.span, f"{match.group()}"
        elif following is not None and following.text.lower() in off and _writes(words[:number]):
            yield Span(word.span.start, following.span.end), f"{word.text} {following.text}"


def _writes(before: Sequence[Word]) -> bool:
    """Whether a key behind these words is one that `git config` gives a value."""
    names = [word.text.lstrip("-") for word in before]
    return "config" in names and _READS.isdisjoint(names)
