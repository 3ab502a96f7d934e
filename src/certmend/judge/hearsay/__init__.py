"""Findings from what a log says, without a look at the host: an answer, its limits, the next step.

The words of a failure and the reasons of OpenSSL mean here what they mean to the judges of live
facts (`model.failure`, `judge.reasons`). What those judges see in a chain is not in a log: so one
code is named as the answer, and the others that fit are listed with it.
"""

from collections.abc import Collection

from certmend.judge.hearsay import next_step
from certmend.judge.hearsay.answer import Answer, answer
from certmend.judge.hearsay.settings import ca_settings, credentials
from certmend.judge.hearsay.variants import words_of
from certmend.judge.hearsay.words import cure, remark
from certmend.judge.public_hosts import is_public
from certmend.model import failure
from certmend.model.explanation import Explained, Explanation, Remark
from certmend.model.finding import Evidence, Finding, Owner, Severity
from certmend.model.sighting import Reading, Sighting
from certmend.model.text import visible

_SEVERITIES = tuple(Severity)


def explain(reading: Reading, version: str, askable: Collection[str]) -> Explanation:
    """The findings that follow from what was read.

    `version` is certmend's own; `askable` are the clients that can be asked by name.
    """
    pairs = [(seen, found) for seen in reading.sightings if (found := answer(seen)) is not None]
    pairs.sort(key=lambda pair: (_SEVERITIES.index(pair[1].severity),))
    remarks = [
        Remark(text=remark(seen.failure.reason), file=seen.file, lines=seen.lines)
        for seen in reading.sightings
        if seen.failure.reason in failure.FOREIGN
    ]
    return Explanation(
        version=version,
        files=reading.files,
        findings=_once([_explained(seen, found, askable) for seen, found in pairs]),
        remarks=tuple(remarks),
        skipped=reading.skipped,
    )


def _once(found: list[Explained]) -> tuple[Explained, ...]:
    """One finding for each code, host and log: two wordings of one failure are one.

    One that names no host is told by another of its code that names one.
    """
    kept: dict[tuple[str, str, str], Explained] = {}
    for one in found:
        kept.setdefault((one.finding.code, one.finding.host, one.file), one)
    named: dict[tuple[str, str], int] = {}
    for (code, host, file), one in kept.items():
        if host:
            named.setdefault((code, file), _weight(one))
    return tuple(
        one
        for (code, host, file), one in kept.items()
        if host or named.get((code, file), len(_SEVERITIES)) > _weight(one)
    )


def _weight(one: Explained) -> int:
    return _SEVERITIES.index(one.finding.severity)


def _explained(seen: Sighting, found: Answer, askable: Collection[str]) -> Explained:
    words = words_of(found.code, seen.failure, public=is_public(seen.host))
    client = seen.client or "the client"
    places = {
        "{where}": visible(seen.endpoint),
        "{host}": visible(seen.host),
        "{client}": client,
        "{ca}": ca_settings(seen.client),
    }
    places["{credentials}"] = credentials(seen.client).replace(
        "{host}", places["{host}"] if seen.url is not None else "HOST"
    )

    def fill(sentence: str) -> str:
        for mark, value in places.items():
            sentence = sentence.replace(mark, value)
        return f"T{sentence[1:]}" if sentence.startswith("the client ") else sentence

    index = visible(str(seen.url), 300) if seen.url is not None else ""
    finding = Finding(
        code=found.code,
        severity=found.severity,
        certainty=found.certainty,
        summary=fill(words.summary),
        index=index,
        host=seen.url.endpoint if seen.url is not None else "",
        client=_label(seen),
        where=_where(seen),
        evidence=(Evidence(label="said", text=seen.failure.text),),
        why=fill(words.why),
        # Trusting a CA is the person's own work, whoever could do something else.
        owner=Owner.YOU if words.trust else words.owner,
        cure=cure(words, seen, fill),
    )
    return Explained(
        finding=finding,
        file=seen.file,
        lines=seen.lines,
        count=seen.count,
        possible=found.possible,
        unknown=fill(words.unknown),
        command=next_step.command(found.code, seen, askable),
        url=next_step.place(found.code, seen),
        package=next_step.package(found.code, seen),
    )


def _label(seen: Sighting) -> str:
    words = f"{seen.client} {seen.version}".strip()
    return f"{words} (Python {seen.python})".strip() if seen.python and seen.client else words


def _where(seen: Sighting) -> str:
    first = seen.lines[0] if seen.lines else 1
    return f"line {first}" if seen.file == "-" else f"{seen.file}:{first}"
