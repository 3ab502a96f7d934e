"""What every client is set to, for a person: findings, one table, then the settings of each."""

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from certmend.model.client import WEBPKI, ClientFacts, Trust
from certmend.model.facts import Facts
from certmend.model.report import Report
from certmend.model.setting import Meaning, Role, Setting
from certmend.model.text import visible
from certmend.model.view import View
from certmend.present.configuration import value_of
from certmend.present.formats.text import finding_block, hanging, sum_line
from certmend.present.grouping import grouped
from certmend.present.printing import printed

_STYLES = {Role.USED: "green", Role.OVERRIDDEN: "yellow", Role.IGNORED: "yellow"}


def render(report: Report, view: View) -> str:
    """The table of all clients first, then each client's settings, then what is wrong."""
    facts = report.facts
    parts: list[RenderableType] = [_table(facts), Text()]
    for client in facts.clients:
        parts += [*_details(client, facts), Text()]
    for finding, others in grouped(report.findings):
        parts += [finding_block(finding, others, view), Text()]
    parts.append(sum_line(report))
    return printed(parts, view, 60)


def _table(facts: Facts) -> RenderableType:
    """One line for each client; a column that nobody has a value for is left out."""
    rows = [_row(client, facts) for client in facts.clients]
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
    heads = ("client", "index", "trusts", "proxy", "unverified")
    kept = [number for number in range(5) if number < 3 or any(row[number] for row in rows)]
    for number in kept:
        table.add_column(heads[number], overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(row[number] or "-" for number in kept))
    return table


def _row(client: ClientFacts, facts: Facts) -> tuple[str, ...]:
    hosts = list(dict.fromkeys(_host(str(one.url)) for one in client.indexes))
    more = f" + {len(hosts) - 1} more" if len(hosts) > 1 else ""
    proxy = _host(value_of(client, Meaning.PROXY))
    return (
        f"{client.name} {client.version}".strip(),
        f"{hosts[0]}{more}" if hosts else "",
        _trusts(client.trust, facts),
        proxy.rpartition("@")[2],
        _unverified(client),
    )


def _host(url: str) -> str:
    """A URL, short enough for a table: its host, without credentials; a folder as it is."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return host or url.removeprefix("file://")


def _trusts(trust: Trust, facts: Facts) -> str:
    """The store in a few words; the paths stand below the table."""
    if trust.replaces and trust.bundle:
        return f"only {_file(trust.bundle)}{_problem(trust.bundle, facts)}"
    base = {
        "certifi": "its own roots",
        "truststore": "its own roots + the system's",
        "system": "the system's roots",
        "embedded": "the roots built into it",
        "node": "the roots built into it" if trust.embedded else "the system's roots",
    }.get(trust.mechanism, "the system's roots")
    if not trust.bundle:
        return base
    return f"{base} + {_file(trust.bundle)}{_problem(trust.bundle, facts)}"


def _file(path: str) -> str:
    return visible(path.rstrip("/").rpartition("/")[2] or path, 60)


def _problem(path: str, facts: Facts) -> str:
    store = facts.store(path)
    return f" ({store.detail})" if store is not None and store.problem is not None else ""


def _unverified(client: ClientFacts) -> str:
    if not client.verifies:
        return "everything"
    hosts = [*client.trusted_hosts, *(one.scope for one in client.scoped if not one.verifies)]
    return ", ".join(visible(host, 60) for host in hosts)


def _details(client: ClientFacts, facts: Facts) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(client.label, "bold")]
    if client.documented:
        parts.append(hanging("  note   ", f"{client.documented}."))
    elif not client.installed:
        told = f"not installed here; {client.found_by} tells of it"
        parts.append(hanging("  note   ", told))
    elif client.detail:
        parts.append(hanging("  note   ", client.detail))
    for number, index in enumerate(client.indexes):
        label = "  index  " if number == 0 else "         "
        parts.append(hanging(label, f"{index.url}  ({index.origin})"))
    parts += _stores(client, facts)
    first = facts.clients[0]
    if client is not first and len(client.settings) > 3 and client.settings == first.settings:
        parts.append(hanging("  set    ", f"what {first.name} is set to, above"))
    else:
        parts += [_setting(one) for one in client.settings if _matters(one)]
        parts += _elsewhere(client)
    for child in client.children:
        if child.drops:
            drops = ", ".join(child.drops)
            parts.append(
                hanging(
                    "  child  ", f"{child.name} ({child.runs}) does not see {drops}: {child.why}"
                )
            )
    return parts


def _matters(one: Setting) -> bool:
    """Whether a setting is about indexes, trust or verification, and meant for this client."""
    return one.meaning is not Meaning.OTHER and not one.for_others


def _elsewhere(client: ClientFacts) -> list[RenderableType]:
    """The variables about certificates that only other programs read, on one line."""
    names = [one.origin.name for one in client.settings if one.for_others]
    if not names:
        return []
    return [hanging("  unread ", f"{', '.join(names)}: {client.name} reads none of them")]


def _stores(client: ClientFacts, facts: Facts) -> list[RenderableType]:
    trust = client.trust
    lines = [trust.embedded] if trust.embedded else []
    lines += [_counted(path, facts) for path in trust.stores]
    parts = [
        hanging("  trust  " if number == 0 else "         ", line)
        for number, line in enumerate(lines or ["nothing"])
    ]
    notes = []
    if trust.verify_flags & 0x20:
        notes.append("strict (RFC 5280)")
    if not trust.reads_common_name:
        notes.append("reads no common name")
    if trust.verifier == WEBPKI:
        notes.append("verified by webpki, not by OpenSSL")
    if notes:
        parts.append(hanging("  rules  ", ", ".join(notes)))
    return parts


def _counted(path: str, facts: Facts) -> str:
    store = facts.store(path)
    shown = visible(path, 300)
    if store is None:
        return shown
    if store.problem is not None:
        return f"{shown}  ({store.detail})"
    return (
        f"{shown}  ({store.count} certificates)"
        if store.count != 1
        else f"{shown}  (1 certificate)"
    )


def _setting(one: Setting) -> RenderableType:
    scope = f" for {one.scope}" if one.scope else ""
    state = str(one.role)
    if one.why:
        state += f": {one.why}"
    if one.overrides:
        state += f", beats {', '.join(one.overrides)}"
    mark = "  set    " if one.role is Role.USED else "  not    "
    text = f"{one.origin} = {one.value}{scope}  ({state})"
    return hanging(mark, text, _STYLES[one.role])
