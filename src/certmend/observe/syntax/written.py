"""Text that a script or playbook writes to a file: read by the reader of that file's kind."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar

import msgspec

from certmend.model import lazy
from certmend.model.commandline import base_name, program_at
from certmend.model.document import Assignment, Command, Entry, How, Word
from certmend.model.plugin import Source
from certmend.observe.syntax.shell_tokens import joined

_ESCAPED = lazy.regex(r"\\(?:n|t|r|\\)")
_FORMAT = lazy.regex(r"%(?:[-\d.]*[sbqdi]|%)")
_PIP = lazy.regex(
    r"^[ \t]*\[(?:global|install)\][ \t]*$(?s:.*?)"
    r"^[ \t]*(?:trusted-host|(?:extra-)?index-url)[ \t]*[=:]",
    re.MULTILINE,
)
_VARIABLES = lazy.regex(
    r"\s*(?:export\s+)?(?:PIP|UV|PIPENV|NPM_CONFIG|CONDA|GIT_SSL|NODE_TLS|CURL_CA|REQUESTS_CA|SSL_CERT)_\w+="
)
_ANNOUNCED = lazy.regex(
    r"##vso\[task\.setvariable[ \t]+variable=(?P<name>[A-Za-z_]\w*)[^\]\n]*\](?P<value>[^\r\n]*)",
    re.IGNORECASE,
)
"""What sets a variable for the next steps. Source: Azure Pipelines, "Logging commands"."""
_DEPTH_LIMIT = 8
_depth: ContextVar[int] = ContextVar("depth", default=0)
"""How many written files the one that is being read lies in."""
_MEANING = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}


def entries(target: Word, content: Word, scope: str) -> list[Entry]:
    """What the written text says, when the file's name tells its kind."""
    return read_as(target.text, content, scope)


def read_as(path: str, content: Word, scope: str) -> list[Entry]:
    """What a text says, read as the file of this name; nothing when its kind is not known.

    A first line may tell it as well. A section and a key of pip's make a pip.conf of any file, and
    variables of the clients make a file of variables: its name may come from a variable.
    """
    from certmend.observe import kinds

    kind = kinds.by_name(path)
    if kinds.is_documentation(path):
        return []
    if kind is None and content.text.startswith("#"):
        kind = kinds.by_first_line(content.text[:200].partition("\n")[0].encode("utf-8", "replace"))
    if kind is None and _PIP.search(content.text):
        kind = kinds.by_name("pip.conf")
    if kind is None and _VARIABLES.match(content.text):
        kind = kinds.by_name(".env")
    if kind is None or _depth.get() >= _DEPTH_LIMIT:
        return []
    before = _depth.set(_depth.get() + 1)
    try:
        return list(kind.read(Source(path=path, text=content, scope=scope, embedded=True)))
    finally:
        _depth.reset(before)


def announced(words: Sequence[Word], scope: str) -> Iterator[Entry]:
    """The variables that a command's words set where they are printed in a pipeline of Azure's."""
    for word in words:
        for match in _ANNOUNCED.finditer(word.text) if "##vso[" in word.text else ():
            value = word.part(*match.span("value"))
            yield Assignment(
                name=match["name"], value=value, how=How.ENV, span=word.span, scope=scope
            )


def under(environment: Mapping[str, Word], entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of a script that another reader read, with the variables in force around it."""
    for entry in entries:
        if isinstance(entry, Command) and environment:
            around = {**environment, **entry.environment}
            yield msgspec.structs.replace(entry, environment=around)
        else:
            yield entry


def printed(words: Sequence[Word]) -> Word | None:
    """What `echo` or `printf` prints, with its escapes carried out; None for other programs."""
    if not words:
        return None
    at = program_at([word.text for word in words])
    name, arguments = base_name(words[at].text), list(words[at + 1 :])
    if name == "echo":
        while arguments and re.fullmatch(r"-[neE]+", arguments[0].text):
            arguments.pop(0)
        return unescaped(joined(arguments, " ", words[at].span)) if arguments else None
    if name == "printf" and arguments:
        if arguments[0].text == "--":
            arguments.pop(0)
        return _formatted(arguments[0], arguments[1:]) if arguments else None
    return None


def unescaped(word: Word) -> Word:
    r"""The word with `\\n` and its like carried out."""
    text: list[str] = []
    at: list[int] = []
    last = 0
    for match in _ESCAPED.finditer(word.text):
        text += [word.text[last : match.start()], _MEANING[match.group()]]
        at += [*word.at[last : match.start()], word.at[match.start()]]
        last = match.end()
    text.append(word.text[last:])
    at += word.at[last:]
    return Word(text="".join(text), at=at, span=word.span, dynamic=word.dynamic)


def _formatted(form: Word, arguments: list[Word]) -> Word:
    """`printf FORMAT ARGUMENT...`: the format is used again until no argument is left."""
    form = unescaped(form)
    pieces: list[Word] = []
    rest = list(arguments)
    while True:
        last, used = 0, False
        for match in _FORMAT.finditer(form.text):
            pieces.append(form.part(last, match.start()))
            last = match.end()
            if match.group() != "%%" and rest:
                pieces.append(unescaped(rest.pop(0)))
                used = True
        pieces.append(form.part(last, len(form.text)))
        if not rest or not used:
            return joined(pieces, "", form.span)
