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
from certmend.model.setting import Origin, OriginKind, Role, Setting
from certmend.model.text import redact, visible
from certmend.model.url import secrets_in

NAME = "pip"
_TRUST_KEYS = (
    "cert",
    "client-cert",
    "trusted-host",
    "index-url",
    "extra-index-url",
    "find-links",
    "proxy",
    "no-index",
    "use-feature",
    "use-deprecated",
    "keyring-provider",
)
_REQUESTS_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_FOREIGN_VARIABLES = (
    "NODE_EXTRA_CA_CERTS",
    "GIT_SSL_CAINFO",
    "AWS_CA_BUNDLE",
    "NIX_SSL_CERT_FILE",
    "UV_SSL_CERT_FILE",
    "PIP_CA_BUNDLE",
    "PIP_CA_CERT",
    "PIP_CACERT",
    "PIP_SSL_CERT",
    "PIP_CERTS",
    "SSL_CA_FILE",
    "SSL_CERT",
)
_LOOKALIKES = (
    "ca-cert",
    "cacert",
    "ca-bundle",
    "ca-certs",
    "certs",
    "certificate",
    "cafile",
    "ssl-cert",
    "ssl_cert",
    "cert-file",
    "ca_cert",
    "capath",
    "verify",
)
_LISTS = frozenset(
    {"trusted-host", "extra-index-url", "find-links", "use-feature", "use-deprecated"}
)
_SYSTEM_FILE = Version("24.2")
_PROXY_KEEPS_OWN_STORE = Version("25.2")


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A setting with its value as it is, credentials and all: never leaves the observers."""

    key: str
    value: str
    origin: Origin
    section: str = ""


def read(
    answer: Mapping[str, Any], flags: Iterable[Raw], environment: Mapping[str, str]
) -> ClientFacts:
    """The facts of a pip from its interpreter's answer (`op: about`).

    Raises `UsageError` for a pip that refuses its own settings: it does nothing at all then.
    """
    interpreter = _interpreter(answer)
    pip = answer.get("pip") or {}
    problem, detail = _problem(answer)
    raws = (*_raw_settings(answer), *flags)
    known = (*secrets(raws), *_secrets_around(environment))
    detail = redact(visible(detail, 400), known)
    if problem is ClientProblem.BAD_OPTION:
        raise UsageError(
            f"pip refuses its own settings: {detail}",
            "correct the option, the PIP_ variable or the file that sets it; "
            f"`{visible(interpreter.path)} -m pip config debug` shows where pip looks",
        )
    trust = _trust(answer, raws, environment)
    effective = answer.get("effective") or {}
    return ClientFacts(
        name=NAME,
        version=str(pip.get("version") or ""),
        location=str(pip.get("location") or ""),
        interpreter=interpreter,
        settings=tuple(_settings(raws, trust, environment)),
        trust=trust,
        trust_behind_proxy=_behind_proxy(answer, trust, environment),
        trusted_hosts=tuple(effective.get("trusted_hosts") or ()),
        client_cert=str(effective.get("client_cert") or ""),
        problem=problem,
        detail=detail,
    )


def secrets(raws: Iterable[Raw]) -> tuple[str, ...]:
    """Every credential in the settings, to be looked for in all that is kept."""
    return tuple(
        secret for raw in raws for word in raw.value.split() for secret in secrets_in(word)
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
            and value in (raw.value.split() if key in _LISTS else (raw.value, raw.value.strip()))
        ):
            return raw.origin
    return Origin(kind=OriginKind.DEFAULT)


def raw_settings(answer: Mapping[str, Any]) -> tuple[Raw, ...]:
    """The settings in files and variables, weakest first."""
    return tuple(_raw_settings(answer))


def _interpreter(answer: Mapping[str, Any]) -> Interpreter:
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
            key = said["key"].lower().replace("_", "-").removeprefix("--")
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
            and text.replace(":", "=").partition("=")[0].strip().lower() == key.lower()
        ):
            return number
    return 0


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
        for name in _REQUESTS_VARIABLES:
            if environment.get(name):
                return environment[name], name
    if cert := effective.get("cert"):
        return cert, str(origin_of("cert", cert, raws))
    return "", ""


def _settings(
    raws: tuple[Raw, ...], trust: Trust, environment: Mapping[str, str]
) -> Iterator[Setting]:
    known = secrets(raws)
    last = {raw.key: raw for raw in raws if raw.section in ("", "global", "install")}
    for raw in raws:
        yield _judged(raw, last, trust, known)
    for name in _REQUESTS_VARIABLES:
        if environment.get(name):
            yield _variable(name, environment[name], trust)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if value := environment.get(name):
            used = trust.mechanism == "truststore"
            yield Setting(
                key="cert",
                value=visible(value, 300),
                origin=Origin(kind=OriginKind.VARIABLE, name=name),
                role=Role.USED if used else Role.IGNORED,
                why="" if used else "read only by pip 24.2 and later on Python 3.10 and later",
                harmful=not used,
            )
    for name in _FOREIGN_VARIABLES:
        if value := environment.get(name):
            yield Setting(
                key="cert",
                value=visible(value, 300),
                origin=Origin(kind=OriginKind.VARIABLE, name=name),
                role=Role.IGNORED,
                why="pip does not read it"
                + ("; `PIP_CERT` is the name" if name.startswith("PIP_") else ""),
                harmful=True,
            )


def _judged(raw: Raw, last: Mapping[str, Raw], trust: Trust, known: tuple[str, ...]) -> Setting:
    shown = redact(visible(raw.value, 300), known)
    role, why, harmful = Role.USED, "", False
    if raw.section not in ("", "global", "install"):
        role, why = (
            Role.IGNORED,
            f"pip reads [global] and the section of its command, not [{raw.section}]",
        )
        harmful = raw.key in _TRUST_KEYS and raw.section not in _COMMANDS
    elif raw.key in _LOOKALIKES:
        role, why, harmful = Role.IGNORED, "pip has no such option; `cert` is the name", True
    elif raw.key not in _LISTS and last.get(raw.key) is not raw:
        role, why = Role.OVERRIDDEN, f"{last[raw.key].origin} is stronger"
    elif raw.key == "cert" and trust.bundle_origin in _REQUESTS_VARIABLES:
        role, why = Role.OVERRIDDEN, f"{trust.bundle_origin} is stronger, in every version of pip"
        harmful = raw.value != trust.bundle
    return Setting(
        key=raw.key,
        value=shown,
        origin=raw.origin,
        role=role,
        why=visible(why, 300),
        harmful=harmful,
    )


_COMMANDS = frozenset(
    {
        "cache",
        "check",
        "completion",
        "config",
        "debug",
        "download",
        "freeze",
        "hash",
        "help",
        "index",
        "inspect",
        "install",
        "list",
        "lock",
        "search",
        "show",
        "uninstall",
        "wheel",
    }
)


def _variable(name: str, value: str, trust: Trust) -> Setting:
    used = trust.bundle_origin == name
    why = "" if used else "REQUESTS_CA_BUNDLE is stronger"
    if not used and trust.bundle_origin not in _REQUESTS_VARIABLES:
        why = "pip 24.1 and later do not read it beside a proxy of their own"
    return Setting(
        key="cert",
        value=visible(value, 300),
        origin=Origin(kind=OriginKind.VARIABLE, name=name),
        role=Role.USED if used else Role.OVERRIDDEN,
        why=why,
        harmful=not used and value != trust.bundle,
    )


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
