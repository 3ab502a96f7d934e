"""Settings that are there and do nothing: of other clients, misspelt, in the wrong section.

What a client reads is in its table, so what is near to a row and is none is likely meant for it;
no list of known mistakes is kept.
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from certmend import registry
from certmend.model.plugin import Client, Kind, SettingSource, Surroundings
from certmend.model.setting import Meaning, Origin, OriginKind, Role, Setting
from certmend.model.text import redact, visible
from certmend.observe.index_tables import origin_of
from certmend.observe.settings import Reading
from certmend.observe.versions import at_least

_NEAR = 0.85
_NEAR_KEY = 0.8
_ABOUT_TRUST = re.compile(r"CERT|CA_|_CA|SSL|TLS|VERIFY|BUNDLE|TRUST|INSECURE", re.IGNORECASE)
_CERTIFICATES = re.compile(
    r"(?:^|_)(?:CA_?(?:CERTS?|BUNDLE|FILE|PATH|INFO)|SSL_CERT(?:_FILE|_DIR)?|CERTS?|CERT_FILE"
    r"|CERTIFICATES?|SSL_CA_?(?:FILE|INFO|PATH)|CA_CERTS?_FILE|ROOTS?_FILE_PATH)(?:_FILE|$)",
    re.IGNORECASE,
)
_SHARED_BY = 2


@cache
def readers() -> Mapping[str, tuple[str, ...]]:
    """For each variable of trust or verification, the clients that read it."""
    found: dict[str, list[str]] = {}
    clients: tuple[Client, ...] = registry.load("certmend.observe.clients", Client)
    for client in clients:
        for source in client.sources:
            if source.kind is OriginKind.VARIABLE and _trusts(source) and "*" not in source.name:
                found.setdefault(source.name, []).append(client.name)
    return {name: tuple(dict.fromkeys(names)) for name, names in found.items()}


def settings(client: Client, around: Surroundings, reading: Reading) -> Iterator[Setting]:
    """What is set here and not read by this client, each with the reason."""
    yield from _variables(client, around.environment)
    yield from inert(client, around.environment)
    yield from absent_files(client, around.environment)
    for place, entry in reading.entries:
        if place.why_not or _known_key(client, entry.key):
            continue
        if found := _misplaced(client, entry.key):
            instead, why = found
            yield Setting(
                key=entry.key.rpartition(".")[2],
                value=redact(visible(entry.value, 300), reading.secrets),
                origin=origin_of(place, entry),
                role=Role.IGNORED,
                why=why,
                harmful=True,
                meaning=_meaning(client, instead),
                instead=instead,
            )


def _variables(client: Client, environment: Mapping[str, str]) -> Iterator[Setting]:
    own = {source.name for source in client.sources if source.kind is OriginKind.VARIABLE}
    for name, value in sorted(environment.items()):
        if not value or name in own or _matches(name, client.sources):
            continue
        others = readers().get(name, ())
        if len(others) >= _SHARED_BY:
            yield _foreign(client, name, value, others)
        elif not others and (near := near_variable(client, name)):
            why = f"{client.name} knows no such variable; `{_shown(near)}` is the name"
            yield _ignored(client, name, value, why, instead=near)


def _foreign(client: Client, name: str, value: str, others: tuple[str, ...]) -> Setting:
    why = f"{client.name} does not read it; {_listed(others)} do"
    return _ignored(client, name, value, why, for_others=_listed(others))


def _listed(names: tuple[str, ...]) -> str:
    shown = names[:4]
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return ", ".join(shown) + more


def _ignored(
    client: Client, name: str, value: str, why: str, *, instead: str = "", for_others: str = ""
) -> Setting:
    return Setting(
        key=name,
        value=redact(visible(value, 300)),
        origin=Origin(kind=OriginKind.VARIABLE, name=visible(name, 200)),
        role=Role.IGNORED,
        why=why,
        harmful=True,
        meaning=_meaning(client, instead) if instead else Meaning.BUNDLE,
        instead=instead,
        for_others=for_others,
    )


def inert(client: Client, environment: Mapping[str, str]) -> Iterator[Setting]:
    """Variables that were meant to switch verification off, and that no version reads."""
    for name in client.inert:
        if environment.get(name) == "0":
            yield Setting(
                key=name,
                value="0",
                origin=Origin(kind=OriginKind.VARIABLE, name=name),
                role=Role.IGNORED,
                why=f"{client.name} does not read it: certificates are verified all the same",
                meaning=Meaning.INSECURE,
            )


def absent_files(client: Client, environment: Mapping[str, str]) -> Iterator[Setting]:
    """Variables that name a settings file which is not there: no setting in it counts."""
    does = "stops at it" if client.stops_without else "goes on without it, silently"
    for name in client.settings_files:
        value = environment.get(name, "")
        if value and not os.path.exists(value):  # noqa: PTH110  Path.exists raises
            yield Setting(
                key="settings-file",
                value=redact(visible(value, 300)),
                origin=Origin(kind=OriginKind.VARIABLE, name=name),
                role=Role.IGNORED,
                why=f"there is no such file; {client.name} {does}",
                harmful=True,
                meaning=Meaning.FILE,
                stops=client.stops_without,
            )


def emptied(environment: Mapping[str, str], version: str, fixed: str) -> Iterator[Setting]:
    """An empty CURL_CA_BUNDLE, which switched verification off until requests 2.28.

    requests took the empty text for `verify`, and Python takes it for false (requests #6071);
    `fixed` is the first version of the client that does not.
    """
    if environment.get("CURL_CA_BUNDLE") != "" or environment.get("REQUESTS_CA_BUNDLE"):
        return
    if version and not at_least(version, fixed):
        yield Setting(
            key="cert",
            value="",
            origin=Origin(kind=OriginKind.VARIABLE, name="CURL_CA_BUNDLE"),
            why=f"set, but empty: that switches verification off before version {fixed}",
            meaning=Meaning.INSECURE,
        )


def about_certificates(key: str) -> bool:
    """Whether a name can only be about certificates that are trusted."""
    return bool(_CERTIFICATES.search(key.replace("-", "_")))


def names_certificates(name: str, value: str) -> bool:
    """Whether a variable about certificates names a file or folder."""
    return about_certificates(name) and Path(value).is_absolute()


def near_variable(client: Client, name: str) -> str:
    """The variable of this client that a name is likely meant for; empty when none is near.

    `NIX_SSL_CERT_FILE` is no misspelt `SSL_CERT_FILE`: another program's prefix stands before it.
    Under the client's own prefix every word about trust is meant for it.
    """
    own = [
        source.name
        for source in client.sources
        if source.kind is OriginKind.VARIABLE and _trusts(source) and "*" not in source.name
    ]
    any_case = {source.name for source in client.sources if source.any_case}
    for known in own:
        if name != known and name.upper() == known.upper():
            return "" if known in any_case else known
    prefixed = [one for one in own if name.endswith("_" + one)]
    mine = name.startswith(f"{client.name.upper()}_") and client.kind is not Kind.NEIGHBOUR
    if prefixed:
        return prefixed[0] if mine and _ABOUT_TRUST.search(name) else ""
    near = difflib.get_close_matches(name.upper(), own, n=1, cutoff=_NEAR)
    if near or not mine or not _ABOUT_TRUST.search(name):
        return near[0] if near else ""
    prefixed = [one for one in own if one.startswith(f"{client.name.upper()}_")]
    if not prefixed and (keys := _ending_alike(client, name)):
        return keys
    return (difflib.get_close_matches(name, prefixed or own, n=1, cutoff=0.0) or [""])[0]


def _ending_alike(client: Client, name: str) -> str:
    """The key of a client's file that ends as a variable does which it has not."""
    keys = (one.name for one in client.sources if one.kind is OriginKind.FILE and _trusts(one))
    fitting = (key for key in keys if name.lower().endswith(_last(key)))
    return min(fitting, key=lambda key: key.count("*"), default="")


def _last(key: str) -> str:
    return "_" + key.rpartition(".")[2].replace("-", "_")


def _misplaced(client: Client, key: str) -> tuple[str, str] | None:
    """The key that an unknown one is likely meant for, and what is wrong with it."""
    rows = [one for one in client.sources if one.kind is OriginKind.FILE and _matters(one)]
    fields = [(f"{t.key}.*.{field}", field) for t in client.tables for field in t.fields]
    known = [(one.name, one.name.rpartition(".")[2]) for one in rows] + fields
    last = re.split(r"[.:]", key)[-1]  # npm's keys for one registry: `//HOST/:NAME`
    for name, end in known:
        if last == end and (_distinct(end) or ":" in key):
            return name, f"{client.name} reads it as `{_shown(name)}`, not as `{visible(key, 100)}`"
    near = difflib.get_close_matches(last, [end for _, end in known], n=1, cutoff=_NEAR_KEY)
    if near and last != near[0]:
        name = next(name for name, end in known if end == near[0])
        return name, f"{client.name} knows no such key; `{_shown(name)}` is the name"
    return None


def _shown(name: str) -> str:
    return name.replace("*", "NAME")


def _distinct(end: str) -> bool:
    """Whether a key's last word can only be about trust: `cert` and `proxy` stand for much."""
    return bool(_ABOUT_TRUST.search(end)) or "-" in end or "_" in end


def _known_key(client: Client, key: str) -> bool:
    if any(source.kind is OriginKind.FILE and _fits(source, key) for source in client.sources):
        return True
    return any(
        re.fullmatch(re.escape(table.key) + r"\.[^.]+\.[^.]+", key)
        and (
            key.rpartition(".")[2] in (*table.fields, "name", "url")
            or not _near_field(table.fields, key)
        )
        for table in client.tables
    )


def _near_field(fields: Mapping[str, object], key: str) -> bool:
    return bool(difflib.get_close_matches(key.rpartition(".")[2], list(fields), 1, _NEAR_KEY))


def _fits(source: SettingSource, key: str) -> bool:
    return re.fullmatch(re.escape(source.name).replace(r"\*", ".+"), key) is not None


def _matches(name: str, sources: tuple[SettingSource, ...]) -> bool:
    return any(one.kind is OriginKind.VARIABLE and _fits(one, name) for one in sources)


def _meaning(client: Client, name: str) -> Meaning:
    for source in client.sources:
        if source.name == name:
            return source.meaning
    for table in client.tables:
        for field, (meaning, _) in table.fields.items():
            if name == f"{table.key}.*.{field}":
                return meaning
    return Meaning.BUNDLE


def _trusts(source: SettingSource) -> bool:
    return source.meaning.is_trust or source.meaning is Meaning.INSECURE


def _matters(source: SettingSource) -> bool:
    return source.meaning is not Meaning.PROXY
