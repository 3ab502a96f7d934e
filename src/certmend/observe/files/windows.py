"""PowerShell and batch files."""

import re
from collections.abc import Iterable, Iterator

from certmend.model import lazy
from certmend.model.document import Comment, Entry, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import written, yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.shell_tokens import BATCH, POWERSHELL
from certmend.observe.syntax.windows_script import Reader

_ENV = lazy.regex(
    r"(?:^|;)[ \t]*\$(?:env:|\{env:)(?P<name>\w+)\}?[ \t]*=[ \t]*(?P<quote>['\"]?)"
    r"(?P<value>[^;\n]*?)(?P=quote)[ \t\r]*(?=;|$)",
    re.MULTILINE | re.IGNORECASE,
)
_SET_ENV = lazy.regex(
    r"SetEnvironmentVariable\(\s*['\"](?P<name>\w+)['\"]\s*,\s*(?P<quote>['\"])(?P<value>[^'\"]*)['\"]",
    re.IGNORECASE,
)
_BLOCK_COMMENT = lazy.regex(r"<#.*?#>", re.DOTALL)
_PIP_SECTION = lazy.regex(r"^\s*\[(?:global|install)\]", re.MULTILINE)
_TO_PYTHON = lazy.regex(r"[ \t]*\|[ \t]*&?[ \t]*[^\n|]*(?:python|py)\b", re.IGNORECASE)
_IMPORT = lazy.regex(r"^(?:import|from) \w", re.MULTILINE)
_HERE_STRING = lazy.regex(r"@(?P<mark>['\"])[ \t]*\r?\n(?P<body>.*?)\r?\n(?P=mark)@", re.DOTALL)
_ITEM = lazy.regex(
    r"(?:^|;)[ \t]*(?:Set|New)-Item[ \t]+(?:-Path[ \t]+)?['\"]?Env:[\\/]?(?P<name>\w+)['\"]?[ \t]+"
    r"(?:-Value[ \t]+)?(?P<quote>['\"]?)(?P<value>[^;\s'\"]+)(?P=quote)",
    re.MULTILINE | re.IGNORECASE,
)
_SET = lazy.regex(
    r"^[ \t@]*(?P<how>setx?)(?:[ \t]+/m)?[ \t]+(?P<quote>\")?(?P<name>\w+)(?:[ \t]*=|\"?[ \t]+\"?)"
    r"(?P<value>(?(quote)[^\"\r\n]*|[^\s\"&|]*(?:[ \t]+(?=[^\s\"&|/]|/(?!m\b))[^\s\"&|]+)*))",
    re.MULTILINE | re.IGNORECASE,
)
_OPTIONS = lazy.regex(
    r"(?:(?:^|[;{])[ \t]*\$(?!\w*(?:help|usage|message|msg|hint|warning)\b)(?P<name>\w+)[ \t]*\+?="
    r"|-ArgumentList)[ \t]*"
    r"(?P<value>@\((?=[^)]*(?:trusted-host|index-url))[^)]*\)|['\"(][^\n]*(?:trusted-host|index-url)[^\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
"""Arguments of pip that a variable holds: a text, or a list of texts; a help text is none."""
_ASSIGNED = lazy.regex(r"\$(\w+)[ \t]*=[ \t]*$")
_LOOKED_AT = 20
"""Here-strings of one file whose use is looked for."""
_SHOWS = lazy.regex(
    r"[ \t{;]*(?:Write-(?:Host|Output|Warning|Error|Verbose|Information)|echo|throw)\b",
    re.IGNORECASE,
)
_GOES_ON = lazy.regex(r"[^|>\n]*(?:>|\|(?![ \t]*(?:Out-Host|Write-Host)))", re.IGNORECASE)
_REM = lazy.regex(r"^[ \t@]*(?:rem\b|::)(.*)$", re.MULTILINE | re.IGNORECASE)

_ECHO = lazy.regex(r"((?:^|[&|(])[ \t@]*echo)[(:;,/+\[\]]", re.MULTILINE | re.IGNORECASE)
"""`echo(`, which prints what follows, an empty line too, and its like: each is one character."""


def read_powershell(source: Source) -> Iterable[Entry]:
    """Variables of the environment, and commands."""
    text = _BLOCK_COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), source.text.text)
    text = _without_printed(text)
    reader = Reader(source, POWERSHELL, text)
    reader.assignments(_ENV, text)
    reader.assignments(_SET_ENV, text)
    reader.assignments(_ITEM, text)
    reader.assignments(_SET, text)
    reader.options(_OPTIONS, text)
    reader.commands(_OPTIONS.sub(_without_list, text))
    reader.entries += _here_strings(source, text)
    return in_order(reader.entries, yaml_tree.comments(source.text))


def _without_printed(text: str) -> str:
    """The text without the here-strings that are only shown to somebody."""
    if '@"' not in text and "@'" not in text:
        return text
    return _HERE_STRING.sub(lambda match: _if_kept(match, text), text, count=_LOOKED_AT)


def _if_kept(match: re.Match[str], text: str) -> str:
    """A here-string, blank where all that is done with it is to show it."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    if assigned := _ASSIGNED.search(line):
        use = re.compile(rf"^(.*)\$\{{?{assigned[1]}\b(.*)$", re.MULTILINE | re.IGNORECASE)
        uses = use.findall(text, match.end())
    else:
        uses = [(line, text[match.end() : match.end() + 80])]
    shown = all(_SHOWS.match(begin) and not _GOES_ON.match(end) for begin, end in uses)
    return re.sub(r"[^\n]", " ", match.group()) if uses and shown else match.group()


def _without_list(match: re.Match[str]) -> str:
    """The text of options with a list blanked out: its lines are no commands."""
    if not match["value"].startswith("@("):
        return match.group()
    return re.sub(r"[^\n]", " ", match.group())


def _here_strings(source: Source, text: str) -> Iterator[Entry]:
    """A here-string that goes to Python, or that looks like a pip.ini where one is named."""
    names_pip = re.search(r"pip\.(?:ini|conf)", text)
    for match in _HERE_STRING.finditer(text):
        body = source.text.part(match.start("body"), match.end("body"))
        if _TO_PYTHON.match(text, match.end()) or _IMPORT.search(body.text):
            yield from written.read_as("x.py", body, source.scope)
        elif names_pip and _PIP_SECTION.search(body.text):
            yield from written.read_as("pip.ini", body, source.scope)


def read_batch(source: Source) -> Iterable[Entry]:
    """`set` and `setx`, and commands; `rem` and `::` begin comments."""
    word = source.text
    comments = [
        Comment(text=word.part(match.start(1), match.end(1)), span=word.place(*match.span()))
        for match in _REM.finditer(word.text)
    ]
    text = _REM.sub(lambda m: " " * len(m.group()), word.text)
    text = _ECHO.sub(r"\1 ", text)
    reader = Reader(source, BATCH)
    reader.assignments(_SET, text)
    reader.commands(text)
    return in_order(reader.entries, comments)


POWERSHELL_FILE = FileKind(
    name="powershell",
    role=Role.SCRIPT,
    read=read_powershell,
    suffixes=(".ps1", ".psm1"),
    shebangs=("pwsh",),
)
BATCH_FILE = FileKind(
    name="batch", role=Role.SCRIPT, read=read_batch, suffixes=(".bat", ".cmd"), comment="rem "
)
