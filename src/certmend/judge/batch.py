"""Many chains judged one after another: a line of JSON in, a line of JSON out.

A case that cannot be read is answered all the same: not trusted, with a finding that says why.
"""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from certmend.judge import inspection, profiles
from certmend.judge.inspection import Subject
from certmend.judge.public_hosts import PUBLIC_HOSTS
from certmend.model import pem
from certmend.model.finding import Finding, Severity
from certmend.model.store import TrustStore
from certmend.model.text import visible

_STORE = "the case's trust"
_NO_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are no JSON, or nested without end."""


class _Line(msgspec.Struct):
    """One case, as it is written; what is missing or of another type is found later."""

    chain: str
    trust: str
    host: str
    at: str
    id: msgspec.Raw = msgspec.Raw(b"null")
    profile: str = profiles.PLAIN.name


class _Id(msgspec.Struct):
    id: msgspec.Raw = msgspec.Raw(b"null")


class Said(msgspec.Struct, frozen=True):
    """A finding, in short."""

    code: str
    severity: Severity
    summary: str


class Answered(msgspec.Struct, frozen=True):
    """The answer to one case; `error` is OpenSSL's number of the first fault, or null."""

    id: msgspec.Raw
    trusted: bool
    error: int | None
    findings: tuple[Said, ...]


class Unreadable(Exception):  # noqa: N818  an answer, no error of ours
    """A case that cannot be judged; `code` is the finding that it gets."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


PublicRoots = Callable[[tuple[bytes, ...]], tuple[bytes, ...]]
"""Mozilla's roots that bear on a chain: asked for hosts that are known to be public."""


def answers(lines: Iterable[bytes], public_roots: PublicRoots) -> Iterator[bytes]:
    """One line of JSON for each line that is not empty, in their order."""
    encode = msgspec.json.Encoder().encode
    for line in lines:
        if line.strip():
            yield encode(answer(line, public_roots)) + b"\n"


def answer(line: bytes, public_roots: PublicRoots) -> Answered:
    """The verdict on one case, and every fault in it."""
    line = line.removeprefix(BOM_UTF8)
    try:
        case = _read(line)
    except Unreadable as stop:
        return _unreadable(_id(line), stop)
    try:
        subject, profile = _subject(case, public_roots)
    except Unreadable as stop:
        return _unreadable(case.id, stop)
    verdict = inspection.judge(subject, profile)
    return Answered(
        id=case.id,
        trusted=verdict.trusted,
        error=verdict.error,
        findings=tuple(_said(one) for one in verdict.findings),
    )


def _said(finding: Finding) -> Said:
    return Said(finding.code, finding.severity, finding.summary)


def _unreadable(identifier: msgspec.Raw, stop: Unreadable) -> Answered:
    said = Said(stop.code, Severity.ERROR, visible(str(stop), 300))
    return Answered(id=identifier, trusted=False, error=None, findings=(said,))


def _read(line: bytes) -> _Line:
    try:
        case = msgspec.json.decode(line, type=_Line)
        msgspec.json.decode(case.id)  # what is handed back is JSON itself
    except _NO_JSON as error:
        why = f"the case cannot be read: {error}"
        raise Unreadable("malformed-certificate", why) from None
    return case


def _id(line: bytes) -> msgspec.Raw:
    """The id of a line that holds no case; null when it is not even JSON."""
    try:
        found = msgspec.json.decode(line, type=_Id).id
        msgspec.json.decode(found)
    except _NO_JSON:
        return msgspec.Raw(b"null")
    return found


def _subject(case: _Line, public_roots: PublicRoots) -> tuple[Subject, profiles.Profile]:
    profile = profiles.BY_NAME.get(case.profile)
    if profile is None:
        known = ", ".join(profiles.BY_NAME)
        why = f"{case.profile!r} is no profile; there are {known}"
        raise Unreadable("malformed-certificate", why)
    chain = _chain(case.chain)
    host = case.host.strip("[]") if ":" in case.host else case.host
    public = host in PUBLIC_HOSTS
    subject = Subject(
        chain=chain,
        store=_store(case.trust, profile.verifier),
        host=host,
        at=_time(case.at),
        public_roots=public_roots(chain) if public else (),
    )
    return subject, profile


def _chain(text: str) -> tuple[bytes, ...]:
    found = pem.certificates(text.encode("utf-8", "replace"))
    if not found.certificates:
        raise Unreadable("malformed-certificate", "the chain holds no PEM certificate")
    if found.damaged:
        why = f"{found.damaged} of the chain's PEM blocks cannot be decoded"
        raise Unreadable("malformed-certificate", why)
    return found.certificates


@lru_cache(maxsize=64)
def _store(text: str, verifier: str) -> TrustStore:
    """The trusted certificates. OpenSSL refuses a file with one damaged block, rustls skips it."""
    found = pem.certificates(text.encode("utf-8", "replace"))
    if text.strip() and not found.certificates:
        raise Unreadable("bundle-invalid", "the trust holds no PEM certificate")
    if found.damaged and verifier == "openssl":
        why = f"{found.damaged} of the trust's PEM blocks cannot be decoded"
        raise Unreadable("bundle-invalid", why)
    anchors = found.certificates
    return TrustStore(name=_STORE, path=_STORE, count=len(anchors), anchors=anchors)


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace("z", "Z"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable("malformed-certificate", f"{text!r} is not a time") from None
