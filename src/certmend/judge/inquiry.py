"""Facts, arranged for judges: the cases, and which of them failed, and how.

Pure: everything here follows from the facts alone.
"""

from collections.abc import Iterator
from functools import cached_property

from certmend.judge.case import Case
from certmend.model.facts import Facts
from certmend.model.failure import Failure, Stage
from certmend.model.index import Purpose


class Inquiry:
    """The facts and their cases: what a cause judges."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.cases = tuple(Case(a, facts.client(a.client), facts) for a in facts.attempts)

    @cached_property
    def refused(self) -> tuple[Case, ...]:
        """The cases in which the client refused the server's certificate."""
        return tuple(case for case in self.cases if case.refused)

    @property
    def dated(self) -> tuple[Case, ...]:
        """The refused cases, and those that are refused at the time asked for (`--at`)."""
        return tuple(case for case in self.cases if case.refused or case.outlived)

    def pages(self, index: int) -> tuple[Case, ...]:
        """The package's page on an index, with the redirects from it; empty when none was asked."""
        cases = [case for case in self.cases if case.attempt.index == index]
        begun = [n for n, case in enumerate(cases) if case.attempt.purpose is Purpose.PACKAGE]
        if not begun:
            return ()
        after = cases[begun[0] :]
        return tuple(case for case in after if case.attempt.purpose is not Purpose.FILE)

    def failed(self, *reasons: str, stage: Stage | None = None) -> tuple[Case, ...]:
        """The cases that failed for one of these reasons (any, if none is named) at this stage.

        A client that stops at its own settings hides what its route would have met: certmend's
        own look at the host counts there too.
        """
        return tuple(
            case
            for case in self.cases
            for one in _failures(case)
            if (not reasons or one.reason in reasons) and stage in (None, one.stage)
        )


def _failures(case: Case) -> Iterator[Failure]:
    if case.failure is None:
        return
    yield case.failure
    hidden = case.probe.failure if case.probe else None
    if case.failure.stage == Stage.LOCAL and hidden is not None:
        yield hidden
