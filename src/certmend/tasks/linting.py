"""Linting: files are found, read, judged, and where it is safe mended."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from certmend import __version__, crash, forks, registry
from certmend.errors import WriteError
from certmend.judge.linting import engine
from certmend.model.lint import Edit, LintReport, Located, Page, Skipped, apply
from certmend.model.plugin import FileKind, LintFormat
from certmend.model.text import visible
from certmend.model.view import View
from certmend.observe import tree
from certmend.observe.ansible import Variables
from certmend.observe.tree import Candidate
from certmend.remedy import files

_ROUNDS = 10
_FILES_FOR_ONE = 200
"""Candidates that are worth a process of their own: it costs as much as reading a hundred."""
_PIECE = 16
"""Names that a process takes at once; more where there are very many."""
_PIECES = 8000
_OfPath = TypeVar("_OfPath", "Change", Skipped)


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
    processes: int = 1
    """How many may work side by side, where there are enough files and the system has `fork`."""


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


class _Share(msgspec.Struct, frozen=True):
    """What was found in some of the files."""

    findings: list[Located]
    changes: list[Change]
    skipped: list[Skipped]
    files: int


def survey(request: LintRequest, *, fix: bool = False) -> Survey:
    """Lint everything; with `fix`, the findings are those that are left after the changes.

    Nothing is written.
    """
    found = tree.Found(request.paths)  # git lists while rules are loaded
    slugs = engine.chosen(request.select, request.ignore)
    names = found.names()
    copies = min(request.processes, len(names) // _FILES_FOR_ONE or 1)
    piece = max(_PIECE, len(names) // _PIECES)

    def share(numbers: Iterable[int]) -> _Share:
        mine = (name for at in numbers for name in names[at * piece : (at + 1) * piece])
        variables = Variables(found.tops, names)
        return _surveyed(mine, found, request, slugs, variables, fix=fix)

    shares = forks.side_by_side(share, -(-len(names) // piece), copies)
    report = LintReport(
        findings=tuple(
            sorted(
                (one for share in shares for one in share.findings),
                key=lambda one: (one.path, one.line, one.column),
            )
        ),
        skipped=_in_order((one for share in shares for one in share.skipped), names),
        files=sum(share.files for share in shares),
        pages=engine.pages(),
        version=__version__,
    )
    changes = _in_order((one for share in shares for one in share.changes), names)
    return Survey(report=report, changes=changes)


def _surveyed(
    names: Iterable[str],
    found: tree.Found,
    request: LintRequest,
    slugs: frozenset[str],
    variables: Variables,
    *,
    fix: bool,
) -> _Share:
    findings: list[Located] = []
    changes: list[Change] = []
    reader = _reader(slugs, found.given, variables)
    for candidate in _wanted(reader.candidates(names), request):
        try:
            change, left = _looked_at(candidate, slugs, request.today, variables, fix=fix)
        except Exception as error:  # noqa: BLE001  one file of thousands: the others are linted
            why = "; ".join(crash.report(error))
            reader.skipped.append(Skipped(path=candidate.path, why=why, failed=True))
            continue
        changes += [change] if change is not None else []
        findings += left
    return _Share(findings, changes, reader.skipped, reader.files)


def _looked_at(
    candidate: Candidate,
    slugs: frozenset[str],
    today: date,
    variables: Variables,
    *,
    fix: bool,
) -> tuple[Change | None, list[Located]]:
    """What a file becomes by its fixes, if they are wanted, and what is left in it."""
    located = _lint(candidate, slugs, today, variables)
    if fix and any(one.fault.fix for one in located):
        return _mended(candidate, located, slugs, today, variables)
    return None, located


def _reader(slugs: frozenset[str], given: Collection[str], variables: Variables) -> tree.Reader:
    """What reads the files in which the chosen rules may find something."""
    return tree.Reader(
        _relevant(slugs),
        given,
        variables,
        lambda kind, lower: engine.may_begin(lower, kind.role, kind.name, slugs),
    )


def _relevant(slugs: frozenset[str]) -> Callable[[FileKind, bytes], bool]:
    """Whether the chosen rules may find something in a file of a kind, in lower case."""
    return lambda kind, lower: engine.may_find(lower, kind.role, kind.name, slugs)


def _in_order(ones: Iterable[_OfPath], names: list[str]) -> tuple[_OfPath, ...]:
    """As the files were listed, whichever process came upon them."""
    places = {name: place for place, name in enumerate(names)}
    return tuple(sorted(ones, key=lambda one: places[one.path]))


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


def _wanted(candidates: Iterable[Candidate], request: LintRequest) -> Iterator[Candidate]:
    if not request.exclude:
        yield from candidates
        return
    import pathspec

    spec = pathspec.GitIgnoreSpec.from_lines(request.exclude)
    root = Path(request.root or ".").absolute()
    for candidate in candidates:
        path = Path(candidate.path).absolute()
        name = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
        if not spec.match_file(name):
            yield candidate


def _lint(
    candidate: Candidate, slugs: frozenset[str], today: date, variables: Variables | None = None
) -> list[Located]:
    known = variables or Variables()
    document = tree.read(candidate.path, candidate.kind, candidate.content, known)
    return engine.lint(document, slugs, today)


def _mended(
    candidate: Candidate,
    located: list[Located],
    slugs: frozenset[str],
    today: date,
    variables: Variables | None = None,
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
        again = _lint(Candidate(candidate.path, candidate.kind, content), slugs, today, variables)
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
