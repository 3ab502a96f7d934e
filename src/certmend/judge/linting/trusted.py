"""Hosts for which pip's verification is switched off, and how one of them is taken out again."""

import re
from collections.abc import Iterator

import msgspec

from certmend.judge.linting import substituted, unmatched
from certmend.judge.linting.hosts import (
    host_named,
    host_of,
    in_a_domain,
    is_known,
    is_loopback,
)
from certmend.judge.linting.options import Option
from certmend.judge.linting.reading import Reading
from certmend.model import lazy
from certmend.model.document import Command, Key, Span, Word
from certmend.model.lint import Edit
from certmend.model.text import visible


class Trusted(msgspec.Struct, frozen=True, kw_only=True):
    """One host in one setting."""

    host: str
    value: Word
    option: Option
    span: Span


def trusted(reading: Reading, name: str = "trusted-host") -> Iterator[Trusted]:
    """Each host in each setting; a value of a setting that is only passed on counts once."""
    seen: set[Span] = set()
    text = reading.document.text
    for option in reading.named(name):
        for value in option.values:
            if unmatched.reason(option, value.text):
                continue  # it switches nothing off
            for part in _parts(value, option, reading):
                named, span = _name(part, value, reading), _span(option, value, text)
                if named and value.place() not in seen:
                    yield Trusted(host=named, value=value, option=option, span=span)
            if value.at and option.run is None:
                seen.add(value.place())


_NO_HOSTS = frozenset(("true", "false", "none", "null", "nil", "undefined", "omit"))
"""What stands for a value that is not there."""


def _name(part: str, value: Word, reading: Reading) -> str:
    """The host as a message names it; empty for loopback and for what only a run knows."""
    host = host_of(part)
    if is_known(host) or in_a_domain(host):
        is_host = host not in _NO_HOSTS and not is_loopback(host)
        return host_named(part) if is_host else ""
    read = substituted.address_read(value.text, reading)
    mark = "" if value.text.startswith("{") else "$"
    if read:
        return f"the host in {mark}{visible(read, 40)}"
    program = substituted.printed_by(value.text) if not part else ""
    return f"the host that `{program}` finds" if program else ""


def _parts(value: Word, option: Option, reading: Reading) -> list[str]:
    """The hosts as a value gives them; for what a command prints, the URL that it reads."""
    text = value.text.strip()
    if substituted.is_whole(text):
        return [substituted.address(text, option, reading)]
    if substituted.is_expression(text):
        return [""]
    return substituted.parts(text.strip("\"',[]()"))


def _span(option: Option, value: Word, text: str) -> Span:
    """The setting, or the host alone when it is one of several or stands below its key."""
    is_below = (
        isinstance(option.entry, Key) and "\n" in text[option.span.start : value.place().start]
    )
    if len(option.values) > 1 or is_below:
        return option.place_of(value)
    return option.span if option.anchor.within(option.span) else option.anchor


def without(found: Trusted, every: list[Trusted], text: str) -> tuple[Edit, ...]:
    """The edits that take a host out; the whole setting when no other is left in it."""
    option = found.option
    mine = [one for one in every if one.option is option]
    if len(mine) == len(option.values):
        removal = option.removal or _command(option, text)
        return (Edit(removal, ""),) if removal is not None else ()
    place = found.value.place()
    if not found.value.at or not place.within(option.span):
        return ()
    start = place.start
    while start > 0 and text[start - 1] in " \t\r\n":
        start -= 1
    if text[start - 1 : start] not in ("=", ":", '"', "'"):
        return (Edit(Span(start, place.end), ""),)
    end = place.end
    while end < len(text) and text[end] in " \t\r\n":
        end += 1
    return (Edit(Span(place.start, end), ""),)


_AND = lazy.regex(r"\s*(?:\\\r?\n\s*)?&&[ \t]*(?:\\?\r?\n[ \t]*)?")
_ALONE = lazy.regex(r"RUN[ \t]+", re.IGNORECASE)


def _command(option: Option, text: str) -> Span | None:
    """A `pip config set` that other commands follow, or that is all an image's RUN does."""
    if not isinstance(option.entry, Command):
        return None
    span = option.entry.span
    is_second = text[: span.start].rstrip(" \t\r\n\\").endswith("|")
    if not is_second and (following := _AND.match(text, span.end)):
        return Span(span.start, following.end())
    line = Span(text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end) + 1 or len(text))
    is_whole = not text[span.end : line.end].strip()
    alone = _ALONE.fullmatch(text[line.start : span.start])
    return line if is_whole and alone else None
