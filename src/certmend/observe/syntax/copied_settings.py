"""What a pip.conf that an image copies keeps pip from asking.

Its own file is read by itself, and whatever is wrong in it is told there. Where pip looks for it:
pip's documentation, "Configuration", Location.
"""

import posixpath
from collections.abc import Callable, Iterator, Sequence

import msgspec

from certmend.model import lazy
from certmend.model.document import Key, Span, Word, whole
from certmend.observe.syntax import written

_NAMES = ("pip.conf", "pip.ini")
_QUIET = ("disable-pip-version-check", "no-index")
_OF_USER = lazy.regex(r"(?P<home>.*?)/?\.(?:config/)?pip/pip\.conf")
_HOMES_OF_ROOT = ("/root", "", "/", "~", "$HOME", "${HOME}")
"""Root's own, and those that are known only when the image is built."""


def entries(
    sources: Sequence[Word], target: str, span: Span, scope: str, copied: Callable[[str], bytes]
) -> Iterator[Key]:
    """The keys, at the place of the copy."""
    for source in sources:
        path = file_at(target, source.text)
        if posixpath.basename(path.replace("\\", "/")) in _NAMES and not source.dynamic:
            text = copied(source.text).decode("utf-8", "replace")
            for entry in written.read_as("pip.conf", whole(text), scope):
                if isinstance(entry, Key) and entry.path[-1].replace("_", "-") in _QUIET:
                    values = tuple(Word(text=one.text, at=[], span=span) for one in entry.values)
                    yield msgspec.structs.replace(entry, values=values, span=span, removal=None)


def file_at(target: str, source: str) -> str:
    """The path that a file is copied to: a folder ends in a slash."""
    return target + posixpath.basename(source) if target.endswith("/") else target


def is_for_another_user(target: str, home: str) -> bool:
    """Whether a file lies where only a user reads it that has another home, and is not root."""
    match = _OF_USER.fullmatch(file_at(target, "pip.conf"))
    return match is not None and match["home"] not in (*_HOMES_OF_ROOT, home)
