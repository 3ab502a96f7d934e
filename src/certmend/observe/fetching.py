"""What a chain says lies elsewhere: missing issuers (AIA) and revocation lists.

Bounded: http and https only, 64 KiB for a certificate and 1 MiB for a list, three hops, five
seconds, no redirect to another scheme. What is fetched is never trusted for having been fetched:
it only shows what a server left out, and its signature is what proves it (RFC 5280, 4.2.2.1).
"""

import concurrent.futures
import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import UTC

from certmend.model import certificate, links
from certmend.model.certificate import Certificate
from certmend.model.facts import Fetched, Revocation
from certmend.model.text import redact, visible
from certmend.observe import bundle
from certmend.observe.bundle import Bundle
from certmend.observe.deadline import Deadline, in_thread

_CERTIFICATE_BYTES = 64 << 10
_LIST_BYTES = 1 << 20
_CHUNK = 1 << 14
_GRACE = 0.5
_HOPS = 3
_URLS = 4
# What urllib3 puts before the system's own words.
_NOISE = re.compile(r"^HTTPS?Connection(?:Pool)?\(.*?\): |\[Errno -?\d+\] ")


def complete(
    chains: Sequence[tuple[bytes, ...]], stores: Sequence[Bundle], timeout: float
) -> tuple[tuple[Fetched, ...], tuple[Revocation, ...]]:
    """The issuers that chains lack and name an address for, and what revocation lists say."""
    known = {der for one in stores for der in one.certificates}
    lacking = [chain for chain in chains if _address_above(chain, known)]
    listed = {chain[0]: chain for chain in chains if _list_address(certificate.read(chain[0]))}
    if not lacking and not listed:
        return (), ()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        issuers = [pool.submit(_issuers, chain, known, timeout) for chain in lacking]
        lists = [pool.submit(_revocation, chain, timeout) for chain in listed.values()]
        fetched = tuple(dict.fromkeys(one for task in issuers for one in task.result()))
        revocations = tuple(task.result() for task in lists)
    return fetched, revocations


def _issuers(chain: tuple[bytes, ...], known: set[bytes], timeout: float) -> list[Fetched]:
    """From the last certificate that can be reached upwards, up to three hops."""
    at = links.top([certificate.read(der) for der in chain])
    found: list[Fetched] = []
    ends = Deadline(timeout)
    for _ in range(_HOPS):
        urls = _issuer_addresses(at, known)
        if at is None or not urls or ends.passed:
            break
        below, at = at, None
        for number, url in enumerate(urls):
            # An address that does not answer leaves time for the next.
            one = _fetch_certificates(url, max(0.1, ends.remaining / (len(urls) - number)))
            found.append(one)
            read = (certificate.read(der) for der in one.certificates)
            at = next((above for above in read if _issued(below, above)), None)
            if at is not None:
                break
    return found


def _address_above(chain: tuple[bytes, ...], known: set[bytes]) -> bool:
    return bool(_issuer_addresses(links.top([certificate.read(der) for der in chain]), known))


def _issuer_addresses(at: Certificate | None, known: set[bytes]) -> tuple[str, ...]:
    """Where the issuer of a certificate can be fetched; none when it is known, or nowhere."""
    if at is None or at.self_issued or _has_issuer(at, known):
        return ()
    named = (one for one in at.issuer_urls[:_URLS] if one.startswith(("http://", "https://")))
    return tuple(dict.fromkeys(named))


def _list_address(leaf: Certificate) -> str:
    """The first revocation list that a certificate names, if plain HTTP serves it."""
    return next((one for one in leaf.crl_urls[:1] if one.startswith("http://")), "")


def _has_issuer(at: Certificate, known: Iterable[bytes]) -> bool:
    return any(at.issuer.raw in der and _issued(at, certificate.read(der)) for der in known)


def _issued(below: Certificate, above: Certificate) -> bool:
    """Whether a certificate was signed by another: a rotated CA keeps its name, not its key."""
    return below.names_issuer(above) and below.signed_by(above)


def _fetch_certificates(url: str, timeout: float) -> Fetched:
    shown = redact(visible(url, 500))
    content = download(url, _CERTIFICATE_BYTES, timeout)
    if isinstance(content, str):
        return Fetched(url=shown, problem=content)
    found, _ = bundle.certificates_in(content)
    if not found:
        found = _binary(content)
    return Fetched(
        url=shown, certificates=found, problem="" if found else "it holds no certificate"
    )


def _binary(content: bytes) -> tuple[bytes, ...]:
    """A DER certificate, or those of a PKCS#7 file (RFC 5280 allows both)."""
    if certificate.read(content).readable:
        return (content,)
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = pkcs7.load_der_pkcs7_certificates(content)
            return tuple(one.public_bytes(Encoding.DER) for one in found)
    except ValueError:
        return ()


def download(url: str, limit: int, timeout: float) -> bytes | str:
    """The content of an address, or why there is none; it ends in time whatever the server does."""
    try:
        return in_thread(_content, url, limit, timeout).result(timeout + _GRACE)
    except TimeoutError:
        return f"it took longer than {timeout:g} s"


def _content(url: str, limit: int, timeout: float) -> bytes | str:
    """By plain sockets of urllib3, without credentials."""
    import urllib3

    manager = urllib3.PoolManager(retries=False)
    try:
        answer = manager.request(
            "GET",
            url,
            timeout=urllib3.Timeout(total=timeout),
            preload_content=False,
            redirect=False,
            headers={"User-Agent": "certmend"},
        )
        try:
            if answer.status != 200:
                return f"it answered {answer.status}"
            content = b""
            ends = Deadline(timeout)
            # One read at a time: a server that drips would never meet a socket's time-out.
            while len(content) <= limit and (piece := answer.read1(_CHUNK)):
                content += piece
                if ends.passed:
                    return f"it took longer than {timeout:g} s"
        finally:
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        return visible(_NOISE.sub("", str(error)), 160)
    finally:
        manager.clear()
    return content if len(content) <= limit else f"it is longer than {limit >> 10} KiB"


def _revocation(chain: tuple[bytes, ...], timeout: float) -> Revocation:
    """What the leaf's CA says of it on the first list that it names."""
    leaf = certificate.read(chain[0])
    url = _list_address(leaf)
    shown = redact(visible(url, 500))
    content = download(url, _LIST_BYTES, timeout)
    if isinstance(content, str):
        return Revocation(sha256=leaf.sha256, source=shown, problem=content)
    return _read_list(leaf, chain, content, shown)


def _read_list(leaf: Certificate, chain: tuple[bytes, ...], content: bytes, url: str) -> Revocation:
    from cryptography import x509

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            revoked = x509.load_der_x509_crl(content)
            entry = revoked.get_revoked_certificate_by_serial_number(leaf.serial)
            signed = any(_signs(der, revoked) for der in chain[1:])
    except ValueError as error:
        return Revocation(sha256=leaf.sha256, source=url, problem=visible(str(error), 160))
    moment = None
    if entry is not None:
        moment = entry.revocation_date_utc.astimezone(UTC)
    return Revocation(sha256=leaf.sha256, source=url, revoked_at=moment, signed=signed)


def _signs(der: bytes, revoked: object) -> bool:
    from cryptography import x509

    try:
        key = x509.load_der_x509_certificate(der).public_key()
        return bool(revoked.is_signature_valid(key))  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return False
