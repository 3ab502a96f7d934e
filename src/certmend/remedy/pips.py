"""pip, and what fetches with a pip of its own: which file or variable is really read.

Measured on 9.0.3 to 26.3: REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE beat PIP_CERT, which beats the
files; of these PIP_CONFIG_FILE is the strongest, then the environment's, the user's, the system's.
"""

import os
from pathlib import Path

from packaging.version import InvalidVersion, Version

from certmend.model.client import ClientFacts
from certmend.model.plan import EditFile, Step
from certmend.model.setting import Origin, OriginKind, Role, Setting
from certmend.model.text import visible
from certmend.remedy import pointing, system_store
from certmend.remedy.bundles import Member
from certmend.remedy.edits import ini
from certmend.remedy.ground import Ground, Method, Scope, kept_by_others, refuse
from certmend.remedy.target import Wish

_SYSTEM_FILE = "/etc/pip.conf"


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The steps after which this pip trusts what is wished for."""
    match ground.method:
        case Method.SYSTEM_STORE:
            return _through_system(client, wish, ground)
        case Method.TRUSTSTORE:
            return (_truststore(client, wish, ground),)
        case _:
            return _bundle(client, wish, ground)


def trust_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """Verification off for one host and port: a host without port is not taken by old pips."""
    path = _file(client, ground)
    if not path:
        why = "switches verification off for this host"
        return (pointing.unverified("PIP_TRUSTED_HOST", host, why),)
    old = ground.content(path)
    new = ini.add_word(old or b"", path, "global", "trusted-host", host)
    what = f"[global] trusted-host = {visible(host)}: verification is off for it"
    return (EditFile(path=path, what=what, before=old, after=new),)


def verify_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """The steps that take a host out of the trusted ones of the file that decides."""
    fits = (one for one in client.settings if one.key == "trusted-host" and one.role is Role.USED)
    origin = next((one.origin for one in fits), None)
    if origin is None or origin.kind is not OriginKind.FILE:
        return ()
    old = ground.content(origin.path) or b""
    section = origin.name.partition(".")[0]
    words = frozenset((host, host.rpartition(":")[0]))
    new = ini.without_words(old, origin.path, section, "trusted-host", words)
    what = f"[{section}] trusted-host without {visible(host)}: it is verified again"
    return (EditFile(path=origin.path, what=what, before=old, after=new),) if new != old else ()


def _bundle(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    origin = _origin(client)
    if not client.trust.bundle or kept_by_others(client.trust.bundle):
        _file(client, ground)  # a scope that pip has not is refused, whatever is to be done

    def point(path: str) -> tuple[Step, ...]:
        return (_point(client, origin, path, ground),)

    base = (*_base(client, ground), *ground.members(client.trust.bundle or os.devnull))
    return pointing.with_bundle(client, client.trust, wish, ground, point, base=base)


def _base(client: ClientFacts, ground: Ground) -> tuple[Member, ...]:
    """The public roots, and what stands beside them in pip's own: a company may have added to it.

    A bundle takes the place of pip's own store before 24.2: nothing of it may get lost.
    """
    first = client.trust.stores[:1]
    vendored = str(Path(client.location) / "_vendor" / "certifi" / "cacert.pem")
    own = vendored if client.trust.bundle in first else next(iter(first), vendored)
    return (*ground.roots, *ground.members(own))


def _point(client: ClientFacts, origin: Origin | None, path: str, ground: Ground) -> Step:
    """What makes pip read a bundle: the key that decides now, or the file of the scope."""
    if origin is not None and origin.kind is OriginKind.VARIABLE:
        return pointing.variable(origin.name, path, "pip reads this variable before its files")
    target = _file(client, ground)
    if not target:
        return pointing.variable("PIP_CERT", path, "PIP_CONFIG_FILE switches pip's files off")
    section = "global"
    if origin is not None and origin.kind is OriginKind.FILE:
        order = _files(client, ground)
        decides = origin.name.partition(".")[0]
        # A command's own section beats [global], whichever files they stand in.
        stronger = order.index(origin.path) >= order.index(target) if origin.path in order else True
        if stronger or decides != "global":
            target, section = origin.path, decides
    sections = (section, *_commands_alike(client, origin, target))
    old = ground.content(target)
    new = old or b""
    for one in sections:
        new = ini.set_key(new, target, one, "cert", path)
    named = " and ".join(f"[{one}]" for one in sections)
    return EditFile(path=target, what=f"{named} cert = {visible(path, 300)}", before=old, after=new)


def _commands_alike(client: ClientFacts, origin: Origin | None, target: str) -> tuple[str, ...]:
    """The sections of other commands in this file that name the bundle in effect too.

    `pip download` would go on with the old bundle where only [install] was pointed at the new.
    """
    if origin is None or origin.path != target:
        return ()
    held = (
        one.origin.name.partition(".")[0]
        for one in client.settings
        if one.key == "cert" and one.origin.path == target and one.value == client.trust.bundle
    )
    return tuple(one for one in dict.fromkeys(held) if one != origin.name.partition(".")[0])


def _through_system(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    if not _reads_system(client):
        raise refuse(
            f"{client.label} does not read the system's trust store",
            "use `--method bundle`, or pip 24.2 or later on Python 3.10 or later",
        )
    return system_store.steps(wish.anchors, ground)


def _truststore(client: ClientFacts, wish: Wish, ground: Ground) -> Step:
    if not _can_truststore(client):
        raise refuse(
            f"{client.label} has no truststore",
            "it takes pip 23.3 or later on Python 3.10 or later; use `--method bundle`",
        )
    if client.trust.mechanism == "truststore":
        raise refuse(
            f"{client.label} reads the system's trust store already",
            "install the CA there with `--method system-store`, or use `--method bundle`",
        )
    pointing.refuse_lacking(wish, ground)
    path = _file(client, ground)
    if not path:
        return pointing.variable(
            "PIP_USE_FEATURE", "truststore", "PIP_CONFIG_FILE switches files off"
        )
    old = ground.content(path)
    new = ini.add_word(old or b"", path, "global", "use-feature", "truststore")
    return EditFile(path=path, what="[global] use-feature = truststore", before=old, after=new)


def _origin(client: ClientFacts) -> Origin | None:
    """Where the bundle in effect was set, or an empty value that beats what is set elsewhere."""
    return next((one.origin for one in client.settings if _decides(one, client)), None)


def _decides(one: Setting, client: ClientFacts) -> bool:
    if one.key != "cert" or one.role is not Role.USED:
        return False
    return str(one.origin) == client.trust.bundle_origin if client.trust.bundle else not one.value


def _reads_system(client: ClientFacts) -> bool:
    own = client.trust.stores[:1]
    return client.trust.mechanism == "truststore" or any(one.startswith("/etc/") for one in own)


def _can_truststore(client: ClientFacts) -> bool:
    python = client.interpreter.version if client.interpreter else "0"
    return _version(client.version) >= Version("23.3") and _version(python) >= Version("3.10")


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _file(client: ClientFacts, ground: Ground) -> str:
    """The settings file of the scope; empty where pip reads no file at all."""
    named = ground.environment.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return ""
    name = "pip.ini" if ground.platform == "win32" else "pip.conf"
    prefix = client.interpreter.prefix if client.interpreter else ""
    match ground.scope or Scope.USER:
        case Scope.PROJECT:
            raise refuse(
                "pip has no settings file of a project",
                "`--scope venv` is for one environment, `--scope user` for you",
            )
        case Scope.SYSTEM:
            return _SYSTEM_FILE
        case Scope.VENV:
            if not (Path(prefix) / "pyvenv.cfg").exists():
                raise refuse(
                    f"{client.label} runs in no virtual environment",
                    "name its Python with `--python`, or use `--scope user`",
                )
            return str(Path(prefix) / name)
        case Scope.SITE:
            return str(Path(prefix) / name)
        case Scope.USER:
            return named if named and Path(named).exists() else _user_file(ground, name)


def _user_file(ground: Ground, name: str) -> str:
    if ground.platform == "win32":
        base = Path(ground.environment.get("APPDATA") or ground.home / "AppData/Roaming")
        return str(base / "pip" / name)
    old = ground.home / ".pip" / name
    library = ground.home / "Library/Application Support/pip"
    if ground.platform == "darwin" and library.is_dir():
        return str(library / name)
    base = Path(ground.environment.get("XDG_CONFIG_HOME") or ground.home / ".config")
    new = base / "pip" / name
    return str(old if old.exists() and not new.exists() else new)


def _files(client: ClientFacts, ground: Ground) -> list[str]:
    """Pip's files here, the weakest first."""
    prefix = client.interpreter.prefix if client.interpreter else ""
    base = Path(ground.environment.get("XDG_CONFIG_HOME") or ground.home / ".config")
    found = [
        "/etc/xdg/pip/pip.conf",
        _SYSTEM_FILE,
        str(ground.home / ".pip/pip.conf"),
        str(base / "pip/pip.conf"),
        str(Path(prefix) / "pip.conf"),
        ground.environment.get("PIP_CONFIG_FILE", ""),
    ]
    return [one for one in found if one]
