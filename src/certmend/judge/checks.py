"""What went well, and how far it went: a few lines for each index."""

from collections.abc import Iterator

import msgspec

from certmend.judge.case import Case
from certmend.judge.inquiry import Inquiry
from certmend.model.client import ClientProblem
from certmend.model.facts import Facts
from certmend.model.index import Purpose
from certmend.model.report import Check
from certmend.model.text import visible

_CLIENT = "\0"
"""Stands for the names of the clients that a line is about."""


def checks(facts: Facts) -> tuple[Check, ...]:
    """The stages of each attempt, up to the one that failed; what clients share, once."""
    clients: dict[Check, dict[str, None]] = {one: {} for one in _local(facts)}
    for case in Inquiry(facts).cases:
        for check in _lines(case):
            clients.setdefault(check, {})[case.client.name] = None
    return tuple(
        msgspec.structs.replace(one, text=one.text.replace(_CLIENT, ", ".join(names)))
        for one, names in clients.items()
    )


def _local(facts: Facts) -> Iterator[Check]:
    for number, index in enumerate(facts.indexes):
        if not index.url.is_http:
            text = index.problem or "a local folder, without network"
            yield Check(index=number, label="local", text=text, ok=not index.problem)
    for client in facts.clients:
        if client.problem is ClientProblem.BROKEN:
            text = f"{client.label} cannot be asked: {client.detail}"
            yield Check(index=0, label="client", text=text, ok=False)


def _lines(case: Case) -> Iterator[Check]:
    for label, text, ok in (*_way(case), *_verdict(case)):
        yield Check(index=case.attempt.index, label=label, text=text, ok=ok)


def _way(case: Case) -> Iterator[tuple[str, str, bool]]:
    attempt, probe = case.attempt, case.probe
    first = next(one for one in case.facts.attempts if one.index == attempt.index) is attempt
    if attempt.purpose in (Purpose.FILE, Purpose.REDIRECT, Purpose.PACKAGE):
        good = case.failure is None and (attempt.reply is None or attempt.reply.status < 400)
        yield attempt.purpose.value, visible(str(attempt.url), 300), good
    if probe is None or not first:
        return
    if probe.addresses:
        yield "address", ", ".join(probe.addresses[:4]), True
    if probe.proxy is not None:
        status = probe.proxy.status
        yield "proxy", f"{probe.proxy.url} ({status or 'no answer'})", 200 <= status < 300
    if case.sight is not None and case.sight.protocol:
        yield "TLS", f"{case.sight.protocol}, {case.sight.cipher}", True


def _verdict(case: Case) -> Iterator[tuple[str, str, bool]]:
    reply, verifies = case.attempt.reply, case.attempt.verifies
    if case.failure is not None:
        yield "client", _reason(case), False
        return
    if case.attempt.url.scheme == "https" and case.leaf is not None:
        word = "verified" if verifies else "not verified"
        would = "" if case.attempt.asked else ", by its settings: it is not installed here"
        until = f"valid until {case.leaf.not_after:%Y-%m-%d}"
        yield "chain", f"{word} by {_CLIENT}{would}; {until}", verifies
    if reply is not None:
        page = reply.is_index and reply.status < 300
        kind = "package index" if page else reply.content_type
        words = ", ".join(one for one in (str(reply.status), kind, reply.product) if one)
        yield "answer", words, reply.status < 400


def _reason(case: Case) -> str:
    failure = case.failure
    if failure is None:
        return ""
    words = failure.reason.replace("_", " ").lower()
    if not case.attempt.asked and failure is not case.attempt.failure:
        return f"{_CLIENT} would stop at {failure.stage}: {words} (predicted)"
    return f"{_CLIENT} stopped at {failure.stage}: {words}"
