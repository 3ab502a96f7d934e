"""What people alone read in Terraform's files and in Vagrantfiles: blanked out.

Block comments, and here-documents under a key whose text is shown. Sources: Terraform's
configuration syntax, "Comments", and its pages on output values and custom conditions; Vagrant's
`config.vm.post_up_message`; Ruby's `=begin` and `=end`.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from certmend.model import lazy
from certmend.model.document import Word
from certmend.observe.syntax.pipeline_names import TEXTS

HEREDOC = (
    r"<<[-~]?(?P<mark>[\"'`]?)(?P<name>[A-Za-z_]\w*)(?P=mark)[^\n]*\n"
    r"(?P<body>.*?)^[ \t]*(?P=name)\b"
)
_HEREDOC = r"|(?P<heredoc>" + HEREDOC + r")"
_TERRAFORM = lazy.regex(
    r"(?P<remark>/\*.*?(?:\*/|\Z))|(?:#|//)[^\n]*|\"(?:\\.|[^\"\\\n])*\"" + _HEREDOC,
    re.DOTALL | re.MULTILINE,
)
_RUBY = lazy.regex(
    r"(?P<remark>^=begin\b.*?(?:^=end\b|\Z))|#[^\n]*|"
    r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'" + _HEREDOC,
    re.DOTALL | re.MULTILINE,
)
_OPENED = lazy.regex(r"<<[-~]?[\"'`]?([A-Za-z_]\w*)")
_LAST_WORD = lazy.regex(r"^[ \t]*([A-Za-z_]\w*)", re.MULTILINE)
_KEY = lazy.regex(r"(\w+)[\"']?[ \t]*(?:=>|[=:])[ \t]*(?:\w+\([ \t]*)?$")
_BLOCK = lazy.regex(r"^(\w+)\b[^\n]*\{", re.MULTILINE)
_SHOWN = TEXTS | {"error_message", "message", "post_up_message", "summary"}
_LINE = lazy.regex(r"[^\n]")
_OF_SCRIPTS = lazy.regex(
    r"user_?data|custom_data|data|inline|args|run|entrypoint|bootstrap\w*|setup\w*|provision\w*|"
    r"install\w*|\w*(?:script|command|cmd|exec|init)s?(?:_\w+)?|"
    r"\w*(?:buildspec|dockerfile|yaml|yaml_body|manifest)s?",
    re.IGNORECASE,
)
"""Attributes and locals whose text is run, by their names; a file's text is told by the file."""
_OF_A_SCRIPT = lazy.regex(r"\s*(?:#!|#cloud-config|<(?:powershell|script)>|set -[a-z])")


def closed(text: Word) -> Word:
    """The text in which a here-document that nothing ends is none: `<<` is blank there."""
    opened = list(_OPENED.finditer(text.text)) if "<<" in text.text else []
    last = {one[1]: one.start() for one in _LAST_WORD.finditer(text.text)} if opened else {}
    made = list(text.text) if opened else []
    for one in opened:
        if last.get(one[1], -1) <= one.end():
            made[one.start() : one.start() + 2] = "  "
    return Word(text="".join(made), at=text.at, span=text.span) if opened else text


def without(text: Word, *, is_ruby: bool) -> Word:
    """The text without them, each character at its place."""
    told = "=begin" in text.text if is_ruby else "/*" in text.text
    if not (told or "<<" in text.text):
        return text
    pattern = _RUBY if is_ruby else _TERRAFORM
    parts: list[str] = []
    done = 0
    blocks = [(match.start(), match[1]) for match in _BLOCK.finditer(text.text)]
    for match in pattern.finditer(text.text):
        if match["remark"] or (match["heredoc"] and _is_shown(text.text, match, blocks)):
            parts += [text.text[done : match.start()], _LINE.sub(" ", match.group())]
            done = match.end()
    made = "".join([*parts, text.text[done:]])
    return Word(text=made, at=text.at, span=text.span)


def is_script(text: str, match: "re.Match[str]") -> bool:
    """Whether a here-document of HCL is run, by its first line or by the key it stands under.

    Of one in a list or among a function's arguments the key is not known: it may be.
    """
    if _OF_A_SCRIPT.match(match["body"]):
        return True
    key = _KEY.search(text, text.rfind("\n", 0, match.start()) + 1, match.start())
    return key is None or _OF_SCRIPTS.fullmatch(key[1]) is not None


def _is_shown(text: str, match: "re.Match[str]", blocks: Sequence[tuple[int, str]]) -> bool:
    """Whether a here-document stands under a key for people, or is an output's value."""
    start = text.rfind("\n", 0, match.start()) + 1
    key = _KEY.search(text, start, match.start())
    if key is None or key[1].lower() != "value":
        return key is not None and key[1].lower() in _SHOWN
    number = bisect_left(blocks, (start, ""))
    return number > 0 and blocks[number - 1][1] == "output"
