"""pip's settings, each with what became of it: used, overridden, or not read, and why.

pip itself said what stands in its files and variables, and which options it has (`inside_pip.py`).
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from certmend.model.client import Trust
from certmend.model.setting import Meaning, Origin, OriginKind, Role, Setting
from certmend.model.text import redact, visible
from certmend.model.url import secrets_in
from certmend.observe import hosts

REQUESTS_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
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
LISTS = frozenset(
    {"trusted-host", "extra-index-url", "find-links", "use-feature", "use-deprecated"}
)
MEANINGS = {
    "cert": Meaning.BUNDLE,
    "client-cert": Meaning.CLIENT_CERT,
    "proxy": Meaning.PROXY,
    "trusted-host": Meaning.INSECURE,
    "index-url": Meaning.INDEX,
    "extra-index-url": Meaning.EXTRA_INDEX,
    "find-links": Meaning.EXTRA_INDEX,
}
"""What the options about indexes and trust decide."""
_NEAR = 0.8


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A setting with its value as it is, credentials and all: never leaves the observers."""

    key: str
    value: str
    origin: Origin
    section: str = ""


def secrets(raws: Iterable[Raw]) -> tuple[str, ...]:
    """Every credential in the settings, to be looked for in all that is kept."""
    return tuple(
        secret for raw in raws for word in raw.value.split() for secret in secrets_in(word)
    )


def options_of(answer: Mapping[str, Any]) -> frozenset[str]:
    """The options that this pip has, by its own word; none where it did not come so far."""
    return frozenset((answer.get("effective") or {}).get("options") or ())


def settings(
    raws: tuple[Raw, ...], trust: Trust, environment: Mapping[str, str], options: frozenset[str]
) -> Iterator[Setting]:
    """Every setting that pip was given here, and what pip made of it."""
    known = secrets(raws)
    read = tuple(raw for raw in raws if raw.section in ("", "global", "install"))
    last = {raw.key: raw for raw in read if not _passed_over(raw)}
    for raw in raws:
        found = _judged(raw, last, trust, known, options)
        beaten = tuple(
            str(other.origin)
            for other in raws
            if other is not raw
            and other.key == raw.key
            and raw.key not in LISTS
            and not _passed_over(other)
        )
        used = found.role is Role.USED and last.get(raw.key) is raw
        yield msgspec.structs.replace(found, overrides=beaten if used else ())
    for name in REQUESTS_VARIABLES:
        if environment.get(name):
            yield _variable(name, environment[name], trust, raws, environment)
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
                meaning=Meaning.BUNDLE if name.endswith("FILE") else Meaning.FOLDER,
            )
    yield from _proxies(raws, environment)
    yield from _unread(environment)


def _passed_over(raw: Raw) -> bool:
    """An empty variable sets nothing; an empty key of a file takes a weaker file's value away.

    As `_get_ordered_configuration_items` of pip/_internal/cli/parser.py has it.
    """
    return raw.origin.kind is OriginKind.VARIABLE and not raw.value


def _proxies(raws: tuple[Raw, ...], environment: Mapping[str, str]) -> Iterator[Setting]:
    """The proxies of the environment, which pip's own option beats (requests/utils.py)."""
    own = next((raw for raw in reversed(raws) if raw.key == "proxy"), None)
    beaten = str(own.origin) if own is not None else ""
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        if value := environment.get(name):
            yield Setting(
                key="proxy",
                value=redact(visible(value, 300), secrets_in(value)),
                origin=Origin(kind=OriginKind.VARIABLE, name=name),
                role=Role.OVERRIDDEN if beaten else Role.USED,
                why=f"{beaten} is stronger" if beaten else "",
                meaning=Meaning.PROXY,
            )
            beaten = beaten or name


def _unread(environment: Mapping[str, str]) -> Iterator[Setting]:
    """Variables about trust that name a file, or are near to one that pip reads."""
    from certmend.observe import ignored
    from certmend.observe.clients.pip import PIP

    read = (*REQUESTS_VARIABLES, "SSL_CERT_FILE", "SSL_CERT_DIR")
    for name, value in sorted(environment.items()):
        if not value or name in read or name.startswith("PIP_"):
            continue
        key = name[4:].lower().replace("_", "-") if name.upper().startswith("PIP_") else ""
        near = name.upper() if key in MEANINGS else ignored.near_variable(PIP, name)
        if near or ignored.names_certificates(name, value):
            known = tuple(secret for word in value.split() for secret in secrets_in(word))
            yield Setting(
                key=key or "cert",
                value=redact(visible(value, 300), known),
                origin=Origin(kind=OriginKind.VARIABLE, name=visible(name, 200)),
                role=Role.IGNORED,
                why="pip does not read it" + (f"; `{near}` is the name" if near else ""),
                harmful=True,
                meaning=MEANINGS.get(key, Meaning.BUNDLE),
                instead=near,
                for_others="" if near else "other programs",
            )


def _likely(key: str, options: frozenset[str]) -> str:
    """The option that a key which is none is likely meant for; empty when none is near."""
    from certmend.observe import ignored

    if not options or key in options or key in _TRUST_KEYS:
        return ""
    near = difflib.get_close_matches(key, _TRUST_KEYS, 1, _NEAR)
    # A real option may be near to another one: `certs` is none, `progress-bar` is.
    return near[0] if near else "cert" if ignored.about_certificates(key) else ""


def _judged(
    raw: Raw,
    last: Mapping[str, Raw],
    trust: Trust,
    known: tuple[str, ...],
    options: frozenset[str],
) -> Setting:
    shown = redact(visible(raw.value, 300), known)
    role, why, harmful = Role.USED, "", False
    likely = _likely(raw.key, options)
    dead = hosts.why_not(raw.value, "pip") if raw.key == "trusted-host" else ""
    if _passed_over(raw):
        role, why = Role.IGNORED, "it is empty, and pip passes over an empty variable"
    elif raw.section not in ("", "global", "install"):
        role, why = (
            Role.IGNORED,
            f"pip reads [global] and the section of its command, not [{raw.section}]",
        )
        harmful = raw.key in _TRUST_KEYS and raw.section not in _COMMANDS
    elif likely:
        role, why, harmful = Role.IGNORED, f"pip has no such option; `{likely}` is the name", True
    elif dead:
        some = any(hosts.usable(word, "pip") for word in raw.value.split())
        role, why = Role.USED if some else Role.IGNORED, dead
    elif raw.key not in LISTS and last.get(raw.key) is not raw:
        role, why = Role.OVERRIDDEN, f"{last[raw.key].origin} is stronger"
        harmful = raw.key == "cert" and bool(raw.value)
    elif raw.key == "cert" and trust.bundle_origin in REQUESTS_VARIABLES:
        role, why = Role.OVERRIDDEN, f"{trust.bundle_origin} is stronger, in every version of pip"
        harmful = raw.value != trust.bundle
    return Setting(
        key=raw.key,
        value=shown,
        origin=raw.origin,
        role=role,
        why=visible(why, 300),
        harmful=harmful,
        meaning=MEANINGS.get(likely or raw.key, Meaning.OTHER),
        instead=likely,
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


def _variable(
    name: str,
    value: str,
    trust: Trust,
    raws: tuple[Raw, ...],
    environment: Mapping[str, str],
) -> Setting:
    used = trust.bundle_origin == name
    why = "" if used else "REQUESTS_CA_BUNDLE is stronger"
    if not used and trust.bundle_origin not in REQUESTS_VARIABLES:
        why = "pip 24.1 and later do not read it beside a proxy of their own"
    sections = ("", "global", "install")
    weaker = [str(raw.origin) for raw in raws if raw.key == "cert" and raw.section in sections]
    if name == REQUESTS_VARIABLES[0] and environment.get(REQUESTS_VARIABLES[1]):
        weaker.append(REQUESTS_VARIABLES[1])
    return Setting(
        key="cert",
        value=visible(value, 300),
        origin=Origin(kind=OriginKind.VARIABLE, name=name),
        role=Role.USED if used else Role.OVERRIDDEN,
        why=why,
        harmful=not used and value != trust.bundle,
        meaning=Meaning.BUNDLE,
        overrides=tuple(weaker) if used else (),
    )
