"""`certmend lint`: what in a repository switches verification off, or breaks trust later."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from certmend import flags, suggestions, terminal
from certmend.errors import CertmendError, UsageError
from certmend.model.text import visible

if TYPE_CHECKING:
    from certmend.model.lint import LintReport
    from certmend.tasks.linting import Change, LintRequest

_EXAMPLES = """\b
  certmend lint                     the files of this folder
  certmend lint --fix Dockerfile    mend what can be mended safely
  certmend lint --diff              what --fix would change
  certmend lint --explain trusted-host
  certmend lint --format sarif > certmend.sarif
"""


@click.command(
    short_help="Find what switches verification off or breaks trust in files.",
    epilog="Exit status: 0 no findings, 1 findings, 2 wrong use, 3 certmend's own failure.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    shell_complete=suggestions.rules,
    help="Only this rule; repeat it, or use commas.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULE",
    shell_complete=suggestions.rules,
    help="Leave this rule out.",
)
@flags.formats("text", "json", "sarif", "github", "gitlab", "junit")
@click.option(
    "--fail-on",
    type=click.Choice([*flags.SEVERITIES, "never"]),
    help="Exit with 1 from this severity on.  [default: warning]",
)
@click.option("--list", "listed", is_flag=True, help="List the rules.")
@click.option(
    "--explain", metavar="RULE", shell_complete=suggestions.rules, help="Show the page of a rule."
)
@click.option("-q", "--quiet", is_flag=True, help="One line for each finding.")
def lint(
    *,
    paths: tuple[str, ...],
    fix: bool,
    diff: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    format_name: str,
    fail_on: str | None,
    listed: bool,
    explain: str | None,
    quiet: bool,
) -> int:
    """Find what switches verification off, or breaks trust, in files."""
    from certmend.tasks import linting

    if listed or explain is not None:
        terminal.out(_pages(explain, format_name))
        return 0
    request, configured = _request(paths, select, ignore)
    found = linting.survey(request, fix=fix and not diff)
    if diff:
        changes = linting.survey(request, fix=True).changes
        terminal.out("".join(_diff(change) for change in changes))
        return _status(found.report, fail_on or configured)
    for change in found.changes:
        linting.write(change)
    terminal.out(linting.render(found.report, format_name, terminal.view(quiet=quiet)))
    if found.changes:
        _say_changes(found.changes)
    return _status(found.report, fail_on or configured)


lint.help = f"{lint.help}\n\n{_EXAMPLES}"


def _say_changes(changes: "tuple[Change, ...]") -> None:
    for change in changes:
        number = change.fixed
        terminal.talk(f"mended {visible(change.path)}: {number} finding{'s' * (number != 1)} less")


def _request(
    paths: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...]
) -> "tuple[LintRequest, str]":
    """What to lint, with the options of the project, and its severity to fail on."""
    from certmend import forks
    from certmend import options as _options
    from certmend.tasks import linting

    for path in paths:
        if not Path(path).exists():
            raise UsageError(f"{visible(path)} does not exist", "give the path of a file or folder")
    options = _options.read(Path(paths[0] if paths else "."))
    known = {page.slug for page in linting.pages()}
    chosen = _slugs(select) or options.lint.select
    left_out = (*_slugs(ignore), *options.lint.ignore)
    for slug in (*chosen, *left_out):
        if slug not in known:
            raise UsageError(
                f"there is no rule {visible(slug)}", "`certmend lint --list` shows the rules"
            )
    request = linting.LintRequest(
        paths=paths or (".",),
        select=chosen,
        ignore=left_out,
        exclude=options.lint.exclude,
        root=options.folder,
        today=datetime.now(UTC).date(),
        processes=forks.processors(),
    )
    return request, options.lint.fail_on


def _slugs(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


def _status(report: "LintReport", fail_on: str) -> int:
    if any(one.failed for one in report.skipped):
        return CertmendError.exit_status
    fail_on = fail_on or "warning"
    if fail_on == "never":
        return 0
    if fail_on not in flags.SEVERITIES:
        raise UsageError(
            f"fail-on is {visible(fail_on)}",
            "write error, warning, note or never in certmend.toml",
        )
    return flags.exit_status((one.fault.severity for one in report.findings), fail_on)


def _pages(slug: str | None, format_name: str) -> str:
    """The list of all rules, or the page of one."""
    from certmend.present import rule_pages
    from certmend.tasks import linting

    if format_name not in ("text", "json"):
        raise UsageError(f"rules have no {format_name} format", "use text or json")
    pages = linting.pages()
    if slug is None:
        return rule_pages.listed(pages, format_name)
    shown = next((page for page in pages if page.slug == slug), None)
    if shown is None:
        raise UsageError(
            f"there is no rule {visible(slug)}", "`certmend lint --list` shows the rules"
        )
    return rule_pages.page(shown, format_name)


def _diff(change: "Change") -> str:
    import difflib

    before = change.before.decode("utf-8", "replace").splitlines(keepends=True)
    after = change.after.decode("utf-8", "replace").splitlines(keepends=True)
    name = visible(change.path, 1000)
    lines = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
