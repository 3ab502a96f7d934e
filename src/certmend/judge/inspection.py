"""A chain judged by a profile: the verdict, and every fault as a finding.

The same judges as in a diagnosis: the chain becomes the facts of a client that connects with
this profile and store, and whose word on the server is the profile's verdict.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

import certmend
from certmend.judge import engine, path
from certmend.judge.case import Case
from certmend.judge.profiles import Profile
from certmend.judge.question import Answer
from certmend.judge.words import of
from certmend.model import failure
from certmend.model.attempt import Attempt, Probe, Sight
from certmend.model.client import OPENSSL, ClientFacts
from certmend.model.facts import Facts, Fetched, Revocation
from certmend.model.failure import Failure, Stage
from certmend.model.finding import Finding
from certmend.model.index import Purpose
from certmend.model.store import TrustStore
from certmend.model.url import Url

FAMILIES = frozenset({"trust", "validity", "name", "profile"})
"""The causes that can be told from a chain alone."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What is judged: a chain as sent, for one host, against one store, at one time."""

    chain: tuple[bytes, ...]
    store: TrustStore
    """What is trusted; all of its certificates are in `anchors`."""
    host: str
    at: datetime
    port: int = 443
    known: tuple[TrustStore, ...] = ()
    """Other stores of the machine: where a missing certificate may be found."""
    public_roots: tuple[bytes, ...] = ()
    fetched: tuple[Fetched, ...] = ()
    revocations: tuple[Revocation, ...] = ()


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one profile says of a subject, and why."""

    profile: Profile
    answer: Answer
    findings: tuple[Finding, ...]

    @property
    def trusted(self) -> bool:
        """Whether the verifier takes the chain."""
        return self.answer.trusted

    @property
    def error(self) -> int | None:
        """OpenSSL's number of the first fault; webpki has names for its errors, and no numbers."""
        return self.answer.error if self.profile.verifier == OPENSSL else None


def judge(subject: Subject, profile: Profile) -> Verdict:
    """The verdict of a profile, and the findings that explain it."""
    facts = facts_of(subject, profile)
    answer = _answer(facts)
    if not answer.trusted:
        first = answer.faults[0]
        said = Failure(
            stage=Stage.TLS, reason=failure.VERIFY, verify_code=answer.error, text=of(first)
        )
        facts = _with(facts, said)
    return Verdict(profile=profile, answer=answer, findings=engine.judge(facts, FAMILIES))


def facts_of(subject: Subject, profile: Profile) -> Facts:
    """The facts of a client that verifies so and met this chain; its verdict is not in yet."""
    client = ClientFacts(name=profile.label, trust=profile.trust(subject.store.path))
    sight = Sight(server_name=subject.host, chain=subject.chain)
    attempt = Attempt(
        client=client.name,
        url=Url(scheme="https", host=subject.host, port=subject.port),
        purpose=Purpose.INSPECTION,
        index=0,
        probe=Probe(host=subject.host, port=subject.port, sight=sight),
    )
    return Facts(
        version=certmend.__version__,
        now=subject.at,
        clients=(client,),
        attempts=(attempt,),
        stores=(subject.store, *subject.known),
        public_roots=subject.public_roots,
        fetched=subject.fetched,
        revocations=subject.revocations,
    )


def _answer(facts: Facts) -> Answer:
    (attempt,) = facts.attempts
    return path.answer(Case(attempt, facts.client(attempt.client), facts).question())


def of_word(
    subject: Subject, profile: Profile, code: int | None, text: str
) -> tuple[tuple[Finding, ...], str]:
    """The findings for what a client itself said of a chain, and its first error in words.

    It was told to leave the dates alone: they are judged here.
    """
    facts = facts_of(subject, profile)
    if code == 0:
        late = next((one for one in _answer(facts).faults if one.code in _DATES), None)
        if late is None:
            return (), ""
        code, text = late.code, of(late)
    said = Failure(stage=Stage.TLS, reason=failure.VERIFY, verify_code=code, text=text)
    return engine.judge(_with(facts, said), FAMILIES), text or "no verdict"


_DATES = (9, 10)


def _with(facts: Facts, said: Failure) -> Facts:
    """The facts with a failure as the client's own word."""
    (attempt,) = facts.attempts
    refused = msgspec.structs.replace(attempt, failure=said)
    return msgspec.structs.replace(facts, attempts=(refused,))


def codes(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The codes of findings, each once, in their order."""
    return tuple(dict.fromkeys(one.code for one in findings))
