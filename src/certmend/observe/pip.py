"""pip: what its own interpreter said of it, as facts.

pip resolves its options, its session makes the connections (`inside.py`); here only the origin of
each setting is found, and what the trust rules of its version mean. The rules are measured on
pip 9.0.3 to 26.3 (`docs/reference/pip-trust.md`).
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from packaging.version import InvalidVersion, Version

from certmend.errors import UsageError
from certmend.model.client import ClientFacts, ClientProblem, Interpreter, Trust
from certmend.model.setting import Origin, OriginKind
from certmend.model.text import redact, visible
from certmend.model.url import secrets_in
from certmend.observe import hosts, ignored, pip_files, pip_settings
from certmend.observe.clients.pip import PIP
from certmend.observe.pip_settings import LISTS, REQUESTS_VARIABLES, Raw, secrets

NAME = "pip"
_SYSTEM_FILE = Version("24.2")
_PROXY_KEEPS_OWN_STORE = Version("25.2")


def read(
    answer: Mapping[str, Any], flags: Iterable[Raw], environment: Mapping[str, str]
) -> ClientFacts:
    """The facts of a pip from its interpreter's answer (`op: about`).

    Raises `UsageError` for a pip that refuses its own settings: it does nothing at all then.
    """
    python = interpreter(answer)
    pip = answer.get("pip") or {}
    problem, detail = _problem(answer)
    raws = (*raw_settings(answer), *flags)
    known = (*secrets(raws), *_secrets_around(environment))
    detail = redact(visible(detail, 400), known)
    if problem is ClientProblem.BAD_OPTION:
        hint = (
            "correct the option, the PIP_ variable or the file that sets it; "
            f"`{visible(python.path)} -m pip config debug` shows where pip looks"
        )
        if "\\ufeff" in detail or "\ufeff" in detail:
            hint = "save the file as UTF-8 without a byte order mark, which pip cannot read"
        raise UsageError(f"pip refuses its own settings: {detail}", hint)
    trust = _trust(answer, raws, environment)
    effective = answer.get("effective") or {}
    options = pip_settings.options_of(answer)
    version = str(pip.get("version") or "")
    emptied = tuple(ignored.emptied(environment, version, "22.2"))
    return ClientFacts(
        name=NAME,
        version=version,
        location=str(pip.get("location") or ""),
        interpreter=python,
        settings=(
            *pip_settings.settings(raws, trust, environment, options),
            *pip_files.unread(answer, environment, pip_settings.MEANINGS),
            *ignored.inert(PIP, environment),
            *ignored.absent_files(PIP, environment),
            *emptied,
        ),
        verifies=not emptied,
        trust=trust,
        trust_behind_proxy=_behind_proxy(answer, trust, environment),
        trusted_hosts=tuple(
            host for host in effective.get("trusted_hosts") or () if hosts.usable(host, NAME)
        ),
        client_cert=str(effective.get("client_cert") or ""),
        problem=problem,
        detail=detail,
    )


def _secrets_around(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Every credential in pip's variables, for words of a pip that did not come to read them."""
    values = (value for name, value in environment.items() if name.startswith("PIP_"))
    return tuple(one for value in values for word in value.split() for one in secrets_in(word))


def origin_of(key: str, value: str, raws: Iterable[Raw]) -> Origin:
    """Where the value that pip uses was set; the strongest place that says it."""
    for raw in reversed(tuple(raws)):
        if (
            raw.key == key
            and raw.section in ("", "global", "install")
            and value in (raw.value.split() if key in LISTS else _forms(raw.value))
        ):
            return raw.origin
    return Origin(kind=OriginKind.DEFAULT)


def _forms(value: str) -> tuple[str, ...]:
    """A value as it was written, and as pip hands it on: without blanks, `~` written out."""
    return value, value.strip(), str(Path(value.strip()).expanduser())


def raw_settings(answer: Mapping[str, Any]) -> tuple[Raw, ...]:
    """The settings in files and variables, weakest first; of a file that is read twice the last."""
    found = {(raw.origin, raw.value): raw for raw in reversed(tuple(_raw_settings(answer)))}
    return tuple(reversed(found.values()))


def interpreter(answer: Mapping[str, Any]) -> Interpreter:
    """The Python of a client, as it described itself."""
    python, tls = answer["python"], answer["ssl"]
    return Interpreter(
        path=python["path"],
        version=python["version"],
        implementation=python["implementation"],
        prefix=python["prefix"],
        openssl=tls.get("openssl", ""),
        has_sni=tls.get("has_sni", False),
        default_verify_flags=tls.get("verify_flags", 0),
        platform=python["platform"],
    )


def _problem(answer: Mapping[str, Any]) -> tuple[ClientProblem | None, str]:
    tls, pip = answer["ssl"], answer.get("pip") or {}
    if tls.get("problem"):
        return ClientProblem.NO_SSL, tls["problem"]
    if pip.get("kind"):
        return ClientProblem(pip["kind"]), pip.get("problem") or ""
    if errors := answer.get("session_error"):
        refused = errors[0]["class"] in ("CommandError", "ConfigurationError")
        kind = ClientProblem.BAD_OPTION if refused else ClientProblem.BROKEN_PIP
        return kind, errors[0]["text"]
    return None, ""


def _raw_settings(answer: Mapping[str, Any]) -> Iterator[Raw]:
    for said in answer.get("settings") or ():
        if said["kind"] == "file":
            key = _as_pip(said["key"]).removeprefix("--")
            yield Raw(
                key=key,
                value=said["value"],
                section=said["section"],
                origin=Origin(
                    kind=OriginKind.FILE,
                    name=f"{said['section']}.{said['key']}",
                    path=said["path"],
                    line=_line(said["path"], said["section"], said["key"]),
                ),
            )
        elif said["kind"] == "variable":
            origin = Origin(kind=OriginKind.VARIABLE, name=said["name"])
            yield Raw(key=said["key"], value=said["value"], origin=origin)


def _line(path: str, section: str, key: str) -> int:
    """The line of a key in an INI file; 0 when it cannot be found."""
    try:
        lines = Path(path).read_text("utf-8", "replace").splitlines()
    except OSError:
        return 0
    inside = False
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text.startswith("["):
            inside = text[1:].partition("]")[0].strip() == section
        elif (
            inside
            and line[:1] not in " \t"
            and _as_pip(text.replace(":", "=").partition("=")[0].strip()) == _as_pip(key)
        ):
            return number
    return 0


def _as_pip(key: str) -> str:
    return key.lower().replace("_", "-")


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _trust(
    answer: Mapping[str, Any],
    raws: tuple[Raw, ...],
    environment: Mapping[str, str],
) -> Trust:
    """What pip trusts without a proxy; a proxy changes it in 24.2 to 25.1 (see `_behind_proxy`)."""
    said = answer.get("trust") or {}
    system = bool(said.get("truststore"))
    bundle, origin = _bundle(answer, raws, environment)
    own = (said.get("certifi") or "",)
    if system:
        stores = (*own, *_openssl_defaults(answer["ssl"], environment), bundle)
    else:
        stores = (bundle or own[0],)
    level = said.get("security_level")
    if level is None:
        level = answer["ssl"].get("security_level")
    return Trust(
        mechanism="truststore" if system else "certifi",
        stores=tuple(path for path in dict.fromkeys(stores) if path),
        bundle=bundle,
        bundle_origin=origin,
        replaces=bool(bundle) and not system,
        verify_flags=int(said.get("verify_flags") or 0),
        security_level=2 if level is None else int(level),
        reads_common_name=bool(said.get("common_name", True)),
    )


def _openssl_defaults(tls: Mapping[str, Any], environment: Mapping[str, str]) -> tuple[str, ...]:
    """The file and folder that OpenSSL's defaults, and truststore's list, come to."""
    file = environment.get("SSL_CERT_FILE") or tls.get("cafile") or _first_existing()
    folder = environment.get("SSL_CERT_DIR") or tls.get("capath") or ""
    return (file, *folder.split(os.pathsep))


def _first_existing() -> str:
    """Truststore's own list of bundles, used where OpenSSL's defaults do not exist."""
    from certmend.observe.stores.linux import BUNDLES

    return next((path for path in BUNDLES.paths if Path(path).exists()), "")


def _bundle(
    answer: Mapping[str, Any], raws: tuple[Raw, ...], environment: Mapping[str, str]
) -> tuple[str, str]:
    """The bundle that a setting names: the two variables of requests beat pip's own option."""
    effective = answer.get("effective") or {}
    version = _version(str((answer.get("pip") or {}).get("version") or ""))
    # From 24.1 on a proxy given to pip itself makes its session forget the environment.
    if not (effective.get("proxy") and version >= Version("24.1")):
        for name in REQUESTS_VARIABLES:
            if environment.get(name):
                return environment[name], name
    if cert := effective.get("cert"):
        return cert, str(origin_of("cert", cert, raws))
    return "", ""


def _behind_proxy(
    answer: Mapping[str, Any], trust: Trust, environment: Mapping[str, str]
) -> Trust | None:
    """Behind a proxy pip 24.2 to 25.1 drop their own roots, and a bundle replaces the system's."""
    version = _version(str((answer.get("pip") or {}).get("version") or ""))
    if trust.mechanism != "truststore" or not _SYSTEM_FILE <= version < _PROXY_KEEPS_OWN_STORE:
        return None
    system = tuple(path for path in _openssl_defaults(answer["ssl"], environment) if path)
    return msgspec.structs.replace(
        trust,
        mechanism="system",
        stores=(trust.bundle,) if trust.bundle else tuple(dict.fromkeys(system)),
        replaces=bool(trust.bundle),
    )
