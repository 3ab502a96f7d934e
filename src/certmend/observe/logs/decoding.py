"""A log's bytes in an encoding that can be searched: UTF-16 and UTF-32 become UTF-8.

PowerShell's `>` writes UTF-16, with a byte order mark or without. Everything else is searched as
it is: the words of all clients are ASCII, whatever the encoding around them.
"""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 4096


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The stream in pieces of about 1 MiB, as UTF-8 or another superset of ASCII."""
    first = stream.read(CHUNK)
    encoding = wide_encoding(first)
    if not encoding:
        while first:
            yield first
            first = stream.read(CHUNK)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while first:
        yield decoder.decode(first).encode("utf-8", "replace")
        first = stream.read(CHUNK)
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def wide_encoding(first: bytes) -> str:
    """The name of the 16- or 32-bit encoding of a text that begins so; empty for another."""
    for mark, name in _MARKS:
        if first.startswith(mark):
            return name
    head = first[:_LOOKED_AT]
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""
