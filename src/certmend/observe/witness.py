"""One client besides pip: its facts, the indexes it uses, and somebody to ask.

The client answers for itself: in its own Python (`inside_clients.py`), or by being run. What it is
set to comes from its table (`settings.py`); what it trusts is that table's last row.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from certmend import process
from certmend.model.client import ClientFacts, ClientProblem, Interpreter
from certmend.model.plugin import Surroundings
from certmend.model.setting import Meaning, OriginKind, Setting
from certmend.model.text import redact, visible
from certmend.observe import ignored, openssl, pip, pip_settings, settings, starting
from certmend.observe.indexes import Wanted
from certmend.observe.interpreter import Conversation
from certmend.observe.programs import Programs
from certmend.observe.roll_call import Seat
from certmend.observe.settings import Reading
from certmend.observe.versions import at_least

_VERSION_SECONDS = 20.0
_SOURCES = ("inside.py", "inside_clients.py")
_PIPENV = ("inside.py", "inside_pip.py", "inside_clients.py", "inside_pipenv.py")


class Witness(msgspec.Struct, kw_only=True):
    """A client that is ready to be asked."""

    facts: ClientFacts
    wanted: tuple[Wanted, ...]
    """The indexes that its own settings name; empty when none does."""
    asker: Any
    """An `Asker` (`observe/asker.py`); None when nobody can be asked."""
    secrets: tuple[str, ...]


def read(
    seat: Seat,
    environment: Mapping[str, str],
    flags: Sequence[tuple[str, str]],
    *,
    answer: Mapping[str, Any] | None = None,
) -> tuple[ClientFacts, Reading, Surroundings]:
    """A client's facts from its settings; `answer` is what its interpreter said of itself."""
    client = seat.client
    said = answer or {}
    around = Surroundings(
        environment=environment,
        folder=str(Path.cwd()),
        home=environment.get("HOME") or str(Path.home()),
        version=str(said.get("version") or _version(seat, environment)),
        python=said,
        system=openssl.system(),
        flags=tuple(flags),
    )
    reading = settings.read(client, around)
    old = client.name == "requests"
    emptied = tuple(ignored.emptied(environment, around.version, "2.28")) if old else ()
    facts = ClientFacts(
        name=client.name,
        version=visible(around.version, 60),
        location=seat.program or seat.python,
        interpreter=_interpreter(said),
        settings=(*reading.settings, *ignored.settings(client, around, reading), *emptied),
        trust=reading.trust,
        trusted_hosts=_hosts(reading),
        client_cert=_value(reading, Meaning.CLIENT_CERT),
        problem=_problem(said),
        detail=_detail(said, reading.secrets),
        verifies=not _off(reading) and not emptied,
        scoped=reading.scoped,
        indexes=tuple(one.index for one in reading.indexes),
    )
    return with_rows(facts, seat), reading, around


def with_rows(facts: ClientFacts, seat: Seat) -> ClientFacts:
    """The facts, with what the client's table says of it in general."""
    client = seat.client
    return msgspec.structs.replace(
        facts,
        installed=seat.installed and facts.problem is not ClientProblem.ABSENT,
        found_by=seat.found_by,
        documented=client.documented,
        advice=client.advice,
        mixes_indexes=client.mixes_indexes,
        children=tuple(
            one
            for one in client.children
            if (not one.since or at_least(facts.version, one.since))
            and not (one.until and at_least(facts.version, one.until))
        ),
    )


def open_witness(
    seat: Seat, environment: Mapping[str, str], flags: Sequence[tuple[str, str]], timeout: float
) -> Witness:
    """Start whatever answers for a client, and read its settings meanwhile."""
    if seat.client.inside and seat.python:
        return _inside(seat, environment, flags, timeout)
    facts, reading, around = read(seat, environment, flags)
    asker = None
    if seat.client.asking is not None and seat.program:
        python = environment.get("VIRTUAL_ENV", "") and f"{environment['VIRTUAL_ENV']}/bin/python"
        asker = Programs(
            seat.client.asking,
            seat.program,
            around.version,
            environment,
            lambda url: verifies(facts, url),
            python or _own_python(),
            options=tuple(_flags(reading)),
            proxy=_in_files(reading, Meaning.PROXY),
        )
    return Witness(facts=facts, wanted=_wanted(reading), asker=asker, secrets=reading.secrets)


def _inside(
    seat: Seat, environment: Mapping[str, str], flags: Sequence[tuple[str, str]], timeout: float
) -> Witness:
    if seat.client.inside.endswith("Pip"):
        return _pip_inside(seat, environment, timeout)
    start = f"main({seat.client.inside}(), about_client)"
    conversation = Conversation(seat.python, environment, sources=_SOURCES, start=start)
    first, reading, _ = read(seat, environment, flags)
    answer = conversation.about(
        conversation.ask(op="about", options=_options(first, reading), timeout=timeout)
    )
    facts, reading, _ = read(seat, environment, flags, answer=answer)
    return Witness(
        facts=facts, wanted=_wanted(reading), asker=conversation, secrets=reading.secrets
    )


def _pip_inside(seat: Seat, environment: Mapping[str, str], timeout: float) -> Witness:
    """A client that fetches with a pip: that pip's own word on everything but the indexes."""
    plain = seat.client.inside == "Pip"
    start = "main(Pip(), about)" if plain else f"main({seat.client.inside}(), about_pipenv)"
    python = _shared_python(environment) or seat.python if plain else seat.python
    conversation = Conversation(
        python, environment, sources=starting.PIP if plain else _PIPENV, start=start
    )
    # Pipenv hands the sources that are not to be verified to its pip as trusted hosts.
    unverified = list(_unverified(seat, environment)) if seat.client.tables else []
    answer = conversation.about(conversation.start([], unverified, timeout))
    own = pip.read(answer, (), environment)
    rows, reading, _ = read(seat, environment, (), answer=answer)
    listed = seat.client.tables and any(one.name for one in reading.indexes)
    facts = msgspec.structs.replace(
        own,
        name=seat.client.name,
        version=rows.version,
        location=seat.program,
        settings=(*own.settings, *(_of_indexes(rows) if seat.client.tables else ())),
        scoped=tuple(msgspec.structs.replace(one, trust=own.trust) for one in rows.scoped),
        indexes=rows.indexes if listed else (),
    )
    return Witness(
        facts=with_rows(facts, seat),
        wanted=_wanted(reading) if listed else (),
        asker=conversation,
        secrets=(*pip_settings.secrets(pip.raw_settings(answer)), *reading.secrets),
    )


def _of_indexes(rows: ClientFacts) -> Iterator[Setting]:
    """What a client's own file and variables say of indexes; all else its pip tells."""
    return (one for one in rows.settings if one.origin.path or one.meaning is Meaning.INDEX)


def _unverified(seat: Seat, environment: Mapping[str, str]) -> Iterator[str]:
    """The `host:port` of the sources that a client's own file leaves unverified."""
    _, reading, _ = read(seat, environment, ())
    for one in reading.scoped:
        if not one.verifies:
            yield urlsplit(one.url).netloc.rpartition("@")[2]


def _shared_python(environment: Mapping[str, str]) -> str:
    """The Python of pipx's shared environment, where its pip lives; empty before the first use."""
    home = environment.get("HOME") or str(Path.home())
    root = environment.get("PIPX_HOME")
    folders = [environment.get("PIPX_SHARED_LIBS") or ""]
    folders += [
        f"{one}/shared" for one in (root, f"{home}/.local/share/pipx", f"{home}/.local/pipx") if one
    ]
    paths = (Path(one) / "bin" / "python" for one in folders if one)
    return next((str(path) for path in paths if path.exists()), "")


def _flags(reading: Reading) -> Iterator[str]:
    """The options among what a client is to trust, as its command line takes them."""
    for one in reading.active:
        if one.origin.kind is OriginKind.FLAG and one.meaning.is_trust:
            yield one.origin.name
            if not one.bare:
                yield one.value


def _in_files(reading: Reading, meaning: Meaning) -> str:
    found = (one for one in reading.active if one.meaning is meaning and one.origin.path)
    return next((one.value for one in found), "")


def _own_python() -> str:
    import sys

    return sys.executable


def _options(facts: ClientFacts, reading: Reading) -> dict[str, Any]:
    """What a client is told beyond what it reads by itself: options, and its sources' names."""
    found = next(
        (
            one.value
            for one in reading.active
            if one.meaning is Meaning.BUNDLE
            and one.origin.name not in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
        ),
        "",
    )
    return {
        "bundle": found,
        "client_cert": facts.client_cert,
        "sources": [[one.name, one.raw] for one in reading.indexes if one.name],
    }


def _wanted(reading: Reading) -> tuple[Wanted, ...]:
    """The indexes that somebody set; a client's default is none of them."""
    return tuple(
        Wanted(index=one.index, raw=one.raw)
        for one in reading.indexes
        if str(one.index.origin) != "default"
    )


def _interpreter(said: Mapping[str, Any]) -> Interpreter | None:
    return pip.interpreter(said) if said.get("python") else None


def _problem(said: Mapping[str, Any]) -> ClientProblem | None:
    if (said.get("ssl") or {}).get("problem"):
        return ClientProblem.NO_SSL
    if said.get("absent"):
        return ClientProblem.ABSENT
    return ClientProblem.BROKEN if said.get("session_error") else None


def _detail(said: Mapping[str, Any], secrets: tuple[str, ...]) -> str:
    errors = said.get("session_error") or ()
    text = (said.get("ssl") or {}).get("problem") or said.get("absent") or ""
    text = text or (errors[0]["text"] if errors else "")
    return redact(visible(str(text), 400), secrets)


def _value(reading: Reading, meaning: Meaning) -> str:
    return next((one.value for one in reading.active if one.meaning is meaning), "")


def _off(reading: Reading) -> bool:
    """Whether the strongest switch for every host turns verification off."""
    switches = [
        one
        for one in reading.active
        if one.meaning is Meaning.INSECURE and not one.scope and not one.hosts
    ]
    return bool(switches) and switches[0].on


def _hosts(reading: Reading) -> tuple[str, ...]:
    """The hosts of the settings that name hosts: the strongest place alone counts."""
    lists = [one.hosts for one in reading.active if one.meaning is Meaning.INSECURE and one.hosts]
    return lists[0] if lists else ()


def verifies(facts: ClientFacts, url: str) -> bool:
    """Whether a client checks certificates on a URL, by its settings."""
    own = [one for one in facts.scoped if url.startswith(one.url)]
    if own:
        return all(one.verifies for one in own)
    return facts.verifies and not any(_covers(facts, one, url) for one in facts.trusted_hosts)


def _covers(facts: ClientFacts, pattern: str, url: str) -> bool:
    """Whether a client takes an entry of its list of hosts for a URL.

    pip knows no `*` and no scheme there, and before 19.3 a host alone meant the usual port.
    """
    if facts.name == "uv":
        return names_host(pattern, url)
    if pattern == "*" or "://" in pattern:
        return False
    if facts.name == "pip" and not at_least(facts.version, "19.3") and ":" not in pattern:
        return names_host(pattern, url) and urlsplit(url).port in (None, 80, 443)
    return names_host(pattern, url)


def names_host(pattern: str, url: str) -> bool:
    """Whether an entry of a list of hosts covers a URL, as uv reads it (crates/uv-configuration).

    A host covers every port, `HOST:PORT` and `https://HOST` what they say, `*` everything.
    """
    if pattern == "*":
        return True
    parts = urlsplit(url)
    wanted = urlsplit(pattern if "://" in pattern else f"//{pattern}")
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    try:
        fits_port = wanted.port is None or wanted.port == port
    except ValueError:
        return False
    fits_scheme = not wanted.scheme or wanted.scheme == parts.scheme
    return fits_scheme and fits_port and (wanted.hostname or "") == (parts.hostname or "")


def _version(seat: Seat, environment: Mapping[str, str]) -> str:
    """The version in what a program says of itself; empty when it says nothing."""
    if not seat.program or (seat.python and seat.client.inside != "Pip"):
        return ""
    import re

    try:
        done = process.run(
            [seat.program, "--version"], timeout=_VERSION_SECONDS, environment=environment
        )
    except (OSError, process.TooSlow):
        return ""
    found = re.search(r"\d+(?:\.\d+)+", done.stdout)
    return found.group() if found else ""
