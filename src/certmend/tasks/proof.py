"""What the clients met after a change, held against what they met before it. Pure."""

import msgspec

from certmend.judge import words
from certmend.model.attempt import Attempt
from certmend.model.facts import Facts
from certmend.model.failure import Failure
from certmend.model.plan import Remedy
from certmend.model.text import visible


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One URL after the change, as a client met it."""

    client: str
    """The client's name."""
    url: str
    ok: bool
    words: str


def lines(facts: Facts) -> list[Line]:
    """What each client met on each URL, the failure before what worked."""
    found: dict[tuple[str, str], Line] = {}
    for one in facts.attempts:
        if not one.asked:
            continue  # it is not here: nothing was tried
        url = visible(str(one.url), 300)
        good = "verified" if one.verifies and one.url.scheme == "https" else "not verified"
        trouble = _trouble(one)
        line = Line(client=one.client, url=url, ok=not trouble, words=trouble or good)
        if (one.client, url) not in found or not line.ok:
            found[one.client, url] = line
    return list(found.values())


def worse(before: Facts, after: Facts) -> str:
    """Why the change is no cure: a client reached an index, and does not now; or nothing."""
    worked = {_key(one) for one in before.attempts if not _trouble(one)}
    for one in after.attempts:
        if (trouble := _trouble(one)) and _key(one) in worked:
            return f"{visible(one.url.endpoint)} worked before with {one.client}: {trouble}"
    return ""


def _trouble(one: Attempt) -> str:
    """What is wrong with an attempt; or nothing."""
    if one.failure is not None:
        return _said(one.failure)
    if one.reply is not None and one.reply.status >= 500:
        return f"it answered {one.reply.status}"
    return ""


def _said(one: Failure) -> str:
    """OpenSSL's words where it refused the chain: the client's own are long, and cut short."""
    if one.verify_code:
        return f"not verified: {words.plain(one.verify_code)}"
    return visible(one.text or one.reason)


def no_better(before: Facts, after: Facts, remedies: tuple[Remedy, ...]) -> str:
    """Why nothing was won: every client fails as it did, on all that was to be cured; or nothing.

    What a client was to be cured of and is not stays in sight: it is no reason to take back what
    helped another.
    """
    names = {one.label: one.name for one in before.clients}
    wanted = {
        (names.get(remedy.client, remedy.client), host)
        for remedy in remedies
        if remedy.client
        for host in remedy.host.split(", ")
    }
    old, new = _failures(before), _failures(after)
    for one in wanted:
        was, still = old.get(one), new.get(one)
        if still is None or was is None:
            return ""
        if (still.reason, still.verify_code) != (was.reason, was.verify_code):
            return ""
    first = next((new[one] for one in wanted), None)
    return f"nothing got better: {_said(first)}" if first else ""


def _failures(facts: Facts) -> dict[tuple[str, str], Failure]:
    """The failure of each client on each host."""
    return {
        (one.client, one.url.endpoint): one.failure
        for one in facts.attempts
        if one.failure is not None
    }


def _key(one: Attempt) -> tuple[str, str, str]:
    return one.client, str(one.url), one.purpose.value
