"""What every client is set to, as data for other programs: `certmend/config/1`, and its schema."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from certmend.model.client import ClientFacts, Trust
from certmend.model.facts import Facts
from certmend.model.finding import Severity
from certmend.model.report import Report
from certmend.model.setting import Meaning, Role, Setting
from certmend.model.text import visible
from certmend.model.view import View
from certmend.present.finding_result import FindingResult, of


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One setting, where it was set, and what became of it."""

    key: str
    meaning: str
    value: str
    origin: str
    scope: str
    role: Role
    why: str
    overrides: tuple[str, ...]
    instead: str


class Store(msgspec.Struct, frozen=True, kw_only=True):
    """One file or folder that a client trusts; `certificates` is None for one not looked at."""

    path: str
    certificates: int | None
    problem: str


class TrustValue(msgspec.Struct, frozen=True, kw_only=True):
    """What a client verifies with."""

    stores: tuple[Store, ...]
    embedded: str
    bundle: str
    origin: str
    replaces: bool
    verifier: str
    strict: bool
    reads_common_name: bool


class IndexValue(msgspec.Struct, frozen=True, kw_only=True):
    """One index of a client, and its trust where a setting is for that index alone."""

    url: str
    origin: str
    purpose: str
    verifies: bool
    trust: TrustValue | None


class ChildValue(msgspec.Struct, frozen=True, kw_only=True):
    """A process that the client starts, and what of its trust does not reach it."""

    name: str
    runs: str
    drops: tuple[str, ...]
    why: str


class ClientValue(msgspec.Struct, frozen=True, kw_only=True):
    """One client."""

    name: str
    version: str
    installed: bool
    documented: str
    found_by: str
    python: str
    python_path: str
    problem: str
    indexes: tuple[IndexValue, ...]
    trust: TrustValue
    verifies: bool
    insecure_hosts: tuple[str, ...]
    proxy: str
    client_certificate: str
    settings: tuple[Value, ...]
    children: tuple[ChildValue, ...]


class Configuration(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer of `certmend config --format json`."""

    schema: Literal["certmend/config/1"] = "certmend/config/1"
    version: str
    now: datetime
    ok: bool
    """Whether no finding is an error or a warning."""
    clients: tuple[ClientValue, ...]
    findings: tuple[FindingResult, ...]


def configuration(report: Report) -> Configuration:
    """A report on settings as data; everything in it is fit to be shown."""
    bad = (Severity.ERROR, Severity.WARNING)
    return Configuration(
        version=report.facts.version,
        now=report.facts.now,
        ok=not any(finding.severity in bad for finding in report.findings),
        clients=tuple(_client(one, report.facts) for one in report.facts.clients),
        findings=tuple(of(FindingResult, one) for one in report.findings),
    )


def render(report: Report, _view: View) -> str:
    """One JSON object, indented, with a line end."""
    made = msgspec.json.encode(configuration(report))
    return msgspec.json.format(made, indent=2).decode() + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of a configuration (draft 2020-12)."""
    made = msgspec.json.schema(Configuration)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _client(one: ClientFacts, facts: Facts) -> ClientValue:
    python = one.interpreter
    return ClientValue(
        name=one.name,
        version=one.version,
        installed=one.installed,
        documented=one.documented,
        found_by=visible(one.found_by, 500),
        python=python.version if python else "",
        python_path=visible(python.path, 500) if python else "",
        problem=one.detail,
        indexes=tuple(_indexes(one, facts)),
        trust=_trust(one.trust, facts),
        verifies=one.verifies,
        insecure_hosts=tuple(visible(host, 300) for host in one.trusted_hosts),
        proxy=value_of(one, Meaning.PROXY),
        client_certificate=visible(one.client_cert, 500),
        settings=tuple(_value(setting) for setting in one.settings),
        children=tuple(
            ChildValue(name=c.name, runs=c.runs, drops=c.drops, why=c.why) for c in one.children
        ),
    )


def _indexes(client: ClientFacts, facts: Facts) -> tuple[IndexValue, ...]:
    found = []
    for index in client.indexes:
        url = str(index.url)
        own = next((one for one in client.scoped if url.startswith(one.url)), None)
        found.append(
            IndexValue(
                url=visible(url, 500),
                origin=str(index.origin),
                purpose=index.purpose.value,
                verifies=own.verifies if own else client.verifies,
                trust=_trust(own.trust, facts) if own and own.trust != client.trust else None,
            )
        )
    return tuple(found)


def _trust(trust: Trust, facts: Facts) -> TrustValue:
    return TrustValue(
        stores=tuple(_store(path, facts) for path in trust.stores),
        embedded=trust.embedded,
        bundle=visible(trust.bundle, 500),
        origin=visible(trust.bundle_origin, 500),
        replaces=trust.replaces,
        verifier=trust.verifier,
        strict=bool(trust.verify_flags & 0x20),
        reads_common_name=trust.reads_common_name,
    )


def _store(path: str, facts: Facts) -> Store:
    store = facts.store(path)
    return Store(
        path=visible(path, 500),
        certificates=store.count if store else None,
        problem=store.detail if store else "",
    )


def _value(setting: Setting) -> Value:
    return Value(
        key=setting.key,
        meaning=setting.meaning.value,
        value=setting.value,
        origin=str(setting.origin),
        scope=setting.scope,
        role=setting.role,
        why=setting.why,
        overrides=setting.overrides,
        instead=setting.instead,
    )


def value_of(client: ClientFacts, meaning: Meaning) -> str:
    """The value in force for what a setting decides; empty when none is set."""
    return next(
        (one.value for one in client.settings if one.meaning is meaning and one.role is Role.USED),
        "",
    )
