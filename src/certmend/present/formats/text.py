"""A report for a person at a terminal: findings first, then what is fine, then the sum."""

import re

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from certmend.model.finding import Certainty, Finding, Owner, Severity
from certmend.model.index import Index
from certmend.model.plugin import Format
from certmend.model.report import Check, Report
from certmend.model.text import visible
from certmend.model.view import View
from certmend.present.grouping import also, grouped, short
from certmend.present.printing import printed

_INDENT = 12
_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z])")
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}


def render(report: Report, view: View) -> str:
    """The whole report; at most `view.width` columns wide."""
    parts: list[RenderableType] = []
    for finding, others in grouped(report.findings):
        parts += [finding_block(finding, others, view), Text()]
    if not view.quiet:
        parts += _indexes(report)
    if view.verbose:
        parts += _settings(report)
    parts.append(sum_line(report))
    return printed(parts, view)


def finding_block(finding: Finding, others: tuple[Finding, ...], view: View) -> RenderableType:
    """A finding in its five parts, and the other clients that met the same."""
    style = _STYLES[finding.severity]
    head = Text.assemble(
        (f"{finding.severity}[{finding.code}]", style), ": ", (finding.summary, "bold")
    )
    head.append("." if finding.summary.endswith("…") else "")
    if view.quiet:
        return head
    parts: list[RenderableType] = [head]
    if place := _place(finding):
        parts.append(hanging("  --> ", place))
    if finding.evidence:
        parts.append(_evidence(finding))
    if finding.why:
        likely = " (likely)" if finding.certainty is Certainty.LIKELY else ""
        parts.append(hanging(f"   = why{likely}: ", finding.why))
    for number, sentence in enumerate(finding.cure):
        label = f"   = fix, {finding.owner}: " if number == 0 else "      or: "
        parts.append(hanging(label, sentence))
    parts += _for_others(finding, others)
    return Group(*parts)


def _for_others(finding: Finding, others: tuple[Finding, ...]) -> list[RenderableType]:
    """The other clients that met the same, and other settings of this one; what cures each."""
    if not others:
        return []
    parts = [hanging("   = also: ", ", ".join(also(finding, others)))]
    seen = {_nameless(finding)}
    for other in others:
        if other.cure and other.owner is Owner.YOU and (cure := _nameless(other)) not in seen:
            seen.add(cure)
            said = _command(_rest(finding.cure[0], other.cure[0]))
            parts.append(hanging("      for ", f"{short(other.client)}: {said}"))
    return parts


def _nameless(finding: Finding) -> str:
    """The first cure without its client's name: what then is the same is told once."""
    name = finding.client.partition(" ")[0]
    cure = finding.cure[0] if finding.cure else ""
    return re.sub(rf"\b{re.escape(name)}\b", "it", cure) if name else cure


def _rest(told: str, cure: str) -> str:
    """The sentences of a cure that are not told yet; all of it where none is new."""
    known = _SENTENCES.split(told)
    return " ".join(one for one in _SENTENCES.split(cure) if one not in known) or cure


def _command(cure: str) -> str:
    """The command in a cure, or the cure itself where it has none."""
    pieces = cure.split("`")
    return f"`{pieces[1]}`" if len(pieces) > 2 else cure


def _place(finding: Finding) -> str:
    """Where it was met: the URL, the file or variable, the client."""
    places = [finding.index, finding.where]
    if finding.client:
        places.append(finding.client)
    return "  ".join(dict.fromkeys(place for place in places if place))


def _evidence(finding: Finding) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for line in finding.evidence:
        grid.add_row(Text("   |", "blue"), Text(line.label), Text(line.text))
    return grid


def hanging(label: str, text: str, style: str = "blue") -> RenderableType:
    """A label and its text; further lines of the text stand below its beginning.

    A label too long for that is cut after its first word, and goes on in the text.
    """
    rest = ""
    if len(label) > _INDENT:
        mark, word, rest = label.split(" ", 5)[3:]
        label = f"   {mark} {word} "
    grid = Table.grid()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(label, style), Text.assemble((rest, style), text))
    return grid


def _indexes(report: Report) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for number, index in enumerate(report.facts.indexes):
        parts.append(hanging("index  ", f"{index.url}  ({_role(index)})"))
        grid = Table.grid(padding=(0, 2, 0, 0))
        for _ in range(3):
            grid.add_column(overflow="fold")
        for check in report.checks:
            if check.index == number:
                grid.add_row(*_check(check))
        parts += [grid, Text()]
    return parts


def _settings(report: Report) -> list[RenderableType]:
    """Every setting that the clients have here, and what became of it."""
    parts: list[RenderableType] = []
    for client in report.facts.clients:
        stores = ", ".join(visible(path, 300) for path in client.trust.stores) or "none"
        parts.append(hanging("client ", f"{client.label}, trusts {stores}"))
        for one in client.settings:
            state = f"{one.role}: {one.why}" if one.why else str(one.role)
            parts.append(hanging("   ", f"{one.origin}  {one.key} = {one.value}  ({state})"))
        parts.append(Text())
    return parts


def _role(index: Index) -> str:
    origin = str(index.origin)
    return f"{index.purpose}, {origin}" if origin != "argument" else str(index.purpose)


def _check(check: Check) -> tuple[Text, Text, Text]:
    mark = ("  ok", "green") if check.ok else ("  --", "red")
    return Text(*mark), Text(check.label), Text(check.text)


def sum_line(report: Report) -> Text:
    """How many findings there are, and how many indexes can be used."""
    told = [first for first, _ in grouped(report.findings)]
    errors = sum(finding.severity is Severity.ERROR for finding in told)
    warnings = sum(finding.severity is Severity.WARNING for finding in told)
    hosts = {one.index for one in report.outcomes if not one.works}
    tried = {one.index for one in report.outcomes}
    clients = {one.client for one in report.outcomes}
    failing = {one.client for one in report.outcomes if not one.works}
    words = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    if hosts:
        words += f": {len(hosts)} of {_count(len(tried), 'index', 'indexes')} cannot be used"
        words += f" by {len(failing)} of {len(clients)} clients" if len(clients) > 1 else ""
    elif tried:
        words += f": {_count(len(tried), 'index', 'indexes')} reached"
    return Text(words, "bold")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


TEXT = Format(name="text", render=render)
