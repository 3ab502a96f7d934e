"""The URL answers, but is no package index.

## What you see
    404 Client Error: Not Found
    Skipping page because the GET request got Content-Type

## Why
The path is wrong (often /simple/ is missing), or a login page answers.

## Fix
Correct the URL: the index root of most registries ends in /simple/.

## Never
Guessing paths with credentials in the URL.

## Try it
    certmend lab run not-an-index -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Case, Inquiry
from certmend.model.finding import Evidence, Finding
from certmend.model.index import Purpose
from certmend.model.text import visible

_ROOTS = (Purpose.INDEX, Purpose.EXTRA_INDEX)


@cause(rank=70, supersedes=("package-not-found",))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A page that is no index, unless its package pages work."""
    for number in range(len(inquiry.facts.indexes)):
        cases = [case for case in inquiry.cases if case.attempt.index == number]
        pages = [
            case
            for case in cases
            if case.attempt.purpose in (*_ROOTS, Purpose.PACKAGE, Purpose.REDIRECT)
        ]
        if (
            pages
            and all(case.connected for case in pages)
            and not any(_fine(case) for case in pages)
        ):
            yield _finding(pages[0])


def _fine(case: Case) -> bool:
    reply = case.attempt.reply
    if reply is None or reply.status in (401, 403, 407, 429) or reply.status >= 500:
        return True  # another answer than "this is no index"
    return reply.status == 200 and reply.is_index


def _finding(case: Case) -> Finding:
    reply = case.attempt.reply
    status = reply.status if reply else 0
    kind = reply.content_type if reply else ""
    title = reply.title if reply else ""
    origin = case.facts.indexes[case.attempt.index].origin
    return case.finding(
        "not-an-index",
        f"{visible(str(case.attempt.url), 200)} is no package index",
        where=str(origin),
        evidence=(
            Evidence(label="answer", text=f"{status} {kind}".strip()),
            *((Evidence(label="title", text=title),) if title else ()),
        ),
        why="The connection is fine; what answers there is no simple index (PEP 503, PEP 691).",
        cure=(f"Correct the URL where it is set ({origin}); most index roots end in /simple/.",),
    )
