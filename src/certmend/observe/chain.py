"""What an inspection looks at: a chain from files or from a server, and this machine's stores.

From a server it is collected by a handshake that trusts anything and sends no request
(`observe/handshake.py`).
"""

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from certmend.errors import UsageError
from certmend.model import pem, url
from certmend.model.facts import Fetched, Revocation
from certmend.model.inspection import Asked, Material, Wanted
from certmend.model.store import TrustStore
from certmend.model.text import redact, visible
from certmend.observe import bundle, fetching, probe, pythons, trust
from certmend.observe.bundle import Bundle
from certmend.observe.probe import Target

_HTTP, _HTTPS = 80, 443
_LIMIT = 10 << 20
_HINT = "give a file with the server's certificates in PEM, its own first"
_CONTAINERS = (b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")
_SIGNED_DATA = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"


def collect(wanted: Wanted, environment: Mapping[str, str]) -> Material:
    """Read or fetch the chain, and the stores. Raises `UsageError` for what cannot be used."""
    given = _given(wanted.trust) if wanted.trust else None
    if wanted.files:
        chain, notes = read_files(wanted.files)
        target = visible(", ".join(wanted.files), 300)
        seen = Material(
            target=target,
            host=wanted.host or "",
            at=wanted.at,
            chain=chain,
            notes=notes,
            system=_NONE,
            mozilla=_NONE,
        )
    else:
        seen = _look(wanted, environment)
    return _with_stores(seen, given, wanted, environment)


_NONE = TrustStore(name="", path="")


def read_files(paths: Sequence[str]) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """The certificates of all files, in their order, and what is worth saying of them."""
    chain: list[bytes] = []
    notes: list[str] = []
    for path in paths:
        found, said = _certificates(path, _content(path))
        chain += found
        notes += said
    return tuple(chain), tuple(notes)


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            content = file.read(_LIMIT + 1)
    except (OSError, ValueError) as error:
        words = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"cannot read {visible(path)}: {words}", _HINT) from None
    if len(content) > _LIMIT:
        raise UsageError(f"{visible(path)} is larger than {_LIMIT >> 20} MiB", _HINT)
    return content


def _certificates(path: str, content: bytes) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    found = pem.certificates(content)
    if found.certificates:
        skipped = f"{visible(path)}: {found.damaged} damaged blocks were left out"
        return found.certificates, (skipped,) if found.damaged else ()
    if any(mark in content for mark in _CONTAINERS) or _SIGNED_DATA in content[:64]:
        return _from_container(path, content), (f"{visible(path)}: it is PKCS#7",)
    problem = bundle.problem_of(content)
    if content[:1] == b"\x30" and problem.startswith("it is DER"):
        if other := _other_der(content):
            raise UsageError(f"{visible(path)} holds no certificate: {other}", _HINT)
        return (content,), (f"{visible(path)}: it is DER, not PEM",)
    raise UsageError(f"{visible(path)} holds no certificate: {problem}", _HINT)


def _other_der(content: bytes) -> str:
    """What a DER file is that is no certificate, as half a sentence; empty for any other."""
    from cryptography import x509

    kinds: tuple[tuple[Callable[[bytes], object], str], ...] = (
        (x509.load_der_x509_csr, "it is a certificate request"),
        (x509.load_der_x509_crl, "it is a revocation list"),
    )
    for load, words in kinds:
        with suppress(ValueError, x509.InvalidVersion):
            load(content)
            return words
    return ""


def _from_container(path: str, content: bytes) -> tuple[bytes, ...]:
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    text = any(mark in content for mark in _CONTAINERS)
    load = pkcs7.load_pem_pkcs7_certificates if text else pkcs7.load_der_pkcs7_certificates
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # OpenSSL's own tool writes what is no strict DER
            return tuple(one.public_bytes(Encoding.DER) for one in load(content))
    except Exception as error:  # noqa: BLE001  any file may be damaged in any way
        why = visible(str(error), 120)
        raise UsageError(f"{visible(path)} is PKCS#7 that cannot be read: {why}", _HINT) from None


def _given(path: str) -> Bundle:
    found = bundle.read(path, "given with --trust")
    if found.store.problem is not None and not found.certificates:
        raise UsageError(
            f"--trust {visible(path)} cannot be used: {found.store.detail}",
            "give a PEM file or a hashed folder with the CA certificates to trust",
        )
    return found


def _look(wanted: Wanted, environment: Mapping[str, str]) -> Material:
    host, port = server_of(wanted.server)
    proxy = wanted.proxy or _proxy(host, environment)
    seen = probe.probe(Target(host=host, port=port, proxy=proxy), wanted.timeout)
    sight = seen.sight
    via = f" through {url.without_credentials(proxy)}" if proxy else ""
    return Material(
        target=redact(visible(url.endpoint(host, port) + via, 300)),
        host=host if wanted.host is None else wanted.host,
        port=port,
        at=wanted.at,
        chain=sight.chain if sight else (),
        probe=seen,
        system=_NONE,
        mozilla=_NONE,
    )


def server_of(text: str) -> tuple[str, int]:
    """Host and port of `HOST`, `HOST:PORT`, `[ADDRESS]:PORT` or a URL; raises `UsageError`."""
    try:
        found = url.parse(text if "://" in text else f"https://{_bare(text)}")
    except ValueError as error:
        found, why = None, str(error)
    else:
        why = "not a name, an address or a URL"
    plain = "://" in text or (found is not None and found.path == "/" and " " not in text)
    if found is None or not found.is_http or not plain:
        hidden = redact(text if "://" in text else f"https://{text}").removeprefix(
            "" if "://" in text else "https://"
        )
        raise UsageError(
            f"{visible(hidden)!r} is no server and no file: {why}",
            "give HOST, HOST:PORT, a URL, or a file with certificates",
        )
    return found.host, _HTTPS if found.scheme == "http" and found.port == _HTTP else found.port


def _bare(text: str) -> str:
    """An IPv6 address without brackets gets them."""
    plain = text.count(":") < 2 or text.startswith("[") or "@" in text
    return text if plain else f"[{text}]"


def _proxy(host: str, environment: Mapping[str, str]) -> str:
    """The proxy that this environment names for https, unless it exempts the host."""
    exempt = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    if any(_exempts(word.strip().lower(), host.lower()) for word in exempt.split(",")):
        return ""
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        if environment.get(name):
            return environment[name]
    return ""


def _exempts(word: str, host: str) -> bool:
    """Whether an entry of no_proxy is the host, or a domain that it is in."""
    name = word.lstrip(".").partition(":")[0] if word.count(":") == 1 else word.lstrip(".")
    return bool(name) and (name in ("*", host) or host.endswith(f".{name}"))


def _with_stores(
    seen: Material, given: Bundle | None, wanted: Wanted, environment: Mapping[str, str]
) -> Material:
    """The stores, cut down to what bears on the chain; the given one is kept whole."""
    here = trust.machine(environment)
    roots, places = here.public_roots, here.places
    fetched: tuple[Fetched, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    if wanted.fetch and seen.probe is not None and seen.chain:
        fetched, revocations = fetching.complete(
            (seen.chain,), (roots, *places), min(5.0, wanted.timeout)
        )
    more = tuple(one.certificates for one in fetched if one.certificates)
    mozilla, *others = trust.relevant((roots, *places), (seen.chain, *more))
    system = next((one for one in others if one.name == trust.SYSTEM), None)
    whole = None
    if given is not None:
        whole = msgspec.structs.replace(given.store, anchors=given.certificates)
    asked: tuple[Asked, ...] = ()
    if seen.chain:
        asked = pythons.ask(seen.chain, seen.host, whole, environment, wanted.timeout)
    return msgspec.structs.replace(
        seen,
        given=whole,
        asked=asked,
        mozilla=mozilla,
        system=system or TrustStore(name=trust.SYSTEM, path="no store of the system"),
        others=tuple(one for one in others if one is not system),
        fetched=fetched,
        revocations=revocations,
    )


def public_roots(chain: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Mozilla's roots that bear on a chain."""
    (found,) = trust.relevant((trust.public_roots(),), (chain,))
    return found.anchors


def is_file(text: str) -> bool:
    """Whether an argument means a file: one that is there, or that looks like a path to one."""
    looks = text.lower().endswith((".pem", ".crt", ".cer", ".der", ".p7b", ".p7c"))
    # Path.exists raises for a name that is too long to be one.
    return os.path.exists(text) or (  # noqa: PTH110
        "://" not in text and (looks or os.sep in text)
    )
