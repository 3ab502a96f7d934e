"""DER taken apart without asking whether it is right: for certificates that no parser takes."""

from collections.abc import Iterator, Sequence
from itertools import islice

_LONGEST_LENGTH = 4
_MOST = 32
"""Elements of a SEQUENCE that are looked at: a certificate has 3 parts, the first up to 10."""
SEQUENCE = 0x30
_VERSION, _EXTENSIONS, _OBJECT_IDENTIFIER = 0xA0, 0xA3, 0x06
_THIRD = b"\xa0\x03\x02\x01\x02"
_VALIDITY = 3
"""Which of a certificate's fields it is, without the version (RFC 5280, section 4.1)."""
ANY_TIME = bytes.fromhex("301e") + b"\x17\x0d700101000000Z" + b"\x17\x0d491231235959Z"
"""A validity from 1970 to 2049."""


def elements(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each element: its tag, its content, and the whole of it; ends where it makes no sense."""
    at = 0
    while at + 2 <= len(content):
        tag, length, head = content[at], content[at + 1], 2
        if length >= 0x80:
            size = length & 0x7F
            if not 1 <= size <= _LONGEST_LENGTH or at + 2 + size > len(content):
                return
            head += size
            length = int.from_bytes(content[at + 2 : at + head], "big")
        end = at + head + length
        if end > len(content):
            return
        yield tag, content[at + head : end], content[at:end]
        at = end


def element(tag: int, *parts: bytes) -> bytes:
    """One element: its tag, the length of all `parts`, the parts."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def extensions(certificate: bytes) -> Iterator[bytes]:
    """The extensions of a certificate, each whole."""
    for tag, content, _ in _fields(_parts(certificate)):
        if tag == _EXTENSIONS:
            for _, listed, _ in elements(content):
                yield from (whole for *_, whole in elements(listed))


def dates(certificate: bytes) -> tuple[bytes, ...]:
    """The two times of a certificate's validity, each whole; empty where there are none."""
    fields = [found for found in _fields(_parts(certificate)) if found[0] != _VERSION]
    if len(fields) <= _VALIDITY:
        return ()
    return tuple(whole for *_, whole in elements(fields[_VALIDITY][1]))


def identifier(extension: bytes) -> bytes:
    """The content of an extension's OBJECT IDENTIFIER; empty where it has none."""
    found = (part for _, content, _ in elements(extension) for part in elements(content))
    tag, content, _ = next(found, (0, b"", b""))
    return content if tag == _OBJECT_IDENTIFIER else b""


def rewritten(certificate: bytes, kept: Sequence[bytes], *, any_time: bool = False) -> bytes:
    """A copy of a certificate as X.509 v3, with these extensions; with `any_time` never too old.

    The signature does not fit any more; empty for bytes that have no certificate's shape.
    """
    parts = _parts(certificate)
    fields = [whole for tag, _, whole in _fields(parts) if tag not in (_VERSION, _EXTENSIONS)]
    if len(fields) <= _VALIDITY:
        return b""
    if any_time:
        fields[_VALIDITY] = ANY_TIME
    listed = (element(_EXTENSIONS, element(SEQUENCE, *kept)),) if kept else ()
    return element(SEQUENCE, element(SEQUENCE, _THIRD, *fields, *listed), *parts[1:])


def signed_part(certificate: bytes) -> bytes:
    """What the signature of a certificate is over; empty where there is no such part."""
    return next(iter(_parts(certificate)), b"")


def _parts(certificate: bytes) -> list[bytes]:
    return [whole for *_, whole in _inside(certificate)]


def _fields(parts: list[bytes]) -> list[tuple[int, bytes, bytes]]:
    return _inside(parts[0]) if parts else []


def _inside(sequence: bytes) -> list[tuple[int, bytes, bytes]]:
    """What is in a SEQUENCE; not all of what is none, such as a megabyte of zeros."""
    tag, content, _ = next(elements(sequence), (0, b"", b""))
    return list(islice(elements(content), _MOST)) if tag == SEQUENCE else []
