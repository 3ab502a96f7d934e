"""This pip, Python or OpenSSL is too old for the server or for the fix.

## What you see
    ValueError: check_hostname requires server_hostname

## Why
Some versions cannot do what the index needs: pip 24.2 to 26.0.1 on Python 3.10 and later crash on
an index given by its address, and pip before 22.2 reads no index page in JSON.

## Fix
Upgrade pip, from an index that works: `python -m pip install --upgrade pip`.

## Never
Turning verification off to get round a bug.

## Try it
    certmend lab run outdated-client -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model import failure
from certmend.model.client import ClientFacts, ClientProblem
from certmend.model.finding import Certainty, Evidence, Finding, Severity
from certmend.model.index import Reply
from certmend.model.text import visible


@cause(
    rank=11, supersedes=("hostname-mismatch", "sni-missing", "not-an-index", "package-not-found")
)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A defect of the client's version, or a client that cannot start."""
    for case in inquiry.failed(failure.CLIENT_DEFECT):
        yield case.finding(
            "outdated-client",
            f"{case.client.name} {case.client.version} cannot use an index given by its address",
            evidence=case.said(),
            why="pip 24.2 to 26.0.1 on Python 3.10 and later crash on it; 26.1.2 does not.",
            cure=(
                "Upgrade pip to 26.1.2 or later.",
                "Use the server's name in the URL, if its certificate holds one.",
            ),
        )
    for case in inquiry.cases:
        reply = case.attempt.reply
        if reply is not None and reply.too_new:
            yield _unread(case, reply)
    for client in inquiry.facts.clients:
        if client.problem in (ClientProblem.NO_PIP, ClientProblem.BROKEN_PIP):
            yield _broken(client)


def _unread(case: Case, reply: Reply) -> Finding:
    return case.finding(
        "outdated-client",
        f"{case.client.name} {case.client.version} cannot read the pages of {case.endpoint}",
        evidence=(Evidence(label="answer", text=f"{reply.status} {reply.content_type}"),),
        why="pip reads index pages of this type (PEP 691) from 22.2 on, older ones only HTML.",
        cure=(
            "Upgrade pip to 22.2 or later, from an index that serves HTML.",
            "Have the registry serve HTML to clients that ask for it (PEP 691, version selection).",
        ),
    )


def _broken(client: ClientFacts) -> Finding:
    path = visible(client.interpreter.path, 300) if client.interpreter else "python"
    absent = client.problem is ClientProblem.NO_PIP
    return Finding(
        code="outdated-client",
        severity=Severity.ERROR,
        certainty=Certainty.PROVEN,
        summary=f"{path} has no pip" if absent else f"the pip of {path} does not start",
        client=client.label,
        where=path,
        evidence=(Evidence(label="said", text=visible(client.detail, 300)),),
        why="certmend asks the pip that a person would run, and there is none that answers.",
        cure=(f"`{path} -m ensurepip --upgrade` installs it; or name another with `--python`.",),
    )
