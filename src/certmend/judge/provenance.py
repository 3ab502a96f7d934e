"""What was used to verify the indexes: the trust, and the anchor behind each host."""

from collections.abc import Iterator

from certmend.judge.case import Case
from certmend.judge.inquiry import Inquiry
from certmend.judge.route import anchored, route
from certmend.model.facts import Facts
from certmend.model.manifest import Anchor, Place, Trust
from certmend.model.text import redact, visible


def trust(facts: Facts, bundle_sha256: str) -> Trust:
    """What the client of the facts verifies with."""
    client = facts.clients[0]
    return Trust(
        client=client.label,
        mechanism=client.trust.mechanism,
        stores=tuple(visible(path, 500) for path in client.trust.stores),
        bundle=visible(client.trust.bundle, 500),
        bundle_origin=visible(client.trust.bundle_origin),
        bundle_sha256=bundle_sha256,
    )


def places(facts: Facts) -> tuple[Place, ...]:
    """The indexes of the facts, each with the anchors that its hosts' certificates lead to."""
    cases = Inquiry(facts).cases
    return tuple(
        Place(
            url=redact(visible(str(index.url), 500)),
            purpose=index.purpose.value,
            origin=str(index.origin),
            anchors=tuple(
                dict.fromkeys(
                    anchor
                    for case in cases
                    if case.attempt.index == number
                    for anchor in _anchor(case)
                )
            ),
        )
        for number, index in enumerate(facts.indexes)
    )


def _anchor(case: Case) -> Iterator[Anchor]:
    if case.connected and case.attempt.verifies and anchored(case):
        found = route(case)[-1]
        yield Anchor(subject=visible(found.subject.text, 300), sha256=found.sha256)
