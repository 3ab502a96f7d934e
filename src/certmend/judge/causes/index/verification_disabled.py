"""Something turns certificate verification off.

## What you see
    InsecureRequestWarning: Unverified HTTPS request is being made

## Why
A trusted-host setting, or an empty CURL_CA_BUNDLE in older pip, makes the client accept any server.
It works, and anyone on the network can replace packages.

## Fix
Remove the setting, and give the client the CA that it lacks.

## Never
Keeping it because it works.

## Try it
    certmend lab run verification-disabled -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import audit, words
from certmend.judge.anchors import root_of
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.cures import trust_ca
from certmend.judge.inquiry import Inquiry
from certmend.model.client import ClientFacts
from certmend.model.finding import Evidence, Finding, Severity
from certmend.model.setting import Meaning, Role, Setting
from certmend.model.text import visible


@cause(rank=80)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """A host on which the client checks nothing."""
    for case in inquiry.cases:
        if not case.attempt.verifies and case.attempt.url.scheme == "https":
            yield _finding(case)
    if audit.asked(inquiry):
        for client in inquiry.facts.clients:
            switches = (one for one in client.settings if one.meaning is Meaning.INSECURE)
            for setting in switches:
                if setting.role is Role.USED:
                    yield from _switch(client, setting)
                elif setting.role is Role.IGNORED and setting.value:
                    yield _meant(client, setting)


def _meant(client: ClientFacts, setting: Setting) -> Finding:
    """A switch that does nothing: whoever set it wanted no verification, and did not get that."""
    origin = visible(str(setting.origin), 300)
    return audit.about(
        "verification-disabled",
        client,
        f"{origin} is meant to switch verification off, and {client.name} does not read it",
        where=origin,
        evidence=audit.lines(setting),
        why=f"{visible(setting.why, 300)}; another program here may read it.",
        cure=(f"Remove it ({origin}), and give {client.name} the CA that it lacks.",),
    )


def _switch(client: ClientFacts, setting: Setting) -> Iterator[Finding]:
    """A switch in force; one that is off, or has no effect, is told as what it was meant to be."""
    origin = visible(str(setting.origin), 300)
    scoped = {one.scope: one.verifies for one in client.scoped}
    off = not client.verifies or scoped.get(setting.scope) is False
    hosts = [one for one in setting.value.split() if one in client.trusted_hosts]
    if not off and not hosts:
        return
    what = ", ".join(visible(one, 100) for one in hosts[:5]) or setting.scope or "any server"
    yield audit.about(
        "verification-disabled",
        client,
        f"{client.name} does not verify {what}",
        where=origin,
        evidence=audit.lines(setting),
        why="Anyone on the network between can replace the packages that come from there.",
        cure=(f"Remove it ({origin}), and give {client.name} the CA that it lacks.",),
    )


def _finding(case: Case) -> Finding:
    hosts = ", ".join(visible(host) for host in case.client.trusted_hosts[:5])
    switches = (s for s in case.client.settings if s.meaning is Meaning.INSECURE)
    setting = next((s for s in switches if s.role is Role.USED), None)
    where = str(setting.origin) if setting else "CURL_CA_BUNDLE" if not hosts else "trusted-host"
    faults = case.all_faults if case.chain else ()
    hidden = [words.plain(code) for code in sorted({fault.code for fault in faults})]
    cures = (*(trust_ca(case, root_of(case))[:1] if hidden else ()), f"Remove it ({where}).")
    hides = "; ".join(hidden) or "nothing: it would verify"
    return case.finding(
        "verification-disabled",
        f"{case.client.name} does not verify {case.endpoint}",
        severity=Severity.WARNING,
        where=where,
        evidence=(
            *((Evidence(label="trusted", text=hosts),) if hosts else ()),
            *((Evidence(label="hides", text=hides),) if case.chain else ()),
            *case.chain_lines(),
        ),
        why="Anyone on the network between can replace the packages that come from this host.",
        cure=(" Then: ".join(cures),),
    )
