"""A CA in the chain is not allowed to issue for this name.

## What you see
    certificate verify failed: permitted subtree violation
    certificate verify failed: excluded subtree violation

## Why
The CA certificate limits the names it may issue for (Name Constraints), and this host is outside.

## Fix
Use a name inside the limits, or have another CA issue the certificate.

## Never
Taking the constraints away by trusting the server's certificate itself.

## Try it
    certmend lab run name-constraint -- pip download billing
"""

from collections.abc import Iterable, Iterator

from certmend.judge import verdicts
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model import certificate
from certmend.model.certificate import Certificate
from certmend.model.finding import Evidence, Finding
from certmend.model.text import visible

_OUTSIDE = frozenset({47, 48})
_UNUSABLE = frozenset({49, 51, 52, 53})
"""Limits, or a name, that OpenSSL cannot compare: it refuses what it cannot check."""
_SHOWN = 8


@cause(rank=64)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's permitted or excluded subtree violation, or limits that it cannot apply."""
    for case, _ in verdicts.about(inquiry, _OUTSIDE | _UNUSABLE):
        ca = _limiting(case)
        outside = bool(case.verify_codes() & _OUTSIDE)
        yield verdicts.said(
            case,
            "name-constraint",
            f"{ca or 'a CA in the chain'} is not allowed to issue for {case.endpoint}"
            if outside
            else f"the names that {ca or 'a CA'} may issue for cannot be checked "
            f"for {case.endpoint}",
            evidence=(Evidence(label="allowed", text=_limits(ca) or "see the CA's certificate"),),
            why="The CA's certificate limits the names it may issue for, and this one is outside."
            if outside
            else "OpenSSL refuses a limit, or a name, of a kind or form that it cannot compare.",
            cure=("Have a certificate by a CA that is allowed this name, or use another name.",)
            if outside
            else ("Have the CA team correct the limits in its certificate, or the names in this.",),
            is_leaf=False,
        )


def _limiting(case: Case) -> Certificate | None:
    known = (*case.chain[1:], *(certificate.read(der) for der in case.anchors))
    return next((one for one in known if one.permitted_names or one.excluded_names), None)


def _limits(ca: Certificate | None) -> str:
    if ca is None:
        return ""
    pairs = (("only", ca.permitted_names), ("not", ca.excluded_names))
    return ", ".join(f"{word} {_listed(names)}" for word, names in pairs if names)


def _listed(names: Iterable[str]) -> str:
    found = tuple(names)
    shown = ", ".join(visible(name, 80) for name in found[:_SHOWN])
    return shown if len(found) <= _SHOWN else f"{shown} and {len(found) - _SHOWN} more"
