"""A trust setting exists, and the client does not read it.

## What you see
    certificate verify failed: unable to get local issuer certificate

## Why
Each client reads its own variables and files, and which ones changed from version to version. A
setting in the wrong place, or with a misspelt name, silently does nothing.

## Fix
Set what this client, in this version, reads.

## Never
Setting every variable that is known: some replace a trust store that was right.

## Try it
    certmend lab run setting-ignored -- pip download billing
"""

from collections.abc import Iterator

from certmend.judge import audit
from certmend.judge.anchors import root_of
from certmend.judge.case import Case
from certmend.judge.cause import cause
from certmend.judge.cures import trust_ca
from certmend.judge.inquiry import Inquiry
from certmend.model.client import ClientFacts
from certmend.model.finding import Certainty, Evidence, Finding, Severity
from certmend.model.setting import Meaning, Role, Setting
from certmend.model.text import visible


@cause(rank=80)
def judge(inquiry: Inquiry) -> Iterator[Finding]:
    """An ignored setting, where it was meant to help and an index fails for want of trust."""
    told: set[tuple[str, Setting]] = set()
    for case in inquiry.refused:
        for setting in case.client.settings if case.untrusted else ():
            trust = setting.meaning.is_trust or setting.key == "cert"
            fits = setting.harmful and trust and _would_help(case, setting)
            if fits and (case.client.name, setting) not in told:
                told.add((case.client.name, setting))
                yield _finding(case, setting)
    lost = {case.client.name: case.client for case in inquiry.refused if case.untrusted}
    clients = inquiry.facts.clients if audit.asked(inquiry) else tuple(lost.values())
    for client in clients:
        missing = (one for one in client.settings if one.meaning is Meaning.FILE)
        yield from (_no_file(client, one) for one in missing if one.role is Role.IGNORED)
    if audit.asked(inquiry):
        for client in inquiry.facts.clients:
            for setting in client.settings:
                if setting.meaning is not Meaning.FILE and (
                    severity := audit.weight(client, setting)
                ):
                    yield _unused(client, setting, severity)


def _no_file(client: ClientFacts, setting: Setting) -> Finding:
    """A settings file that is not there: whatever it was to set, is not set."""
    name, path = visible(str(setting.origin), 300), visible(setting.value, 300)
    return audit.about(
        "setting-ignored",
        client,
        f"{name} names {path}, which is not there: {client.name} has no settings of it",
        severity=Severity.ERROR if setting.stops else Severity.WARNING,
        where=name,
        evidence=audit.lines(setting),
        why=f"{client.label}: {visible(setting.why, 300)}.",
        cure=(f"Correct the path in {name}, or remove {name}.",),
    )


def _unused(client: ClientFacts, setting: Setting, severity: Severity) -> Finding:
    origin = visible(str(setting.origin), 300)
    state = "is overridden for" if setting.role is Role.OVERRIDDEN else "is not read by"
    why = visible(setting.why, 300)
    cure = f"Remove it, or set what {client.name} reads: `{client.advice.bundle}`."
    if setting.instead:
        cure = f"Write `{visible(setting.instead, 100)}` in its place."
    elif setting.role is Role.OVERRIDDEN:
        cure = "Remove the one that should not count, so that one place decides."
    elif not client.advice.bundle:
        cure = "Remove it, so that nobody relies on it."
    return audit.about(
        "setting-ignored",
        client,
        f"{origin} {state} {client.name}",
        severity=severity,
        where=origin,
        evidence=audit.lines(setting),
        why=f"{why}." if why.startswith(client.name) else f"{client.name}: {why}.",
        cure=(cure.replace("{path}", "/path/to/bundle.pem"),),
    )


def _would_help(case: Case, setting: Setting) -> bool:
    """Whether the store that it names holds the CA that the client lacks."""
    store = case.facts.store(setting.value)
    root = root_of(case)
    return store is not None and root is not None and root.der in store.anchors


def _finding(case: Case, setting: Setting) -> Finding:
    origin, why = visible(str(setting.origin), 300), visible(setting.why, 300)
    state = "is overridden" if setting.role is Role.OVERRIDDEN else "is not read"
    return case.finding(
        "setting-ignored",
        f"{origin} {state} by {case.client.name}, and holds the CA that is missing",
        severity=Severity.ERROR,
        certainty=Certainty.PROVEN,
        where=origin,
        evidence=(
            Evidence(label="setting", text=f"{origin} = {visible(setting.value, 300)}"),
            Evidence(label="why", text=why),
        ),
        why=f"{case.client.label}: {why}.",
        cure=trust_ca(case, root_of(case)),
    )
