"""systemd's units, their drop-ins and Podman's quadlets: what they run and with which variables.

Sources: systemd.exec(5), `Environment=`; systemd.service(5), `ExecStart=` and its prefixes;
systemd.syntax(7), continued lines; podman-systemd.unit(5).
"""

import re
from collections.abc import Iterable, Iterator

from certmend.model import lazy
from certmend.model.document import Assignment, Comment, Entry, How, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import argv, written
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.playbooks import words

_LINE = lazy.regex(
    r"^(?P<key>[A-Za-z]+)[ \t]*=[ \t]*(?P<value>(?:[^\n\\]|\\\r?\n|\\.)*)", re.MULTILINE
)
_COMMENT = lazy.regex(r"^[ \t]*[#;][^\n]*", re.MULTILINE)
_CONTINUED = lazy.regex(r"\\\r?\n")
_NAME = lazy.regex(r"[A-Za-z_]\w*")
_EXEC = lazy.regex(r"Exec(?:Start|Reload|Stop)?(?:Pre|Post)?|ExecCondition")
_PREFIX = "-@:+!|"
"""Signs before a command's path that say how it is run."""


def read(source: Source) -> Iterable[Entry]:
    """The variables of each unit, and its commands under them."""
    text = source.text
    comments = [
        Comment(text=text.part(*match.span()), span=text.place(*match.span()))
        for match in _COMMENT.finditer(text.text)
    ]
    lines = [(m["key"], _joined(text.part(*m.span("value")))) for m in _LINE.finditer(text.text)]
    held = list(_variables(lines, source.scope))
    environment = {one.name: one.value for one in held}
    found: list[Entry] = [*held]
    for key, value in lines:
        if _EXEC.fullmatch(key):
            start = len(value.text) - len(value.text.lstrip(_PREFIX))
            command = words(value.part(start, len(value.text)))
            entries = argv.entries(command, source.scope, environment)
            found += written.under(environment, entries)
    return in_order(found, comments)


def _joined(value: Word) -> Word:
    """A value whose lines are continued: blanks stand for the ends of its lines."""
    if "\\" not in value.text:
        return value
    plain = _CONTINUED.sub(lambda match: " " * len(match.group()), value.text)
    return Word(text=plain, at=value.at, span=value.span, dynamic=value.dynamic)


def _variables(lines: Iterable[tuple[str, Word]], scope: str) -> Iterator[Assignment]:
    for key, value in lines:
        for word in words(value) if key in ("Environment", "DefaultEnvironment") else ():
            name, equals, _ = word.text.partition("=")
            if equals and _NAME.fullmatch(name):
                yield Assignment(
                    name=name,
                    value=word.part(len(name) + 1, len(word.text)),
                    how=How.ENV,
                    span=word.place(),
                    scope=scope,
                )


SYSTEMD = FileKind(
    name="systemd",
    role=Role.CONFIG,
    read=read,
    suffixes=(".service", ".container"),
    paths=("*.service.d/*.conf", "systemd/system.conf", "systemd/*.conf.d/*.conf"),
)
