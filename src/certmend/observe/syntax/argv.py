"""A command given as a list of words: the JSON form, a pod's `command`, `subprocess.run([...])`."""

from collections.abc import Mapping, Sequence

from certmend.model import lazy
from certmend.model.commandline import base_name, given, program_at
from certmend.model.document import Assignment, Command, Entry, How, Span, Word
from certmend.observe.syntax import written
from certmend.observe.syntax.shell import Shell

_SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh"))
_PYTHON = lazy.regex(r"(?:python|pypy)[\d.]*")


def entries(
    words: Sequence[Word], scope: str, environment: Mapping[str, Word] | None = None
) -> list[Entry]:
    """The command; when it is a shell with a script, or ssh with one, what the script does."""
    if not words:
        return []
    texts = [word.text for word in words]
    at = program_at(texts)
    span = Span(words[0].span.start, max(words[0].span.end, words[-1].span.end))
    handed = [_handed(words[number], scope) for number in given(texts)]
    around = {**(environment or {}), **{one.name: one.value for one in handed}}
    command = Command(words=tuple(words), environment=around, span=span, scope=scope)
    found: list[Entry] = [*handed, command]
    if base_name(texts[at]) in _SHELLS:
        for number in range(at + 1, len(words)):
            if texts[number].startswith("-") and texts[number].endswith("c"):
                for script in words[number + 1 : number + 2]:
                    found += Shell(scope, environment).run(script)
    elif _PYTHON.fullmatch(base_name(texts[at])) and "-c" in texts[at + 1 : -1]:
        code = words[texts.index("-c", at + 1) + 1]
        found += written.under(environment or {}, written.read_as("x.py", code, scope))
    elif base_name(texts[at]) == "ssh":
        for script in words[at + 1 :]:
            found += Shell(scope, environment).run(script) if " " in script.text else []
    return found


def _handed(word: Word, scope: str) -> Assignment:
    """What a wrapper hands to the command: `env NAME=value`."""
    name, _, _ = word.text.partition("=")
    value = word.part(len(name) + 1, len(word.text))
    return Assignment(name=name, value=value, how=How.PREFIX, span=word.span, scope=scope)
