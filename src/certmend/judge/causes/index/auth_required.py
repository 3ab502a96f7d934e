"""The index wants credentials, or refuses these.

## What you see
    401 Client Error: Unauthorized
    403 Client Error: Forbidden

## Why
The index is private and the request carried no credentials, or wrong or expired ones.

## Fix
Give credentials in the index URL, in a netrc file or by keyring.

## Never
Writing a token into a file that is committed.

## Try it
    certmend lab run auth-required -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Evidence, Finding


@cause(rank=71)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """401, or 403, over a connection that the client verified."""
    for case in inquiry.cases:
        reply = case.attempt.reply
        if reply is None or reply.status not in (401, 403):
            continue
        given = reply.sent_credentials or case.attempt.url.has_credentials
        words = "refuses these credentials" if given else "wants credentials"
        yield case.finding(
            "auth-required",
            f"{case.endpoint} {words} ({reply.status})",
            evidence=(
                Evidence(label="answer", text=f"{reply.status} {reply.realm}".strip()),
                *((Evidence(label="product", text=reply.product),) if reply.product else ()),
            ),
            why="The connection is fine and verified; the index does not let this user in.",
            cure=(
                "Give valid credentials: in the index URL (https://USER:TOKEN@HOST/…), in a netrc "
                "file, or by keyring.",
                *(
                    ("pip asks keyring only after a 401: this index answers 403.",)
                    if reply.status == 403 and case.client.name == "pip"
                    else ()
                ),
            ),
        )
