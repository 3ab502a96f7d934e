"""Python 2 in the words of Python 3, each column where it was, so that its tree can be read.

`print x` becomes a call and `except A, e:` loses its name; what else has changed between the two
(What's New In Python 3.0) is left to the reader, which leaves a line out that it cannot read.
"""

import re

from certmend.model import lazy

_EXCEPT = lazy.regex(
    r"^([ \t]*except[ \t]+(?:\([^()]*\)|[\w.]+))([ \t]*,[ \t]*[\w.\[\]]+)(?=[ \t]*:)", re.MULTILINE
)
_PRINT = lazy.regex(r"^([ \t]*)print[ \t](?![ \t]*(?:[(=.,)\]]|$))([ \t]*>>)?", re.MULTILINE)
_TOKEN = lazy.regex(
    r"""'{3}.*?'{3}|"{3}.*?"{3}|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\\\r?\n|"""
    r"""(?P<end>\#[^\n]*|;|\r?\n)|(?P<open>[\[({])|[\])}]""",
    re.DOTALL,
)
"""What tells where a statement ends: strings are passed over whole."""
_OPENED = lazy.regex(r"(?:async[ \t]+)?([a-z]+)\b.*:[ \t]*(?:#.*)?", re.DOTALL)
_OPENERS = {
    **dict.fromkeys(("if", "elif", "else", "while", "for", "with", "try", "finally"), "if 1:"),
    "def": "def _():",
    "class": "class _:",
    "except": "except Exception:",
}


def is_told(message: str) -> bool:
    """Whether Python's complaint says that a program is of its second version."""
    return "call to 'print'" in message or "must be parenthesized" in message


def modern(text: str) -> str:
    """A program with its `print` and `except` as Python 3 writes them."""
    text = _EXCEPT.sub(lambda match: match[1] + " " * len(match[2]), text)
    pieces: list[str] = []
    last = 0
    for match in _PRINT.finditer(text):
        if match.start() < last:
            continue
        end = _end(text, match.end())
        into = " " * len(match[2] or "")
        pieces += [text[last : match.start()], f"{match[1]}print({into}", text[match.end() : end]]
        pieces.append(")")
        last = end
    return "".join([*pieces, text[last:]])


def _end(text: str, start: int) -> int:
    """Where the statement ends that a place stands in."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token["end"] and depth == 0:
            return token.start()
        if token["open"]:
            depth += 1
        elif token.group() in ")]}":
            depth -= 1
    return len(text)


def instead(line: str) -> str:
    """What stands for a line that cannot be read: a block begins all the same."""
    match = _OPENED.fullmatch(line.strip())
    return _OPENERS.get(match[1], "pass") if match is not None else "pass"
