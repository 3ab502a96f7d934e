"""DER taken apart without asking whether it is right: for certificates that no parser takes."""

from collections.abc import Iterator

_LONGEST_LENGTH = 4
_VERSION, _EXTENSIONS, _SEQUENCE = 0xA0, 0xA3, 0x30
_THIRD = b"\xa0\x03\x02\x01\x02"


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


def one_extension_each(certificate: bytes) -> Iterator[bytes]:
    """Copies of a certificate, as X.509 v3, with one of its extensions each.

    The signature does not fit any more; whoever reads them looks at the extension only.
    """
    parts = [whole for _, content, _ in elements(certificate) for *_, whole in elements(content)]
    if not parts:
        return
    fields = [found for _, content, _ in elements(parts[0]) for found in elements(content)]
    kept = [whole for tag, _, whole in fields if tag not in (_VERSION, _EXTENSIONS)]
    for extension in _extensions(fields):
        listed = element(_EXTENSIONS, element(_SEQUENCE, extension))
        body = element(_SEQUENCE, _THIRD, *kept, listed)
        yield element(_SEQUENCE, body, *parts[1:])


def _extensions(fields: list[tuple[int, bytes, bytes]]) -> Iterator[bytes]:
    for tag, content, _ in fields:
        if tag == _EXTENSIONS:
            for _, listed, _ in elements(content):
                yield from (whole for *_, whole in elements(listed))
