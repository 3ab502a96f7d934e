"""Lines of source code: the words of a failure stand there, and it has not happened.

People paste what they ran beside what it said. A statement that raises, catches or prints an
error has the words of it.
"""

import re
from collections.abc import Sequence
from functools import cache

from certmend.model import lazy

_STATEMENT = r"""(?:[+-][ ]?\s{0,40})?(?:
      (?:async[ ])?def[ ]\w+\(
    | class[ ]\w+[(:{ ]
    | (?:import|use|package|namespace)[ ][\w.:*{}, ]{1,200};?\s{0,4}(?:\#.{0,200})?$
    | from[ ][\w.]{1,100}[ ]import\b
    | (?:FAILED[ ]\S{1,300}[ ]-[ ]|E[ ]{1,12})?(?:AssertionError:[ ])?assert[ ][\w("']
    | (?:raise|throw|yield|await|del)[ ](?:new[ ])?[\w(]
    | return\b(?![ ](?:code|status|value))
    | (?:\}[ ]?)?(?:if|elif|else|while|for|with|try|except|finally|catch|switch)\b
      [^'"]{0,200}[:{]\s{0,4}(?:\#.{0,200})?$
    | (?:if|elif|while)[ (].{1,300}[:{]$
    | except[ ][\w.(), ]{1,200}(?:[ ]as[ ]\w{1,40})?:
    | (?:case|default)\b[^'"]{0,100}:(?:\s{1,8}return\b.{0,200})?$
    | @[\w.]{1,100}(?:\(.{0,200})?$
    | (?:self\.)?_?(?:log|logger|logging|console|print|printf|fprintf|println!|warnings?)
      \b[.\w]{0,40}\(
    | echo[ ]["']
    | (?:const|let|var|static|final|public|private|protected|export|fn|func|function|pub|struct
      |enum|interface|\#include|\#define|\#if(?:n?def)?)\b.{0,300}[;{(,)=>]$
    | (?!(?:err(?:or)?|msg|message|reason|details?|cause|said)\b)
      [A-Za-z_][\w.]{0,80}(?:\[[^\]]{1,60}\])?(?:[ ]?:[ ]?[\w.\[\], |]{1,60})?
      [ ][-+|:]?=[ ](?:[\w.]{1,80}[(\[]|[\[({]|[fbru]{0,2}["']|(?:lambda|None|not|await)\b)
    | (?!(?:err(?:or)?|reason|cause|code)\b)[A-Za-z_][\w.]{0,80}[ ]=[ ][A-Za-z_][\w.]{1,100}$
    | (?:[\w.:>-]{1,100}|super\(\)\.\w{1,40})\(.{0,300}\)[ ]?[;{]$
    | super\(
    | \w{1,40}!\(
    | (?:[\w:.]{1,100}[ ])?(?:\{[^{}]{0,100}\}[ ])?=>[ ]\{?$
    | [fbru]{0,2}["'].{0,300}(?:\{\w{0,40}\}|%[sdr]).{0,300}["'][,;)]{0,3}$
    )"""
_PART = r"""
    (?:\#|//|/\*|\*|[)\]}]|[fbru]{0,2}["']|\w{1,40}=["'\w]|self,[ ])
    | \.\.\.$
    | .{0,300}[,({\[\\]$
    | [A-Z_]{3,60}[ ]?[=:]"""
"""What may be a line of code between two statements: a comment, a string, a piece of a list."""
_RAISED = r"[\w.]{3,200}(?:(?<!Assertion)Error|Exception|Timeout):[ ]"
"""An error behind the statement that raised it: a line end was lost."""
_BEGUN = lazy.regex(
    r"[-+\s#}]{0,40}(?:E {1,12}|FAILED|AssertionError|assert|async|await|break|case|catch|class"
    r"|_?console|const|def|default|define|del"
    r"|echo|elif|else|enum|except|export|final|finally|fn|for|from|func|function|ifn?def|if|import"
    r"|include|interface|let|_?log|_?logger|_?logging|namespace|package|_?printf?|fprintf|println"
    r"|private|protected|public|pub|raise|return|self|static|struct|super|switch|throw|try|use|var"
    r"|warnings?|while|with|yield)\b|[@'\"]"
)
_ENDS = tuple(";{,:(=>\"'")
_READ_WHEN_RAISED = ("load_verify_locations(", "load_cert_chain(")
"""What was called says which file could not be used, where the error does not."""
_BETWEEN = 30
_DOCSTRING = lazy.regex(r"\s{0,40}[rRuU]{0,2}(\"{3}|'{3})")
_DOCSTRING_LINES = 60


def is_statement(text: str) -> bool:
    """Whether a line, without what stands before it, is a statement of a programming language."""
    if not _may_be_statement(text) or any(call in text for call in _READ_WHEN_RAISED):
        return False
    return bool(_compiled(_STATEMENT).match(text)) and not _compiled(_RAISED).search(text)


def _may_be_statement(text: str) -> bool:
    """Whether a line has what every statement has: most lines of a log have not."""
    ends = text.endswith(_ENDS) or " = " in text or "= " in text[:84] or "!(" in text
    return ends or _BEGUN.match(text) is not None


def between(texts: Sequence[str], statements: Sequence[bool]) -> list[bool]:
    """Which lines are code: statements, and pieces of code between two of them."""
    found = list(statements)
    last = -1
    for at, is_one in enumerate(statements):
        if not is_one:
            continue
        inner = range(last + 1, at)
        if last >= 0 and 0 < len(inner) <= _BETWEEN and all(_piece(texts[n]) for n in inner):
            for n in inner:
                found[n] = True
        last = at
    _mark_docstrings(texts, statements, found)
    return found


def _mark_docstrings(texts: Sequence[str], statements: Sequence[bool], found: list[bool]) -> None:
    """Mark the text in three quotes below a line that begins a function or class."""
    for at, text in enumerate(texts):
        if not statements[at] or not text.endswith(":"):
            continue
        begin = next((n for n in range(at + 1, len(texts)) if texts[n].strip()), len(texts))
        opening = _DOCSTRING.match(texts[begin]) if begin < len(texts) else None
        if opening is None:
            continue
        inner = range(begin, min(begin + _DOCSTRING_LINES, len(texts)))
        rests = (texts[n][opening.end() if n == begin else 0 :] for n in inner)
        end = next((n for n, rest in zip(inner, rests, strict=True) if opening[1] in rest), None)
        if end is not None:
            found[begin : end + 1] = [True] * (end + 1 - begin)


def _piece(text: str) -> bool:
    return not text.strip() or _compiled(_PART).match(text) is not None


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """An expression with blanks for the eye, compiled once, and only where it may match."""
    return re.compile(expression, re.VERBOSE)
