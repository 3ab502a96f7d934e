"""The Pythons of this machine, asked what their own `ssl` says of a captured chain."""

import base64
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from certmend import process
from certmend.model import wire
from certmend.model.inspection import Asked
from certmend.model.store import TrustStore
from certmend.model.text import visible

_NAME = re.compile(r"^python3(?:\.\d{1,2})?$")
_MOST = 8
_SCRIPT = Path(__file__).with_name("inside_replay.py")


class _Said(msgspec.Struct):
    code: int | None
    text: str


class _Answer(msgspec.Struct):
    own: _Said
    version: str
    openssl: str
    flags: int
    given: _Said | None = None


def ask(
    chain: tuple[bytes, ...],
    host: str,
    given: TrustStore | None,
    environment: Mapping[str, str],
    timeout: float,
) -> tuple[Asked, ...]:
    """What each Python on PATH says; one that does not answer is left out."""
    question = {
        "flight": base64.b64encode(wire.server_flight(chain)).decode(),
        "anchors": _pem(given.anchors) if given is not None else "",
        "host": host,
    }
    written = msgspec.json.encode(question).decode()
    found = tuple(dict.fromkeys(_on_path(environment)))[:_MOST]
    with ThreadPoolExecutor(_MOST) as pool:
        answers = pool.map(lambda one: _one(one, written, environment, timeout), found)
        every = (asked for several in answers for asked in several)
        # python3 and python3.13 are often the same one.
        return tuple({(one.version, one.openssl, one.with_given): one for one in every}.values())


def _on_path(environment: Mapping[str, str]) -> Iterator[str]:
    for folder in environment.get("PATH", "").split(":"):
        try:
            names = sorted(one for one in Path(folder).iterdir() if _NAME.match(one.name))
        except OSError:
            continue
        yield from (str(one) for one in names)


def _one(
    python: str, question: str, environment: Mapping[str, str], timeout: float
) -> tuple[Asked, ...]:
    try:
        done = process.run(
            (python, str(_SCRIPT)),
            timeout=timeout,
            environment=environment,
            given=question,
        )
        said = msgspec.json.decode(done.stdout, type=_Answer)
    except (OSError, process.Expired, msgspec.DecodeError):
        return ()
    pairs = ((said.own, False), (said.given, True))
    return tuple(
        Asked(
            path=visible(python, 200),
            version=visible(said.version, 20),
            openssl=visible(said.openssl, 60),
            flags=said.flags,
            with_given=with_given,
            code=one.code,
            text=visible(one.text, 200),
        )
        for one, with_given in pairs
        if one is not None
    )


def _pem(anchors: tuple[bytes, ...]) -> str:
    blocks = (base64.encodebytes(der).decode() for der in anchors)
    return "".join(
        f"-----BEGIN CERTIFICATE-----\n{block}-----END CERTIFICATE-----\n" for block in blocks
    )
