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

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model import failure
from certmend.model.finding import Certainty, Evidence, Finding, Owner, Severity
from certmend.model.index import Index, Purpose
from certmend.model.text import visible

_ROOTS = (Purpose.INDEX, Purpose.EXTRA_INDEX)
_ON = (Purpose.PACKAGE, Purpose.REDIRECT)
_OK = 200
_NO = 404


@cause(rank=70, supersedes=("package-not-found",))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A root that is no index, unless its package pages work; or a package's page that is none."""
    for index in inquiry.facts.indexes:
        if index.problem and index.purpose is not Purpose.REQUIREMENT:
            yield _nowhere(inquiry, index)
    for number in range(len(inquiry.facts.indexes)):
        cases = [case for case in inquiry.cases if case.attempt.index == number]
        asked = inquiry.pages(number)
        pages = [case for case in cases if case.attempt.purpose in (*_ROOTS, *_ON) and _told(case)]
        if not pages or not all(case.attempt.reply is not None for case in pages):
            continue
        if not any(_fine(case) for case in pages):
            end = next((case for case in pages if not _leads_on(case)), pages[0])
            yield _finding(pages[0], end, sure=bool(inquiry.facts.package) or _status(end) == _OK)
        elif asked and inquiry.facts.package and not _fine(asked[-1]) and _status(asked[-1]) != _NO:
            yield _finding(asked[-1], asked[-1], sure=True)
    for case in inquiry.failed(failure.BAD_ANSWER):
        yield _unreadable(case)


def _nowhere(inquiry: Inquiry, index: Index) -> Finding:
    """A place that pip ignores without a look at the network."""
    client, origin = inquiry.facts.clients[0], visible(str(index.origin), 300)
    place = visible(index.url.path if index.url.scheme == "file" else str(index.url), 200)
    bare = not place.startswith(("/", ".", "~")) and index.url.scheme == "file"
    right = f"`https://{place}`" if bare else "its URL, or the folder's path"
    return Finding(
        code="not-an-index",
        severity=Severity.ERROR,
        certainty=Certainty.PROVEN,
        summary=f"{client.name} ignores {place}: {index.problem}",
        index=visible(str(index.url), 300),
        client=client.label,
        where=origin,
        evidence=(Evidence(label="setting", text=f"{origin} = {place}"),),
        why=f"{client.label} looks at a URL with a scheme, or a folder that is there; all else it "
        "leaves out, with a warning.",
        cure=(f"Correct it where it is set ({origin}): write {right}.",),
    )


def _unreadable(case: Case) -> Finding:
    return case.finding(
        "not-an-index",
        f"{visible(str(case.attempt.url), 200)} answers with what {case.client.name} cannot read",
        evidence=case.said(),
        why="The connection is fine and verified; the answer itself is broken.",
        owner=Owner.REGISTRY,
        cure=("Look into the configuration of the registry, and of the proxy before it.",),
    )


def _told(case: Case) -> bool:
    """Whether anything is known of it: some clients say of an answer only that there was one."""
    return case.attempt.reply is not None or case.attempt.failure is not None


def _fine(case: Case) -> bool:
    reply = case.attempt.reply
    if reply is None or reply.status in (401, 403, 407, 429) or reply.status >= 500:
        return True  # another answer than "this is no index"
    return reply.status == _OK and reply.is_index


def _status(case: Case) -> int:
    return case.attempt.reply.status if case.attempt.reply else 0


def _leads_on(case: Case) -> bool:
    reply = case.attempt.reply
    return reply is not None and 300 <= reply.status < 400 and bool(reply.location)


def _finding(case: Case, end: Case, *, sure: bool) -> Finding:
    """`end` is the first place on the way that does not lead on, if there is one."""
    reply = end.attempt.reply
    circle = _leads_on(end)
    there = visible(str(end.attempt.url), 200)
    status = reply.status if reply else 0
    kind = reply.content_type if reply else ""
    title = reply.title if reply else ""
    origin = case.facts.indexes[case.attempt.index].origin
    return case.finding(
        "not-an-index",
        f"{visible(str(case.attempt.url), 200)} "
        + ("redirects again and again, and never to an index" if circle else "is no package index"),
        certainty=Certainty.PROVEN if sure else Certainty.LIKELY,
        where=str(origin),
        evidence=(
            Evidence(label="answer", text=f"{status} {kind}".strip()),
            *((Evidence(label="title", text=title),) if title else ()),
            *((Evidence(label="leads to", text=reply.location),) if reply and circle else ()),
            *((Evidence(label="from", text=there),) if end is not case else ()),
        ),
        why="The connection is fine; what answers there is no simple index (PEP 503, PEP 691).",
        cure=(
            f"Correct the URL where it is set ({origin}); most index roots end in /simple/.",
            *(() if sure else ("If it is right: name a package that it holds, with `--package`.",)),
        ),
    )
