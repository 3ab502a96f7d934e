"""The clock of this machine is wrong; the certificate is fine.

## What you see
    certificate verify failed: certificate is not yet valid
    certificate verify failed: certificate has expired

## Why
Dates are checked against the local clock. Where verified servers all say another time, or the
clock stands before certmend's own roots were made, the clock is wrong.

## Fix
Set the clock: `timedatectl set-ntp true`, or the hypervisor's time synchronisation.

## Never
Having certificates issued for a wrong clock.

## Try it
    certmend lab run clock-skew -- pip download billing
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Certainty, Evidence, Finding

_TOLERATED = timedelta(minutes=10)


@cause(rank=41, supersedes=("expired", "not-yet-valid", "issuer-expired"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A chain refused for its dates, that is fine at the time that others tell."""
    told = _times(inquiry)
    for case in inquiry.refused:
        if not case.verify_codes() & {9, 10}:
            continue
        floor = inquiry.facts.machine.clock_floor
        if floor is not None and inquiry.facts.now < floor:
            yield _finding(case, (("certmend's roots", floor),), Certainty.PROVEN)
        elif told and _fine_then(case, told):
            proven = len({host for host, _ in told}) > 1
            yield _finding(case, told, Certainty.PROVEN if proven else Certainty.LIKELY)


def _times(inquiry: Inquiry) -> tuple[tuple[str, datetime], ...]:
    """What verified servers say of the time, where it differs from the local clock."""
    found: dict[str, datetime] = {}
    for case in inquiry.cases:
        reply = case.attempt.reply
        if reply is None or not reply.date or not case.attempt.verifies:
            continue
        try:
            told = parsedate_to_datetime(reply.date).astimezone(UTC)
        except (TypeError, ValueError):
            continue
        local = datetime.fromtimestamp(reply.received, UTC)
        if abs(told - local) > _TOLERATED:
            found.setdefault(case.endpoint, inquiry.facts.now + (told - local))
    return tuple(found.items())


def _fine_then(case: Case, told: tuple[tuple[str, datetime], ...]) -> bool:
    moment = told[0][1]
    return bool(case.chain) and all(one.not_before <= moment <= one.not_after for one in case.chain)


def _finding(case: Case, told: tuple[tuple[str, datetime], ...], certainty: Certainty) -> Finding:
    now = case.facts.now
    lines = [Evidence(label="clock", text=f"{now:%Y-%m-%d %H:%M} UTC on this machine")]
    lines += [
        Evidence(label="told", text=f"{moment:%Y-%m-%d %H:%M} UTC by {host}")
        for host, moment in told
    ]
    if case.leaf is not None:
        valid = f"{case.leaf.not_before:%Y-%m-%d} to {case.leaf.not_after:%Y-%m-%d}"
        lines.append(Evidence(label="valid", text=f"{case.leaf}: {valid}"))
    return case.finding(
        "clock-skew",
        f"this machine's clock is wrong, so {case.client.name} refuses {case.endpoint}",
        certainty=certainty,
        evidence=lines,
        why="The certificate is valid at the time that others tell, not at the local one.",
        cure=("Set the clock: `timedatectl set-ntp true`, or turn on time synchronisation.",),
    )
