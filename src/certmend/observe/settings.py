"""A client's table of settings and what is set here: what decides, is beaten, is not read.

The table (`model/plugin.py`, `Client.sources`) says which settings a client reads, strongest
first; here they are looked up in the options, variables and files, and each gets its role.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec
from packaging.version import InvalidVersion, Version

from certmend.model.client import Scoped, Trust
from certmend.model.plugin import Client, Form, Place, Resolved, SettingSource, Surroundings
from certmend.model.setting import Active, Meaning, Origin, OriginKind, Role, Setting
from certmend.model.text import redact, visible
from certmend.model.url import secrets_in
from certmend.observe import hosts
from certmend.observe.files import keyed
from certmend.observe.files.keyed import Entry
from certmend.observe.index_tables import Named, indexes_of, origin_of, shown, tables

_TRUE = frozenset({"1", "true", "yes", "on", "y", "t"})
_FALSE = frozenset({"0", "false", "no", "off", "n", "f", "none", ""})
_LISTS = (Meaning.EXTRA_INDEX,)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A setting as it was found, and the row of the table that it fits."""

    source: SettingSource
    value: str
    origin: Origin
    scope: str = ""
    why_not: str = ""
    """Why it is not read; empty when it is."""
    beaten: bool = False
    """Whether a stronger place is why."""
    note: str = ""
    """What is odd about it, though it is read."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a client is set to."""

    settings: tuple[Setting, ...]
    trust: Trust
    scoped: tuple[Scoped, ...]
    indexes: tuple[Named, ...]
    active: tuple[Active, ...]
    secrets: tuple[str, ...]
    entries: tuple[tuple[Place, Entry], ...]
    """All that stands in its files, for whoever looks for misspelt names."""


def read(client: Client, around: Surroundings) -> Reading:
    """Look up every setting of a client's table."""
    places = client.places(around)
    entries = tuple(
        (place, _stripped(entry, place))
        for place in places
        for entry in _by_strength(keyed.read(place.path, place.format, around.environment), place)
        if entry.key.startswith(place.prefix)
    )
    found = (*_in_tables(client, entries), *_ordered(client, around, entries))
    found = tuple(_unless_dead(_at_home(one, around), client.name) for one in found)
    version = _version(around.version)
    known = _one_of_each_group([_in_range(one, version) for one in found], places)
    active = tuple(_active(one, client.name) for one in known if not one.why_not)
    resolved = Resolved(around=around, active=active)
    trust = client.store(resolved, "")
    indexes = tuple(indexes_of(client, around, entries, active))
    scoped = tuple(_scoped(client, resolved, indexes))
    secrets = tuple(s for one in found for w in one.value.split() for s in secrets_in(w))
    return Reading(
        settings=tuple(_settings(known, trust, scoped, secrets)),
        trust=trust,
        scoped=scoped,
        indexes=indexes,
        active=active,
        secrets=secrets,
        entries=entries,
    )


def _by_strength(entries: tuple[Entry, ...], place: Place) -> tuple[Entry, ...]:
    """Where a key may stand several times in one file, the last one counts."""
    return entries[::-1] if place.format in ("npmrc", "curlrc", "git") else entries


def _stripped(entry: Entry, place: Place) -> Entry:
    return msgspec.structs.replace(entry, key=entry.key.removeprefix(place.prefix))


def _ordered(
    client: Client, around: Surroundings, entries: tuple[tuple[Place, Entry], ...]
) -> list[Found]:
    """What is set, strongest first; a file's list of indexes stands before it."""
    names = [one.name for one in client.sources if one.kind is OriginKind.FILE]
    twice = frozenset(name for name in names if names.count(name) > 1)
    return [
        found for source in client.sources for found in _of_source(source, around, entries, twice)
    ]


def _means(source: SettingSource, value: str, twice: frozenset[str]) -> bool:
    """Whether a value is meant by this row: some keys take a path, or false for no verification."""
    if source.name not in twice:
        return True
    word = value.lower() in ("true", "false")
    return word and _on(source.form, value) if source.form is Form.NOT else not word


def _of_source(
    source: SettingSource,
    around: Surroundings,
    entries: tuple[tuple[Place, Entry], ...],
    twice: frozenset[str],
) -> Iterator[Found]:
    pattern = _pattern(source.name)
    if source.kind is OriginKind.FLAG:
        for name, value in around.flags:
            if name == source.name:
                yield Found(
                    source=source, value=value, origin=Origin(kind=OriginKind.FLAG, name=name)
                )
    elif source.kind is OriginKind.VARIABLE:
        for name, value in reversed(tuple(around.environment.items())):
            known = name.lower() if source.any_case else name
            if (match := pattern.fullmatch(known)) and value:
                origin = Origin(kind=OriginKind.VARIABLE, name=name)
                scope = match[1].lower().replace("_", "-") if match.groups() else source.scope
                yield Found(source=source, value=value, origin=origin, scope=scope)
    else:
        for place, entry in entries:
            if source.places and place.name not in source.places:
                continue
            if (match := pattern.fullmatch(entry.key)) and _means(source, entry.value, twice):
                yield Found(
                    source=source,
                    value=entry.value,
                    origin=origin_of(place, entry),
                    scope=match[1] if match.groups() else source.scope,
                    why_not=place.why_not,
                )


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name).replace(r"\*", "(.+)"))


def _in_tables(client: Client, entries: tuple[tuple[Place, Entry], ...]) -> Iterator[Found]:
    """The settings inside the tables of indexes, for the index of that table alone."""
    for table in client.tables:
        for place, fields in tables(table, entries):
            for field, (meaning, form) in table.fields.items():
                if entry := fields.get(field):
                    source = SettingSource(
                        meaning=meaning,
                        kind=OriginKind.FILE,
                        name=f"{table.key}.*.{field}",
                        form=form,
                    )
                    name = fields.get("name")
                    yield Found(
                        source=source,
                        value=entry.value,
                        origin=origin_of(place, entry),
                        scope=name.value if name else "",
                        why_not=place.why_not,
                    )


def _in_range(found: Found, version: Version | None) -> Found:
    source = found.source
    if found.why_not or version is None:
        return found
    if source.since and version < Version(source.since):
        why = f"read only since version {source.since}"
    elif source.until and version >= Version(source.until):
        why = f"no longer read since version {source.until}"
    else:
        return found
    return msgspec.structs.replace(found, why_not=why)


def _one_of_each_group(found: list[Found], places: tuple[Place, ...]) -> list[Found]:
    """Within a group and scope, what stands in a weaker place is beaten, whatever it means."""
    order = {place.path: number for number, place in enumerate(places, 1)}
    strongest: dict[tuple[str, str], Found] = {}
    for one in sorted(found, key=lambda each: order.get(each.origin.path, 0)):
        if one.source.group and not one.why_not:
            strongest.setdefault((one.source.group, one.scope), one)
    return [_unless_beaten(one, strongest.get((one.source.group, one.scope))) for one in found]


def _unless_beaten(one: Found, winner: Found | None) -> Found:
    if winner is None or winner is one or one.why_not:
        return one
    return msgspec.structs.replace(one, why_not=f"{winner.origin} is stronger", beaten=True)


def _at_home(found: Found, around: Surroundings) -> Found:
    if not found.source.home or not found.value.startswith("~/"):
        return found
    return msgspec.structs.replace(found, value=around.home + found.value[1:])


def _unless_dead(found: Found, client: str) -> Found:
    """A list of hosts of which no word can be one is not read."""
    words = found.value.split()
    if found.why_not or found.source.form is not Form.HOSTS:
        return found
    why = hosts.why_not(found.value, client)
    if not words or any(hosts.usable(word, client) for word in words):
        return msgspec.structs.replace(found, note=why)
    return msgspec.structs.replace(found, why_not=why)


def _active(found: Found, client: str) -> Active:
    words = found.value.split() if found.source.form is Form.HOSTS else ()
    return Active(
        meaning=found.source.meaning,
        value=found.value,
        origin=found.origin,
        scope=found.scope,
        on=_on(found.source.form, found.value),
        hosts=tuple(word for word in words if hosts.usable(word, client)),
        bare=found.source.kind is OriginKind.FLAG and found.source.form is Form.SWITCH,
    )


def _on(form: Form, value: str) -> bool:
    match form:
        case Form.SWITCH:
            return value.strip().lower() in _TRUE
        case Form.NOT:
            return value.strip().lower() in _FALSE
        case Form.HOSTS:
            return False
        case Form.VALUE:
            return True


def _scoped(client: Client, resolved: Resolved, indexes: tuple[Named, ...]) -> Iterator[Scoped]:
    """The trust on indexes that a setting of their own is for."""
    plain, off = client.store(resolved, ""), resolved.on(Meaning.INSECURE)
    scopes = {one.name: str(one.index.url) for one in indexes if one.name}
    scopes |= {one.scope: one.scope for one in resolved.active if "://" in one.scope}
    for scope, url in scopes.items():
        own = client.store(resolved, scope)
        insecure = resolved.on(Meaning.INSECURE, scope)
        if own != plain or insecure != off:
            yield Scoped(
                url=redact(url).rstrip("/"), scope=shown(scope), trust=own, verifies=not insecure
            )


def _settings(
    found: Iterable[Found], trust: Trust, scoped: tuple[Scoped, ...], secrets: tuple[str, ...]
) -> Iterator[Setting]:
    """Every setting with its role; the first of a kind beats the others."""
    everything = list(found)
    winners: dict[tuple[Meaning, str], Found] = {}
    for one in everything:
        if not one.why_not:
            winners.setdefault((one.source.meaning, one.scope), one)
    for one in everything:
        yield _setting(one, winners, everything, (trust, scoped), secrets)


def _setting(
    one: Found,
    winners: dict[tuple[Meaning, str], Found],
    everything: list[Found],
    trusts: tuple[Trust, tuple[Scoped, ...]],
    secrets: tuple[str, ...],
) -> Setting:
    meaning, winner = one.source.meaning, winners.get((one.source.meaning, one.scope))
    role, why = Role.USED, one.note
    if one.why_not:
        role, why = Role.OVERRIDDEN if one.beaten else Role.IGNORED, one.why_not
    elif meaning.is_trust and (stronger := _beaten_by(one, trusts)):
        role, why = Role.OVERRIDDEN, f"{stronger} is stronger"
    elif meaning is Meaning.BUNDLE and winner is not None and _without_effect(winner, trusts):
        role, why = Role.IGNORED, "there is no such file, and it is passed over in silence"
        if winner is not one:
            role, why = Role.OVERRIDDEN, f"{winner.origin} is stronger"
    elif (
        winner is not one
        and winner is not None
        and not meaning.is_trust
        and (meaning not in _LISTS or one.scope)
    ):
        role, why = Role.OVERRIDDEN, f"{winner.origin} is stronger"
    overrides: tuple[str, ...] = ()
    if role is Role.USED:
        overrides = tuple(
            str(other.origin)
            for other in everything
            if other is not one
            and not other.why_not
            and other.source.meaning is meaning
            and other.scope == one.scope
            and everything.index(other) > everything.index(one)
            and not (meaning.is_trust and not _beaten_by(other, trusts))
            and (meaning not in _LISTS or one.scope)
        )
    return Setting(
        key=one.source.name.strip("-").rpartition(".")[2] or one.source.name,
        value=redact(visible(one.value, 300), secrets),
        origin=one.origin,
        role=role,
        why=why,
        harmful=role is not Role.USED and meaning.is_trust,
        meaning=meaning,
        scope=shown(one.scope),
        overrides=overrides,
    )


def _without_effect(winner: Found, trusts: tuple[Trust, tuple[Scoped, ...]]) -> bool:
    """Whether a client goes on without the file that the strongest setting names."""
    known = {
        path for trust in (trusts[0], *(one.trust for one in trusts[1])) for path in trust.stores
    }
    return winner.value not in known and not keyed.exists(winner.value)


def _beaten_by(one: Found, trusts: tuple[Trust, tuple[Scoped, ...]]) -> str:
    """The setting that decides in the place of a trust setting; empty when it has its effect."""
    trust = next(
        (s.trust for s in trusts[1] if one.scope and s.scope == shown(one.scope)), trusts[0]
    )
    if one.source.meaning is Meaning.SYSTEM:
        on = _on(one.source.form, one.value)
        return trust.bundle_origin if on and trust.mechanism != "system" else ""
    if one.source.meaning is Meaning.BUNDLE and one.value == trust.bundle:
        return trust.bundle_origin if trust.bundle_origin != str(one.origin) else ""
    values = {part for part in one.value.split(":") if part} | {one.value}
    if values & {*trust.stores, trust.bundle} or not trust.bundle_origin:
        return ""
    return trust.bundle_origin if trust.bundle_origin != str(one.origin) else ""


def _version(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None
