"""What `certmend bundle` does: sources read, merged, judged against hosts, written with undo."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from certmend.errors import UsageError
from certmend.model.text import visible
from certmend.observe import bundle, containers, generated, mozilla
from certmend.observe.containers import Password
from certmend.remedy import bundles, files, journal
from certmend.remedy.bundles import Member, Merged
from certmend.remedy.journal import Change, Journal, Record

if TYPE_CHECKING:
    from certmend.observe import probe
    from certmend.observe.copies import Copy

_LEVEL = 2  # OpenSSL's default security level from 3.2 on, and Debian's before


class HostVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """A host and a set of anchors: whether OpenSSL would trust it, or why not."""

    host: str
    verified: bool
    reason: str = ""
    chain: tuple[bytes, ...] = ()
    """As the host sent it, DER; empty when it could not be collected."""


def load(
    paths: Iterable[str], password: Password, *, keys_allowed: bool = False
) -> tuple[Member, ...]:
    """The certificates of files and folders. Raises `UsageError` for a file that holds a key."""
    found: list[Member] = []
    for path in paths:
        own: dict[str, Member] = {}  # a hashed folder has each file twice
        for file in containers.files(path):
            held = containers.read(file, password)
            if held.private_keys and not keys_allowed:
                raise UsageError(
                    f"{visible(file, 300)} holds a private key: it must not leave its owner",
                    "give a file with the CA certificate alone",
                )
            if not held.certificates:
                raise UsageError(
                    f"{visible(file, 300)} holds a private key, and no certificate",
                    "give a file with certificates",
                )
            for one in bundles.members(held.certificates, file):
                own.setdefault(one.sha256, one)
        found += own.values()
    return tuple(found)


def public_roots(kind: str) -> tuple[Member, ...]:
    """The roots to begin with: `certifi`, `system`, or `none`."""
    if kind == "none":
        return ()
    if kind == "certifi":
        return bundles.members(mozilla.roots(), "Mozilla's roots (certifi)")
    for path in generated.BUNDLES:
        held = bundle.read(path, "the system's trust store")
        if held.certificates:
            anchors = bundles.members(held.certificates, path)
            # Debian lets an admin add a server's own certificate to the store.
            return tuple(one for one in anchors if one.may_sign)
    raise UsageError("this system has no trust store in a file", "use `--roots certifi`")


def build(paths: Iterable[str], roots: str, password: Password, now: datetime) -> Merged:
    """Public roots and the given CAs, merged. Raises `UsageError` for leaves, keys, unreadables."""
    given = load(paths, password)
    for one in given:
        if one.may_sign and one.not_after < now:
            continue  # left out with a notice
        bundles.refuse_leaf(one)
    return bundles.merge((*public_roots(roots), *given), now)


def store(
    kept: Journal, title: str, contents: Mapping[str, bytes | None]
) -> tuple[Record | None, tuple[Change, ...]]:
    """Write files in one go, with undo; None when nothing had to change."""
    from certmend.remedy import apply

    changes = tuple(
        Change(before=seen, after=content)
        for seen, content in ((files.see(path), content) for path, content in contents.items())
        if seen.content != content
    )
    if not changes:
        return None, ()
    return apply.apply(kept, title, changes), changes


def verdict(host: str, anchors: Iterable[bytes], now: datetime, timeout: float) -> HostVerdict:
    """Whether a host (`HOST`, `HOST:PORT` or a URL) verifies with these anchors alone."""
    from certmend.judge import path, words
    from certmend.judge.question import Question
    from certmend.model.store import TrustStore
    from certmend.observe import probe, trust
    from certmend.observe.bundle import Bundle

    target = _target(host)
    shown = visible(f"{target.host}:{target.port}")
    seen = probe.probe(target, timeout)
    chain = seen.sight.chain if seen.sight else ()
    if not chain:
        broken = seen.failure or (seen.sight.failure if seen.sight else None)
        said = broken.text or broken.reason if broken else "it showed no certificate"
        return HostVerdict(host=shown, verified=False, reason=f"not reached: {visible(said)}")
    held = Bundle(store=TrustStore(name="", path=""), certificates=tuple(anchors))
    (bearing,) = trust.relevant((held,), (chain,))
    question = Question(
        chain=chain, anchors=bearing.anchors, host=target.host, at=now, security_level=_LEVEL
    )
    faults = path.faults(question)
    reason = words.plain(faults[0].code) if faults else ""
    return HostVerdict(host=shown, verified=not faults, reason=reason, chain=chain)


def _target(text: str) -> "probe.Target":
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(text if "//" in text else f"//{text}")
    try:
        host, port = parts.hostname, parts.port or 443
    except ValueError:
        host, port = None, 0
    if not host:
        raise UsageError(f"{visible(text)} is no host", "give HOST, HOST:PORT or a URL")
    from certmend.observe import probe

    proxies = getproxies()
    proxy = "" if proxy_bypass(host) else proxies.get("https", "")
    return probe.Target(host=host, port=port, proxy=proxy)


def the_journal(environment: Mapping[str, str]) -> Journal:
    """This user's journal."""
    return Journal(journal.folder(dict(environment)))


def copies(environment: Mapping[str, str]) -> "tuple[Copy, ...]":
    """Every file here that holds trusted certificates, with those that certmend wrote."""
    from certmend.observe import copies as observed
    from certmend.remedy import keeping

    written = {one.path for kept in the_journal(environment).records() for one in kept.changes}
    places = (*keeping.places(environment), *sorted(written))
    return observed.copies(environment, (one for one in places if Path(one).is_file()))


def existing(path: str) -> bytes:
    """The content of a bundle that must be there."""
    seen = files.see(path)
    if seen.content is None:
        raise UsageError(
            f"{visible(str(Path(path)), 500)} does not exist", "`certmend bundle build` makes one"
        )
    return seen.content
