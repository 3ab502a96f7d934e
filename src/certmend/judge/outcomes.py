"""One verdict for each client and index: whether it works, and by whose word."""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.inquiry import Inquiry
from certmend.model.facts import Facts
from certmend.model.report import Outcome


def outcomes(facts: Facts) -> tuple[Outcome, ...]:
    """The outcomes in the order of the indexes, then of the clients."""
    return tuple(_all(Inquiry(facts)))


def _all(inquiry: Inquiry) -> Iterator[Outcome]:
    for number in range(len(inquiry.facts.indexes)):
        for client in inquiry.facts.clients:
            cases = [
                case
                for case in inquiry.cases
                if case.attempt.index == number and case.client.name == client.name
            ]
            if cases:
                yield _one(number, cases)


def _one(number: int, cases: list[Case]) -> Outcome:
    failed = next((case for case in cases if case.failure is not None), None)
    failure = failed.failure if failed is not None else None
    return Outcome(
        index=number,
        client=cases[0].client.name,
        works=failure is None,
        verified=failure is None and all(case.attempt.verifies for case in cases),
        asked=all(case.attempt.asked for case in cases),
        stage=failure.stage.value if failure is not None else "",
        reason=failure.reason if failure is not None else "",
        verify_code=failure.verify_code if failure is not None else None,
    )
