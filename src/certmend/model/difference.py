"""Two contents of a file side by side, as a unified diff that is fit to be shown.

Settings files hold credentials beside what is changed: their values are masked, in the lines around
a change too.
"""

import re
from collections.abc import Iterator

from certmend.model import lazy
from certmend.model.text import MASK, redact, visible

_LONG = 400
_SECTION = lazy.regex(r"\s*\[+(?P<name>[^\]]*)\]")
_NAMES = (
    r"passw(?:or)?d|passphrase|pass\b|pwd|secret|token|_auth|(?:api|access|private)[-_]?key"
    r"|credential|bearer"
)
_SECRET_SECTION = lazy.regex(_NAMES, re.IGNORECASE)
_SECRET_KEY = lazy.regex(
    rf"^(?P<head>\s*(?:export\s+)?[^\s=]*(?:{_NAMES})[^\s=]*\s*[=:\s]\s*)\S.*$", re.IGNORECASE
)
_SECRET_USER = lazy.regex(
    r"^(?P<head>\s*(?:--)?(?:proxy-)?user\s*[=:\s]\s*)\S.*$|^(?P<short>\s*-[uU]\s*)\S.*$"
)
_VALUE = lazy.regex(r"^(?P<head>[^=]*=\s*)\S.*$")


def diff(old: bytes | None, new: bytes | None, path: str, names: tuple[str, str] = ("", "")) -> str:
    """A unified diff; None stands for a file that is not there. Empty for equal contents alone."""
    import difflib

    if old == new:
        return ""
    before, after = (tuple(_lines(content or b"")) for content in (old, new))
    was, becomes = (f"{path} ({name})" if name else path for name in names)
    was, becomes = ("/dev/null" if old is None else was, "/dev/null" if new is None else becomes)
    shown = "\n".join(difflib.unified_diff(before, after, was, becomes, lineterm=""))
    hidden = "@@ they differ in line ends, or in what is kept from view @@"
    return shown or f"--- {was}\n+++ {becomes}\n{hidden}"


def shown(old: bytes | None, new: bytes | None, path: str) -> str:
    """The diff for a person's eyes: a long file that comes or goes whole is only counted."""
    found = diff(old, new, path)
    whole = new if old is None else old if new is None else None
    if whole is None or found.count("\n") <= _LONG:
        return found
    was, becomes = ("/dev/null", path) if old is None else (path, "/dev/null")
    what = "a new file" if old is None else "a file"
    return f"--- {was}\n+++ {becomes}\n@@ {what} of {len(whole.splitlines())} lines @@"


def _lines(content: bytes) -> Iterator[str]:
    secret = False
    for line in content.decode("utf-8", "replace").splitlines():
        if section := _SECTION.match(line):
            secret = bool(_SECRET_SECTION.search(section["name"]))
        yield _masked("".join(c if c == "\t" else visible(c) for c in line), secret=secret)


def _masked(line: str, *, secret: bool) -> str:
    """A line without credentials: in URLs, behind the key of one, or in a table of them."""
    line = redact(line)
    for pattern in (_SECRET_KEY, _SECRET_USER, *((_VALUE,) if secret else ())):
        if not line.lstrip().startswith(("#", ";")) and (match := pattern.match(line)):
            head = next(found for found in match.groups() if found is not None)
            return f"{head}{MASK}"
    return line
