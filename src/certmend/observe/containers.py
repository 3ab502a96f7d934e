"""Certificates in whatever they came in: PEM with text around it, DER, PKCS#7, PKCS#12, folders.

Strict, unlike `bundle.read`: a person named these files as the source of trust, so what cannot
be read is an error, and never left out in silence.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from certmend.errors import UsageError
from certmend.model.der import without_trust
from certmend.model.store import StoreProblem
from certmend.model.text import visible
from certmend.observe import bundle

_FILES_LIMIT = 5000
_NAMES = re.compile(r"\.(?:pem|crt|cer|der|ca|p7b|p7c|p12|pfx)$|^[0-9a-f]{8}\.\d+$", re.IGNORECASE)
_PKCS7 = re.compile(
    rb"-----BEGIN (?P<kind>PKCS7|CMS|PKCS #7 SIGNED DATA)-----\s*(?P<body>[^-]*)"
    rb"-----END (?P=kind)-----"
)
_PRIVATE_KEY = re.compile(rb"^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----", re.MULTILINE)
_HINT = "give a file with certificates: PEM, DER, PKCS#7 or PKCS#12"

Password = Callable[[str], bytes | None]
"""Asks for the password of the file of that name; None: it has none."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a file or folder holds; `certificates` are DER, each once, in their order."""

    path: str
    certificates: tuple[bytes, ...] = ()
    private_keys: int = 0


def files(path: str) -> tuple[str, ...]:
    """The files that a path stands for: of a folder, those whose names are a certificate's.

    Raises `UsageError` for a folder that cannot be read, or that has none.
    """
    try:
        place = Path(path)
        return tuple(map(str, _files(place))) if place.is_dir() else (path,)
    except OSError as error:
        raise _unread(path, error) from None


def read(path: str, password: Password) -> Found:
    """Read a file or folder. Raises `UsageError` for one that cannot be read or holds none."""
    place = Path(path)
    try:
        if place.is_dir():
            return _folder(place, password)
        content = bundle.limited(place)
    except OSError as error:
        raise _unread(path, error) from None
    if content is None:
        limit = bundle.SIZE_LIMIT >> 20
        raise UsageError(
            f"{visible(path, 500)} has more than {limit} MiB", "a CA bundle has less than 1"
        )
    found = decode(content, path, password)
    if not found.certificates and not found.private_keys:
        _, detail = bundle.kind_of(content)
        raise UsageError(f"{visible(path, 500)} holds no certificate: {detail}", _HINT)
    return found


def _unread(path: str, error: OSError) -> UsageError:
    words = (error.strerror or str(error)).lower()
    return UsageError(f"cannot read {visible(path, 500)}: {words}", _HINT)


def decode(content: bytes, name: str, password: Password) -> Found:
    """The certificates in some bytes; `name` is for messages. Raises `UsageError`."""
    text = _plain(content)
    if text[:1] == b"\x30":
        return _binary(text, name, password)
    found, damaged = bundle.certificates_in(text)
    if damaged:
        raise UsageError(
            f"{visible(name, 500)}: {damaged} of its certificate blocks cannot be decoded",
            "copy the file again from where it came",
        )
    inner = [der for match in _PKCS7.finditer(text) for der in _pkcs7(_base64(match["body"]), name)]
    for number, der in enumerate(found, 1):
        if len(der) < 16 or der[0] != 0x30:
            raise UsageError(f"{visible(name, 500)}: block {number} is no certificate", _HINT)
    keys = len(_PRIVATE_KEY.findall(text))
    return Found(path=name, certificates=tuple(dict.fromkeys((*found, *inner))), private_keys=keys)


def _plain(content: bytes) -> bytes:
    """The content without a byte order mark, UTF-16 turned into ASCII."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace").encode("ascii", "replace")
    return content.removeprefix(b"\xef\xbb\xbf")


def _base64(body: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _binary(content: bytes, name: str, password: Password) -> Found:
    kind, _ = bundle.kind_of(content)
    if kind is StoreProblem.PKCS12:
        return _pkcs12(content, name, password)
    if kind is StoreProblem.PKCS7:
        return Found(path=name, certificates=tuple(dict.fromkeys(_pkcs7(content, name))))
    from certmend.model import certificate

    if not certificate.read(content).readable:
        raise UsageError(f"{visible(name, 500)} is binary, and no certificate", _HINT)
    return Found(path=name, certificates=(without_trust(content),))


def _pkcs7(content: bytes, name: str) -> Iterator[bytes]:
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    try:
        parsed = pkcs7.load_der_pkcs7_certificates(content)
    except Exception:  # noqa: BLE001  whatever the file holds, it is no PKCS#7 with certificates
        raise UsageError(f"{visible(name, 500)} holds no readable PKCS#7", _HINT) from None
    yield from (one.public_bytes(Encoding.DER) for one in parsed)


def _pkcs12(content: bytes, name: str, password: Password) -> Found:
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    shown = visible(name, 500)
    for secret in (None, b""):  # both are in use for "no password" (RFC 7292, appendix B)
        try:
            store = pkcs12.load_pkcs12(content, secret)
            break
        except ValueError:
            continue
    else:
        try:
            store = pkcs12.load_pkcs12(content, password(name))
        except ValueError:
            raise UsageError(
                f"{shown} cannot be opened: wrong password, or no PKCS#12",
                "`--password-file FILE` or `--password-env NAME` gives its password",
            ) from None
    held = [*([store.cert] if store.cert else []), *store.additional_certs]
    ders = tuple(dict.fromkeys(one.certificate.public_bytes(Encoding.DER) for one in held))
    return Found(path=name, certificates=ders, private_keys=int(store.key is not None))


def _files(place: Path) -> list[Path]:
    found = sorted(file for file in place.iterdir() if _NAMES.search(file.name) and file.is_file())
    if not found:
        raise UsageError(f"{visible(str(place), 500)} holds no certificate file", _HINT)
    if len(found) > _FILES_LIMIT:
        raise UsageError(f"{visible(str(place), 500)} holds {len(found)} files", _HINT)
    return found


def _folder(place: Path, password: Password) -> Found:
    ders: dict[bytes, None] = {}
    keys = 0
    for file in _files(place):
        found = read(str(file), password)
        ders |= dict.fromkeys(found.certificates)
        keys += found.private_keys
    return Found(path=str(place), certificates=tuple(ders), private_keys=keys)
