"""One finding for a verify code: what most causes of the certificate profile have in common."""

from collections.abc import Iterable, Iterator

from certmend.judge.inquiry import Case, Inquiry
from certmend.model import certificate
from certmend.model.certificate import Certificate
from certmend.model.finding import Evidence, Finding, Owner

TOLD = frozenset(
    {2, 7, 9, 10, *range(18, 28), 32, 34, 47, 48, 49, 51, 52, 53, 62, 64, *range(66, 69)}
    | {*range(76, 95), 102, 103}
)
"""The verify codes that a cause of their own explains."""


def about(inquiry: Inquiry, codes: Iterable[int]) -> Iterator[tuple[Case, Certificate]]:
    """The refused cases with one of these verify codes, and the certificate that it is about."""
    wanted = frozenset(codes)
    for case in inquiry.refused:
        if not wanted & case.verify_codes():
            continue
        fault = case.fault(wanted)
        known = (*case.chain, *(certificate.read(der) for der in case.anchors))
        bad = next((one for one in known if fault and one.sha256 == fault.sha256), case.leaf)
        if bad is not None:
            yield case, bad


def said(
    case: Case,
    code: str,
    summary: str,
    *,
    evidence: Iterable[Evidence],
    why: str,
    cure: Iterable[str],
    is_leaf: bool = True,
) -> Finding:
    """The finding: a leaf is the registry admin's to replace, a CA certificate the CA team's."""
    return case.finding(
        code,
        summary,
        evidence=(*case.chain_lines(), *evidence),
        why=why,
        owner=Owner.REGISTRY if is_leaf else Owner.CA,
        cure=cure,
    )
