"""One finding for a verify code: what most causes of the certificate profile have in common."""

from collections.abc import Iterable, Iterator

from certmend.judge.case import Case
from certmend.judge.inquiry import Inquiry
from certmend.judge.question import CA_AS_LEAF, LIMIT, NO_SUCH_HOST
from certmend.model.certificate import Certificate
from certmend.model.finding import Evidence, Finding, Owner

TOLD = frozenset(
    {2, 4, 7, 9, 10, *range(18, 29), 32, 34, 37, 38, 40, 44, 47, 48, 49, 51, 52, 53, 62, 64}
    | {*range(66, 69), *range(76, 95), 102, 103, CA_AS_LEAF, NO_SUCH_HOST, LIMIT}
)
"""The verify codes that a cause of their own explains."""


def about(inquiry: Inquiry, codes: Iterable[int]) -> Iterator[tuple[Case, Certificate]]:
    """The refused cases with one of these verify codes, and the certificate that it is about."""
    wanted = frozenset(codes)
    for case in inquiry.refused:
        if not wanted & case.verify_codes():
            continue
        bad = next((about for _, about in case.about(wanted)), case.leaf)
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
