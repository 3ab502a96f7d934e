"""This Python has no working ssl module.

## What you see
    the ssl module in Python is not available
    Can't connect to HTTPS URL because the SSL module is not available

## Why
Python was built without OpenSSL's headers, or the OpenSSL library that it was built with is gone.

## Fix
Install a Python with ssl, or build it again with OpenSSL's development package installed.

## Never
Using http:// instead.

## Try it
    certmend lab run no-ssl-module -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.client import ClientProblem
from certmend.model.finding import Certainty, Evidence, Finding, Severity
from certmend.model.text import visible


@cause(rank=10, supersedes=("unreachable", "connection-closed"))
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """The interpreter's own word that it cannot load ssl."""
    for client in inquiry.facts.clients:
        if client.problem is ClientProblem.NO_SSL:
            path = client.interpreter.path if client.interpreter else "the interpreter"
            yield Finding(
                code="no-ssl-module",
                severity=Severity.ERROR,
                certainty=Certainty.PROVEN,
                summary=f"the Python that runs {client.name} has no working ssl module",
                client=client.label,
                where=visible(path, 300),
                evidence=(Evidence(label="said", text=visible(client.detail, 300)),),
                why="Without it no https:// index can be reached, whatever is trusted.",
                cure=(
                    "Install a Python with ssl (Debian: `apt install python3`), or build this one "
                    "again with OpenSSL's development package (libssl-dev, openssl-devel).",
                ),
            )
