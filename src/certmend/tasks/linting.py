"""Linting: files are found, read, judged, and where it is safe mended."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from certmend import __version__, registry
from certmend.errors import WriteError
from certmend.judge.linting import engine
from certmend.model.document import Role
from certmend.model.lint import Edit, LintReport, Located, Page, apply
from certmend.model.plugin import FileKind, LintFormat
from certmend.model.text import visible
from certmend.model.view import View
from certmend.observe import tree
from certmend.observe.tree import Candidate, Sieve
from certmend.remedy import files

_ROUNDS = 10


class LintRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to lint, and how."""

    paths: tuple[str, ...] = (".",)
    select: tuple[str, ...] = ()
    """Slugs of rules; none means all."""
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Patterns of paths, as in a `.gitignore`."""
    root: str = ""
    """The folder that `exclude` starts from; empty for the current one."""
    today: date


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is, and as its fixes make it."""

    path: str
    before: bytes
    after: bytes
    fixed: int
    """How many findings are gone."""


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, and what could be changed."""

    report: LintReport
    changes: tuple[Change, ...] = ()


def survey(request: LintRequest, *, fix: bool = False) -> Survey:
    """Lint everything; with `fix`, the findings are those that are left after the changes.

    Nothing is written.
    """
    found = tree.Found([Path(path) for path in request.paths])  # while the rules are loaded
    slugs = engine.chosen(request.select, request.ignore)
    found.sieve = _sieve(slugs)
    findings: list[Located] = []
    changes: list[Change] = []
    for candidate in _wanted(found, request):
        located = _lint(candidate, slugs, request.today)
        if fix and any(one.fault.fix for one in located):
            change, left = _mended(candidate, located, slugs, request.today)
            changes += [change] if change is not None else []
            findings += left
        else:
            findings += located
    report = LintReport(
        findings=tuple(sorted(findings, key=lambda one: (one.path, one.line, one.column))),
        skipped=tuple(found.skipped),
        files=found.files,
        pages=engine.pages(),
        version=__version__,
    )
    return Survey(report=report, changes=tuple(changes))


def write(change: Change) -> None:
    """Put the mended text in the file's place; its mode, owner and links stay.

    Raises `WriteError` when the file is no longer what it was, or cannot be written.
    """
    seen = files.see(change.path)
    if seen.content != change.before:
        raise WriteError(f"{visible(change.path)} has changed meanwhile", "run the command again")
    try:
        temporary = f".certmend-lint-{os.getpid()}"
        files.replace(seen.target, change.after, like=seen, temporary=temporary)
    except OSError as error:
        raise files.refused(f"cannot write {visible(change.path)}", error) from None


def pages() -> tuple[Page, ...]:
    """The pages of all rules, sorted by slug."""
    return engine.pages()


def render(shown: LintReport, format_name: str, view: View) -> str:
    """A report in a format: text, json, sarif, github, gitlab or junit."""
    return registry.named("certmend.present.lint", format_name, LintFormat).render(shown, view)


def _sieve(slugs: frozenset[str]) -> Callable[[FileKind], Sieve]:
    """For each kind of file, the texts that the chosen rules look for in it."""

    @cache
    def of(role: Role, kind: str) -> Sieve:
        rules = [r for r in engine.rules() if r.slug in slugs and r.reads(role, kind)]
        texts = {"certmend:", *(text for rule in rules for text in rule.literals)}
        single = [text for text in texts if not any(o in text and o != text for o in texts)]
        together = {groups for rule in rules for groups in rule.together}
        return Sieve(
            _encoded(sorted(single, key=len)),
            tuple(tuple(_encoded(group) for group in groups) for groups in together),
            _encoded(sorted(_gates(single, together), key=len)),
        )

    return lambda kind: of(kind.role, kind.name)


_ROOTS = ("trust", "verif", "cert", "index", "secur", "ssl", "pip", "http", "seclevel", "url")
"""Short texts that stand in most of what the rules look for."""


def _gates(single: list[str], together: set[tuple[tuple[str, ...], ...]]) -> set[str]:
    """Texts of which every file has one that the others would hold: each by its root."""
    needed = [*single]
    for groups in together:
        needed += min(groups, key=lambda group: sum(_root(text) == text for text in group))
    return {_root(text) for text in needed}


def _root(text: str) -> str:
    return next((root for root in _ROOTS if root in text), text)


def _encoded(texts: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


def _wanted(found: tree.Found, request: LintRequest) -> Iterator[Candidate]:
    if not request.exclude:
        yield from found.candidates()
        return
    import pathspec

    spec = pathspec.GitIgnoreSpec.from_lines(request.exclude)
    root = Path(request.root or ".").absolute()
    for candidate in found.candidates():
        path = Path(candidate.path).absolute()
        name = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        if not spec.match_file(name):
            yield candidate


def _lint(candidate: Candidate, slugs: frozenset[str], today: date) -> list[Located]:
    document = tree.read(candidate.path, candidate.kind, candidate.content)
    return engine.lint(document, slugs, today)


def _mended(
    candidate: Candidate, located: list[Located], slugs: frozenset[str], today: date
) -> tuple[Change | None, list[Located]]:
    """The file after its fixes, and what is left; a fix that makes something new is dropped."""
    text, encoding = tree.text_of(candidate.content)
    left, refused = located, set[tuple[str, int]]()
    for _ in range(_ROUNDS):
        edits = _edits(left, refused)
        if not edits:
            break
        after = apply(text, edits)
        content = after.encode(encoding, "surrogateescape")
        again = _lint(Candidate(candidate.path, candidate.kind, content), slugs, today)
        if after == text or _is_worse(left, again):
            refused |= {_key(one) for one in left if one.fault.fix}
            continue
        text, left = after, again
    content = text.encode(encoding, "surrogateescape")
    if content == candidate.content:
        return None, left
    change = Change(
        path=candidate.path,
        before=candidate.content,
        after=content,
        fixed=len(located) - len(left),
    )
    return change, left


def _key(one: Located) -> tuple[str, int]:
    return one.fault.rule, one.fault.span.start


def _edits(located: list[Located], refused: set[tuple[str, int]]) -> list[Edit]:
    return [
        edit
        for one in located
        if one.fault.fix is not None and _key(one) not in refused
        for edit in one.fault.fix.edits
    ]


def _is_worse(before: list[Located], after: list[Located]) -> bool:
    """Whether a rule finds more than it did."""
    old = Counter(one.fault.rule for one in before)
    new = Counter(one.fault.rule for one in after)
    return any(count > old[rule] for rule, count in new.items())
