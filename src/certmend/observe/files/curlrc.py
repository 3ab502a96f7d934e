"""curl's own file: an option on each line, with or without its dashes.

Its name and value are parted by `=`, `:` or blanks; a line that begins with `#` is a comment.
Source: curl(1), --config.
"""

import re
from collections.abc import Iterable, Iterator

from certmend.model import lazy
from certmend.model.document import Entry, Key, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import ini_lines
from certmend.observe.syntax.config import in_order

_LINE = lazy.regex(
    r"^[ \t]*(?:--?)?([A-Za-z][\w-]*)(?:[ \t]*[=: \t][ \t]*([^\r\n]*))?\r?$", re.MULTILINE
)


def read(source: Source) -> Iterable[Entry]:
    """The options, each with its value; a switch has none."""
    return in_order(_options(source), ini_lines.comments(source.text))


def _options(source: Source) -> Iterator[Key]:
    for match in _LINE.finditer(source.text.text):
        name = source.text.part(match.start(1), match.end(1))
        value = match[2] and source.text.part(match.start(2), match.end(2))
        yield Key(
            client="curl",
            path=(name.text,),
            values=(value,) if value else (),
            span=name.place(),
            scope=source.scope,
        )


CURLRC = FileKind(
    name="curlrc", role=Role.CONFIG, read=read, names=(".curlrc", "curlrc", "_curlrc")
)
