"""Failures that no cause explains: the client's own words still give a finding, never silence.

It happens where certmend met another server than the client did (several behind one name), met
none in time, or where the client's words are new.
"""

from collections.abc import Iterable, Iterator

from certmend.judge import words
from certmend.judge.case import TRUST_CODES, Case
from certmend.judge.inquiry import Inquiry
from certmend.model.failure import Stage
from certmend.model.finding import Certainty, Evidence, Finding, Owner, Severity

_SHARED = (Stage.LOCAL, Stage.PROXY)
"""Stages that come before any host: one finding answers for all hosts."""
_BY_STAGE = {
    Stage.LOCAL: "outdated-client",
    Stage.DNS: "dns",
    Stage.TCP: "unreachable",
    Stage.PROXY: "proxy",
}
_BY_VERIFY_CODE = {
    7: "bad-signature",
    9: "not-yet-valid",
    10: "expired",
    23: "revoked",
    26: "wrong-purpose",
    34: "unsupported-extension",
    62: "hostname-mismatch",
    64: "hostname-mismatch",
    **dict.fromkeys((22, 24, 25, 32, 79), "not-a-ca"),
    **dict.fromkeys((47, 48, 49, 51, 52, 53), "name-constraint"),
    **dict.fromkeys((66, 67, 68), "weak-crypto"),
    **dict.fromkeys(TRUST_CODES, "untrusted-root"),
}


def findings(inquiry: Inquiry, found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding, likely, for each failed case that no error among those found is about."""
    errors = [one for one in found if one.severity is Severity.ERROR]
    hosts = {(one.host, one.client) for one in errors}
    told = {
        (case.failure.stage, case.failure.reason)
        for case in inquiry.cases
        if case.failure is not None and (case.endpoint, case.client.label) in hosts
    }
    of_client = {one.client for one in errors if not one.host}
    for case in inquiry.cases:
        what = case.failure
        if what is None or (case.endpoint, case.client.label) in hosts:
            continue
        if what.stage in _SHARED:
            if case.client.label in of_client or (what.stage, what.reason) in told:
                continue
            told.add((what.stage, what.reason))
        yield _refused(case, what.verify_code) if case.refused else _stopped(case, what.stage)


def _refused(case: Case, code: int | None) -> Finding:
    """A refusal that the certificates seen do not bear out."""
    reason = f": {words.plain(code)}" if code else ""
    met = "another certificate there" if case.chain else "no certificate there"
    return case.finding(
        _BY_VERIFY_CODE.get(code or 20, "malformed-certificate"),
        f"{case.client.name} refuses the certificate of {case.endpoint}{reason}",
        certainty=Certainty.LIKELY,
        evidence=(*_addresses(case), *case.chain_lines(), *case.said()),
        why=f"{case.client.label} refused what it was shown; certmend met {met} at the same time.",
        owner=Owner.REGISTRY,
        cure=(
            "Look at every server behind this name: one of them may show an old certificate. "
            "Run it again to meet them all.",
        ),
    )


def _stopped(case: Case, stage: Stage) -> Finding:
    return case.finding(
        _BY_STAGE.get(stage, "connection-closed"),
        f"{case.client.name} fails on {case.endpoint}, and no known cause explains it",
        certainty=Certainty.LIKELY,
        evidence=(*_addresses(case), *case.said()),
        why=f"{case.client.label} stopped at {stage}; its own words are all there is.",
        owner=Owner.YOU if stage is Stage.LOCAL else Owner.NETWORK,
        cure=("Run it again; if it stays, look up the client's words above.",),
    )


def _addresses(case: Case) -> tuple[Evidence, ...]:
    seen = case.probe.addresses[:4] if case.probe else ()
    return (Evidence(label="address", text=", ".join(seen)),) if seen else ()
