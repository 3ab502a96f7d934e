"""What a linter found: a rule, a place in a file, why it matters, and the edit that mends it."""

import msgspec

from certmend.model.document import Span
from certmend.model.finding import Severity


class Edit(msgspec.Struct, frozen=True):
    """Replace what stands at a place by a text."""

    span: Span
    text: str


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """A safe change: after it the file does the same, with verification on."""

    summary: str
    edits: tuple[Edit, ...]


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says about a place. All text is fit to be shown."""

    rule: str
    code: str = ""
    severity: Severity
    span: Span
    message: str
    why: str = ""
    advice: str = ""
    """What a person does about it, as a sentence."""
    fix: Fix | None = None


class Located(msgspec.Struct, frozen=True, kw_only=True):
    """A fault with its place in lines and columns, from 1; columns count characters."""

    fault: Fault
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    source: str
    """The line it begins on, fit to be shown."""
    edits: tuple[tuple[int, int, int, int, str], ...] = ()
    """The fix as (line, column, end line, end column, new text)."""


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was not looked into, and why."""

    path: str
    why: str
    failed: bool = False
    """Whether it was certmend that failed on it."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as its readers know it."""

    slug: str
    code: str
    severity: Severity
    page: str

    @property
    def summary(self) -> str:
        """The first sentence of its page."""
        return self.page.strip().split("\n\n", 1)[0].replace("\n", " ")


class LintReport(msgspec.Struct, frozen=True, kw_only=True):
    """All that a format may know."""

    findings: tuple[Located, ...]
    skipped: tuple[Skipped, ...] = ()
    files: int = 0
    """How many files were of a kind that is read."""
    pages: tuple[Page, ...] = ()
    version: str = ""


def apply(text: str, edits: "list[Edit]") -> str:
    """The text with the edits made; one that overlaps an earlier one is left for another round."""
    made: list[str] = []
    done = 0
    for edit in sorted(set(edits), key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start >= done or (edit.span.start == done == 0):
            made += [text[done : edit.span.start], edit.text]
            done = edit.span.end
    return "".join([*made, text[done:]])
