"""The stores of this machine, cut down to what bears on the chains that were seen."""

import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

import certifi
import msgspec

from certmend import registry
from certmend.model import certificate
from certmend.model.attempt import Attempt
from certmend.model.client import ClientFacts
from certmend.model.facts import Fetched, Revocation
from certmend.model.plugin import StorePlace
from certmend.model.store import TrustStore
from certmend.observe import bundle, fetching
from certmend.observe.bundle import Bundle


@cache
def public_roots() -> Bundle:
    """Mozilla's roots, as certifi ships them with certmend: the yardstick of what is public."""
    return bundle.read(certifi.where(), "Mozilla's roots")


def places(environment: Mapping[str, str]) -> tuple[Bundle, ...]:
    """Every store of this machine that exists, each path once."""
    found: dict[str, Bundle] = {}
    for place in registry.load("certmend.observe.stores", StorePlace):
        named = [
            (environment[v], f"{place.name} ({v})") for v in place.variables if environment.get(v)
        ]
        named += [(str(Path(path).expanduser()), place.name) for path in place.paths]
        for path, name in named:
            # A list of folders is allowed in SSL_CERT_DIR.
            for one in path.split(os.pathsep) if "SSL_CERT_DIR" in name else (path,):
                real = str(Path(one).resolve())
                if real not in found and Path(one).exists():
                    found[real] = bundle.read(one, name, place.patterns)
    return tuple(found.values())


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What bears on the chains of a run."""

    stores: tuple[TrustStore, ...]
    public_roots: tuple[bytes, ...]
    fetched: tuple[Fetched, ...]
    revocations: tuple[Revocation, ...]


def observe(
    client: ClientFacts,
    attempts: Sequence[Attempt],
    environment: Mapping[str, str],
    *,
    fetch: bool,
    timeout: float,
) -> Seen:
    """Read the client's and the machine's stores, and fetch what the chains lack."""
    chains = tuple(
        dict.fromkeys(
            one.probe.sight.chain
            for one in attempts
            if one.probe and one.probe.sight and one.probe.sight.chain
        )
    )
    roots = public_roots()
    stores = (*_of_client(client, attempts), *places(environment))
    known = tuple({path: one for one in reversed(stores) for path in (one.store.path,)}.values())
    ordered = tuple(reversed(known))
    fetched: tuple[Fetched, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    if fetch and chains:
        fetched, revocations = fetching.complete(chains, ordered, min(5.0, timeout))
    more = tuple(one.certificates for one in fetched if one.certificates)
    *kept, public = relevant((*ordered, roots), (*chains, *more))
    return Seen(
        stores=tuple(kept), public_roots=public.anchors, fetched=fetched, revocations=revocations
    )


def _of_client(client: ClientFacts, attempts: Sequence[Attempt]) -> tuple[Bundle, ...]:
    """The stores that the client reads, a setting's bundle among them even if it is not there."""
    own = client.trust.stores[:1]
    paths = dict.fromkeys(
        (*client.trust.stores, client.trust.bundle, *(one.bundle for one in attempts))
    )
    # What a setting names that is not read: it may hold just what is missing.
    meant = (Path(one.value).expanduser() for one in client.settings if one.harmful)
    paths |= dict.fromkeys(str(path) for path in meant if path.is_file())
    return tuple(bundle.read(path, _name(path, client, own=path in own)) for path in paths if path)


def _name(path: str, client: ClientFacts, *, own: bool) -> str:
    if path == client.trust.bundle:
        return f"the bundle of {client.trust.bundle_origin}"
    if own:
        return f"{client.name}'s own roots"
    ignored = next((s for s in client.settings if s.harmful and s.value == path), None)
    return f"named by {ignored.origin}" if ignored else "the system's trust store"


def clock_floor() -> datetime:
    """A time that is certainly past: when the newest public root that certmend ships began."""
    begun = [certificate.read(der).not_before for der in public_roots().certificates]
    return max(begun)


def relevant(
    stores: Iterable[Bundle], chains: Iterable[tuple[bytes, ...]]
) -> tuple[TrustStore, ...]:
    """The stores with only those certificates that a verifier would look at for these chains.

    A verifier finds issuers by name, so certificates whose subject no chain names as an
    issuer, directly or through another anchor, cannot change a verdict.
    """
    bundles = tuple(stores)
    names = _names_of(chains)
    everything = {der for one in bundles for der in one.certificates}
    subjects = {der: _names(der) for der in everything}
    grown = True
    while grown:
        above = {issuer for subject, issuer in subjects.values() if subject in names}
        grown = not above <= names
        names |= above
    return tuple(
        msgspec.structs.replace(
            one.store,
            anchors=tuple(der for der in one.certificates if subjects[der][0] in names),
        )
        for one in bundles
    )


def _names_of(chains: Iterable[tuple[bytes, ...]]) -> set[bytes]:
    names: set[bytes] = set()
    for chain in chains:
        for der in chain:
            read = certificate.read(der)
            names |= {read.subject.raw, read.issuer.raw}
    return names - {b""}


@lru_cache(maxsize=20000)
def _names(der: bytes) -> tuple[bytes, bytes]:
    from cryptography import x509

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd serials: certificate.read tells of them
            parsed = x509.load_der_x509_certificate(der)
            return parsed.subject.public_bytes(), parsed.issuer.public_bytes()
    except ValueError:
        read = certificate.read(der)
        return read.subject.raw, read.issuer.raw
