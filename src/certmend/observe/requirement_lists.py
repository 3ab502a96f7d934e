"""Requirements files under names of their own: `base.txt`, `deps/dev.txt`, `pins.txt`.

Others name them (`-r base.txt`), and pip takes any name. They are told by what is in them: an
option that gives an index, a place or a trusted host, on a line that pip would take, and nothing
but such lines beside it. Prose that speaks of an option has a line that is none.
Source: pip's reference, "Requirements File Format".
"""

import itertools

from certmend.model import lazy

_NAME = lazy.regex(r"(?:[a-z][a-z_.-]*[a-z]\d{0,2}|[a-z_-]*py\d{1,3})\.txt")
"""What a person calls a list; the files of a data set are numbered, and are not opened."""
_OTHERS = frozenset(
    ("cmakelists.txt", "license.txt", "notice.txt", "readme.txt", "robots.txt", "changelog.txt",
     "hash.txt", "copying.txt", "notes.txt", "authors.txt")
)  # fmt: skip
_OPTIONS = (b"--trusted-host", b"-index-url", b"--find-links", b"-i http", b"-f http")
_TELLING = lazy.regex(
    r"(?:--(?:trusted-host|(?:extra-)?index-url|find-links)(?:\s*=\s*|\s+)|-[if]\s*(?=https?:))\S"
)
_REQUIREMENT = lazy.regex(
    r"[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\]\s*)?(?:[<>=!~@;(].*)?|"
    r"(?:[\w+]+://|\.{0,2}/|\$\{|\{\{)\S*.*|\S+\.(?:whl|tar\.gz|zip)"
)
_COMMENT = lazy.regex(r"(?:^|\s)#.*$")
_LINES_AT_MOST = 5000


def may_be(path: str) -> bool:
    """Whether a file's name may be that of a list of requirements."""
    if not path.endswith(".txt"):
        return False
    name = path[max(path.rfind("/"), path.rfind("\\")) + 1 :].lower()
    return name not in _OTHERS and _NAME.fullmatch(name) is not None


def is_one(head: bytes) -> bool:
    """Whether a text, or its beginning, is a requirements file that says where to look."""
    if not any(option in head for option in _OPTIONS):
        return False
    text = head.decode("utf-8", "replace").replace("\r\n", "\n").replace("\\\n", " ")
    lines = [_COMMENT.sub("", line).strip() for line in text.split("\n")[:_LINES_AT_MOST]]
    lines = [line for line in lines if line]
    telling = any(_TELLING.match(line) for line in lines)
    return telling and all(_is_taken(line) for line in lines)


def _is_taken(line: str) -> bool:
    """Whether pip would take a line: a requirement, or options with a value each at most."""
    if not line.startswith("-"):
        return _REQUIREMENT.fullmatch(line) is not None
    words = line.split()
    return not any(
        not word.startswith("-") and not before.startswith("-")
        for before, word in itertools.pairwise(words)
    )
