"""The certificate is for other names.

## What you see
    certificate verify failed: Hostname mismatch, certificate is not valid for
    certificate verify failed: IP address mismatch, certificate is not valid for
    hostname 'a.example' doesn't match 'b.example'
    invalid peer certificate: NotValidForName

## Why
A client accepts a certificate only for the names in it. The URL uses an alias, an address or an old
name, or the server shows the certificate of another site.

## Fix
Use the name that is in the certificate, or have one issued that holds this name.

## Never
Trusting the host without verification: a certificate for another name is what an attacker has.

## Try it
    certmend lab run hostname-mismatch -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import gaps
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.inquiry import Inquiry
from certmend.judge.question import NO_SUCH_HOST
from certmend.model.finding import Evidence, Finding, Owner
from certmend.model.text import visible

_SHOWN = 8
_CODES = frozenset({62, 64, NO_SUCH_HOST})


@cause(rank=62)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """OpenSSL's name or address mismatch."""
    for case in inquiry.refused:
        leaf = case.leaf
        if leaf is None or not case.verify_codes() & _CODES:
            continue
        if case.url.rooted and not {fault.code for fault in case.all_faults} & _CODES:
            yield _by_dot(case)
        elif not leaf.names_unread or gaps.broken_link(case) is not leaf:
            yield _finding(case)


def _by_dot(case: Case) -> Finding:
    """Another name only by its dot: pip from 10 on, requests, uv, curl and npm leave that out."""
    host = visible(case.host)
    return case.finding(
        "hostname-mismatch",
        f"the certificate of {case.endpoint} is for the name without the dot at its end",
        evidence=(
            Evidence(label="asked", text=f"{host}."),
            Evidence(label="holds", text=host),
        ),
        why=f"{case.client.label} compares the name with its dot, and no certificate holds one.",
        cure=("Take the dot at the end of the host out of the URL.",),
    )


def _finding(case: Case) -> Finding:
    leaf = case.leaf
    names = (*leaf.dns_names, *leaf.ip_addresses) if leaf else ()
    shown = ", ".join(visible(name, 80) for name in names[:_SHOWN])
    if len(names) > _SHOWN:
        shown += f" and {len(names) - _SHOWN} more"
    common = f"only the common name {leaf}" if leaf else ""
    use = next((name for name in names if "*" not in name), "")
    cures = [f"Have a certificate issued that holds {visible(case.host)} among its names."]
    if use:
        cures.insert(
            0, f"Use a name that the certificate holds in the URL, such as {visible(use)}."
        )
    return case.finding(
        "hostname-mismatch",
        f"the certificate of {case.endpoint} is for other names",
        evidence=(
            Evidence(label="asked", text=visible(case.host)),
            Evidence(label="names", text=shown or common),
            Evidence(label="issuer", text=f'"{leaf.issuer}"' if leaf else ""),
        ),
        why=f"{case.client.label} accepts a certificate only for the name in the URL.",
        owner=Owner.REGISTRY,
        cure=cures,
    )
