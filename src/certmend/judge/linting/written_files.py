"""The files that a command line writes: what it copies, fetches or converts, and where to.

Sources: the manual pages of coreutils' cp, install, ln and mv, of rsync, scp, curl, wget and
openssl, and the AWS and Google Cloud command lines' references of `cp`.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

import msgspec

from certmend.model import lazy
from certmend.model.commandline import base_name, program_at
from certmend.model.document import Command, Word

_LETTERS = {
    "install": "gmoSt", "cp": "St", "mv": "St", "ln": "St", "tee": "",
    "rsync": "efTBM", "scp": "cDFiJloPSX",
}  # fmt: skip
"""The programs that copy, with the letters of their options that take a value."""
_LONG = frozenset(
    ("--mode", "--owner", "--group", "--suffix", "--target-directory", "--strip-program", "--rsh",
     "--chmod", "--chown", "--exclude", "--include", "--filter", "--temp-dir", "--exclude-from",
     "--include-from", "--files-from", "--rsync-path", "--port", "--log-file", "--password-file",
     "--bwlimit", "--timeout", "--backup-dir")
)  # fmt: skip
_CLOUDS = frozenset(("aws", "gsutil", "gcloud"))
_STORED = lazy.regex(r"(?:s3|gs)://")
_FILE = {
    "curl": re.compile(r"-[fgiIjklLnNOpRsSvVaBGJMq0-6#]*o(?P<file>.*)|--output(?:=(?P<long>.+))?"),
    "wget": re.compile(
        r"-[bdhqvncNSxpEkKmrHLF46]*O(?P<file>.*)|--output-document(?:=(?P<long>.+))?"
    ),
    "openssl": re.compile(r"-out"),
}
"""The option that names the file; letters without a value may stand in front of it."""
_FOLDER = {
    "curl": re.compile(r"--output-dir(?:=(?P<long>.+))?"),
    "wget": re.compile(
        r"-[bdhqvncNSxpEkKmrHLF46]*P(?P<file>.*)|--directory-prefix(?:=(?P<long>.+))?"
    ),
}
_NAMED = lazy.regex(r"-[a-zA-Z#]*O[a-zA-Z]*|--remote-name(?:-all)?")
_NAMED_BY_USER = lazy.regex(r"-[a-zA-Z]*O|--output-document")


class Copying(msgspec.Struct, frozen=True):
    """A command copies, moves or links files."""

    sources: list[Word]
    target: Word


def copying(command: Command) -> Copying | None:
    """What a command copies, if it is one that does."""
    texts = [word.text for word in command.words]
    at = program_at(texts) if texts else 0
    name = base_name(texts[at]) if texts else ""
    words: Sequence[Word] = command.words[at + 1 :]
    if name in _CLOUDS:
        return _from_cloud(words)
    if name == "find":
        name, words = _executed(words)
    if name not in _LETTERS:
        return None
    operands, folder, makes_folders = _operands(words, _LETTERS[name])
    if name == "install" and makes_folders:
        return None
    if folder is not None:
        return Copying(operands, folder) if operands else None
    return Copying(operands[:-1], operands[-1]) if len(operands) >= 2 else None


def _executed(words: Sequence[Word]) -> tuple[str, list[Word]]:
    """What `find -name PATTERN -exec PROGRAM {} ...` runs, with the pattern for each file."""
    texts = [word.text for word in words]
    if "-exec" not in texts[:-1]:
        return "", []
    at = texts.index("-exec") + 1
    named = words[texts.index("-name") + 1] if "-name" in texts[: at - 2] else None
    run = itertools.takewhile(lambda word: word.text not in (";", "+"), words[at + 1 :])
    return base_name(texts[at]), [
        named if named is not None and word.text == "{}" else word for word in run
    ]


def _from_cloud(words: Sequence[Word]) -> Copying | None:
    """`aws s3 cp s3://BUCKET/KEY FILE`: what stands behind the address is the target."""
    for number, word in enumerate(words):
        if _STORED.match(word.text) and "cp" in (one.text for one in words[:number]):
            behind = [one for one in words[number + 1 :] if not one.text.startswith("-")]
            return Copying([word], behind[0]) if behind else None
    return None


def _operands(words: Sequence[Word], letters: str) -> tuple[list[Word], Word | None, bool]:
    """The words that are neither options nor their values; the folder that one names (`-t`).

    And whether folders are made: `install -d`.
    """
    found: list[Word] = []
    folder: Word | None = None
    makes_folders = False
    at = 0
    while at < len(words):
        word, text = words[at], words[at].text
        at += 1
        if text == "--":
            return [*found, *words[at:]], folder, makes_folders
        if len(text) < 2 or not text.startswith("-"):
            found.append(word)
            continue
        name, start = _valued(text, letters)
        makes_folders |= "d" in name if not name.startswith("--") else name == "--directory"
        if start == 0:
            continue
        value = word.part(start, len(text)) if start < len(text) else _next(words, at)
        at += start >= len(text)
        if name == "--target-directory" or (not name.startswith("--") and name.endswith("t")):
            folder = value
    return found, folder, makes_folders


def _next(words: Sequence[Word], at: int) -> Word | None:
    return words[at] if at < len(words) else None


def _valued(text: str, letters: str) -> tuple[str, int]:
    """An option's name, and where its value begins: at the end when it is the next word's.

    0 for an option without a value.
    """
    if text.startswith("--"):
        name, equals, _ = text.partition("=")
        return name, (len(name) + 1 if equals else len(text)) if name in _LONG else 0
    place = next((at for at in range(1, len(text)) if text[at] in letters), 0)
    return (text[1 : place + 1], place + 1) if place else (text[1:], 0)


def saved(command: Command) -> Iterator[Word]:
    """The files that curl, wget or openssl are told to write, by a path or a folder."""
    texts = [word.text for word in command.words]
    at = program_at(texts) if texts else 0
    program = base_name(texts[at]) if texts else ""
    if program not in _FILE:
        return
    words = command.words[at + 1 :]
    folder = next(_values(words, _FOLDER[program]), None) if program in _FOLDER else None
    named = list(_values(words, _FILE[program]))
    yield from (_below(folder, word, word.text) for word in named)
    if folder is None or named:
        return
    for word in words:
        name = word.text.split("?")[0].rsplit("/", 1)[-1]
        if "://" in word.text and name:
            yield _below(folder, word, name)


def _below(folder: Word | None, word: Word, name: str) -> Word:
    if folder is None or name.startswith("/"):
        return word
    return Word(text=f"{folder.text.rstrip('/')}/{name}", at=[], span=word.span)


def _values(words: Sequence[Word], option: re.Pattern[str]) -> Iterator[Word]:
    for number, word in enumerate(words):
        match = option.fullmatch(word.text)
        if match is None:
            continue
        if match.lastgroup and match[match.lastgroup]:
            yield word.part(match.start(match.lastgroup), len(word.text))
        elif following := _next(words, number + 1):
            yield following


def keeps_name(program: str, command: Command) -> bool:
    """Whether curl or wget keep a file under the name that it has at its URL."""
    options = [word.text for word in command.words if word.text.startswith("-")]
    if program == "wget":
        return not any(_NAMED_BY_USER.match(option) for option in options)
    return program == "curl" and any(_NAMED.fullmatch(option) for option in options)
