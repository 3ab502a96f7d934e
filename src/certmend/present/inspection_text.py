"""An inspection for a person at a terminal: the verdicts, the tree, the findings, the table."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from certmend.model import certificate
from certmend.model.certificate import Certificate
from certmend.model.inspection import Inspection, Link, ProfileVerdict, Told, WhatIf
from certmend.model.text import visible
from certmend.model.view import View
from certmend.present.inspection import is_ok, key
from certmend.present.printing import printed

_NAMES = 6
_STORES = 4
_LINKS = 12
_STATES = {
    "anchor": "trusted, not sent",
    "missing": "not sent",
    "superfluous": "sent for nothing",
    "repeated": "sent once more",
}
_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def render(shown: Inspection, view: View) -> str:
    """The whole inspection; at most `view.width` columns wide."""
    parts = [part for block in _blocks(shown) for part in (*block, Text())]
    return printed([*parts, _sum(shown)], view)


def _blocks(shown: Inspection) -> Iterator[list[RenderableType]]:
    yield _head(shown)
    if shown.links:
        yield _tree(shown)
    if shown.verdicts:
        yield [_verdicts(shown.verdicts)]
    for told in shown.findings:
        yield [_finding(told)]
    if shown.table:
        yield _table(shown)


def _head(shown: Inspection) -> list[RenderableType]:
    material = shown.material
    name = visible(material.host, 200) if material.host else "no name"
    lines: list[RenderableType] = [
        Text(material.target, "bold"),
        Text(f"judged for {name}, at {material.at:%Y-%m-%d %H:%M:%S} UTC"),
    ]
    lines += [Text(f"note: {note}") for note in material.notes]
    if shown.links and not shown.ordered:
        lines.append(Text("note: the chain was not sent in order, leaf first"))
    return lines


def _tree(shown: Inspection) -> list[RenderableType]:
    parts = [_link(one, shown.material.at) for one in shown.links[:_LINKS]]
    if len(shown.links) > _LINKS:
        parts.append(Text(f"  … and {len(shown.links) - _LINKS} more certificates"))
    return parts


def _link(link: Link, at: datetime) -> RenderableType:
    read = certificate.read(link.der)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    number = f"{link.position:>3}" if link.position else "  -"
    state = _STATES.get(link.state, "")
    title = Text.assemble((f"{read}", "bold"), f"  {link.role}" + (f", {state}" if state else ""))
    grid.add_row(Text(number), Text(""), title)
    for label, text in _lines(link, read, at):
        grid.add_row(Text(""), Text(label), Text(text))
    return grid


def _lines(link: Link, read: Certificate, at: datetime) -> Iterator[tuple[str, str]]:
    if read.readable:
        if not read.self_issued:
            made = "" if link.signed else " (the signature is not that of the one below)"
            yield "issuer", f"{read.issuer}{made}"
        left = f"{(read.not_after - at).days} days left"
        if read.not_after < at:
            left = f"{(at - read.not_after).days} days ago"
        yield "valid", f"{read.not_before:%Y-%m-%d} to {read.not_after:%Y-%m-%d}, {left}"
        yield from _extensions(link, read)
        hashed = f", signed with {read.signature_hash}" if read.signature_hash else ""
        yield "key", f"{key(read)}{hashed}"
    for problem in read.problems[:4]:
        yield "problem", problem
    yield "sha256", read.sha256
    for number, store in enumerate(link.stores[:_STORES]):
        yield "" if number else "in", visible(store, 200)
    if len(link.stores) > _STORES:
        yield "", f"and {len(link.stores) - _STORES} more stores"


def _extensions(link: Link, read: Certificate) -> Iterator[tuple[str, str]]:
    names = (*read.dns_names, *read.ip_addresses)
    if names:
        yield "names", _listed(names)
    elif link.role == "leaf":
        yield "names", "none but the common name"
    yield "for", "; ".join(_uses(link, read))
    for label, limits in (("only", read.permitted_names), ("not", read.excluded_names)):
        if limits:
            yield label, _listed(limits)
    if read.unknown_critical:
        yield "critical", _listed(read.unknown_critical)


def _listed(texts: tuple[str, ...]) -> str:
    shown = ", ".join(visible(text, 80) for text in texts[:_NAMES])
    return shown + (f" and {len(texts) - _NAMES} more" if len(texts) > _NAMES else "")


def _uses(link: Link, read: Certificate) -> Iterator[str]:
    """What it may be used for: as a CA or not, its key usage, its extended key usage."""
    if read.version != 3:
        yield f"X.509 v{read.version}"
    if read.is_ca is not None:
        depth = f", path length {read.path_length}" if read.path_length is not None else ""
        critical = "" if read.basic_constraints_critical else ", not critical"
        yield f"CA:{str(read.is_ca).upper()}{depth}{critical}"
    else:
        yield "not marked as a CA" if link.role != "leaf" else "no Basic Constraints"
    if read.key_usage is not None:
        yield " ".join(read.key_usage).replace("_", "-") or "no key usage"
    if read.extended_key_usage is not None:
        yield " ".join(read.extended_key_usage)


def _verdicts(verdicts: tuple[ProfileVerdict, ...]) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for one in verdicts:
        mark = Text("trusted", "green") if one.trusted else Text("refused", "red")
        grid.add_row(Text(one.profile, "bold"), mark, Text(one.whose))
        for fault in one.faults[:8]:
            about = f" ({fault.subject})" if fault.subject else ""
            grid.add_row(Text(""), Text(""), Text(f"{fault.text}{about}"))
        if len(one.faults) > 8:
            grid.add_row(Text(""), Text(""), Text(f"and {len(one.faults) - 8} more"))
    return grid


def _finding(told: Told) -> RenderableType:
    one = told.finding
    head = Text.assemble(
        (f"{one.severity}[{one.code}]", _STYLES[one.severity]), ": ", (one.summary, "bold")
    )
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    if told.profiles:
        grid.add_row(Text("   |", "blue"), Text("for"), Text(", ".join(told.profiles)))
    for line in one.evidence:
        if line.label != "sent":  # the tree shows it
            grid.add_row(Text("   |", "blue"), Text(line.label), Text(line.text))
    rest = Table.grid()
    rest.add_column(no_wrap=True)
    rest.add_column(overflow="fold")
    if one.why:
        rest.add_row(Text("   = why: ", "blue"), Text(one.why))
    for number, sentence in enumerate(one.cure):
        label = Text("   = fix: " if number == 0 else "      or: ", "blue")
        owner = f"{one.owner}: " if number == 0 else ""
        rest.add_row(label, Text.assemble((owner, "blue"), sentence))
    return Group(head, grid, rest)


def _table(shown: Inspection) -> list[RenderableType]:
    """For each store the clients, and what each says now; later only what changes."""
    times = list(dict.fromkeys(one.at for one in shown.table))
    stores: dict[str, dict[str, list[WhatIf]]] = {}
    given = shown.material.given
    for one in shown.table:
        label = f"with {one.store}" if given and one.store == given.path else "with its own store"
        stores.setdefault(label, {}).setdefault(one.client, []).append(one)
    days = ", ".join(f"{moment:%Y-%m-%d}" for moment in times)
    parts: list[RenderableType] = [Text.assemble(("what if", "bold"), f"  on {days}")]
    for label, clients in stores.items():
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for client, rows in clients.items():
            grid.add_row(Text(f"  {client}"), _cell(rows))
        parts += [Text(visible(label, 200)), grid]
    return parts


def _cell(rows: list[WhatIf]) -> Text:
    found = Text()
    said = ""
    for one in rows:
        word = "works" if one.works else one.code or "refused"
        if word != said:
            when = f"; on {one.at:%Y-%m-%d} " if said else ""
            found.append(when).append(word, "green" if one.works else "red")
        said = word
    return found


def _sum(shown: Inspection) -> Text:
    if not shown.verdicts:
        return Text("no chain was seen", "bold")
    refused = [one.profile for one in shown.verdicts if not one.trusted]
    if is_ok(shown):
        return Text("trusted by every profile asked", "bold")
    return Text(f"refused by {', '.join(refused)}", "bold")
