"""The index works and does not hold that package.

## What you see
    No matching distribution found for
    Could not find a version that satisfies the requirement

## Why
No TLS problem at all: every index answers, and none has the package.

## Fix
Check the name, and whether the package was published to one of these indexes.

## Never
Changing trust settings: they are not at fault.

## Try it
    certmend lab run package-not-found -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding
from certmend.model.index import Purpose
from certmend.model.text import visible


@cause(rank=76)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """Every index answered, and none has a page with files for the package."""
    if not inquiry.facts.package or any(case.failure for case in inquiry.cases):
        return
    pages = [case for case in inquiry.cases if case.attempt.purpose is Purpose.PACKAGE]
    final = [
        case
        for case in inquiry.cases
        if case.attempt.purpose in (Purpose.PACKAGE, Purpose.REDIRECT)
    ]
    if not pages or any(case.attempt.reply and case.attempt.reply.files for case in final):
        return
    if all(
        case.attempt.reply is not None and case.attempt.reply.status in (200, 404) for case in pages
    ):
        yield _finding(pages)


def _finding(pages: list[Case]) -> Finding:
    first = pages[0]
    name = first.facts.package
    answers = [
        Evidence(
            label=case.endpoint,
            text=_answer(case),
        )
        for case in pages
    ]
    return first.finding(
        "package-not-found",
        f"no index holds the package {name}",
        evidence=answers,
        why="Every connection is verified and answered: trust is not the problem.",
        cure=(f"Check the name {name}, and whether it was published to one of these indexes.",),
    )


def _answer(case: Case) -> str:
    status = case.attempt.reply.status if case.attempt.reply else 0
    return f"{status} for {visible(str(case.attempt.url), 200)}"
