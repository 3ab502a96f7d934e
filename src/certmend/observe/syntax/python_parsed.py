"""The syntax tree of a Python source, also where this Python cannot read a part of it.

A line that cannot be read (Python 2's `print x`, a magic of a notebook) is left out and the rest is
read: one old statement does not hide a file. Where too many are left out, the statements of the
file are read one by one.
"""

import ast
import io
import re
import warnings
from itertools import accumulate

from certmend.model import lazy
from certmend.observe.syntax import python_old

_REPAIRS = 40
_REPAIRS_OF_A_PART = 8
_DEPTH = 60
"""Expressions in expressions; Python's own limit is met at about 190 when they are written out."""
_BODILESS = lazy.regex(r"expected an indented block after .* on line (\d+)$")
"""What Python says where a statement has no body: the fault lies in that line, not in the next."""
_INDENT = lazy.regex(r"[ \t]*")
_TAB = 8
"""So far a tab reaches (Python 2, Lexical analysis, Indentation)."""
_TOP_LEVEL = lazy.regex(
    r"\'\'\'.*?\'\'\'|\"\"\".*?\"\"\"|"
    r"^(?!(?:else|elif|except|finally)\b)(?P<start>[^\s\#)\]}])",
    re.DOTALL | re.MULTILINE,
)
"""Where a statement begins that stands in no other; long strings are passed over whole."""


def split(text: str) -> list[str]:
    """A text's lines with their ends, as Python counts them: a form feed ends none."""
    return list(io.StringIO(text, newline=""))


def parse(lines: list[str]) -> tuple[ast.Module | None, dict[int, int]]:
    """The tree of these lines, and how many columns lines of it stand further right than here.

    There is no tree when nothing of it can be read.
    """
    tree, widened = _repaired(list(lines), _REPAIRS)
    if tree is not None:
        return tree, widened
    even, widened = _evened(lines)
    return _by_parts(even), widened


def is_readable(text: str) -> bool:
    """Whether this Python can read all of a source."""
    try:
        _tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def shallow(tree: ast.Module) -> ast.Module:
    """The tree without what stands too deep in an expression: `a + b + …` of a thousand parts."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        for name, value in node.__dict__.items():
            within = depth + 1 if isinstance(node, ast.expr) else 0
            if isinstance(value, ast.expr) and within > _DEPTH:
                setattr(node, name, ast.copy_location(ast.Name(id="…", ctx=ast.Load()), value))
            elif isinstance(value, ast.AST):
                waiting.append((value, within))
            elif isinstance(value, list):
                waiting += [(one, within) for one in value if isinstance(one, ast.AST)]
    return tree


def _repaired(lines: list[str], repairs: int) -> tuple[ast.Module | None, dict[int, int]]:
    """The tree of what is left when each line that cannot be read was left out."""
    is_old, widened = False, dict[int, int]()
    for _ in range(repairs):
        try:
            return _tree("".join(lines)), widened
        except SyntaxError as error:
            if isinstance(error, TabError) and not widened:
                lines, widened = _evened(lines)
                continue
            if not is_old and python_old.is_told(error.msg):
                lines = split(python_old.modern("".join(lines)))
                is_old = True
                continue
            without = _BODILESS.search(error.msg)
            told = int(without[1]) if without else error.lineno or 0
            number = min(max(told - 1, 0), max(len(lines) - 1, 0))
            if not lines or not _blank_out(lines, number, opens=not without):
                break
        except (ValueError, RecursionError, MemoryError):
            break
    return None, {}


def _tree(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _evened(lines: list[str]) -> tuple[list[str], dict[int, int]]:
    """Lines whose indentation has no tabs, and by how much each of them became wider."""
    even: list[str] = []
    widened: dict[int, int] = {}
    for number, line in enumerate(lines, 1):
        match = _INDENT.match(line)
        indent = match[0] if match is not None else ""
        blank = indent.expandtabs(_TAB)
        even.append(blank + line[len(indent) :])
        if len(blank) != len(indent):
            widened[number] = len(blank) - len(indent)
    return even, widened


def _by_parts(lines: list[str]) -> ast.Module | None:
    """The tree of the statements that can be read, each taken by itself."""
    places = {place: number for number, place in enumerate(accumulate(map(len, lines), initial=0))}
    found = (one for one in _TOP_LEVEL.finditer("".join(lines)) if one["start"])
    begun = [places[one.start()] for one in found if one.start() in places]
    body: list[ast.stmt] = []
    for first, after in zip(begun, [*begun, len(lines)][1:], strict=True):
        tree, _widened = _repaired(lines[first:after], _REPAIRS_OF_A_PART)
        if tree is not None:
            body += ast.increment_lineno(tree, first).body
    return ast.Module(body=body, type_ignores=[]) if body else None


def _blank_out(lines: list[str], number: int, *, opens: bool) -> bool:
    """Put something harmless in a line's place; False when nothing more can be done there."""
    line = lines[number]
    indent = line[: len(line) - len(line.lstrip())].replace("\n", "")
    end = line[len(line.rstrip("\r\n")) :]
    made = f"{indent}{python_old.instead(line) if opens else 'pass'}{end}"
    if line == made and line.strip() != "pass":
        made = f"{indent}pass{end}"
    elif line == made:
        if not indent:
            return False
        made = end
    lines[number] = made
    return True
