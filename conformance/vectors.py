"""Reading vectors, and comparing a profile's verdict with the one that is on record."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from certmend.judge import path, profiles, words
from certmend.judge.question import CA_AS_LEAF, Answer, Question
from certmend.model.client import WEBPKI

LIMITS = {
    "openssl": 1.0,
    "openssl-strict": 1.0,
    "openssl-nocn": 1.0,
    "webpki": 0.99,
}
"""The share of verdicts that must agree."""


class Compared(NamedTuple):
    """One case with one profile."""

    case: str
    profile: str
    agrees: bool
    """Whether the verdict, and for OpenSSL its first error, is one of those on record."""
    all_agree: bool
    """Whether every error with its depth agrees, where all are on record."""
    ours: str
    theirs: str


def compare(file: Path) -> Iterator[Compared]:
    """Every case with every profile that it has a verdict for."""
    content = json.loads(file.read_bytes())
    pool = [base64.b64decode(one) for one in content["pool"]]
    for case in content["cases"]:
        for name, recorded in case["oracle"].items():
            yield _compared(case, name, recorded, path.answer(_question(case, name, pool)))


def _question(case: dict[str, Any], name: str, pool: list[bytes]) -> Question:
    profile = profiles.BY_NAME[name]
    return Question(
        chain=tuple(pool[number] for number in case["chain"]),
        anchors=tuple(pool[number] for number in case["trust"]),
        host=case["host"],
        at=datetime.fromtimestamp(case["at"], UTC),
        verifier=profile.verifier,
        flags=profile.flags,
        security_level=profile.security_level,
        common_name=profile.common_name,
    )


def _compared(
    case: dict[str, Any], name: str, recorded: dict[str, Any], answer: Answer
) -> Compared:
    right = (recorded, *recorded.get("also", ()))
    if profiles.BY_NAME[name].verifier == WEBPKI:
        agrees = any(answer.trusted == one["trusted"] for one in right)
    else:
        ours = (answer.trusted, answer.error)
        agrees = any(ours == (one["trusted"], one["error"]) for one in right)
    told = recorded.get("all")
    found = {(fault.code, fault.depth) for fault in answer.faults if fault.code < CA_AS_LEAF}
    return Compared(
        case=case["id"],
        profile=name,
        agrees=agrees,
        all_agree=told is None or {(code, depth) for code, depth in told} == found,
        ours="trusted" if answer.trusted else ", ".join(words.of(one) for one in answer.faults),
        theirs="trusted" if recorded["trusted"] else str(recorded["error"]),
    )
