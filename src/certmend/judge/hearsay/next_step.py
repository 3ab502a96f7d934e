"""What to run where a log's failure happened: the one command that tells more."""

import re
import shlex
from collections.abc import Collection

from certmend.model.sighting import Sighting
from certmend.model.text import visible
from certmend.model.url import Url

_NO_HOST = frozenset({"bundle-not-found", "bundle-invalid", "no-ssl-module"})
"""Causes on this machine: `certmend diagnose` without a URL shows them."""
_ABSENT = "package-not-found"
_SIMPLE = re.compile(r"/\+?simple(?=/|$)")
"""Where an index begins: devpi's is `+simple`."""
_NAME = r"[\"'`]?(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)(?![A-Za-z0-9])"
_PACKAGES = (
    re.compile(r"(?i:satisf(?:y|ies) the requirement:?\s+)" + _NAME),  # pip, from 1.5 on
    re.compile(r"(?i:no matching distribution found for\s+)" + _NAME),
    re.compile(r"(?i:no distributions at all found for\s+)" + _NAME),
    re.compile(r"(?i:because\s+)" + _NAME + r"\s+was not found in"),  # uv
    re.compile(r"(?i:there (?:are|is) no versions? of\s+)" + _NAME),
    re.compile(r"(?i:unable to find (?:an? )?(?:installation )?candidates? for\s+)" + _NAME),
    re.compile(r"(?i:package\s+)" + _NAME + r"\s+(?:\([^)\n]{1,40}\)\s+)?not found"),  # Poetry
)


def place(code: str, seen: Sighting) -> str:
    """The URL to look at; empty for what all indexes of the client would show.

    A URL of the package world is cut to its index.
    """
    if seen.url is None or code in _NO_HOST or (code == _ABSENT and package(code, seen)):
        return ""
    url = seen.url
    shown = str(Url(scheme=url.scheme, host=url.host, port=url.port, path="/"))
    found = _SIMPLE.search(url.path)
    return visible(shown.rstrip("/") + (url.path[: found.end()] if found else "") + "/", 300)


def package(code: str, seen: Sighting) -> str:
    """The package that is not there, where the words of the failure name it."""
    found = (one.search(seen.failure.text) for one in _PACKAGES)
    name = next((match["name"] for match in found if match), "")
    return name if code == _ABSENT else ""


def command(code: str, seen: Sighting, askable: Collection[str]) -> str:
    """The command, for the client of the log where that is one that can be asked."""
    words = ["certmend diagnose"]
    if seen.client in askable and seen.client != "pip":
        words.append(f"--client {seen.client}")
    if url := place(code, seen):
        words.append(shlex.quote(url))  # a log may be anybody's, and the command is pasted
    if name := package(code, seen):
        words.append(f"--package {name}")
    return " ".join(words)
