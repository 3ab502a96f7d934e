"""A CA file or folder: its certificates, or what is wrong with it.

OpenSSL decides whether a file is usable (`X509_load_cert_crl_file`, crypto/x509/by_file.c): one
broken block makes it refuse the whole file. It is asked only when a file looks wrong, because
loading costs far more than reading.
"""

import contextlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from certmend.model import pem
from certmend.model.der import without_trust
from certmend.model.store import StoreKind, StoreProblem, TrustStore
from certmend.model.text import visible
from certmend.observe.generated import GENERATED

SIZE_LIMIT = 50 << 20
_FILES_LIMIT = 5000
_BEGIN = re.compile(rb"-----BEGIN (?P<kind>[A-Z0-9 ]{1,60})-----")
_HASH_NAME = re.compile(r"^[0-9a-f]{8}\.\d+$")
_HTML = re.compile(rb"^\s*(?:<!doctype html|<html|<head|<\?xml)", re.IGNORECASE)
_PKCS12 = b"\x02\x01\x03\x30"


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """All certificates of a store, and the store as facts keep it."""

    store: TrustStore
    certificates: tuple[bytes, ...] = ()


def read(path: str, name: str, patterns: Sequence[str] = ()) -> Bundle:
    """Read a file or folder; nothing is raised, a problem is part of the answer."""
    found = _read(path, name, patterns)
    if not _generated(path):
        return found
    store = msgspec.structs.replace(found.store, generated=True)
    return msgspec.structs.replace(found, store=store)


def _generated(path: str) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return os.path.realpath(path) in {os.path.realpath(one) for one in GENERATED}
    return False


def _read(path: str, name: str, patterns: Sequence[str]) -> Bundle:
    place = Path(path)
    try:
        if place.is_dir():
            return _read_folder(place, name, patterns)
        if place.is_fifo():
            return _bad(path, name, StoreProblem.UNREADABLE, "it is a pipe")
        content = limited(place)
        if content is None:
            size = place.stat().st_size >> 20
            words = f"it has {size} MiB" if size else "it has no end"
            return _bad(path, name, StoreProblem.TOO_LARGE, words)
        return _read_file(path, name, content)
    except FileNotFoundError:
        return _bad(path, name, StoreProblem.ABSENT, "it does not exist")
    except NotADirectoryError:
        return _bad(path, name, StoreProblem.ABSENT, "a part of the path is no folder")
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or str(error)
        return _bad(path, name, StoreProblem.UNREADABLE, visible(words.lower()))


def limited(place: Path) -> bytes | None:
    """What is in a file; None for more than a bundle can be. A device may have no end.

    Raises `OSError`.
    """
    if place.stat().st_size > SIZE_LIMIT:
        return None
    with place.open("rb") as stream:
        content = stream.read(SIZE_LIMIT + 1)
    return content if len(content) <= SIZE_LIMIT else None


def _bad(path: str, name: str, problem: StoreProblem, detail: str) -> Bundle:
    store = TrustStore(name=name, path=path, problem=problem, detail=detail, usable=False)
    return Bundle(store=store)


def _read_file(path: str, name: str, content: bytes) -> Bundle:
    found, damaged = certificates_in(content)
    problem, detail = _problem(content, found, damaged=damaged)
    usable = problem is None or (bool(found) and _openssl_takes(path))
    if problem is not None and usable:
        problem, detail = None, ""
    store = TrustStore(
        name=name, path=path, count=len(found), problem=problem, detail=detail, usable=usable
    )
    return Bundle(store=store, certificates=found)


def certificates_in(content: bytes) -> tuple[tuple[bytes, ...], int]:
    """The DER of every whole PEM certificate, each once, and how many blocks are broken."""
    found = pem.certificates(content)
    ders = (without_trust(der) for der in found.certificates)
    return tuple(dict.fromkeys(ders)), found.damaged


def problem_of(content: bytes) -> str:
    """What a file without a whole PEM certificate is instead, as half a sentence."""
    found, damaged = certificates_in(content)
    return _problem(content, found, damaged=damaged)[1]


def _problem(
    content: bytes, found: tuple[bytes, ...], *, damaged: int
) -> tuple[StoreProblem | None, str]:
    if damaged and b"-----\\n" in content:
        return StoreProblem.DAMAGED, r"its line breaks are written out as \n"
    if damaged and not content.rstrip().endswith(b"-----"):
        return StoreProblem.CUT_SHORT, "its last certificate has no end"
    if damaged:
        return StoreProblem.DAMAGED, f"{damaged} of its certificate blocks cannot be decoded"
    if found:
        return None, ""
    return kind_of(content)


def kind_of(content: bytes) -> tuple[StoreProblem, str]:
    """What a file without a PEM certificate is instead, with half a sentence on it."""
    if not content.strip():
        return StoreProblem.EMPTY, "it is empty"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:2].count(0) == 1:
        return StoreProblem.UTF16, "it is UTF-16 text"
    if _HTML.match(content):
        return StoreProblem.HTML, "it is a web page"
    if match := _BEGIN.search(content):
        kind = match["kind"].decode()
        if "PRIVATE KEY" in kind:
            return StoreProblem.PRIVATE_KEY, "it holds a private key"
        if "PKCS7" in kind or "CMS" in kind:
            return StoreProblem.PKCS7, "it is PKCS#7"
        return StoreProblem.NO_CERTIFICATE, f"it holds only {kind}"
    if content[0] == 0x30:
        return _binary_kind(content)
    return StoreProblem.NO_CERTIFICATE, "it holds no PEM certificate"


def _binary_kind(content: bytes) -> tuple[StoreProblem, str]:
    if _PKCS12 in content[:16]:
        return StoreProblem.PKCS12, "it is PKCS#12"
    # The object identifier of signedData, 1.2.840.113549.1.7.2 (RFC 5652).
    if b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in content[:32]:
        return StoreProblem.PKCS7, "it is PKCS#7 in binary form"
    return StoreProblem.DER, "it is DER (binary), not PEM"


def _openssl_takes(path: str) -> bool:
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except (ssl.SSLError, OSError):
        return False
    return True


def _read_folder(place: Path, name: str, patterns: Sequence[str]) -> Bundle:
    found: dict[bytes, None] = {}
    if patterns:
        files = [file for pattern in patterns for file in sorted(place.glob(pattern))]
    else:
        files = sorted(file for file in place.iterdir() if _HASH_NAME.match(file.name))
    for file in files[:_FILES_LIMIT]:
        try:
            if file.stat().st_size <= SIZE_LIMIT:
                found |= dict.fromkeys(loose(file.read_bytes()))
        except OSError:
            continue  # a dead link or a file of somebody else: it anchors nothing
    problem, detail = None, ""
    if not files and not patterns:
        problem, detail = StoreProblem.NO_HASH_LINKS, "it has no hash links (openssl rehash)"
    store = TrustStore(
        name=name,
        path=str(place),
        kind=StoreKind.FOLDER,
        count=len(found),
        problem=problem,
        detail=detail,
        usable=not patterns,
    )
    return Bundle(store=store, certificates=tuple(found))


def loose(content: bytes) -> tuple[bytes, ...]:
    """The certificates of a file in a folder: PEM, or one in DER."""
    found, _ = certificates_in(content)
    if found or not content or content[0] != 0x30:
        return found
    return (content,)
