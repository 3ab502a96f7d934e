"""What a pip.conf that an image copies keeps pip from asking.

Its own file is read by itself, and whatever is wrong in it is told there.
"""

import posixpath
from collections.abc import Callable, Iterator, Sequence

import msgspec

from certmend.model.document import Key, Span, Word, whole
from certmend.observe.syntax import written

_NAMES = ("pip.conf", "pip.ini")
_QUIET = ("disable-pip-version-check", "no-index")


def entries(
    sources: Sequence[Word], target: Word, span: Span, scope: str, copied: Callable[[str], bytes]
) -> Iterator[Key]:
    """The keys, at the place of the copy."""
    for source in sources:
        name = target.text
        if name.endswith("/"):
            name += posixpath.basename(source.text)
        if posixpath.basename(name.replace("\\", "/")) in _NAMES and not source.dynamic:
            text = copied(source.text).decode("utf-8", "replace")
            for entry in written.read_as("pip.conf", whole(text), scope):
                if isinstance(entry, Key) and entry.path[-1].replace("_", "-") in _QUIET:
                    values = tuple(Word(text=one.text, at=[], span=span) for one in entry.values)
                    yield msgspec.structs.replace(entry, values=values, span=span, removal=None)
