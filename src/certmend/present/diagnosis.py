"""A diagnosis as data for other programs: `certmend/diagnosis/1`, and its JSON Schema."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from certmend.model import certificate
from certmend.model.attempt import Attempt
from certmend.model.client import ClientFacts
from certmend.model.finding import Severity
from certmend.model.index import Index
from certmend.model.report import Report
from certmend.model.text import visible
from certmend.present.finding_result import FindingResult, of

_NAMES_SHOWN = 100


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate of a chain."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: datetime | None
    not_after: datetime | None
    sha256: str
    serial: str
    key: str
    is_ca: bool


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one client says of an index."""

    client: str
    works: bool
    verified: bool
    """Whether it works because the client verified the server."""
    asked: bool
    """False: predicted from the client's settings, since it is not installed."""
    stage: str
    reason: str
    verify_code: int | None


class IndexResult(msgspec.Struct, frozen=True, kw_only=True):
    """One index: where it was set, and how far the client came."""

    url: str
    origin: str
    purpose: str
    reached: bool
    addresses: tuple[str, ...]
    proxy: str
    protocol: str
    cipher: str
    status: int | None
    product: str
    chain: tuple[Certificate, ...]
    verdicts: tuple[Verdict, ...]
    """One for each client that was asked, pip first."""


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """The client that was asked."""

    name: str
    version: str
    python: str
    python_path: str
    openssl: str
    trust: str
    bundle: str


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer of `certmend diagnose --format json`."""

    schema: Literal["certmend/diagnosis/1"] = "certmend/diagnosis/1"
    version: str
    now: datetime
    ok: bool
    """Whether no finding is an error or a warning."""
    client: Client | None
    """The first of them."""
    clients: tuple[Client, ...]
    indexes: tuple[IndexResult, ...]
    findings: tuple[FindingResult, ...]


def diagnosis(report: Report) -> Diagnosis:
    """A report as data; everything in it is fit to be shown."""
    bad = (Severity.ERROR, Severity.WARNING)
    clients = tuple(_client(one) for one in report.facts.clients)
    return Diagnosis(
        version=report.facts.version,
        now=report.facts.now,
        ok=not any(finding.severity in bad for finding in report.findings),
        client=next(iter(clients), None),
        clients=clients,
        indexes=tuple(
            _index(number, one, report) for number, one in enumerate(report.facts.indexes)
        ),
        findings=tuple(of(FindingResult, one) for one in report.findings),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a diagnosis (draft 2020-12)."""
    made = msgspec.json.schema(Diagnosis)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _client(one: ClientFacts) -> Client:
    python = one.interpreter
    return Client(
        name=one.name,
        version=one.version,
        python=python.version if python else "",
        python_path=visible(python.path, 500) if python else "",
        openssl=python.openssl if python else "",
        trust=one.trust.mechanism,
        bundle=visible(one.trust.bundle, 500),
    )


def _index(number: int, index: Index, report: Report) -> IndexResult:
    tried = [one for one in report.facts.attempts if one.index == number]
    first = tried[0] if tried else None
    probe = first.probe if first else None
    sight = probe.sight if probe else None
    reply = next((one.reply for one in tried if one.reply is not None), None)
    return IndexResult(
        url=visible(str(index.url), 500),
        origin=str(index.origin),
        purpose=index.purpose.value,
        reached=bool(tried) and all(one.failure is None for one in tried),
        addresses=probe.addresses if probe else (),
        proxy=first.via if first else "",
        protocol=sight.protocol if sight else "",
        cipher=sight.cipher if sight else "",
        status=reply.status if reply else None,
        product=reply.product if reply else "",
        chain=tuple(_certificate(der) for der in _chain(first)),
        verdicts=tuple(
            Verdict(
                client=one.client,
                works=one.works,
                verified=one.verified,
                asked=one.asked,
                stage=one.stage,
                reason=one.reason,
                verify_code=one.verify_code,
            )
            for one in report.outcomes
            if one.index == number
        ),
    )


def _chain(attempt: Attempt | None) -> tuple[bytes, ...]:
    if attempt is None or attempt.probe is None or attempt.probe.sight is None:
        return ()
    return attempt.probe.sight.chain


def _certificate(der: bytes) -> Certificate:
    read = certificate.read(der)
    names = (*read.dns_names, *read.ip_addresses)[:_NAMES_SHOWN]
    return Certificate(
        subject=visible(read.subject.text, 500),
        issuer=visible(read.issuer.text, 500),
        names=tuple(visible(name) for name in names),
        not_before=read.not_before if read.readable else None,
        not_after=read.not_after if read.readable else None,
        sha256=read.sha256,
        serial=f"{read.serial:x}",
        key=f"{read.key} {read.key_bits}".strip() if read.key == "RSA" else read.key,
        is_ca=read.is_ca is True,
    )
