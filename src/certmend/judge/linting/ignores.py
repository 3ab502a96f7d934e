"""`# certmend: ignore[rule] until=2027-01-31 reason` in a comment.

It holds for its own line, and for the next line with code when it stands on a line of its own;
in a Dockerfile or script the next command may go on over several lines.
"""

from collections.abc import Iterator
from datetime import date

import msgspec

from certmend.judge.linting.sieve import Needs
from certmend.model import lazy
from certmend.model.document import Comment, Document, Span
from certmend.model.finding import Severity
from certmend.model.lint import Edit, Fault, Fix
from certmend.model.text import visible

_IGNORE = lazy.regex(
    r"\s*(?:[-!/*#]*\s*)certmend:\s*ignore(?:\[(?P<rules>[^\]]*)\])?(?:\s+until=(?P<until>\S+))?"
    r"[ \t]*(?P<reason>[^\n]*)"
)
_MARK = "certmend:"
NEEDS = Needs(frozenset({_MARK}))
EXPIRED = "expired-ignore"
UNUSED = "unused-ignore"


class Ignore(msgspec.Struct, frozen=True, kw_only=True):
    """One such comment."""

    rules: tuple[str, ...]
    until: str
    span: Span
    first: int
    """The lines it holds for, from 1."""
    last: int
    own_line: bool

    def holds_for(self, fault: Fault, line: int) -> bool:
        """Whether it speaks of this finding."""
        return self.first <= line <= self.last and (not self.rules or fault.rule in self.rules)

    def expired(self, today: date) -> bool:
        """Whether its day has passed; a day that is none has."""
        if not self.until:
            return False
        try:
            return date.fromisoformat(self.until) < today
        except ValueError:
            return True


def ignores(document: Document) -> list[Ignore]:
    """All of a file's."""
    found: list[Ignore] = []
    if _MARK not in document.text:
        return found
    for entry in document.entries:
        if isinstance(entry, Comment) and (match := _IGNORE.match(entry.text.text)):
            rules = tuple(
                name.strip() for name in (match["rules"] or "").split(",") if name.strip()
            )
            found.append(_placed(document, entry.span, rules, match["until"] or ""))
    return found


def _placed(document: Document, span: Span, rules: tuple[str, ...], until: str) -> Ignore:
    line, _ = document.position(span.start)
    start = document.text.rfind("\n", 0, span.start) + 1
    own = not document.text[start : span.start].strip()
    last = line
    if own:
        lines = document.text.splitlines()
        last = line + 1
        while last <= len(lines) and _is_comment(lines[last - 1]):
            last += 1
        while last < len(lines) and lines[last - 1].rstrip().endswith(("\\", "`", "^")):
            last += 1
    return Ignore(rules=rules, until=until, span=span, first=line, last=last, own_line=own)


def _is_comment(line: str) -> bool:
    bare = line.strip()
    return not bare or bare.startswith(("#", "//", "::", "rem ", "REM ", ";"))


def faults(
    document: Document, found: list[Ignore], used: set[Span], known: set[str], today: date
) -> Iterator[Fault]:
    """Ignores that are past their day, or that nothing needed."""
    for ignore in found:
        if ignore.expired(today):
            yield Fault(
                rule=EXPIRED,
                severity=Severity.WARNING,
                span=ignore.span,
                message=f"this ignore ended on {visible(ignore.until, 40)}",
                why="The finding below it counts again.",
                advice="Mend the finding, or give the ignore another day and a reason.",
            )
        elif ignore.span not in used and (not ignore.rules or set(ignore.rules) <= known):
            yield Fault(
                rule=UNUSED,
                severity=Severity.WARNING,
                span=ignore.span,
                message="nothing here needs this ignore",
                why="It would hide the next finding on this line.",
                advice="Take it out.",
                fix=Fix(summary="take it out", edits=(_removal(document, ignore),)),
            )


def _removal(document: Document, ignore: Ignore) -> Edit:
    text = document.text
    start, end = ignore.span.start, ignore.span.end
    if ignore.own_line:
        start = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        end = len(text) if stop < 0 else stop + 1
    else:
        while start > 0 and text[start - 1] in " \t":
            start -= 1
        while end > start and text[end - 1] == "\r":
            end -= 1
    return Edit(Span(start, end), "")
