"""Texts of several lines in YAML: files by their key, scripts by their first line, more YAML.

A chart hands YAML on as a text (`extraEnv: |`), Argo CD takes a chart's values as one, Kustomize
its patches, Ray its runtime environments. Such a text is read when it names a variable of a client
where YAML has names, or when its key says that it is YAML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

from certmend.model import lazy
from certmend.model.document import Command, Copied, Entry, Word
from certmend.observe.syntax import pipeline_names as names
from certmend.observe.syntax import playbooks, written
from certmend.observe.syntax.tree import Node

_NAMED = lazy.regex(
    rf"""(?:\b(?:name|key)["']?[ ]*:[ ]*["']?(?:{names.CLIENTS.pattern})\b"""
    rf"""|\b(?:{names.CLIENTS.pattern})["']?[ ]*:(?=[ \n]))"""
)
"""A variable of a client as the name of an item, or as a key."""
_OF_YAML = lazy.regex(r"values(?:inline|object|content)?|patch|.*ya?ml(?:v\d)?", re.IGNORECASE)
_COMMANDS = lazy.regex(r"--trusted-host|index-url|\bpip3?[ \"',]+install\b|ssl_?verify")
_FOR_PEOPLE = lazy.regex(
    r"(?:[\w-]*[_-])?(?:body|messages?|changelog|comments?|notes?|text|summary|subject|title)",
    re.IGNORECASE,
)
"""What an action of GitHub's is given to publish: a release's text, a comment, a message."""


def may_be(held: Word | None) -> TypeGuard[Word]:
    """Whether a text is one that holds more than a value: lines, or JSON on one."""
    if held is None:
        return False
    return "\n" in held.text or held.text.startswith(("[{", '{"'))


def entries(key: Word, held: Word, path: Sequence[str], scope: str) -> list[Entry]:
    """What a text below a key says; variables that it declares line by line are read already."""
    if not names.TEXTS.isdisjoint(path):
        return []
    if path[-1:] == ("with",) and _FOR_PEOPLE.fullmatch(key.text):
        return []
    declares = _declares(key.text.lower())
    found = [] if declares else written.entries(key, held, scope)
    is_yaml = _NAMED.search(held.text) or (
        not declares and _OF_YAML.fullmatch(key.text) and _COMMANDS.search(held.text)
    )
    return found or (written.read_as("text.yaml", held, scope) if is_yaml else [])


def _declares(name: str) -> bool:
    return name in names.BUILD_ARGS or bool(names.VARIABLES.fullmatch(name))


def copied(node: Node, path: Sequence[str], scope: str, said: Iterable[Entry]) -> Iterator[Copied]:
    """The file that cloud-init puts somewhere; `said` are the entries known so far.

    It writes files before it runs anything, wherever they stand.
    """
    target = next((n for key in playbooks.DESTINATIONS if (n := node.get(key))), None)
    held = next((n for key in playbooks.CONTENTS if (n := node.get(key))), None)
    if path[-2:-1] != ("write_files",) or target is None or held is None:
        return
    before = (one for one in said if isinstance(one, Command))
    if target.scalar is not None and all(one.span.start >= target.span.start for one in before):
        yield Copied(sources=(), target=target.scalar, span=target.span, scope=scope)
