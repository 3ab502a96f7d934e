"""Files that a Python program holds as texts, to write them somewhere: Dockerfiles, pip.confs.

A text is told by what it is made of, as its file would be: an image's begins with FROM and goes on
with RUN or ENV, pip's has a section and a key of pip's, a script says who runs it. What a program
prints, a docstring and the texts of a test suite are no such files, nor is what it only looks at.
"""

import ast
import re
from collections.abc import Iterator

from certmend.model import lazy
from certmend.model.document import Entry, Word
from certmend.observe.syntax import python_handed, written
from certmend.observe.syntax.python_delivered import Delivered, is_example
from certmend.observe.syntax.python_source import Python
from certmend.observe.syntax.shell_tokens import joined

_HELD = lazy.regex(r"\bFROM[ \t]+[\w{$]|\[(?:global|install)\]|#!/|--trusted-host[ =]")
"""One of these is in a program that holds such a text."""
_IMAGE = lazy.regex(r"\s*(?:(?:#|ARG[ \t])[^\n]*\n\s*)*FROM[ \t]+\S+[^\n]*(?:\n|\Z)")
_STEP = lazy.regex(r"^[ \t]*(?:RUN|ENV)[ \t]", re.MULTILINE)
_PIP = lazy.regex(
    r"\s*(?:[#;][^\n]*\n\s*)*\[(?:global|install)\][ \t]*$(?s:.*?)"
    r"^[ \t]*(?:trusted-host|(?:extra-)?index-url)[ \t]*[=:]",
    re.MULTILINE,
)
_SCRIPT = lazy.regex(r"#!\s*(?:/usr)?/bin/(?:env[ \t]+)?(?:ba|da|z|k)?sh\b")
_LISTED = lazy.regex(r"^--trusted-host[ =][\w.-]+\.\w+[ \t]*$", re.MULTILINE)
_WRITERS = frozenset(("write", "write_text", "writelines"))
_SHOWN = frozenset(("help", "description", "epilog", "usage", "msg", "message"))
"""Keywords of what a person reads."""
_FOR_A_PERSON = lazy.regex(r"help|usage|example|epilog|doc$|readme|message", re.IGNORECASE)


class Files:
    """Looks for the files in the texts of one program."""

    def __init__(self, source: Python, scope: str) -> None:
        self._source = source
        self._scope = scope
        self._shown: set[int] = set()
        """The texts that a person reads."""
        self._given: set[int] = set()
        """The texts that are written as they stand."""

    def entries(self) -> Iterator[Entry]:
        """What the files say that the program holds."""
        tree = self._source.tree
        if tree is None or not _HELD.search(self._source.word.text):
            return
        texts = [one for one in self._texts(tree) if id(one) not in self._shown]
        has_image = any(_IMAGE.match(self._beginning(one)) for one in texts)
        delivered: Delivered | None = None
        for node in texts:
            word = self._source.constant(node)
            if word is None or not (name := self._kind(node, word.text, has_image=has_image)):
                continue
            delivered = delivered or Delivered(tree)
            if delivered.leaves(node):
                yield from written.read_as(name, _dedented(word), self._scope)

    def _texts(self, tree: ast.Module) -> list[ast.expr]:
        """All texts of the program; those that a person reads are marked."""
        found: list[ast.expr] = []
        said: set[str] = set()
        held: list[tuple[str, ast.expr]] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr | ast.Constant):
                found.append(node)
                if isinstance(node, ast.JoinedStr):
                    self._shown |= {id(part) for part in node.values}  # no texts of their own
            elif isinstance(node, ast.Expr):
                self._shown.add(id(node.value))  # a docstring
            elif isinstance(node, ast.Call):
                self._look_at(node, said)
            elif isinstance(node, ast.Dict):
                self._hide_examples(node)
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                held.append((python_handed.last_name(target), node.value))
        for name, value in held:
            if name in said or _FOR_A_PERSON.search(name) or is_example(name):
                self._hide(value)
        return found

    def _hide_examples(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and is_example(str(key.value)):
                self._hide(value)

    def _look_at(self, node: ast.Call, said: set[str]) -> None:
        """Marks what a call shows a person, and what it writes."""
        name = python_handed.last_name(node.func)
        if python_handed.says(name):
            for value in node.args:
                self._hide(value)
                said.add(python_handed.last_name(value))
        elif name in _WRITERS:
            self._given |= {id(one) for value in node.args for one in ast.walk(value)}
        for keyword in node.keywords:
            if keyword.arg in _SHOWN or is_example(keyword.arg or ""):
                self._hide(keyword.value)

    def _hide(self, value: ast.expr) -> None:
        self._shown |= {id(one) for one in ast.walk(value)}

    def _beginning(self, node: ast.expr) -> str:
        first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
        text = first.value if isinstance(first, ast.Constant) else ""
        return text if isinstance(text, str) else ""

    def _kind(self, node: ast.expr, text: str, *, has_image: bool) -> str:
        """The name that a file with this text would have; empty for what is none."""
        if _STEP.search(text) and (_IMAGE.match(text) or (has_image and _STEP.match(text))):
            return "Dockerfile"
        if "\n" not in text:
            return ""
        if _PIP.match(text):
            return "pip.conf"
        if _SCRIPT.match(text):
            return "script.sh"
        return "requirements.txt" if id(node) in self._given and _LISTED.search(text) else ""


def _dedented(word: Word) -> Word:
    """A text without the blanks that all of its lines begin with."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", word.text)]
    told = [word.text[start:end] for start, end in lines if word.text[start:end].strip()]
    blank = min((len(line) - len(line.lstrip(" \t")) for line in told), default=0)
    if not blank:
        return word
    parts = [word.part(min(start + blank, end), end) for start, end in lines]
    return joined(parts, "\n", word.span)
