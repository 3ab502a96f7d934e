"""Which rules there are, which files they have to see, and what they find in one."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

import msgspec

from certmend import registry
from certmend.judge.linting import ignores as _ignores
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Rule
from certmend.judge.linting.sieve import Needs, Sieve, of_any
from certmend.model.document import Document, Role, Span
from certmend.model.finding import Severity
from certmend.model.lint import Fault, Located, Page
from certmend.model.text import redact_code, visible

_PACKAGE = "certmend.judge.lint"
_OWN_PAGES = (
    Page(
        slug=_ignores.EXPIRED,
        code="",
        severity=Severity.WARNING,
        page="An ignore is past the day that it was given.\n\n"
        "## What\n`# certmend: ignore[rule] until=DAY` with a day that has passed, or that is none."
        "\n\n## Why\nThe finding counts again; the comment only says that it does not.\n\n"
        "## Bad\n```dockerfile\n# certmend: ignore[trusted-host] until=2020-01-31 moves to TLS\n"
        "RUN pip install --trusted-host pypi.corp.example billing\n```\n\n"
        "## Good\n```dockerfile\nRUN pip install billing\n```\n\n"
        "## When to ignore\nNever: mend the finding, or give the ignore another day.\n",
    ),
    Page(
        slug=_ignores.UNUSED,
        code="",
        severity=Severity.WARNING,
        page="An ignore that nothing needs.\n\n"
        "## What\n`# certmend: ignore[rule]` where that rule finds nothing.\n\n"
        "## Why\nIt would hide the next finding on its line.\n\n"
        "## Bad\n```dockerfile\n# certmend: ignore[trusted-host] moves to TLS\n"
        "RUN pip install billing\n```\n\n"
        "## Good\n```dockerfile\nRUN pip install billing\n```\n\n"
        "## When to ignore\nNever: take it out.\n",
    ),
)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its name."""
    return registry.load(_PACKAGE, Rule)


@cache
def pages() -> tuple[Page, ...]:
    """The pages of all rules, those about ignores included."""
    own = [Page(slug=r.slug, code=r.code, severity=r.severity, page=r.page) for r in rules()]
    return tuple(sorted([*own, *_OWN_PAGES], key=lambda page: page.slug))


def chosen(select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The slugs of the rules to run: those selected, or all, without those ignored."""
    _sieve()  # made once, for all copies of the process
    every = {page.slug for page in pages()}
    return frozenset((set(select) or every) - set(ignore))


@cache
def _sieve() -> Sieve:
    return Sieve(of_any([_ignores.NEEDS, *(rule.needs for rule in rules())]).texts)


@cache
def _chosen(role: Role, kind: str, slugs: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.slug in slugs and rule.reads(role, kind))


@cache
def _needs(role: Role, kind: str, slugs: frozenset[str]) -> Needs:
    return of_any([_ignores.NEEDS, *(rule.needs for rule in _chosen(role, kind, slugs))])


@lru_cache(maxsize=10_000)
def _wanted(role: Role, kind: str, slugs: frozenset[str], held: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that may find something in a file that holds these texts."""
    return tuple(rule for rule in _chosen(role, kind, slugs) if rule.needs.met(held))


def may_find(lower: bytes, role: Role, kind: str, slugs: frozenset[str]) -> bool:
    """Whether the chosen rules may find something in a file; `lower` is it in lower case."""
    return _needs(role, kind, slugs).met(_sieve().texts_in(lower))


def may_begin(lower: bytes, role: Role, kind: str, slugs: frozenset[str]) -> bool:
    """Whether they may find something once the file's variables have their values."""
    return _needs(role, kind, slugs).begun(_sieve().texts_in(lower))


def lint(document: Document, slugs: frozenset[str], today: date) -> list[Located]:
    """What the chosen rules find, without what is ignored, in the order of the lines."""
    reading = Reading(document)
    held = _sieve().texts_in(_searched(document))
    wanted = _wanted(document.role, document.kind, slugs, frozenset(held))
    found = [_mendable(document, fault) for rule in wanted for fault in rule.faults(reading)]
    comments = _ignores.ignores(document)
    used: set[Span] = set()
    kept: list[Fault] = []
    for fault in found:
        line, _ = document.position(fault.span.start)
        mine = [one for one in comments if one.holds_for(fault, line)]
        used |= {one.span for one in mine}
        if not any(not one.expired(today) for one in mine):
            kept.append(fault)
    own = _ignores.faults(document, comments, used, set(slugs), today)
    kept += [fault for fault in own if fault.rule in slugs]
    kept.sort(key=lambda fault: (fault.span.start, fault.rule))
    return [located(document, fault) for fault in kept]


def _searched(document: Document) -> bytes:
    return (document.searched or document.text).lower().encode("utf-8", "surrogatepass")


def _mendable(document: Document, fault: Fault) -> Fault:
    """A fault without its fix, where that would change what a value was put into.

    What stands there in the file is not the value, and for other hosts it may be another one.
    """
    spans = [edit.span for edit in fault.fix.edits] if fault.fix is not None else []
    touched = any(
        span.start <= place.end and place.start <= span.end
        for span in spans
        for place in document.filled
    )
    return msgspec.structs.replace(fault, fix=None) if touched else fault


def located(document: Document, fault: Fault) -> Located:
    """A fault with lines and columns."""
    line, column = document.position(fault.span.start)
    end_line, end_column = document.position(fault.span.end)
    edits = fault.fix.edits if fault.fix is not None else ()
    return Located(
        fault=fault,
        path=document.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        source=_shown(document.text, document.extent(fault.span.start)),
        edits=tuple(
            (*document.position(edit.span.start), *document.position(edit.span.end), edit.text)
            for edit in edits
        ),
    )


_SHOWN = 400
_LOOKED_AT = 8000
"""Of a longer line no more can be in what is shown of it, a secret's whole length included."""


@lru_cache(16)
def _shown(text: str, line: Span) -> str:
    """A line as it is shown: once for all findings on it."""
    written = text[line.start : min(line.end, line.start + _LOOKED_AT)]
    shown = redact_code(written).replace("\t", "  ")
    if line.end - line.start <= _LOOKED_AT:
        return visible(shown, _SHOWN)
    return f"{visible(shown[:_SHOWN], _SHOWN)}… ({line.end - line.start} characters)"
