"""A gate as data: `certmend/check/1`, and its JSON Schema."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from certmend.model.gate import Gate, Kind, Trouble


class LineResult(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that must be right."""

    kind: Kind
    subject: str
    client: str
    ok: bool
    text: str
    days: int | None
    """Until the first certificate expires."""
    troubles: tuple[Trouble, ...]


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer of `certmend check --format json`."""

    schema: Literal["certmend/check/1"] = "certmend/check/1"
    version: str
    now: datetime
    min_days: int
    ok: bool
    lines: tuple[LineResult, ...]


def result(gate: Gate) -> CheckResult:
    """A gate as data."""
    return CheckResult(
        version=gate.version,
        now=gate.now,
        min_days=gate.min_days,
        ok=gate.ok,
        lines=tuple(
            LineResult(
                kind=one.kind,
                subject=one.subject,
                client=one.client,
                ok=one.ok,
                text="" if one.troubles else one.text,
                days=one.days,
                troubles=one.troubles,
            )
            for one in gate.lines
        ),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a check (draft 2020-12)."""
    made = msgspec.json.schema(CheckResult)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
