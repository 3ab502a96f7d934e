"""What if: each usual client, with its own store and with the one given, now and later."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from certmend.judge import inspection, profiles, words
from certmend.judge.inspection import Subject
from certmend.judge.usual import CLIENTS, Reads, Usual
from certmend.model.inspection import Asked, Material, WhatIf
from certmend.model.store import TrustStore

ITS_OWN = "the store that it finds itself"
LATER = (timedelta(0), timedelta(days=30), timedelta(days=90))
"""The times that are asked about, counted from the one of the inspection."""


def table(material: Material) -> tuple[WhatIf, ...]:
    """One row for each client, store and time; then those of the Pythons of this machine."""
    usual = (
        row
        for client in CLIENTS
        for label, store in _stores(client, material)
        for row in _rows(client, label, store, material)
    )
    here = (row for asked in material.asked for row in _of_python(asked, material))
    return (*usual, *here)


def _of_python(asked: Asked, material: Material) -> Iterator[WhatIf]:
    """What a Python itself said; only the dates are judged here, which it was told to leave."""
    store = material.given if asked.with_given else None
    store = store or joined(ITS_OWN, material.mozilla, material.system)
    profile = msgspec.structs.replace(profiles.PLAIN, flags=asked.flags)
    subject = subject_of(material, store)
    for then in _later(subject):
        found, said = inspection.of_word(then, profile, asked.code, asked.text)
        yield WhatIf(
            client=f"urllib; Python {asked.version} here",
            profile=asked.openssl,
            store=store.path,
            at=then.at,
            works=not said,
            code=next(iter(inspection.codes(found)), ""),
            error=said,
        )


def _later(subject: Subject) -> Iterator[Subject]:
    """The same at each of the times, as far as there is a calendar."""
    for later in LATER:
        if datetime.max.replace(tzinfo=UTC) - subject.at >= later:
            yield msgspec.structs.replace(subject, at=subject.at + later)


def _stores(client: Usual, material: Material) -> Iterator[tuple[str, TrustStore]]:
    known = {Reads.MOZILLA: material.mozilla, Reads.SYSTEM: material.system}
    own = tuple(known[one] for one in client.reads)
    label = " and ".join(client.reads)
    yield label, joined(label, *own)
    if material.given is not None:
        with_it = (material.given,) if client.replaces else (*own, material.given)
        yield material.given.path, joined(material.given.path, *with_it)


def joined(name: str, *stores: TrustStore) -> TrustStore:
    """Several stores as one."""
    anchors = tuple(dict.fromkeys(der for one in stores if one.usable for der in one.anchors))
    return TrustStore(name=name, path=name, count=len(anchors), anchors=anchors)


def _rows(client: Usual, label: str, store: TrustStore, material: Material) -> Iterator[WhatIf]:
    subject = subject_of(material, store)
    if not client.keeps_dot:
        subject = msgspec.structs.replace(subject, host=subject.host.removesuffix("."))
    for then in _later(subject):
        verdict = inspection.judge(then, client.profile)
        codes = inspection.codes(verdict.findings)
        yield WhatIf(
            client=client.name,
            profile=client.profile.name,
            store=label,
            at=then.at,
            works=verdict.trusted,
            code="" if verdict.trusted else next(iter(codes), ""),
            error="" if verdict.trusted else words.of(verdict.answer.faults[0]),
        )


def subject_of(material: Material, store: TrustStore) -> Subject:
    """The material as a question for a profile with this store."""
    return Subject(
        chain=material.chain,
        store=store,
        host=material.host,
        port=material.port,
        at=material.at,
        known=(material.system, material.mozilla, *material.others),
        public_roots=material.mozilla.anchors,
        fetched=material.fetched,
        revocations=material.revocations,
    )
