"""The stores of this machine, cut down to what bears on the chains that were seen."""

import glob
import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache

import msgspec

from certmend import registry
from certmend.model import certificate, kinship, links
from certmend.model.attempt import Attempt
from certmend.model.client import WEBPKI, ClientFacts, Trust
from certmend.model.facts import Fetched, Revocation
from certmend.model.plugin import StorePlace
from certmend.model.store import StoreKind, TrustStore
from certmend.observe import bundle, fetching, mozilla
from certmend.observe.bundle import Bundle

SYSTEM = "the system's trust store"
"""The name of the store that the system's own programs read."""
_SYSTEM = frozenset({"system", "openssl-defaults", "openssl", "gnutls", "node"})
"""Mechanisms whose first store is the system's."""


class MachineStores(msgspec.Struct, frozen=True, kw_only=True):
    """The stores of this machine, whatever client it is that will be asked."""

    public_roots: Bundle
    """Mozilla's roots, as certifi ships them with certmend: the yardstick of what is public."""
    places: tuple[Bundle, ...]
    """Every store that exists, each path once."""
    clock_floor: datetime
    """A time that is certainly past: when the newest of the public roots began."""


@cache
def public_roots() -> Bundle:
    """Mozilla's roots, as certifi ships them with certmend."""
    path = mozilla.file()
    found = mozilla.roots()
    store = TrustStore(name="Mozilla's roots", path=path, count=len(found), usable=bool(found))
    return Bundle(store=store, certificates=found)


def machine(environment: Mapping[str, str]) -> MachineStores:
    """Read what this machine trusts."""
    roots = public_roots()
    return MachineStores(
        public_roots=roots,
        places=_places(environment),
        clock_floor=max(certificate.begins(der) for der in roots.certificates),
    )


def _places(environment: Mapping[str, str]) -> tuple[Bundle, ...]:
    found: dict[str, Bundle] = {}
    for place in registry.load("certmend.observe.stores", StorePlace):
        if not is_true_here(place):
            continue
        named = [
            (environment[v], f"{place.name} ({v})") for v in place.variables if environment.get(v)
        ]
        named += [(path, place.name) for path in _paths(place)]
        for path, name in named:
            # A list of folders is allowed in SSL_CERT_DIR.
            for one in path.split(os.pathsep) if "SSL_CERT_DIR" in name else (path,):
                real = os.path.realpath(one)
                if real not in found and os.path.exists(one):  # noqa: PTH110  Path.exists raises
                    found[real] = bundle.read(one, name, place.patterns)
    return tuple(found.values())


def is_true_here(place: StorePlace) -> bool:
    """Whether this is a system of which a place's name is true."""
    return not place.only_where or os.path.exists(place.only_where)  # noqa: PTH110  as above


def _paths(place: StorePlace) -> list[str]:
    """The paths of a place, with the files of a folder in which each counts for itself."""
    paths = [_expanded(path) for path in place.paths]
    if not place.each:
        return paths
    return [
        found
        for path in paths
        for pattern in place.patterns
        for found in sorted(glob.glob(os.path.join(glob.escape(path), pattern)))  # noqa: PTH118, PTH207
    ]


def _expanded(path: str) -> str:
    """With the home folder, where there is one: a container's user may have none."""
    return os.path.expanduser(path)  # noqa: PTH111  Path.expanduser raises without a home


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What bears on the chains of a run."""

    stores: tuple[TrustStore, ...]
    public_roots: tuple[bytes, ...]
    fetched: tuple[Fetched, ...]
    revocations: tuple[Revocation, ...]


def observe(
    of_client: Sequence[Bundle],
    attempts: Sequence[Attempt],
    stores_here: MachineStores,
    *,
    fetch: bool,
    timeout: float,
) -> Seen:
    """Cut the client's and the machine's stores down, and fetch what the chains lack."""
    chains = tuple(
        dict.fromkeys(
            one.probe.sight.chain
            for one in attempts
            if one.probe and one.probe.sight and one.probe.sight.chain
        )
    )
    roots = stores_here.public_roots
    stores = (*of_client, *stores_here.places)
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


def of_client(client: ClientFacts, read: Sequence[Bundle]) -> tuple[Bundle, ...]:
    """The stores that the client reads, a setting's bundle among them even if it is not there."""
    known = {one.store.path: one for one in read}
    trusts = (client.trust, *(one.trust for one in client.scoped))
    paths = dict.fromkeys(path for one in trusts for path in (*one.stores, one.bundle))
    # What a setting names that is not read: it may hold just what is missing.
    meant = (_expanded(one.value) for one in client.settings if one.harmful)
    paths |= dict.fromkeys(path for path in meant if os.path.isfile(path))  # noqa: PTH113  as above
    return tuple(
        _named(known.get(path), path, _name(path, client), client.trust) for path in paths if path
    )


def of_attempts(
    attempts: Sequence[Attempt], client: ClientFacts, read: Sequence[Bundle]
) -> tuple[Bundle, ...]:
    """The bundles that the client loaded for some URL alone, other than those that were read."""
    known = {one.store.path for one in read}
    mine = (one for one in attempts if one.client == client.name)
    paths = dict.fromkeys(one.bundle for one in mine if one.bundle not in known)
    return tuple(bundle.read(path, _name(path, client)) for path in paths if path)


def without_certificates(read: Iterable[Bundle]) -> tuple[TrustStore, ...]:
    """The stores, each path once, for whoever only asks what they are."""
    return tuple({one.store.path: one.store for one in reversed(tuple(read))}.values())


def _named(known: Bundle | None, path: str, name: str, trust: Trust) -> Bundle:
    """A store under the name that the client's settings give it, read if it has not been.

    rustls reads every file of a folder, OpenSSL those with hashed names alone.
    """
    loose = trust.verifier == WEBPKI
    if known is None or loose:
        known = bundle.read(path, name, ("*",) if loose else ())
    usable = known.store.usable or (loose and known.store.kind is StoreKind.FOLDER)
    return msgspec.structs.replace(
        known, store=msgspec.structs.replace(known.store, name=name, usable=usable)
    )


def _name(path: str, client: ClientFacts) -> str:
    for trust in (client.trust, *(one.trust for one in client.scoped)):
        if path == trust.bundle:
            return f"the bundle of {trust.bundle_origin}"
    if path in client.trust.stores[:1] and client.trust.mechanism not in _SYSTEM:
        return f"{client.name}'s own roots"
    ignored = next((s for s in client.settings if s.harmful and s.value == path), None)
    return f"named by {ignored.origin}" if ignored else "the system's trust store"


def relevant(
    stores: Iterable[Bundle], chains: Iterable[tuple[bytes, ...]]
) -> tuple[TrustStore, ...]:
    """The stores with only those certificates that a verifier would look at for these chains.

    A verifier finds issuers by name, so certificates whose subject no chain names as an
    issuer, directly or through another anchor, cannot change a verdict. Where nobody knows a
    chain's issuer, those that may be the root above it stay too, to tell whose it is.
    """
    bundles, sent = tuple(stores), tuple(chains)
    everything = {der for one in bundles for der in one.certificates}
    kept = _subjects(everything, _names_of(sent))
    kept |= _kin(everything, kept, sent)
    return tuple(
        msgspec.structs.replace(
            one.store, anchors=tuple(der for der in one.certificates if der in kept)
        )
        for one in bundles
    )


def _kin(
    everything: set[bytes], known: set[bytes], chains: Iterable[tuple[bytes, ...]]
) -> set[bytes]:
    """Those that may stand above an issuer whose certificate is nowhere."""
    subjects = {_names(der)[0] for der in known}
    tops = (links.top([certificate.read(der) for der in chain]) for chain in chains)
    found: set[bytes] = set()
    for one in tops:
        if one is None or one.self_issued or one.issuer.raw in subjects:
            continue
        traces, public = kinship.traces(one), set(public_roots().certificates)
        likely = (der for der in everything if any(word in der.lower() for word in traces))
        found |= {
            der
            for der in likely
            if kinship.may_be_above(certificate.read(der), one, public=der in public)
        }
    return found


def _subjects(everything: set[bytes], names: set[bytes]) -> set[bytes]:
    """Those whose subject is one of the names, or the issuer of one that is."""
    found: set[bytes] = set()
    wanted = names
    while wanted:
        # A name can only be in a certificate that holds its bytes: the rest need not be parsed.
        likely = {der for der in everything - found if any(name in der for name in wanted)}
        fresh = {der for der in likely if _names(der)[0] in wanted}
        found |= fresh
        names = names | wanted
        wanted = {_names(der)[1] for der in fresh} - names - {b""}
    return found


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
