"""The indexes of a client: those that its table of settings names, and those in lists of files."""

import re
from collections.abc import Iterator
from itertools import count

import msgspec

from certmend.model.index import Index, Purpose
from certmend.model.plugin import Client, Place, Surroundings, Table
from certmend.model.setting import Active, Meaning, Origin, OriginKind
from certmend.model.text import redact, visible
from certmend.model.url import Url, parse
from certmend.observe.files.keyed import Entry

Entries = tuple[tuple[Place, Entry], ...]


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An index of a client, with its real URL: only for the client itself."""

    index: Index
    raw: str
    name: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def origin_of(place: Place, entry: Entry) -> Origin:
    """Where an entry of a file stands."""
    return Origin(
        kind=OriginKind.FILE,
        name=shown(place.prefix + entry.key),
        path=visible(place.path, 300),
        line=entry.line,
    )


def shown(words: str) -> str:
    """A key or scope as it is shown: one of git's may be a URL with credentials."""
    return redact(visible(words, 200))


def tables(table: Table, entries: Entries) -> Iterator[tuple[Place, dict[str, Entry]]]:
    """The tables of a list, in the order of the files, each as its fields."""
    found: dict[tuple[str, str], tuple[Place, dict[str, Entry]]] = {}
    pattern = re.compile(re.escape(table.key) + r"\.([^.]+)\.([^.]+)")
    for place, entry in entries:
        if match := pattern.fullmatch(entry.key):
            _, fields = found.setdefault((place.path, match[1]), (place, {}))
            fields[match[2]] = entry
            if table.named:
                fields.setdefault("name", Entry(key="name", value=match[1], line=entry.line))
    yield from found.values()


def indexes_of(
    client: Client,
    around: Surroundings,
    entries: Entries,
    active: tuple[Active, ...],
) -> Iterator[Named]:
    """The indexes in the client's order: the one in force, then those that are added."""
    chief = _chief(client, around, entries)
    main = next((one for one in active if one.meaning is Meaning.INDEX), None)
    extra = _strongest_of_each_scope([one for one in active if one.meaning is Meaning.EXTRA_INDEX])
    drops = False
    default = {"name": client.default_name} if client.default_name else {}
    numbers = count()
    for table in client.tables:
        for place, fields in tables(table, entries):
            if place.why_not or "url" not in fields:
                continue
            values = {name: entry.value for name, entry in fields.items()}
            drops = drops or table.drops_default(values, around.version)
            purpose = Purpose.INDEX if next(numbers) == chief else Purpose.EXTRA_INDEX
            url = fields["url"]
            yield _named(url.value, origin_of(place, url), purpose, values)
    if main is not None:
        yield _named(main.value, main.origin, Purpose.INDEX, default)
    elif not drops and client.default_index:
        yield _named(client.default_index, Origin(kind=OriginKind.DEFAULT), Purpose.INDEX, default)
    for one in extra:
        for url_text in one.value.split():
            yield _named(url_text, one.origin, Purpose.EXTRA_INDEX, {})


def _strongest_of_each_scope(extra: list[Active]) -> list[Active]:
    """A registry that is for some packages alone is one; those for all of them add up."""
    first: dict[str, Active] = {}
    for one in extra:
        first.setdefault(one.scope, one)
    return [one for one in extra if not one.scope or first[one.scope] is one]


def _chief(client: Client, around: Surroundings, entries: Entries) -> int:
    """The first of the tables that take the default index's place, by number; else the first."""
    found = [
        {name: entry.value for name, entry in fields.items()}
        for table in client.tables
        for place, fields in tables(table, entries)
        if not place.why_not and "url" in fields
    ]
    drops = [table.drops_default for table in client.tables][:1]
    chief = (n for n, one in enumerate(found) for drop in drops if drop(one, around.version))
    return next(chief, 0)


def _named(text: str, origin: Origin, purpose: Purpose, fields: dict[str, str]) -> Named:
    text = text.partition("=")[2] if re.match(r"[\w.-]+=https?://", text) else text
    try:
        url = parse(text)
    except ValueError:
        url = Url(scheme="file", host="", port=0, path=redact(visible(text, 300)))
    return Named(
        index=Index(url=url, origin=origin, purpose=purpose, name=visible(fields.get("name", ""))),
        raw=text,
        name=fields.get("name", ""),
        fields=tuple(fields.items()),
    )
