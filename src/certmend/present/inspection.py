"""An inspection as data for other programs: `certmend/inspection/1`, and its JSON Schema."""

from datetime import datetime
from typing import Any, Literal

import msgspec

import certmend
from certmend.model import certificate
from certmend.model.finding import Certainty, Evidence, Owner, Severity
from certmend.model.inspection import FaultLine, Inspection, Link, WhatIf
from certmend.model.text import visible
from certmend.present.finding_result import of

_NAMES_SHOWN = 100


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate of the tree, from the server's own upwards; then the superfluous ones."""

    position: int
    """Its place in what was sent, from 1; 0 when it was not sent."""
    role: str
    state: str
    subject: str
    issuer: str
    version: int
    serial: str
    names: tuple[str, ...]
    not_before: datetime | None
    not_after: datetime | None
    days_left: int | None
    key: str
    signature: str
    is_ca: bool | None
    path_length: int | None
    key_usage: tuple[str, ...] | None
    extended_key_usage: tuple[str, ...] | None
    permitted_names: tuple[str, ...]
    excluded_names: tuple[str, ...]
    authority_key_id: str
    subject_key_id: str
    unknown_critical: tuple[str, ...]
    sha256: str
    stores: tuple[str, ...]
    """The stores of this machine that hold it."""
    problems: tuple[str, ...]
    """What could not be read of it."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one profile says, with every fault that its verifier finds."""

    profile: str
    clients: str
    trusted: bool
    error: int | None
    anchor: str
    """The SHA-256 of the certificate that ends the path; empty when none does."""
    faults: tuple[FaultLine, ...]


class FindingResult(msgspec.Struct, frozen=True, kw_only=True):
    """One cause, and the profiles that it is for; `code` never changes its meaning."""

    code: str
    severity: Severity
    certainty: Certainty
    profiles: tuple[str, ...]
    summary: str
    evidence: tuple[Evidence, ...]
    why: str
    owner: Owner
    cure: str
    alternatives: tuple[str, ...]


class InspectionResult(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer of `certmend inspect --format json`."""

    schema: Literal["certmend/inspection/1"] = "certmend/inspection/1"
    version: str
    target: str
    host: str
    at: datetime
    ok: bool
    """Whether there is a chain that every profile asked for takes."""
    ordered: bool
    notes: tuple[str, ...]
    chain: tuple[Certificate, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[FindingResult, ...]
    what_if: tuple[WhatIf, ...]


def data(shown: Inspection) -> InspectionResult:
    """An inspection as data; everything in it is fit to be shown."""
    material = shown.material
    return InspectionResult(
        version=certmend.__version__,
        target=material.target,
        host=visible(material.host, 300),
        at=material.at,
        ok=is_ok(shown),
        ordered=shown.ordered,
        notes=material.notes,
        chain=tuple(_certificate(one, material.at) for one in shown.links),
        verdicts=tuple(
            Verdict(
                profile=one.profile,
                clients=one.whose,
                trusted=one.trusted,
                error=one.error,
                anchor=one.anchor,
                faults=one.faults,
            )
            for one in shown.verdicts
        ),
        findings=tuple(
            of(FindingResult, one.finding, profiles=one.profiles) for one in shown.findings
        ),
        what_if=tuple(
            msgspec.structs.replace(one, store=visible(one.store, 300)) for one in shown.table
        ),
    )


def is_ok(shown: Inspection) -> bool:
    """Whether there is a chain, and every profile that was asked takes it."""
    return bool(shown.verdicts) and all(one.trusted for one in shown.verdicts)


def render(shown: Inspection) -> str:
    """One JSON object, indented, with a line end."""
    return msgspec.json.format(msgspec.json.encode(data(shown)), indent=2).decode() + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of an inspection (draft 2020-12)."""
    made = msgspec.json.schema(InspectionResult)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _certificate(link: Link, at: datetime) -> Certificate:
    read = certificate.read(link.der)
    names = (*read.dns_names, *read.ip_addresses)[:_NAMES_SHOWN]
    return Certificate(
        position=link.position,
        role=link.role,
        state=link.state,
        subject=visible(read.subject.text, 500),
        issuer=visible(read.issuer.text, 500),
        version=read.version,
        serial=f"{read.serial:x}",
        names=tuple(visible(name) for name in names),
        not_before=read.not_before if read.readable else None,
        not_after=read.not_after if read.readable else None,
        days_left=(read.not_after - at).days if read.readable else None,
        key=key(read),
        signature=read.signature_hash,
        is_ca=read.is_ca,
        path_length=read.path_length,
        key_usage=read.key_usage,
        extended_key_usage=read.extended_key_usage,
        permitted_names=_shown(read.permitted_names),
        excluded_names=_shown(read.excluded_names),
        authority_key_id=(read.authority_key_id or b"").hex(),
        subject_key_id=(read.subject_key_id or b"").hex(),
        unknown_critical=read.unknown_critical,
        sha256=read.sha256,
        stores=_shown(link.stores),
        problems=read.problems,
    )


def _shown(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(visible(text, 300) for text in texts[:_NAMES_SHOWN])


def key(read: certificate.Certificate) -> str:
    """The kind and size of a key, as people say it."""
    return f"RSA {read.key_bits}" if read.key == "RSA" else read.key
