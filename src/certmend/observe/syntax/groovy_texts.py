"""What a Jenkinsfile writes to a file, where the text stands in a variable or a list.

Source: the reference of Jenkins' step `writeFile`; the Groovy documentation, "Syntax", 4.3.
"""

import re
from collections.abc import Iterator, Mapping

from certmend.model import lazy
from certmend.model.document import Word
from certmend.observe.syntax import written
from certmend.observe.syntax.shell_tokens import joined

_PLAIN = r"(?:'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")"
_STEP = lazy.regex(r"\bwriteFile\b[ \t]*\(?")
_ARGUMENT = lazy.regex(
    r"\s*,?\s*(?P<key>file|text|encoding)\s*:\s*(?:"
    r"(?P<quote>'''|\"\"\"|'|\")(?P<string>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"
    rf"|\[(?P<list>(?:\s*{_PLAIN}(?:\s*,)?)*)\s*\]\s*\.\s*join\b[^\n)]*\)"
    r"|(?P<name>[A-Za-z_]\w*)(?![\w(\[]|\.(?!strip|trim)))(?:\.(?:strip|trim)\w*\(\))*",
    re.DOTALL,
)
_ITEM = lazy.regex(_PLAIN)
_INSERTED = lazy.regex(r"\$\{(\w+)\}|\$(\w+)")
_TELLING = lazy.regex(r"(?P<npm>npmrc)|(?P<conda>condarc)|pip_?(?:conf|ini)", re.IGNORECASE)
"""Names of variables that hold the name of such a file."""
_FILES = {"npm": ".npmrc", "conda": ".condarc", None: "pip.conf"}
_LIMIT = 20000
"""Characters of a script that texts were put into."""

Named = Mapping[str, Word]


def writes(word: Word, text: str, named: Named) -> Iterator[tuple[int, Word, Word]]:
    """Where each `writeFile` stands, the file that it writes, and what."""
    for step in _STEP.finditer(text):
        given: dict[str, Word] = {}
        end = step.end()
        while argument := _ARGUMENT.match(text, end):
            given[argument["key"]] = _value(word, argument, named)
            end = argument.end()
        if "file" in given and "text" in given:
            yield step.start(), given["file"], written.unescaped(given["text"])


def _value(word: Word, argument: re.Match[str], named: Named) -> Word:
    """A text that is written there, the lines of a list, or what a name holds."""
    if argument["name"] is not None:
        place = word.part(*argument.span("name"))
        return named.get(argument["name"]) or _told(place)
    if argument["list"] is None:
        return word.part(*argument.span("string"))
    items = _ITEM.finditer(argument.string, *argument.span("list"))
    lines = [word.part(item.start() + 1, item.end() - 1) for item in items]
    return joined(lines, "\n", word.part(*argument.span("list")).span)


def _told(name: Word) -> Word:
    """The file whose name a variable holds, where the variable's own name tells which."""
    told = _TELLING.search(name.text)
    return Word(text=_FILES[told.lastgroup], at=[], span=name.span) if told else name


def inserted(script: Word, named: Named) -> Word:
    """A script with the texts of several lines in it that variables of Groovy's hold.

    Groovy puts them in before a shell sees its quotes; of one line, the shell's reader does it.
    """
    pieces: list[Word] = []
    last = 0
    for match in _INSERTED.finditer(script.text) if "$" in script.text else ():
        held = named.get(match[1] or match[2])
        if held is not None and "\n" in held.text.strip():
            pieces += [script.part(last, match.start()), held]
            last = match.end()
    if not pieces or sum(len(piece.text) for piece in pieces) > _LIMIT:
        return script
    return joined([*pieces, script.part(last, len(script.text))], "", script.span)
