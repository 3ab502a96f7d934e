"""A command given as a list of words: the JSON form, a pod's `command`, `subprocess.run([...])`."""

from collections.abc import Mapping, Sequence

from certmend.model.commandline import base_name, program_at
from certmend.model.document import Command, Entry, Span, Word
from certmend.observe.syntax.shell import Shell

_SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh"))


def entries(
    words: Sequence[Word], scope: str, environment: Mapping[str, Word] | None = None
) -> list[Entry]:
    """The command; when it is a shell with a script, or ssh with one, what the script does."""
    if not words:
        return []
    texts = [word.text for word in words]
    at = program_at(texts)
    span = Span(words[0].span.start, max(words[0].span.end, words[-1].span.end))
    found: list[Entry] = [
        Command(words=tuple(words), environment=dict(environment or {}), span=span, scope=scope)
    ]
    if base_name(texts[at]) in _SHELLS:
        for number in range(at + 1, len(words)):
            if texts[number].startswith("-") and texts[number].endswith("c"):
                for script in words[number + 1 : number + 2]:
                    found += Shell(scope, environment).run(script)
    elif base_name(texts[at]) == "ssh":
        for script in words[at + 1 :]:
            found += Shell(scope, environment).run(script) if " " in script.text else []
    return found
