"""The whole inspection of a chain: tree, verdicts, findings, and the what-if table."""

from collections.abc import Sequence

import msgspec

import certmend
from certmend.judge import engine, inspection, path, tree, whatif, words
from certmend.judge.case import Case
from certmend.judge.inspection import Subject, Verdict
from certmend.judge.profiles import Profile
from certmend.judge.question import CA_AS_LEAF, Fault
from certmend.model import certificate
from certmend.model.attempt import Attempt
from certmend.model.client import OPENSSL, ClientFacts
from certmend.model.der import fingerprint
from certmend.model.facts import Facts
from certmend.model.finding import Finding
from certmend.model.index import Index, Purpose
from certmend.model.inspection import FaultLine, Inspection, Material, ProfileVerdict, Told
from certmend.model.setting import Origin, OriginKind
from certmend.model.store import TrustStore
from certmend.model.url import Url

DEFAULT_STORE = "this machine's stores"
_ASKED = Origin(kind=OriginKind.FLAG, name="the host given")
_REACHING = frozenset({"network", "protocol"})


def inspect(material: Material, wanted: Sequence[Profile]) -> Inspection:
    """Judge the material by the profiles that are wanted."""
    if not material.chain:
        return Inspection(material=material, findings=_unreached(material))
    subject = whatif.subject_of(material, _store(material))
    judged = [inspection.judge(subject, profile) for profile in wanted]
    paths = [_path(subject, one) for one in judged]
    case = _case(subject, judged[0].profile)
    stores = (material.system, material.mozilla, *material.others)
    stores += (material.given,) if material.given is not None else ()
    links = tree.links(case, stores, next((one for one in paths if one), ()))
    return Inspection(
        material=material,
        ordered=tree.ordered(links),
        links=links,
        verdicts=tuple(
            _verdict(one, ends, subject) for one, ends in zip(judged, paths, strict=True)
        ),
        findings=merged(judged),
        table=whatif.table(material),
    )


def _store(material: Material) -> TrustStore:
    """What is trusted: what was given, else what a client of this machine can find."""
    if material.given is not None:
        return material.given
    return whatif.joined(DEFAULT_STORE, material.system, material.mozilla)


def _path(subject: Subject, verdict: Verdict) -> tuple[bytes, ...]:
    if not verdict.trusted:
        return ()
    question = _case(subject, verdict.profile).question()
    return path.answer(msgspec.structs.replace(question, wants_path=True)).path


def _case(subject: Subject, profile: Profile) -> Case:
    facts = inspection.facts_of(subject, profile)
    return Case(facts.attempts[0], facts.clients[0], facts)


def _verdict(verdict: Verdict, ends: tuple[bytes, ...], subject: Subject) -> ProfileVerdict:
    known = {fingerprint(der): der for der in (*subject.store.anchors, *subject.chain)}
    return ProfileVerdict(
        profile=verdict.profile.name,
        whose=verdict.profile.whose,
        trusted=verdict.trusted,
        error=verdict.error,
        faults=tuple(
            _line(fault, known.get(fault.sha256, b""), verdict.profile)
            for fault in verdict.answer.faults
        ),
        anchor=fingerprint(ends[-1]) if ends else "",
    )


def _line(fault: Fault, der: bytes, profile: Profile) -> FaultLine:
    numbered = profile.verifier == OPENSSL and fault.code < CA_AS_LEAF
    return FaultLine(
        code=fault.code if numbered else None,
        text=words.of(fault),
        depth=fault.depth,
        subject=str(certificate.read(der).subject) if der else "",
        sha256=fault.sha256,
    )


def merged(judged: Sequence[Verdict]) -> tuple[Told, ...]:
    """The findings of all profiles: one for each cause, with the profiles that it is for."""
    kept: dict[tuple[str, str], tuple[Finding, list[str]]] = {}
    for verdict in judged:
        for finding in verdict.findings:
            key = (finding.code, finding.severity)
            kept.setdefault(key, (finding, []))[1].append(verdict.profile.name)
    order = {"error": 0, "warning": 1, "note": 2}
    ranks = {one.code: one.rank for one in engine.causes()}
    return tuple(
        Told(finding=finding, profiles=tuple(names))
        for finding, names in sorted(
            kept.values(), key=lambda pair: (order[pair[0].severity], ranks[pair[0].code])
        )
    )


def _unreached(material: Material) -> tuple[Told, ...]:
    """Why there is no chain to judge."""
    probe = material.probe
    if probe is None:
        return ()
    failure = probe.failure or (probe.sight.failure if probe.sight else None)
    client = ClientFacts(name="certmend")
    attempt = Attempt(
        client=client.name,
        url=Url(scheme="https", host=probe.host, port=probe.port),
        purpose=Purpose.INSPECTION,
        index=0,
        failure=failure,
        probe=probe,
    )
    facts = Facts(
        version=certmend.__version__,
        now=material.at,
        clients=(client,),
        indexes=(Index(url=attempt.url, origin=_ASKED),),
        attempts=(attempt,),
    )
    return tuple(Told(finding=one, profiles=()) for one in engine.judge(facts, _REACHING))
